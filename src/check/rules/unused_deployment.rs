//! Words for deployments that no component uses.

use std::collections::BTreeSet;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unused-deployment",
        severity: Severity::Note,
        group: Group::Reference,
        summary: "a declared deployment that no component has",
        explanation: "A word was added to the vocabulary of `deployment:` and no component uses it.\n\nUse \
            it, or remove it.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let components = &context.model.components;
    let mut used = BTreeSet::new();
    for component in components {
        let Some(word) = component.written.deployment else {
            continue;
        };
        // A misspelled word may have meant any of them.
        if component.deployment.is_none() {
            return;
        }
        used.insert(word.value);
    }
    for (id, _) in &context.model.deployments {
        if !used.contains(id.value) {
            out.push(unused_deployment(*id));
        }
    }
}

fn unused_deployment(id: Text<'_>) -> Diagnostic {
    let message = format!("no component has deployment `{}`", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "")
        .help(format!("state `deployment: {}`, or remove it", id.value))
        .subject("deployment", id.value)
}
