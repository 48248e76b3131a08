//! The finding that a selector selects nothing, and guesses at what was meant.

use super::field::Field;
use crate::diagnostic::{Diagnostic, SELECTOR_MATCHES_NOTHING, did_you_mean};
use crate::model::Model;
use crate::spec::Text;

/// Known values are listed up to this many.
const MAX_LISTED: usize = 12;

pub(super) fn selects_nothing(
    field: Field,
    pattern: Text<'_>,
    whole: Text<'_>,
    model: &Model<'_>,
) -> Diagnostic {
    let values = field.values(model);
    let (noun, value) = (field.name(), pattern.value);
    let is_pattern = value.contains('*');
    let message = if is_pattern {
        format!("no {noun} matches `{value}`")
    } else if values.contains(&value) {
        format!("no component has {noun} `{value}`")
    } else {
        format!("`{value}` is no {noun}")
    };
    let finding = Diagnostic::new(SELECTOR_MATCHES_NOTHING, message, pattern.span, "");
    if is_pattern || values.contains(&value) {
        return finding.help("correct the selector, or remove it");
    }
    match meant(field, value, &values, model) {
        Some(meant) => suggest(finding, pattern, whole, &meant),
        None => finding.help(known(noun, &values)),
    }
}

/// A value of the same field that is spelled alike, or the same value of another field.
fn meant(field: Field, value: &str, values: &[&str], model: &Model<'_>) -> Option<String> {
    if let Some(meant) = did_you_mean(value, values.iter().copied()) {
        return Some(meant.to_owned());
    }
    if field != Field::Component {
        return None;
    }
    let mut others = Field::ALL.iter();
    let other = others.find(|(_, other)| other.values(model).contains(&value));
    other.map(|(name, _)| format!("{name}:{value}"))
}

fn suggest(finding: Diagnostic, pattern: Text<'_>, whole: Text<'_>, meant: &str) -> Diagnostic {
    let finding = finding.help(format!("did you mean `{meant}`?"));
    if is_certain(pattern, whole) {
        finding.fix(pattern.span, meant)
    } else {
        finding
    }
}

/// Whether the place of a part is certain: a text over two lines can look like a quoted one.
fn is_certain(part: Text<'_>, whole: Text<'_>) -> bool {
    let is_exact = |text: Text<'_>| text.span.range().len() == text.value.len();
    is_exact(whole) || (is_exact(part) && !whole.value.contains(' '))
}

fn known(noun: &str, values: &[&str]) -> String {
    match values.len() {
        0 => format!("the specification has no {noun}"),
        1..=MAX_LISTED => format!("known: {}", values.join(", ")),
        many => format!("see `archviz list` for the {many} that are known"),
    }
}
