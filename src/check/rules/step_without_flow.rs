//! Steps that no flow backs.

use std::collections::BTreeSet;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::graph::ArchGraph;
use crate::model::{Action, ComponentId, Model, Step};
use crate::model::{FlowId, TopicId};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "step-without-flow",
        severity: Severity::Error,
        group: Group::Scenario,
        summary: "a step from one component to another that no flow joins",
        explanation: "A scenario is a story through the architecture, so each hop needs a flow in its \
            direction, declared or derived from topics. Without one, either the story or the \
            architecture is wrong.\n\nTurn the step round if the flow goes the other way, write \
            `publish` and `consume` where the two meet in a topic, or add the flow. What a component \
            does by itself is a `note`.",
    },
    checks: &[Check::Model(check)],
};

/// Other targets are named up to this many.
const MAX_NAMED: usize = 5;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for step in model.scenarios.iter().flat_map(|scenario| &scenario.steps) {
        if let Action::Call {
            from,
            to,
            flow: None,
        } = step.action
            && !model[from].is_partial
            && !model[to].is_partial
        {
            out.push(step_without_flow(context, step, from, to));
        }
    }
}

fn step_without_flow(
    context: &Context<'_, '_>,
    step: &Step<'_>,
    from: ComponentId,
    to: ComponentId,
) -> Diagnostic {
    let (start, end) = (context.model[from].id.value, context.model[to].id.value);
    let message = format!(
        "step {}: no flow goes from `{start}` to `{end}`",
        step.number
    );
    Diagnostic::new(&RULE.code, message, step.span, "nothing backs this")
        .help(advice(context, from, to))
        .subject("component", start)
        .subject("component", end)
}

fn advice(context: &Context<'_, '_>, from: ComponentId, to: ComponentId) -> String {
    let (model, graph) = (context.model, context.graph);
    let (start, end) = (model[from].id.value, model[to].id.value);
    if from == to {
        return format!(
            "what `{start}` does by itself is a note: `note: {{ on: {start}, text: … }}`"
        );
    }
    if graph.outgoing(to).any(|(_, other)| other == from) {
        return format!(
            "the flow goes the other way; turn the step round, or write `return: {{ from: {start}, to: {end} }}`"
        );
    }
    if let Some(topic) = meeting(context, from, to) {
        return format!("they meet in topic `{topic}`; write `publish` and `consume` steps");
    }
    format!(
        "add `{start} -> {end}: …` under `flows`{}",
        others(model, graph, from)
    )
}

/// The first topic that the one publishes and the other consumes.
fn meeting<'m>(context: &Context<'m, '_>, from: ComponentId, to: ComponentId) -> Option<&'m str> {
    let (model, graph) = (context.model, context.graph);
    let carried = |(flow, _): (FlowId, ComponentId)| {
        let derived = Some(&model[flow]).filter(|flow| flow.is_derived());
        derived
            .into_iter()
            .flat_map(|flow| flow.topics.iter().copied())
    };
    let consumed: BTreeSet<TopicId> = graph.incoming(to).flat_map(carried).collect();
    let mut published = graph.outgoing(from).flat_map(carried);
    let shared = published.find(|topic| consumed.contains(topic));
    shared.map(|topic| model[topic].id.value)
}

/// Where flows from the component do go.
fn others(model: &Model<'_>, graph: &ArchGraph, from: ComponentId) -> String {
    let mut targets: Vec<ComponentId> = graph.outgoing(from).map(|(_, to)| to).collect();
    targets.sort_unstable();
    targets.dedup();
    let named = targets.iter().take(MAX_NAMED);
    let names: Vec<&str> = named.map(|id| model[*id].id.value).collect();
    match targets.len() {
        0 => String::new(),
        count if count <= MAX_NAMED => format!(
            "; `{}` has flows to {}",
            model[from].id.value,
            names.join(", ")
        ),
        count => format!(
            "; `{}` has flows to {} and {} more",
            model[from].id.value,
            names.join(", "),
            count - MAX_NAMED
        ),
    }
}
