//! Policies that require keys, or count things, which do not exist.

use super::policy_violated::MEASURES;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::decode::Record;
use crate::spec::{Component, Policy, PolicyRequire, Text, Topic};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unknown-policy-key",
        severity: Severity::Error,
        group: Group::Policy,
        summary: "a policy that requires a key or counts a thing that does not exist",
        explanation: "No component or topic can state this key, or nothing of that name is counted, so the policy \
            checks less than it says.\n\nCorrect the word. Data of your own stands under `metadata`, which can be required as a whole.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for policy in &context.model.policies {
        if let Some(required) = policy.require.as_ref() {
            let (noun, known) = keys(required);
            for key in &required.keys {
                if !known.contains(&key.value) {
                    let what = format!("requires `{}`, and {noun} have no such key", key.value);
                    out.push(unknown_word(policy, *key, &what, &known));
                }
            }
        }
        if let Some(measure) = policy.threshold.as_ref().and_then(|one| one.measure) {
            let known: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
            if !known.contains(&measure.value) {
                let what = format!("measures `{}`, which nothing counts", measure.value);
                out.push(unknown_word(policy, measure, &what, &known));
            }
        }
    }
}

/// What the keys are of, and which there are.
fn keys(required: &PolicyRequire<'_>) -> (&'static str, Vec<&'static str>) {
    match (required.components, required.topics) {
        (None, Some(_)) => ("topics", Topic::KEYS.to_vec()),
        (Some(_), Some(_)) => {
            let both = Component::KEYS.iter().chain(Topic::KEYS);
            ("components and topics", both.copied().collect())
        }
        _ => ("components", Component::KEYS.to_vec()),
    }
}

fn unknown_word(policy: &Policy<'_>, word: Text<'_>, what: &str, known: &[&str]) -> Diagnostic {
    let id = policy.id.map_or("", |id| id.value);
    let message = format!("policy `{id}` {what}");
    let finding =
        Diagnostic::new(&RULE.code, message, word.span, "checks nothing").subject("policy", id);
    match did_you_mean(word.value, known.iter().copied()) {
        Some(meant) => finding
            .help(format!("did you mean `{meant}`?"))
            .fix(word.span, meant),
        None => finding.help(format!("known: {}", known.join(", "))),
    }
}
