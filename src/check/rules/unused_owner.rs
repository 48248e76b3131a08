//! Owners that own nothing.

use std::collections::BTreeSet;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Model, OwnerId};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unused-owner",
        severity: Severity::Note,
        group: Group::Reference,
        summary: "a declared owner that owns nothing",
        explanation: "An owner is declared that no component and no topic names: what the team owned is \
            gone, or `owner:` was forgotten where it belongs.\n\nName it where it answers for \
            something, or remove it.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    // A misspelled owner may have meant any of them.
    if has_unresolved(model) {
        return;
    }
    let components = model.components.iter().filter_map(|element| element.owner);
    let topics = model.topics.iter().filter_map(|element| element.owner);
    let used: BTreeSet<usize> = components.chain(topics).map(OwnerId::index).collect();
    for (index, owner) in model.owners.iter().enumerate() {
        if owner.written.is_some() && !used.contains(&index) {
            out.push(unused_owner(owner.id));
        }
    }
}

fn has_unresolved(model: &Model<'_>) -> bool {
    let in_components = model
        .components
        .iter()
        .any(|element| element.written.owner.is_some() && element.owner.is_none());
    let in_topics = model
        .topics
        .iter()
        .any(|element| element.written.owner.is_some() && element.owner.is_none());
    in_components || in_topics
}

fn unused_owner(id: Text<'_>) -> Diagnostic {
    let message = format!("owner `{}` owns no component and no topic", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "")
        .help(format!(
            "state `owner: {}` where it answers for something, or remove it",
            id.value
        ))
        .subject("owner", id.value)
}
