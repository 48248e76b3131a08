//! What the team's own policies rule out.

mod cycles;
mod flows;
mod keys;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::Level;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::source::Span;
use crate::spec::Policy;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "policy-violated",
        severity: Severity::Error,
        group: Group::Policy,
        summary: "something that a policy of the specification rules out",
        explanation: "A policy under `policies:` states what must not be: flows (`forbid`, `allow_only`), \
            circles (`acyclic`) or missing details (`require`). This breaks it.\n\nMend the \
            architecture, or change the policy; its `because` says what it is for. The policy's \
            `level` decides how bad a breach is.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for policy in &context.model.policies {
        let Some(severity) = severity(policy) else {
            continue;
        };
        let breaches = [
            flows::forbidden(context, policy),
            flows::not_allowed(context, policy),
            cycles::circular(context, policy),
            keys::lacking(context, policy),
        ];
        for mut breach in breaches.into_iter().flatten() {
            breach.severity = severity;
            out.push(breach);
        }
    }
}

/// The level that the policy states; `None` if it allows breaches.
fn severity(policy: &Policy<'_>) -> Option<Severity> {
    let stated = policy.level.and_then(|word| Level::from_word(word.value));
    stated.unwrap_or(Level::Error).severity()
}

/// A finding that something breaks a policy; `text` says how the policy reads.
fn breach(policy: &Policy<'_>, what: &str, span: Span, text: &str) -> Diagnostic {
    let message = format!("{what} breaks policy `{}`{}", name(policy), because(policy));
    with_policy(Diagnostic::new(&RULE.code, message, span, text), policy)
}

fn with_policy(diagnostic: Diagnostic, policy: &Policy<'_>) -> Diagnostic {
    let place = policy.id.map_or(policy.span, |id| id.span);
    diagnostic
        .also(place, "the policy")
        .subject("policy", name(policy))
}

fn name<'s>(policy: &Policy<'s>) -> &'s str {
    policy.id.map_or("", |id| id.value)
}

/// As in ": reads go through services".
fn because(policy: &Policy<'_>) -> String {
    let text = policy
        .because
        .map(|text| text.value.trim().trim_end_matches('.'));
    text.map(|text| format!(": {text}")).unwrap_or_default()
}
