//! Flows that are written twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

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

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let declared = context.model.flows.iter().filter(|flow| !flow.is_derived());
    let declared = declared.filter(|flow| flow.from != flow.to);
    let mut sorted: Vec<_> = declared.map(|flow| (ends(flow), flow)).collect();
    // Stable, so that of equal flows the first stays the first.
    sorted.sort_by_key(|(ends, _)| *ends);
    for parallel in sorted.chunk_by(|a, b| a.0 == b.0) {
        let mut first: BTreeMap<Key<'_>, &Flow<'_>> = BTreeMap::new();
        for (_, flow) in parallel.iter().filter(|_| parallel.len() > 1) {
            match first.entry(key(flow)) {
                Entry::Vacant(place) => {
                    place.insert(flow);
                }
                Entry::Occupied(known) => {
                    out.push(duplicate_flow(context.model, flow, known.get()));
                }
            }
        }
    }
}

/// `a <-> b` and `b <-> a` have the same ends.
fn ends(flow: &Flow<'_>) -> (ComponentId, ComponentId, bool) {
    let is_turned = flow.is_bidirectional() && flow.to < flow.from;
    let (from, to) = if is_turned {
        (flow.to, flow.from)
    } else {
        (flow.from, flow.to)
    };
    (from, to, flow.is_bidirectional())
}

/// What makes two flows between the same ends the same.
type Key<'m> = (&'m str, &'m str, Option<u64>);

fn key<'m>(flow: &'m Flow<'_>) -> Key<'m> {
    let protocol = flow.protocol().map_or("", |protocol| protocol.value);
    let port = flow.written.as_ref().and_then(|written| written.port);
    let label = flow.label.as_deref().unwrap_or("");
    (label, protocol, port.map(|port| port.value))
}

fn duplicate_flow(model: &Model<'_>, flow: &Flow<'_>, first: &Flow<'_>) -> Diagnostic {
    let message = format!("flow `{}` is written twice", arrow::text(model, flow));
    Diagnostic::new(&RULE.code, message, arrow::span(flow), "again here")
        .also(arrow::span(first), "first here")
        .help("remove one, or say in the labels what differs")
        .subject("component", model[flow.from].id.value)
        .subject("component", model[flow.to].id.value)
}
