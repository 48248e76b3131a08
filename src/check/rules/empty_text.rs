//! Texts that are empty.

use crate::check::signs::Signs;
use crate::check::texts::Place;
use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "empty-text",
        severity: Severity::Warning,
        group: Group::Hygiene,
        summary: "a key with an empty text",
        explanation: "The key is written and says nothing: `\"\"` or only spaces. Outputs show an empty line \
            or an empty label.\n\nWrite the text, or remove the key.",
    },
    checks: &[Check::Text(check)],
};

fn check(place: &Place<'_>) -> Option<Diagnostic> {
    let is_empty = !place.signs.has(Signs::VISIBLE) && place.text.value.trim().is_empty();
    is_empty.then(|| empty_text(place))
}

fn empty_text(place: &Place<'_>) -> Diagnostic {
    let message = format!("{} has an empty text", place.describe());
    place
        .finding(&RULE.code, message, place.text.span, "says nothing")
        .help("write the text, or remove it")
}
