//! What the team's own policies rule out.

mod breach;
mod chains;
mod cycles;
mod exceptions;
mod flows;
mod layers;
mod measure;
mod require;
mod threshold;

pub(super) use layers::{is_optional, siblings};
pub(super) use measure::{MEASURES, Of};

use crate::check::{Check, Context, Rule};
use crate::diagnostic::Level;
use crate::diagnostic::{Code, Diagnostics, Group, Severity};
use crate::spec::Policy;
use breach::Breach;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "policy-violated",
        severity: Severity::Error,
        group: Group::Policy,
        summary: "something that a policy of the specification rules out",
        explanation: "A policy under `policies:` states what must not be: flows (`forbid`, `allow_only`), calls \
            against an order (`layers`), chains between what is to stay apart (`independent`), circles \
            (`acyclic`), missing details (`require`) or a number out of bounds (`threshold`). This breaks \
            it.\n\nMend the architecture, or change the policy; its `because` says what it is for. What must \
            stay for now is an exception, with an owner, a reason and a day by which it is over. The \
            policy's `level` decides how bad a breach is.",
    },
    checks: &[Check::Model(check)],
};

/// One kind of policy: its breaches, if the policy states that kind.
type Kind = fn(&Context<'_, '_>, &Policy<'_>) -> Vec<Breach>;

const KINDS: &[Kind] = &[
    flows::forbidden,
    flows::not_allowed,
    chains::forbidden,
    chains::dependent,
    layers::upward,
    cycles::circular,
    require::lacking,
    threshold::exceeding,
];

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for policy in &context.model.policies {
        let Some(severity) = severity(policy) else {
            continue;
        };
        let breaches = KINDS.iter().flat_map(|kind| kind(context, policy));
        let kept = exceptions::apply(context, policy, breaches.collect(), out);
        for mut breach in kept {
            breach.finding.severity = severity;
            out.push(breach.finding);
        }
    }
}

/// The level that the policy states; `None` if it allows breaches.
fn severity(policy: &Policy<'_>) -> Option<Severity> {
    let stated = policy.level.and_then(|word| Level::from_word(word.value));
    stated.unwrap_or(Level::Error).severity()
}
