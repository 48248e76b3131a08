//! Policies with the same id.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "duplicate-policy",
        severity: Severity::Warning,
        group: Group::Policy,
        summary: "two policies with the same id",
        explanation: "Findings name policies by id, and so do exceptions from them. With two of one name \
            nobody can tell which is meant.\n\nGive each an id of its own.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut first: BTreeMap<&str, Text<'_>> = BTreeMap::new();
    for id in context.model.policies.iter().filter_map(|policy| policy.id) {
        match first.entry(id.value) {
            Entry::Vacant(place) => {
                place.insert(id);
            }
            Entry::Occupied(known) => out.push(duplicate_policy(id, *known.get())),
        }
    }
}

fn duplicate_policy(id: Text<'_>, first: Text<'_>) -> Diagnostic {
    let message = format!("two policies are called `{}`", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "again here")
        .also(first.span, "first here")
        .help("give each an id of its own")
        .subject("policy", id.value)
}
