//! Components that nothing is connected to.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, Component, ComponentId, Kind, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "orphan-component",
        severity: Severity::Warning,
        group: Group::Reference,
        summary: "a component that no flow, topic or scenario uses",
        explanation: "The component stands alone: nothing reaches it and it reaches nothing. A flow was \
            forgotten, or the component is gone.\n\nAdd its flows, or remove it. Containers of \
            other components, platforms and libraries are left out, and so is a specification that \
            has no flows at all.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let used = used(context);
    if !used.contains(&true) {
        return;
    }
    for (id, component) in model.components() {
        let is_inside = model.ancestors(id).any(|ancestor| used[ancestor.index()]);
        if !used[id.index()] && !is_inside && is_expected_to_connect(component) {
            out.push(orphan_component(component));
        }
    }
}

fn is_expected_to_connect(component: &Component<'_>) -> bool {
    !component.is_partial
        && component.children.is_empty()
        && !matches!(component.kind, Kind::Platform | Kind::Library)
}

/// Which components flows, topics or steps touch.
fn used(context: &Context<'_, '_>) -> Vec<bool> {
    let model = context.model;
    let mut used: Vec<bool> = model
        .components()
        .map(|(id, _)| !context.graph.is_isolated(id))
        .collect();
    let steps = model.scenarios.iter().flat_map(|scenario| &scenario.steps);
    let in_steps = steps.flat_map(|step| ends(step.action));
    for id in in_topics(model).chain(in_steps) {
        used[id.index()] = true;
    }
    used
}

fn in_topics(model: &Model<'_>) -> impl Iterator<Item = ComponentId> {
    model.topics.iter().flat_map(|topic| {
        let parties = topic.producers.iter().chain(&topic.consumers);
        parties
            .map(|party| party.component)
            .chain(topic.broker)
            .chain(topic.source)
    })
}

fn ends(action: Action) -> impl Iterator<Item = ComponentId> {
    let (first, second) = match action {
        Action::Call { from, to, .. } | Action::Return { from, to, .. } => (from, Some(to)),
        Action::Publish { from, .. } => (from, None),
        Action::Consume { by, .. } => (by, None),
        Action::Note { on } => (on, None),
    };
    std::iter::once(first).chain(second)
}

fn orphan_component(component: &Component<'_>) -> Diagnostic {
    let id = component.id;
    let message = format!("component `{}` has no flow, topic or scenario", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "stands alone")
        .help("add the flows that reach it, or remove it")
        .subject("component", id.value)
}
