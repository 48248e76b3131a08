//! Policies that rule nothing out.

use super::policy_violated::{MEASURES, Of};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::source::Span;
use crate::spec::{Policy, PolicyFlows, PolicyRequire, PolicyThreshold};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "policy-without-rule",
        severity: Severity::Error,
        group: Group::Policy,
        summary: "a policy that states no rule, or half of one",
        explanation: "A policy states one of `forbid`, `allow_only`, `layers`, `independent`, `acyclic`, `require` and \
            `threshold`. `forbid` and `allow_only` need `from` and `to`, `independent` needs two selectors, \
            `require` needs `components` or `topics` and what they must have, `threshold` needs what is \
            measured and a bound. Without them nothing is checked.\n\nComplete the policy, or remove it.",
    },
    checks: &[Check::Model(check)],
};

/// What is incomplete: the place of the written part, its key, and what it lacks.
type Half = (Span, &'static str, &'static str);

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for policy in &context.model.policies {
        let (forbid, allow_only) = (policy.forbid.as_ref(), policy.allow_only.as_ref());
        let halves = [
            forbid.and_then(|sides| flows_lack(sides, "forbid")),
            allow_only.and_then(|sides| flows_lack(sides, "allow_only")),
            policy.require.as_ref().and_then(require_lacks),
            policy.threshold.as_ref().and_then(threshold_lacks),
            independent_lacks(policy),
        ];
        for half in halves.into_iter().flatten() {
            out.push(half_a_rule(policy, half));
        }
        if is_empty(policy) {
            out.push(policy_without_rule(policy));
        }
    }
}

fn flows_lack(sides: &PolicyFlows<'_>, part: &'static str) -> Option<Half> {
    match (sides.from, sides.to) {
        (None, _) => Some((sides.span, part, "from")),
        (_, None) => Some((sides.span, part, "to")),
        _ => None,
    }
}

fn require_lacks(required: &PolicyRequire<'_>) -> Option<Half> {
    let of_components = [
        required.publishes,
        required.consumes,
        required.reachable_from,
    ];
    let of_topics = [required.producers, required.consumers];
    let is_any = |stated: &[Option<crate::spec::Text<'_>>]| stated.iter().any(Option::is_some);
    let half = |lacking| Some((required.span, "require", lacking));
    match (required.components, required.topics) {
        (None, None) => half("components"),
        (None, _) if is_any(&of_components) => half("components"),
        (_, None) if is_any(&of_topics) => half("topics"),
        _ if required.keys.is_empty() && !is_any(&of_components) && !is_any(&of_topics) => {
            half("keys")
        }
        _ => None,
    }
}

fn threshold_lacks(threshold: &PolicyThreshold<'_>) -> Option<Half> {
    let half = |lacking| Some((threshold.span, "threshold", lacking));
    let word = threshold.measure?.value;
    let measure = MEASURES.iter().find(|measure| measure.name == word)?;
    match measure.of {
        Of::Components if threshold.components.is_none() => half("components"),
        Of::Topics if threshold.topics.is_none() => half("topics"),
        _ if threshold.max.is_none() && threshold.min.is_none() => half("max"),
        _ => None,
    }
}

fn independent_lacks(policy: &Policy<'_>) -> Option<Half> {
    match policy.independent.as_slice() {
        [alone] => Some((alone.span, "independent", "a second selector")),
        _ => None,
    }
}

fn is_empty(policy: &Policy<'_>) -> bool {
    policy.forbid.is_none()
        && policy.allow_only.is_none()
        && policy.layers.is_none()
        && policy.independent.is_empty()
        && policy.acyclic.is_none()
        && policy.require.is_none()
        && policy.threshold.is_none()
}

fn half_a_rule(policy: &Policy<'_>, (span, part, lacking): Half) -> Diagnostic {
    let id = policy.id.map_or("", |id| id.value);
    let message = format!("`{part}` of policy `{id}` lacks {}", quoted(lacking));
    let help = if is_key(lacking) {
        format!("add `{lacking}: …`")
    } else {
        format!("add {lacking}")
    };
    Diagnostic::new(&RULE.code, message, span, "checks nothing")
        .help(help)
        .subject("policy", id)
}

fn is_key(lacking: &str) -> bool {
    !lacking.contains(' ')
}

fn quoted(lacking: &str) -> String {
    if is_key(lacking) {
        format!("`{lacking}`")
    } else {
        lacking.to_owned()
    }
}

fn policy_without_rule(policy: &Policy<'_>) -> Diagnostic {
    let id = policy.id.map_or("", |id| id.value);
    let place = policy.id.map_or(policy.span, |id| id.span);
    let message = format!("policy `{id}` rules nothing out");
    Diagnostic::new(&RULE.code, message, place, "checks nothing")
        .help("state `forbid`, `allow_only`, `layers`, `independent`, `acyclic`, `require` or `threshold`, or remove the policy")
        .subject("policy", id)
}
