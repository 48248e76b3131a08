//! Answers to calls that do not wait for one.

use std::collections::BTreeSet;

use crate::check::arrow;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, ComponentId, Flow, Model, Step};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "reply-to-async",
        severity: Severity::Note,
        group: Group::Scenario,
        summary: "an answer through a flow that is asynchronous",
        explanation: "The flow states `async: true`: the sender goes on without an answer. The scenario tells \
            that an answer comes.\n\nRemove `async: true` if the sender waits. If the answer comes \
            later as a message of its own, give it its own flow and step.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let mut steps = model.scenarios.iter().flat_map(|scenario| &scenario.steps);
    if !steps.any(|step| matches!(step.action, Action::Return { .. })) {
        return;
    }
    let waiting = waiting_pairs(model);
    for step in model.scenarios.iter().flat_map(|scenario| &scenario.steps) {
        if let Action::Return {
            from,
            to,
            flow: Some(flow),
        } = step.action
            && !waiting.contains(&(to, from))
        {
            out.push(reply_to_async(model, step, &model[flow]));
        }
    }
}

/// Pairs of which the first waits for the second, or gets data from it anyway.
fn waiting_pairs(model: &Model<'_>) -> BTreeSet<(ComponentId, ComponentId)> {
    let mut pairs = BTreeSet::new();
    for flow in &model.flows {
        if !flow.is_async {
            pairs.insert((flow.from, flow.to));
        }
        if flow.is_bidirectional() {
            pairs.extend([(flow.from, flow.to), (flow.to, flow.from)]);
        }
    }
    pairs
}

fn reply_to_async(model: &Model<'_>, step: &Step<'_>, flow: &Flow<'_>) -> Diagnostic {
    let text = arrow::text(model, flow);
    let message = format!(
        "step {}: an answer to `{text}`, which does not wait for one",
        step.number
    );
    Diagnostic::new(&RULE.code, message, step.span, "the answer")
        .also(arrow::span(flow), "asynchronous")
        .help("remove `async: true` if the sender waits, or give the answer a flow and a step of its own")
        .subject("component", model[flow.from].id.value)
        .subject("component", model[flow.to].id.value)
}
