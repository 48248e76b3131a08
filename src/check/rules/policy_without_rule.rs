//! Policies that rule nothing out.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::{Policy, PolicySides};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "policy-without-rule",
        severity: Severity::Error,
        group: Group::Policy,
        summary: "a policy that states no rule, or half of one",
        explanation: "A policy states one of `forbid`, `allow_only`, `acyclic` and `require`. `forbid` and \
            `allow_only` need `from` and `to`, `require` needs `components` and `keys`. Without them \
            nothing is checked.\n\nComplete the policy, or remove it.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for policy in &context.model.policies {
        let halves = [
            policy
                .forbid
                .as_ref()
                .and_then(|sides| flows_lack(sides, "forbid")),
            policy
                .allow_only
                .as_ref()
                .and_then(|sides| flows_lack(sides, "allow_only")),
            policy.require.as_ref().and_then(keys_lack),
        ];
        for (sides, part, lacking) in halves.into_iter().flatten() {
            out.push(half_a_rule(policy, sides, part, lacking));
        }
        if is_empty(policy) {
            out.push(policy_without_rule(policy));
        }
    }
}

/// What is incomplete: the written part, its key, and the key that it lacks.
type Half<'m, 's> = (&'m PolicySides<'s>, &'static str, &'static str);

fn flows_lack<'m, 's>(sides: &'m PolicySides<'s>, part: &'static str) -> Option<Half<'m, 's>> {
    match (sides.from, sides.to) {
        (None, _) => Some((sides, part, "from")),
        (_, None) => Some((sides, part, "to")),
        _ => None,
    }
}

fn keys_lack<'m, 's>(sides: &'m PolicySides<'s>) -> Option<Half<'m, 's>> {
    match (sides.components, sides.keys.is_empty()) {
        (None, _) => Some((sides, "require", "components")),
        (_, true) => Some((sides, "require", "keys")),
        _ => None,
    }
}

fn is_empty(policy: &Policy<'_>) -> bool {
    let has_sides = [&policy.forbid, &policy.allow_only, &policy.require]
        .iter()
        .any(|sides| sides.is_some());
    !has_sides && policy.acyclic.is_none()
}

fn half_a_rule(
    policy: &Policy<'_>,
    sides: &PolicySides<'_>,
    part: &str,
    lacking: &str,
) -> Diagnostic {
    let id = policy.id.map_or("", |id| id.value);
    let message = format!("`{part}` of policy `{id}` lacks `{lacking}`");
    Diagnostic::new(&RULE.code, message, sides.span, "checks nothing")
        .help(format!("add `{lacking}: …`"))
        .subject("policy", id)
}

fn policy_without_rule(policy: &Policy<'_>) -> Diagnostic {
    let id = policy.id.map_or("", |id| id.value);
    let place = policy.id.map_or(policy.span, |id| id.span);
    let message = format!("policy `{id}` rules nothing out");
    Diagnostic::new(&RULE.code, message, place, "checks nothing")
        .help("state `forbid`, `allow_only`, `acyclic` or `require`, or remove the policy")
        .subject("policy", id)
}
