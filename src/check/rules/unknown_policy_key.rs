//! Policies that require keys which components do not have.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::decode::Record;
use crate::spec::{Component, Policy, Text};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unknown-policy-key",
        severity: Severity::Error,
        group: Group::Policy,
        summary: "a policy that requires a key which components do not have",
        explanation: "No component can state this key, so the policy checks less than it says.\n\nCorrect the \
            key. Data of your own stands under `metadata`, which can be required as a whole.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for policy in &context.model.policies {
        let keys = policy.require.iter().flat_map(|required| &required.keys);
        for key in keys.filter(|key| !Component::KEYS.contains(&key.value)) {
            out.push(unknown_policy_key(policy, *key));
        }
    }
}

fn unknown_policy_key(policy: &Policy<'_>, key: Text<'_>) -> Diagnostic {
    let id = policy.id.map_or("", |id| id.value);
    let message = format!(
        "policy `{id}` requires `{}`, and components have no such key",
        key.value
    );
    let finding =
        Diagnostic::new(&RULE.code, message, key.span, "checks nothing").subject("policy", id);
    match did_you_mean(key.value, Component::KEYS.iter().copied()) {
        Some(meant) => finding
            .help(format!("did you mean `{meant}`?"))
            .fix(key.span, meant),
        None => finding.help(format!(
            "keys of components: {}",
            Component::KEYS.join(", ")
        )),
    }
}
