//! Hand-written flows that topics already imply.

#![expect(
    clippy::disallowed_types,
    reason = "the map is looked up, never iterated"
)]

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::check::arrow;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{ComponentId, Flow, Model, TopicId};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "flow-duplicates-topic",
        severity: Severity::Warning,
        group: Group::Flow,
        summary: "a hand-written flow between a component and a broker that topics already imply",
        explanation: "Each producer and each consumer of a topic has a flow through the broker, without \
            anybody typing it. Typed a second time it is drawn twice, counted twice, and its label \
            drifts away from what the topics carry.\n\nRemove the flow. A label of your own goes to \
            the participant: `producers: [{ component: orders, label: Orders }]`. If the flow is \
            about something else, such as administration, accept it with a reason.",
    },
    checks: &[Check::Model(check)],
};

/// Topics are named up to this many.
const MAX_NAMED: usize = 3;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let mut derived: HashMap<(ComponentId, ComponentId), &Flow<'_>, FxBuildHasher> =
        HashMap::default();
    for flow in model.flows.iter().filter(|flow| flow.is_derived()) {
        derived.insert((flow.from, flow.to), flow);
    }
    for flow in model.flows.iter().filter(|flow| !flow.is_derived()) {
        if let Some(implied) = derived.get(&(flow.from, flow.to)) {
            out.push(flow_duplicates_topic(model, flow, implied));
        }
    }
}

fn flow_duplicates_topic(model: &Model<'_>, flow: &Flow<'_>, implied: &Flow<'_>) -> Diagnostic {
    let text = arrow::text(model, flow);
    let message = format!(
        "flow `{text}` repeats what {} already",
        imply(model, &implied.topics)
    );
    Diagnostic::new(
        &RULE.code,
        message,
        arrow::span(flow),
        "drawn and counted twice",
    )
    .also(implied.span, "follows from this")
    .help("remove the flow; a `label` of your own goes to the topic's producer or consumer")
    .subject("component", model[flow.from].id.value)
    .subject("component", model[flow.to].id.value)
}

/// As in "topics `a`, `b` and 3 more imply".
fn imply(model: &Model<'_>, topics: &[TopicId]) -> String {
    let named = topics.iter().take(MAX_NAMED);
    let names: Vec<String> = named
        .map(|id| format!("`{}`", model[*id].id.value))
        .collect();
    let names = names.join(", ");
    match topics.len() {
        1 => format!("topic {names} implies"),
        count if count <= MAX_NAMED => format!("topics {names} imply"),
        count => format!("topics {names} and {} more imply", count - MAX_NAMED),
    }
}
