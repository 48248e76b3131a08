//! Policies that guard nothing.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::SELECTOR_MATCHES_NOTHING;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::{Policy, Text};
use crate::view::select;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "policy-matches-nothing",
        severity: Severity::Warning,
        group: Group::Policy,
        summary: "a selector of a policy that selects no component",
        explanation: "The policy can never be broken: what it speaks of is not there. Often a name was \
            misspelled, or the component or layer was renamed.\n\nCorrect the selector, or remove \
            the policy.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for policy in &context.model.policies {
        for selector in selectors(policy) {
            let mut found = Diagnostics::default();
            select(selector, context.model, context.graph, &mut found);
            for finding in found.into_sorted() {
                // A selector that can't be read stays what it is.
                let is_empty = finding.code == SELECTOR_MATCHES_NOTHING;
                out.push(if is_empty {
                    policy_matches_nothing(policy, finding)
                } else {
                    finding
                });
            }
        }
    }
}

fn selectors<'s>(policy: &Policy<'s>) -> impl Iterator<Item = Text<'s>> {
    let sides = [&policy.forbid, &policy.allow_only].into_iter().flatten();
    let required = policy.require.iter().filter_map(|sides| sides.components);
    sides
        .flat_map(|sides| [sides.from, sides.to])
        .chain([policy.acyclic])
        .flatten()
        .chain(required)
}

fn policy_matches_nothing(policy: &Policy<'_>, finding: Diagnostic) -> Diagnostic {
    let id = policy.id.map_or("", |id| id.value);
    let finding = Diagnostic {
        code: &RULE.code,
        severity: RULE.code.severity,
        message: format!("policy `{id}` guards nothing: {}", finding.message),
        ..finding
    };
    finding.subject("policy", id)
}
