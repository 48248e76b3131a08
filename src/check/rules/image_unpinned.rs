//! Versions that move.

use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "image-unpinned",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "a version that means another one tomorrow",
        explanation: "`latest` and its like say nothing about what runs: two environments with the same \
            specification differ, and a comparison of two versions of this document finds no \
            change.\n\nState the number that runs.",
    },
    checks: &[Check::Component(check)],
};

const MOVING: &[&str] = &[
    "latest", "stable", "edge", "nightly", "main", "master", "dev", "snapshot", "newest", "current",
];

fn check(component: &Component<'_>, out: &mut Diagnostics) {
    if let Some(version) = component.written.version
        && MOVING.contains(&version.value.to_lowercase().as_str())
    {
        out.push(image_unpinned(component, version));
    }
}

fn image_unpinned(component: &Component<'_>, version: Text<'_>) -> Diagnostic {
    let id = component.id.value;
    let message = format!("version `{}` of `{id}` is no fixed version", version.value);
    Diagnostic::new(
        &RULE.code,
        message,
        version.span,
        "means another version tomorrow",
    )
    .help("state the number that runs")
    .subject("component", id)
}
