//! Policies about circles: `acyclic`.
//!
//! In: a policy and what its selector selects. Out: a finding for each circle within.
//! Refuses to know: levels.

use super::{RULE, because, name, with_policy};
use crate::check::{Context, cycle};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Flow;
use crate::spec::Policy;
use crate::view::select;

/// Circles of components that must not depend on each other in one.
pub(super) fn circular(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Diagnostic> {
    let model = context.model;
    let Some(selector) = policy.acyclic else {
        return Vec::new();
    };
    let flags = select(selector, model, context.graph, &mut Diagnostics::default());
    let is_within = |flow: &&Flow<'_>| flags[flow.from.index()] && flags[flow.to.index()];
    let cycles = cycle::find(model, model.flows.iter().filter(is_within));
    let finding = |cycle: &cycle::Cycle<'_, '_>| {
        let message = format!(
            "circle {} breaks policy `{}`{}",
            cycle.text(model),
            name(policy),
            because(policy)
        );
        let help = "turn one call round, put an event in its place, or change the policy";
        with_policy(cycle.diagnostic(model, &RULE.code, message), policy).help(help)
    };
    cycles.iter().map(finding).collect()
}
