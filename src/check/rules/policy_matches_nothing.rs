//! Policies that guard nothing.

use super::policy_violated::{is_optional, siblings};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::SELECTOR_MATCHES_NOTHING;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::topic_pattern_matches;
use crate::spec::{Policy, Text};
use crate::view::select;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "policy-matches-nothing",
        severity: Severity::Warning,
        group: Group::Policy,
        summary: "a selector of a policy that selects nothing",
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
        for pattern in patterns(policy) {
            let mut topics = context.model.topics.iter();
            if !context.model.is_partial
                && !topics.any(|topic| topic_pattern_matches(pattern.value, topic))
            {
                out.push(no_topic(policy, pattern));
            }
        }
    }
}

/// Every selector that the policy is about; what exceptions select is another matter.
fn selectors<'s>(policy: &Policy<'s>) -> Vec<Text<'s>> {
    let sides = [&policy.forbid, &policy.allow_only].into_iter().flatten();
    let sides = sides.flat_map(|sides| [sides.from, sides.to]);
    let required = policy.require.iter().flat_map(|required| {
        [
            required.components,
            required.producers,
            required.consumers,
            required.reachable_from,
        ]
    });
    let threshold = policy
        .threshold
        .iter()
        .map(|threshold| threshold.components);
    let orders = policy.layers.iter().flat_map(|layers| &layers.order);
    let ordered = orders
        .filter(|item| !is_optional(item.value))
        .flat_map(|item| siblings(*item));
    sides
        .chain([policy.acyclic])
        .chain(required)
        .chain(threshold)
        .flatten()
        .chain(policy.independent.iter().copied())
        .chain(ordered)
        .collect()
}

/// Patterns of topics that the policy is about.
fn patterns<'s>(policy: &Policy<'s>) -> impl Iterator<Item = Text<'s>> {
    let required = policy.require.iter();
    let required =
        required.flat_map(|required| [required.topics, required.publishes, required.consumes]);
    let threshold = policy.threshold.iter().map(|threshold| threshold.topics);
    required.chain(threshold).flatten()
}

fn no_topic(policy: &Policy<'_>, pattern: Text<'_>) -> Diagnostic {
    let id = policy.id.map_or("", |id| id.value);
    let message = format!(
        "policy `{id}` guards nothing: no topic matches `{}`",
        pattern.value
    );
    Diagnostic::new(&RULE.code, message, pattern.span, "")
        .help("correct the pattern, or remove the policy")
        .subject("policy", id)
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
