//! Flows that end where they start.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Flow, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "self-flow",
        severity: Severity::Warning,
        group: Group::Flow,
        summary: "a flow from a component to itself",
        explanation: "An arrow from a box to the same box says nothing about the architecture. Often one end \
            was meant to be another component.\n\nCorrect the end, or write what the component does \
            by itself under `functions:`, or as a `note` in a scenario.",
    },
    checks: &[Check::Flow(check)],
};

fn check(context: &Context<'_, '_>, flow: &Flow<'_>, out: &mut Diagnostics) {
    if flow.from == flow.to && !flow.is_derived() {
        out.push(self_flow(context.model, flow));
    }
}

fn self_flow(model: &Model<'_>, flow: &Flow<'_>) -> Diagnostic {
    let id = model[flow.from].id.value;
    let end = flow.written.as_ref().and_then(|written| written.to);
    let span = end.map_or(flow.span, |end| end.span);
    let message = format!("flow from `{id}` to itself");
    Diagnostic::new(&RULE.code, message, span, "the same as the start")
        .help("correct one end, or remove the flow")
        .subject("component", id)
}
