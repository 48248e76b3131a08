//! Flows that are written twice.

#![expect(
    clippy::disallowed_types,
    reason = "the map is looked up, never iterated"
)]

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rustc_hash::FxBuildHasher;

use crate::check::arrow;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{ComponentId, Flow, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "duplicate-flow",
        severity: Severity::Warning,
        group: Group::Flow,
        summary: "a flow that says the same as an earlier one",
        explanation: "Two flows have the same ends, label, protocol and port. One of them was forgotten when \
            the other was written, or its label was not changed after copying.\n\nRemove one, or say \
            in the label what differs. `a <-> b` and `b <-> a` are the same.",
    },
    checks: &[Check::Model(check)],
};

/// What makes two flows the same.
type Key<'m> = (
    ComponentId,
    ComponentId,
    bool,
    &'m str,
    &'m str,
    Option<u64>,
);

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut first: HashMap<Key<'_>, &Flow<'_>, FxBuildHasher> = HashMap::default();
    let declared = context.model.flows.iter().filter(|flow| !flow.is_derived());
    for flow in declared.filter(|flow| flow.from != flow.to) {
        match first.entry(key(flow)) {
            Entry::Vacant(place) => {
                place.insert(flow);
            }
            Entry::Occupied(known) => out.push(duplicate_flow(context.model, flow, known.get())),
        }
    }
}

fn key<'m>(flow: &'m Flow<'_>) -> Key<'m> {
    let (mut from, mut to) = (flow.from, flow.to);
    let is_bidirectional = flow.is_bidirectional();
    if is_bidirectional && to < from {
        (from, to) = (to, from);
    }
    let protocol = flow.protocol().map_or("", |protocol| protocol.value);
    let port = flow.written.as_ref().and_then(|written| written.port);
    let label = flow.label.as_deref().unwrap_or("");
    (
        from,
        to,
        is_bidirectional,
        label,
        protocol,
        port.map(|port| port.value),
    )
}

fn duplicate_flow(model: &Model<'_>, flow: &Flow<'_>, first: &Flow<'_>) -> Diagnostic {
    let message = format!("flow `{}` is written twice", arrow::text(model, flow));
    Diagnostic::new(&RULE.code, message, arrow::span(flow), "again here")
        .also(arrow::span(first), "first here")
        .help("remove one, or say in the labels what differs")
        .subject("component", model[flow.from].id.value)
        .subject("component", model[flow.to].id.value)
}
