//! Stores that call others.

use crate::check::arrow;
use crate::check::places::push_few_or_one;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, Flow, Kind, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "store-initiates",
        severity: Severity::Note,
        group: Group::Flow,
        summary: "a store as the sender of a synchronous flow",
        explanation: "Databases, caches and object stores answer; they don't call. Without `initiator:`, the \
            sender of a flow opens the connection, so this flow says that the store does.\n\nState \
            `initiator:` with the component that reads, or `async: true` if the store notifies \
            others by itself.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let mut found = Vec::new();
    for flow in model.flows.iter().filter(|flow| is_silent_call(flow)) {
        let (from, to) = (&model[flow.from], &model[flow.to]);
        let is_fed = to.kind.is_store() || to.kind == Kind::Connector;
        if from.kind.is_store() && !is_fed && !calls(to, from) {
            found.push(flow);
        }
    }
    push_few_or_one(
        &found,
        |flow| store_initiates(model, flow),
        arrow::span,
        |count| format!("stores call in {count} flows"),
        out,
    );
}

/// Whether the flow is a plain call: nothing says who waits for whom.
fn is_silent_call(flow: &Flow<'_>) -> bool {
    let written = flow.written.as_ref();
    let is_silent = written.is_some_and(|written| written.initiator.is_none());
    is_silent && !flow.is_async && !flow.is_bidirectional()
}

/// Whether details say that the receiver calls; then `direction-contradiction` has more to say.
fn calls(receiver: &Component<'_>, store: &Component<'_>) -> bool {
    let operations = receiver.written.operations.iter().map(|(key, _)| key);
    let api_calls = receiver.written.api_calls.iter().map(|(key, _)| key);
    let mut keys = operations.chain(api_calls);
    keys.any(|key| arrow::answers_to(store, key.value))
}

fn store_initiates(model: &Model<'_>, flow: &Flow<'_>) -> Diagnostic {
    let (store, reader) = (&model[flow.from], model[flow.to].id.value);
    let message = format!(
        "{} `{}` calls `{reader}`",
        store.kind.name(),
        store.id.value
    );
    let help = format!(
        "state `initiator: {reader}` if `{reader}` reads, or `async: true` if the store notifies"
    );
    Diagnostic::new(
        &RULE.code,
        message,
        arrow::span(flow),
        "stores answer, they don't call",
    )
    .help(help)
    .subject("component", store.id.value)
    .subject("component", reader)
}
