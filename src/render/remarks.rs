//! What a reader of a picture should know about how it came to be.
//!
//! In: what was done to a view. Out: notes. Refuses to know: how it was done.

use std::collections::BTreeSet;

use crate::diagnostic::{
    Diagnostic, MISSING_GLYPH, PICTURE_MOVED, PICTURE_REDUCED, PICTURE_SIMPLIFIED,
};
use crate::draw::{Element, Mark, Picture};
use crate::layout::{Displacement, Simplification};
use crate::source::Span;
use crate::text::{Glyph, glyph};

/// Characters named at most.
const MAX_NAMED: usize = 8;

/// Views named at most.
const NAMED_VIEWS: usize = 6;

/// A view was folded together for its size.
pub(crate) fn reduced(view: &str, nodes: (usize, usize)) -> Diagnostic {
    let (all, shown) = nodes;
    let message = format!(
        "the picture of view `{view}` shows {shown} cards in place of {all}, which nobody could read"
    );
    Diagnostic::new(PICTURE_REDUCED, message, Span::default(), "")
        .help("draw all with --full, or fewer with smaller views (`include: [layer:…]`)")
        .subject("view", view)
}

/// The layouts of views were found with less effort for their size, all in the same way.
pub(crate) fn simplified(views: &[&str], simplifications: &[Simplification]) -> Diagnostic {
    let words: Vec<&str> = simplifications.iter().map(|how| words(*how)).collect();
    let mut named: Vec<String> = views.iter().map(|view| format!("`{view}`")).collect();
    let more = named.len().saturating_sub(NAMED_VIEWS);
    named.truncate(NAMED_VIEWS);
    let named = named.join(", ");
    let subject = match (views.len(), more) {
        (1, _) => format!("the picture of view {named} is large"),
        (_, 0) => format!("the pictures of views {named} are large"),
        _ => format!("the pictures of views {named} and {more} more are large"),
    };
    let message = format!("{subject}: {}", words.join(", "));
    let note = Diagnostic::new(PICTURE_SIMPLIFIED, message, Span::default(), "");
    views
        .iter()
        .fold(note, |note, view| note.subject("view", view))
}

fn words(how: Simplification) -> &'static str {
    match how {
        Simplification::FewerRestarts => "fewer orders were tried",
        Simplification::NoSifting => "the order was refined node by node only in part",
        Simplification::FastPlacement => "positions are good, but not the best",
        Simplification::FastTracks => "lines in a channel are ordered by length",
    }
}

/// How far nodes moved from the previous picture.
pub(crate) fn moved(view: &str, displacement: &Displacement) -> Diagnostic {
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let message = if displacement.is_fresh {
        format!(
            "the picture of view `{view}` is drawn afresh: keeping the previous order would cost too many crossings"
        )
    } else {
        format!(
            "the picture of view `{view}` keeps {} nodes: half of them moved {} of the diagonal or less, none more than {}; pairs that changed their order: {}",
            displacement.nodes,
            percent(displacement.median),
            percent(displacement.max),
            displacement.flips,
        )
    };
    Diagnostic::new(PICTURE_MOVED, message, Span::default(), "").subject("view", view)
}

/// The note on characters that PNG shows as boxes; `None` if there are none.
pub(crate) fn missing_glyphs(picture: &Picture) -> Option<Diagnostic> {
    let missing: BTreeSet<char> = picture
        .elements
        .iter()
        .flat_map(letters)
        .filter(|c| glyph(*c) == Glyph::Missing)
        .collect();
    if missing.is_empty() {
        return None;
    }
    let shown: Vec<String> = missing
        .iter()
        .take(MAX_NAMED)
        .map(|c| format!("`{c}`"))
        .collect();
    let more = if missing.len() > MAX_NAMED {
        ", …"
    } else {
        ""
    };
    let message = format!(
        "the PNG of view `{}` shows boxes in place of {}{more}: the bundled fonts lack them",
        picture.id,
        shown.join(", ")
    );
    let finding = Diagnostic::new(MISSING_GLYPH, message, Span::default(), "");
    Some(
        finding
            .help("show the SVG, which uses the reader's fonts")
            .subject("view", &picture.id),
    )
}

fn letters(element: &Element) -> impl Iterator<Item = char> {
    let texts = element.marks.iter().filter_map(|mark| match mark {
        Mark::Text(text) => Some(&text.lines),
        _ => None,
    });
    texts.flatten().flat_map(|line| line.chars())
}

#[cfg(test)]
mod tests {
    use super::simplified;
    use crate::layout::Simplification;

    #[test]
    fn one_note_tells_of_many_large_pictures() {
        let views: Vec<String> = (1..=9).map(|at| format!("v{at}")).collect();
        let views: Vec<&str> = views.iter().map(String::as_str).collect();
        let note = simplified(&views, &[Simplification::FewerRestarts]);
        assert_eq!(
            note.message,
            "the pictures of views `v1`, `v2`, `v3`, `v4`, `v5`, `v6` and 3 more are large: fewer orders were tried"
        );
        assert_eq!(note.subjects.len(), 9);
    }
}
