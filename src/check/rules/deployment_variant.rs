//! Deployments that may be another one with a remark.

use std::collections::BTreeMap;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "deployment-variant",
        severity: Severity::Note,
        group: Group::Reference,
        summary: "a deployment named like another one with a remark",
        explanation: "`Container` and `Container (Docker)` stand beside each other: does the first mean the \
            second? Counts and diagrams treat them as two, readers as one.\n\nKeep one of them, or \
            give both a remark that tells them apart.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let named = || {
        let deployments = context.model.deployments.iter();
        deployments.filter_map(|(id, written)| Some((*id, written.name?)))
    };
    let plain: BTreeMap<String, Text<'_>> = named()
        .filter(|(_, name)| less_remark(name.value).len() == name.value.len())
        .map(|(_, name)| (name.value.to_lowercase(), name))
        .collect();
    for (id, name) in named() {
        let less = less_remark(name.value);
        if less.len() == name.value.len() {
            continue;
        }
        if let Some(plain) = plain.get(&less.to_lowercase()) {
            out.push(deployment_variant(id, name, *plain));
        }
    }
}

/// The name up to a parenthesis or a dash between spaces.
fn less_remark(name: &str) -> &str {
    let ends = [" (", " - ", " – ", " — "]
        .iter()
        .filter_map(|sign| name.find(sign));
    let end = ends.min().unwrap_or(name.len());
    name[..end].trim_end()
}

fn deployment_variant(id: Text<'_>, name: Text<'_>, plain: Text<'_>) -> Diagnostic {
    let message = format!(
        "deployment `{}` is `{}` with a remark",
        name.value, plain.value
    );
    Diagnostic::new(&RULE.code, message, name.span, "the same, or another one?")
        .also(plain.span, "without the remark")
        .help("keep one of them, or give both a remark that tells them apart")
        .subject("deployment", id.value)
}
