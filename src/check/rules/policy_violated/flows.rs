//! Policies about flows: `forbid` and `allow_only`.
//!
//! In: a policy and what its selectors select. Out: a finding for each flow that breaks it.
//! Refuses to know: levels.

use super::breach;
use crate::check::{Context, arrow};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{ComponentId, Flow, Model};
use crate::spec::{Policy, PolicySides};
use crate::view::select;

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
        written: &PolicySides<'_>,
        text: impl FnOnce(&str, &str) -> String,
    ) -> Option<Self> {
        let (from, to) = written.from.zip(written.to)?;
        let flags = |selector| {
            select(
                selector,
                context.model,
                context.graph,
                &mut Diagnostics::default(),
            )
        };
        let text = text(from.value, to.value);
        let (from, to) = (flags(from), flags(to));
        let is_whole = from.contains(&true) && to.contains(&true);
        is_whole.then_some(Self { from, to, text })
    }

    fn is_from(&self, id: ComponentId) -> bool {
        self.from[id.index()]
    }

    fn is_to(&self, id: ComponentId) -> bool {
        self.to[id.index()]
    }
}

/// Flows that must not be.
pub(super) fn forbidden(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Diagnostic> {
    let text = |from: &str, to: &str| format!("no flow may go from `{from}` to `{to}`");
    let sides = policy.forbid.as_ref();
    let Some(sides) = sides.and_then(|written| Sides::select(context, written, text)) else {
        return Vec::new();
    };
    flows(context.model, policy, &sides.text, |from, to| {
        sides.is_from(from) && sides.is_to(to)
    })
}

/// Flows into a selection that start elsewhere. Flows inside the selection do not come into it.
pub(super) fn not_allowed(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Diagnostic> {
    let text = |from: &str, to: &str| format!("only `{from}` may send to `{to}`");
    let sides = policy.allow_only.as_ref();
    let Some(sides) = sides.and_then(|written| Sides::select(context, written, text)) else {
        return Vec::new();
    };
    flows(context.model, policy, &sides.text, |from, to| {
        sides.is_to(to) && !sides.is_to(from) && !sides.is_from(from)
    })
}

fn flows(
    model: &Model<'_>,
    policy: &Policy<'_>,
    text: &str,
    is_broken: impl Fn(ComponentId, ComponentId) -> bool,
) -> Vec<Diagnostic> {
    let breaks = |flow: &&Flow<'_>| {
        is_broken(flow.from, flow.to) || (flow.is_bidirectional() && is_broken(flow.to, flow.from))
    };
    let broken = model.flows.iter().filter(breaks);
    broken
        .map(|flow| breaking_flow(model, policy, flow, text))
        .collect()
}

fn breaking_flow(
    model: &Model<'_>,
    policy: &Policy<'_>,
    flow: &Flow<'_>,
    text: &str,
) -> Diagnostic {
    let what = format!("flow `{}`", arrow::text(model, flow));
    let help = if flow.is_derived() {
        "take another way, change who produces or consumes the topic, or change the policy"
    } else {
        "remove the flow, take another way, or change the policy"
    };
    breach(policy, &what, arrow::span(flow), text)
        .help(help)
        .subject("component", model[flow.from].id.value)
        .subject("component", model[flow.to].id.value)
}
