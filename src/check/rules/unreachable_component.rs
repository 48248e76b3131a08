//! Components that nothing leads to.

use crate::check::arrow;
use crate::check::places::push_few_or_one;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::graph::ArchGraph;
use crate::model::{Component, ComponentId, Kind, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unreachable-component",
        severity: Severity::Note,
        group: Group::Flow,
        summary: "a component that can't be reached from any entry point",
        explanation: "No flow, followed from a person, a client, a system of others, a gateway, a job or the \
            platform, leads to this component: nobody seems to set it off. Components without any \
            flow are reported by `orphan-component`.\n\nAdd the flow that leads there. If the \
            component starts by itself, give it `kind: job`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let (model, graph) = (context.model, context.graph);
    let is_outside = |component: &Component<'_>| {
        matches!(component.kind, Kind::Person | Kind::Client | Kind::External)
    };
    if !model.components.iter().any(is_outside) {
        return;
    }
    let mut reached = vec![false; model.components.len()];
    let entries = model
        .components()
        .filter(|(_, component)| is_entry(component));
    mark(
        model,
        graph,
        entries.map(|(id, _)| id).collect(),
        &mut reached,
    );
    // What is behind an unreachable component is its consequence, so those without callers come first.
    let (heads, rest): (Vec<_>, Vec<_>) = model
        .components()
        .map(|(id, _)| id)
        .filter(|id| !graph.is_isolated(*id))
        .partition(|id| graph.incoming(*id).next().is_none());
    let mut found = Vec::new();
    for id in heads.into_iter().chain(rest) {
        if !reached[id.index()] {
            mark(model, graph, vec![id], &mut reached);
            found.push(id);
        }
    }
    push_few_or_one(
        &found,
        |id| unreachable_component(&model[id]),
        |id| model[id].id.span,
        |count| format!("nothing leads to {count} components"),
        out,
    );
}

/// Whether it is set off from outside the model or by itself. What is partial may be.
fn is_entry(component: &Component<'_>) -> bool {
    let starts = matches!(
        component.kind,
        Kind::Person
            | Kind::Client
            | Kind::External
            | Kind::Gateway
            | Kind::Job
            | Kind::Function
            | Kind::Platform
            | Kind::Coordinator
            | Kind::Connector
            | Kind::Broker
    );
    starts || component.is_partial
}

/// Marks what flows lead to, who is called for data, and what contains or is inside these.
fn mark(model: &Model<'_>, graph: &ArchGraph, starts: Vec<ComponentId>, reached: &mut [bool]) {
    let mut open = starts;
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut reached[id.index()], true) {
            continue;
        }
        open.extend(graph.outgoing(id).map(|(_, to)| to));
        let fetched = graph
            .incoming(id)
            .filter(|(flow, _)| arrow::caller_and_callee(model, &model[*flow]).0 == id);
        open.extend(fetched.map(|(_, from)| from));
        open.extend(model[id].parent);
        open.extend(&model[id].children);
    }
}

fn unreachable_component(component: &Component<'_>) -> Diagnostic {
    let id = component.id;
    let message = format!("nothing leads to `{}`", id.value);
    let help = if component.kind.is_store() {
        "add the flow that writes to it, or state the `initiator` of the flow that reads it"
    } else {
        "add the flow that sets it off, or `kind: job` if it starts by itself"
    };
    Diagnostic::new(
        &RULE.code,
        message,
        id.span,
        "not reached from any entry point",
    )
    .help(help)
    .subject("component", id.value)
}
