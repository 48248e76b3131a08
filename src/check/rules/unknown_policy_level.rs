//! Levels of policies that do not exist.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::Level;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::{Policy, Text};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unknown-policy-level",
        severity: Severity::Error,
        group: Group::Policy,
        summary: "a level of a policy that is none of allow, note, warning and error",
        explanation: "The policy can't be given this level, so its breaches count as errors.\n\nWrite `allow`, \
            `note`, `warning` or `error`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for policy in &context.model.policies {
        if let Some(word) = policy.level
            && Level::from_word(word.value).is_none()
        {
            out.push(unknown_policy_level(policy, word));
        }
    }
}

fn unknown_policy_level(policy: &Policy<'_>, word: Text<'_>) -> Diagnostic {
    let id = policy.id.map_or("", |id| id.value);
    let message = format!("`{}` is no level for policy `{id}`", word.value);
    let finding =
        Diagnostic::new(&RULE.code, message, word.span, "counts as `error`").subject("policy", id);
    match Level::similar(word.value) {
        Some(meant) => finding
            .help(format!("did you mean `{}`?", meant.name()))
            .fix(word.span, meant.name()),
        None => finding.help("levels are `allow`, `note`, `warning` and `error`"),
    }
}
