//! Policies about single flows: `forbid` and `allow_only`.
//!
//! In: a policy and what its selectors select. Out: a breach for each flow that breaks it.
//! Refuses to know: levels and chains.

use super::breach::{Breach, Parties, flags, has};
use crate::check::{Context, arrow};
use crate::model::{ComponentId, Flow, Model};
use crate::spec::{Policy, PolicyFlows};

/// The components that the two sides select, and how the policy reads.
struct Sides {
    from: Vec<bool>,
    to: Vec<bool>,
    text: String,
}

impl Sides {
    /// What selects nothing is the finding of another rule.
    fn select(
        context: &Context<'_, '_>,
        written: &PolicyFlows<'_>,
        text: impl FnOnce(&str, &str) -> String,
    ) -> Option<Self> {
        let (from, to) = written.from.zip(written.to)?;
        let text = text(from.value, to.value);
        let (from, to) = (flags(context, from), flags(context, to));
        let is_whole = from.contains(&true) && to.contains(&true);
        is_whole.then_some(Self { from, to, text })
    }
}

/// Flows that must not be.
pub(super) fn forbidden(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Breach> {
    let text = |from: &str, to: &str| format!("no flow may go from `{from}` to `{to}`");
    let sides = policy.forbid.as_ref();
    let Some(sides) = sides.and_then(|written| Sides::select(context, written, text)) else {
        return Vec::new();
    };
    flows(context.model, policy, &sides.text, |from, to| {
        has(&sides.from, from) && has(&sides.to, to)
    })
}

/// Flows into a selection that start elsewhere. Flows inside the selection do not come into it.
pub(super) fn not_allowed(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Breach> {
    let text = |from: &str, to: &str| format!("only `{from}` may send to `{to}`");
    let sides = policy.allow_only.as_ref();
    let Some(sides) = sides.and_then(|written| Sides::select(context, written, text)) else {
        return Vec::new();
    };
    flows(context.model, policy, &sides.text, |from, to| {
        has(&sides.to, to) && !has(&sides.to, from) && !has(&sides.from, from)
    })
}

fn flows(
    model: &Model<'_>,
    policy: &Policy<'_>,
    text: &str,
    is_broken: impl Fn(ComponentId, ComponentId) -> bool,
) -> Vec<Breach> {
    let breaks = |flow: &&Flow<'_>| {
        is_broken(flow.from, flow.to) || (flow.is_bidirectional() && is_broken(flow.to, flow.from))
    };
    let broken = model.flows.iter().filter(breaks);
    broken
        .map(|flow| {
            let is_turned = !is_broken(flow.from, flow.to);
            breaking_flow(model, policy, flow, text, is_turned)
        })
        .collect()
}

fn breaking_flow(
    model: &Model<'_>,
    policy: &Policy<'_>,
    flow: &Flow<'_>,
    text: &str,
    is_turned: bool,
) -> Breach {
    let what = format!("flow `{}`", arrow::text(model, flow));
    let help = if flow.is_derived() {
        "take another way, change who produces or consumes the topic, or change the policy"
    } else {
        "remove the flow, take another way, or change the policy"
    };
    let parties = if is_turned {
        Parties::Way(flow.to, flow.from)
    } else {
        Parties::Way(flow.from, flow.to)
    };
    Breach::new(policy, &what, arrow::span(flow), text, parties).finish(
        model,
        help,
        &[flow.from, flow.to],
    )
}
