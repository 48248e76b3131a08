//! Flows whose receiver calls the sender, as its details say.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::arrow;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, ComponentId, Flow, Kind, Model};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "direction-contradiction",
        severity: Severity::Warning,
        group: Group::Flow,
        summary: "a flow from A to B although the details of B say that B calls A",
        explanation: "Without `initiator:`, the sender of a flow opens the connection. Here the receiver's \
            `api_calls` or `operations` say that it calls the sender, and no flow goes that \
            way.\n\nState `initiator:` if the data goes in the direction of the arrow and the \
            receiver fetches it. Otherwise turn the arrow round, or add the flow that is missing.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let mut mentioned: BTreeMap<(ComponentId, ComponentId), Text<'_>> = BTreeMap::new();
    for mention in &context.mentions {
        if let Some(target) = mention.target {
            let pair = (mention.component, target);
            mentioned.entry(pair).or_insert(mention.key);
        }
    }
    if mentioned.is_empty() {
        return;
    }
    let calls: BTreeSet<_> = model.flows.iter().flat_map(ends).collect();
    for flow in model.flows.iter().filter(|flow| is_silent(flow)) {
        let back = (flow.to, flow.from);
        let claims = |pair| mentioned.get(pair).copied();
        if let Some(key) = claims(&back)
            && claims(&(flow.from, flow.to)).is_none()
            && !calls.contains(&back)
            && model[flow.from].kind != Kind::Broker
        {
            out.push(direction_contradiction(model, flow, key));
        }
    }
}

/// Whether the flow leaves open who initiates it.
fn is_silent(flow: &Flow<'_>) -> bool {
    let written = flow.written.as_ref();
    written.is_some_and(|written| written.initiator.is_none()) && !flow.is_bidirectional()
}

fn ends(flow: &Flow<'_>) -> impl Iterator<Item = (ComponentId, ComponentId)> + use<> {
    let back = flow.is_bidirectional().then_some((flow.to, flow.from));
    std::iter::once((flow.from, flow.to)).chain(back)
}

fn direction_contradiction(model: &Model<'_>, flow: &Flow<'_>, key: Text<'_>) -> Diagnostic {
    let id = |component: &Component<'_>| component.id.value.to_owned();
    let (from, to) = (id(&model[flow.from]), id(&model[flow.to]));
    let message =
        format!("flow `{from} -> {to}`, but the details of `{to}` say that it calls `{from}`");
    let help =
        format!("state `initiator: {to}` if `{to}` fetches the data, or turn the arrow round");
    Diagnostic::new(
        &RULE.code,
        message,
        arrow::span(flow),
        format!("opened by `{from}`"),
    )
    .also(key.span, format!("`{to}` calls it here"))
    .help(help)
    .subject("component", &from)
    .subject("component", &to)
}
