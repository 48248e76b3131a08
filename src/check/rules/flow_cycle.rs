//! Synchronous calls that lead back to where they started.

use crate::check::cycle::{self, Cycle};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
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
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let calls = model.flows.iter().filter(|flow| is_call(model, flow));
    for cycle in cycle::find(model, calls) {
        out.push(flow_cycle(model, &cycle));
    }
}

fn is_call(model: &Model<'_>, flow: &Flow<'_>) -> bool {
    let is_person = |id: ComponentId| model[id].kind == Kind::Person;
    !flow.is_derived() && !flow.is_async && !is_person(flow.from) && !is_person(flow.to)
}

fn flow_cycle(model: &Model<'_>, cycle: &Cycle<'_, '_>) -> Diagnostic {
    let message = format!("circle of synchronous calls: {}", cycle.text(model));
    let help = "turn one call round, make it `async: true`, or put an event in its place";
    cycle.diagnostic(model, &RULE.code, message).help(help)
}
