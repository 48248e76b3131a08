//! The words that settings of views take.
//!
//! In: a word as written. Out: what it stands for; the default, with a finding, if it is
//! no word of the setting. Refuses to know: what the settings do.

use super::{Collapse, Direction, TopicProjection};
use crate::diagnostic::{Diagnostic, Diagnostics, UNKNOWN_VIEW_OPTION, did_you_mean};
use crate::spec::Text;

const TOPICS: &[(&str, TopicProjection)] = &[
    ("hub", TopicProjection::Hub),
    ("nodes", TopicProjection::Nodes),
    ("direct", TopicProjection::Direct),
];
const COLLAPSE: &[(&str, Collapse)] =
    &[("layers", Collapse::Layers), ("parents", Collapse::Parents)];
const DIRECTION: &[(&str, Direction)] = &[("down", Direction::Down), ("right", Direction::Right)];

impl TopicProjection {
    /// Every projection, the default first.
    pub const ALL: [Self; 3] = [Self::Hub, Self::Nodes, Self::Direct];

    /// The word for it in a specification.
    pub fn name(self) -> &'static str {
        let row = TOPICS.iter().find(|(_, topics)| *topics == self);
        row.map_or("hub", |(name, _)| name)
    }
}

pub(super) fn topics(word: Option<Text<'_>>, out: &mut Diagnostics) -> TopicProjection {
    choose("topics", word, TOPICS, out)
}

pub(super) fn collapse(word: Option<Text<'_>>, out: &mut Diagnostics) -> Collapse {
    choose("collapse", word, COLLAPSE, out)
}

pub(super) fn direction(word: Option<Text<'_>>, out: &mut Diagnostics) -> Direction {
    choose("direction", word, DIRECTION, out)
}

fn choose<T: Copy + Default>(
    key: &str,
    word: Option<Text<'_>>,
    words: &[(&str, T)],
    out: &mut Diagnostics,
) -> T {
    let Some(word) = word else {
        return T::default();
    };
    let found = words.iter().find(|(known, _)| *known == word.value);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        out.push(unknown_view_option(key, word, &known));
    }
    found.map(|(_, value)| *value).unwrap_or_default()
}

fn unknown_view_option(key: &str, word: Text<'_>, known: &[&str]) -> Diagnostic {
    let message = format!("`{key}` of a view can't be `{}`", word.value);
    let finding = Diagnostic::new(UNKNOWN_VIEW_OPTION, message, word.span, "");
    match did_you_mean(word.value, known.iter().copied()) {
        Some(meant) => finding
            .help(format!("did you mean `{meant}`?"))
            .fix(word.span, meant),
        None => finding.help(format!("it takes {}", known.join(", "))),
    }
}
