//! D2: a text goes in; the inside of a double-quoted string comes out. It knows D2's escapes and
//! that tooltips are Markdown; it knows no keys, and an empty key is the caller's problem.

use super::link::{self, UrlSyntax};
use super::replace::replace;
use super::spot::spots;
use crate::text::clean::clean;

/// A key or value inside `"…"`.
pub(crate) fn string(text: &str, out: &mut String) {
    replace(&clean(text), spelling, out);
}

/// A tooltip inside `"…"`: a tag in its Markdown is a compile error, so a word joiner parts it.
pub(crate) fn tooltip(text: &str, out: &mut String) {
    let clean = clean(text);
    if !clean.contains(['<', ':']) {
        return replace(&clean, spelling, out);
    }
    let mut joined = String::with_capacity(clean.len());
    for spot in spots(&clean) {
        joined.push(spot.char);
        // A tooltip that reads as a URL is refused beside a link.
        let is_scheme = spot.char == ':' && spot.next().is_some_and(|next| next != ' ');
        if is_scheme || (spot.char == '<' && spot.next().is_some_and(starts_tag)) {
            joined.push('\u{2060}');
        }
    }
    replace(&joined, spelling, out);
}

/// A link inside `"…"`, with nothing left that would be a substitution.
pub(crate) fn url(text: &str, out: &mut String) {
    link::encode(
        text,
        &UrlSyntax {
            encoded: "$",
            ampersand: "&",
        },
        out,
    );
}

fn starts_tag(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')
}

fn spelling(c: char) -> Option<&'static str> {
    match c {
        '\\' => Some(r"\\"),
        '"' => Some(r#"\""#),
        '$' => Some(r"\$"),
        '\n' => Some(r"\n"),
        _ => None,
    }
}
