//! Policies about circles: `acyclic`.
//!
//! In: a policy and what its selector selects. Out: a breach for each circle within.
//! Refuses to know: levels.

use super::RULE;
use super::breach::{Breach, Parties, because, flags, has, name, with_policy};
use crate::check::{Context, cycle};
use crate::model::Flow;
use crate::spec::Policy;

/// Circles of components that must not depend on each other in one.
pub(super) fn circular(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Breach> {
    let model = context.model;
    let Some(selector) = policy.acyclic else {
        return Vec::new();
    };
    let flags = flags(context, selector);
    let is_within = |flow: &&Flow<'_>| has(&flags, flow.from) && has(&flags, flow.to);
    let cycles = cycle::find(model, model.flows.iter().filter(is_within));
    let breach = |cycle: &cycle::Cycle<'_, '_>| {
        let message = format!(
            "circle {} breaks policy `{}`{}",
            cycle.text(model),
            name(policy),
            because(policy)
        );
        let help = "turn one call round, put an event in its place, or change the policy";
        let finding = cycle.diagnostic(model, &RULE.code, message);
        Breach {
            finding: with_policy(finding, policy).help(help),
            parties: Parties::Components(cycle.components().to_vec()),
        }
    };
    cycles.iter().map(breach).collect()
}
