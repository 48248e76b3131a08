//! Passwords and keys in the specification.

use crate::check::secret;
use crate::check::texts::Place;
use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "secret-in-model",
        severity: Severity::Error,
        group: Group::Detail,
        summary: "a password, key or token in a text",
        explanation: "A specification is read by many and kept for ever in version control. A secret in it is \
            known to all of them.\n\nChange the secret where it is used, as it is no longer one. \
            Then remove it here, and name where it is kept, or write a placeholder such as \
            `${DB_PASSWORD}`.",
    },
    checks: &[Check::Text(check)],
};

fn check(place: &Place<'_>) -> Option<Diagnostic> {
    secret::find(place.key, place.text.value, place.signs).map(|what| secret_in_model(place, what))
}

/// The message leaves out the text, as reports are copied to more places than the file.
fn secret_in_model(place: &Place<'_>, what: &str) -> Diagnostic {
    let message = format!("{} holds {what}", place.describe());
    place
        .finding(&RULE.code, message, place.text.span, what)
        .help("change the secret where it is used, then write a placeholder such as `${NAME}` here")
}
