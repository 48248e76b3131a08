//! Flows that feed a topic whose producer they do not reach.

use std::collections::BTreeSet;

use crate::check::arrow;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{ComponentId, Flow, Model, TopicId};
use crate::source::Span;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "topic-not-produced-downstream",
        severity: Severity::Warning,
        group: Group::Flow,
        summary: "a flow that states a topic which its target does not produce",
        explanation: "A flow's `topics:` name what the hop feeds: a database feeds the topics that its \
            connector publishes. Here the target publishes no such topic, and no further flow that \
            states the topic leaves it.\n\nCorrect the topic or the target, or name the target among \
            the topic's producers.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let mut declared = model.flows.iter().filter(|flow| !flow.is_derived());
    if declared.all(|flow| flow.topics.is_empty()) {
        return;
    }
    let mut passed_on: BTreeSet<(ComponentId, TopicId)> = BTreeSet::new();
    for flow in model.flows.iter().filter(|flow| !flow.is_derived()) {
        passed_on.extend(flow.topics.iter().map(|topic| (flow.from, *topic)));
    }
    for flow in model.flows.iter().filter(|flow| !flow.is_derived()) {
        for topic in &flow.topics {
            if !passed_on.contains(&(flow.to, *topic)) && !is_fed(model, flow, *topic) {
                out.push(topic_not_produced_downstream(model, flow, *topic));
            }
        }
    }
}

/// Whether the flow leads to a producer, or to or from the broker. What is partial may.
fn is_fed(model: &Model<'_>, flow: &Flow<'_>, id: TopicId) -> bool {
    let topic = &model[id];
    let is_target = |component: ComponentId| {
        component == flow.to
            || model[component].parent == Some(flow.to)
            || model[flow.to].parent == Some(component)
    };
    let mut producers = topic.producers.iter().map(|party| party.component);
    let is_unknown = topic.producers.is_empty() || topic.is_partial || model[flow.to].is_partial;
    let at_broker = topic.broker == Some(flow.to) || topic.broker == Some(flow.from);
    is_unknown || at_broker || producers.any(is_target)
}

fn topic_not_produced_downstream(model: &Model<'_>, flow: &Flow<'_>, id: TopicId) -> Diagnostic {
    let (topic, target) = (&model[id], model[flow.to].id.value);
    let producers = topic.producers.iter().take(3);
    let producers: Vec<String> = producers
        .map(|party| format!("`{}`", model[party.component].id.value))
        .collect();
    let message = format!(
        "flow `{}` feeds topic `{}`, which `{target}` does not produce",
        arrow::text(model, flow),
        topic.id.value
    );
    Diagnostic::new(&RULE.code, message, place(flow, topic.id), "")
        .also(
            topic.id.span,
            format!("produced by {}", producers.join(", ")),
        )
        .help(format!(
            "correct the topic, or name `{target}` among its producers"
        ))
        .subject("topic", topic.id.value)
        .subject("component", target)
}

/// Where the flow names the topic.
fn place(flow: &Flow<'_>, topic: Text<'_>) -> Span {
    let written = flow.written.as_ref();
    let mut names = written.into_iter().flat_map(|written| &written.topics);
    let name = names.find(|name| name.value == topic.value);
    name.map_or(flow.span, |name| name.span)
}
