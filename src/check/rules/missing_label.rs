//! Flows that do not say what goes there.

use crate::check::arrow;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Flow, Model};
use crate::spec::decode::Record;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "missing-label",
        severity: Severity::Note,
        group: Group::Flow,
        summary: "a flow without a label",
        explanation: "The arrow says that two components have to do with each other, and not what. Readers \
            ask; a reviewer can't tell whether it is still right.\n\nSay what goes there: `a -> b: \
            Orders`. A flow that states the topics it feeds needs no label.",
    },
    checks: &[Check::Flow(check)],
};

fn check(context: &Context<'_, '_>, flow: &Flow<'_>, out: &mut Diagnostics) {
    let is_silent = flow.label.is_none() && flow.topics.is_empty();
    if is_silent && !flow.is_derived() && !is_unread(flow) {
        out.push(missing_label(context.model, flow));
    }
}

/// Whether a misspelled key may have stated the label.
fn is_unread(flow: &Flow<'_>) -> bool {
    let written = flow.written.as_ref();
    written.is_some_and(|written| written.unread() != 0)
}

fn missing_label(model: &Model<'_>, flow: &Flow<'_>) -> Diagnostic {
    let text = arrow::text(model, flow);
    let message = format!("flow `{text}` has no label");
    Diagnostic::new(&RULE.code, message, arrow::span(flow), "carries what?")
        .help(format!("say what goes there: `{text}: …`"))
        .subject("component", model[flow.from].id.value)
        .subject("component", model[flow.to].id.value)
}
