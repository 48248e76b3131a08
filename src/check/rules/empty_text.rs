//! Texts that are empty.

use crate::check::texts::{self, Place};
use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "empty-text",
        severity: Severity::Warning,
        group: Group::Hygiene,
        summary: "a key with an empty text",
        explanation: "The key is written and says nothing: `\"\"` or only spaces. Outputs show an empty line \
            or an empty label.\n\nWrite the text, or remove the key.",
    },
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for place in texts::find(context.model, |place| place.text.value.trim().is_empty()) {
        out.push(empty_text(&place));
    }
}

fn empty_text(place: &Place<'_>) -> Diagnostic {
    let message = format!("{} has an empty text", place.describe());
    place
        .finding(&RULE.code, message, place.text.span, "says nothing")
        .help("write the text, or remove it")
}
