//! Synchronous calls that lead back to where they started.

use std::collections::BTreeMap;

use crate::check::arrow;
use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::graph::circles;
use crate::model::{ComponentId, Flow, Kind, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "flow-cycle",
        severity: Severity::Note,
        group: Group::Flow,
        summary: "components that call each other in a circle",
        explanation: "Each waits for the next, and the last waits for the first: one slow component stops all \
            of them, and none can be deployed or tested alone.\n\nTurn one call round, put an event \
            in its place, or state `async: true` where the caller does not wait. Calls follow \
            `initiator`; people and flows through topics do not count.",
    },
    check,
};

/// A circle is spelled out up to this many components.
const MAX_SHOWN: usize = 8;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let mut calls: BTreeMap<(ComponentId, ComponentId), &Flow<'_>> = BTreeMap::new();
    for flow in model.flows.iter().filter(|flow| is_call(model, flow)) {
        calls
            .entry(arrow::caller_and_callee(model, flow))
            .or_insert(flow);
    }
    for circle in circles(calls.keys().copied()) {
        if let Some(finding) = flow_cycle(model, &circle, &calls) {
            out.push(finding);
        }
    }
}

fn is_call(model: &Model<'_>, flow: &Flow<'_>) -> bool {
    let is_person = |id: ComponentId| model[id].kind == Kind::Person;
    !flow.is_derived() && !flow.is_async && !is_person(flow.from) && !is_person(flow.to)
}

fn flow_cycle(
    model: &Model<'_>,
    circle: &[ComponentId],
    calls: &BTreeMap<(ComponentId, ComponentId), &Flow<'_>>,
) -> Option<Diagnostic> {
    let next = circle.iter().cycle().skip(1);
    let mut flows = circle
        .iter()
        .zip(next)
        .filter_map(|(from, to)| calls.get(&(*from, *to)));
    let message = format!("circle of synchronous calls: {}", spell(model, circle));
    let first = flows.next()?;
    let diagnostic = Diagnostic::new(&RULE.code, message, arrow::span(first), "one of the calls")
        .help("turn one call round, make it `async: true`, or put an event in its place");
    let labelled = flows
        .take(MAX_SHOWN - 1)
        .fold(diagnostic, |diagnostic, flow| {
            diagnostic.also(arrow::span(flow), "and then")
        });
    Some(circle.iter().fold(labelled, |diagnostic, id| {
        diagnostic.subject("component", model[*id].id.value)
    }))
}

/// `a -> b -> a`, in back-ticks.
fn spell(model: &Model<'_>, circle: &[ComponentId]) -> String {
    let shown = circle.iter().take(MAX_SHOWN);
    let mut ids: Vec<&str> = shown.map(|id| model[*id].id.value).collect();
    if circle.len() > MAX_SHOWN {
        ids.push("…");
    }
    ids.extend(circle.first().map(|id| model[*id].id.value));
    format!("`{}`", ids.join(" -> "))
}
