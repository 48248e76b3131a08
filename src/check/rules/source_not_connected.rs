//! Sources that reach no producer of their topic.

use std::collections::BTreeSet;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{ComponentId, Model, Topic};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "source-not-connected",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a topic whose source has no flow to a producer",
        explanation: "`source:` says that the topic's events come from a store or system. Then something \
            must lead from there to a component that produces the topic, at most with one \
            component in between. No flow does, so either the source is another one or a flow is \
            missing.\n\nAdd the flow from the source to the producer, or correct the source.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    if model.topics.iter().all(|topic| topic.source.is_none()) {
        return;
    }
    let pairs: BTreeSet<(ComponentId, ComponentId)> = model
        .flows
        .iter()
        .flat_map(|flow| [(flow.from, flow.to), (flow.to, flow.from)])
        .collect();
    for topic in &model.topics {
        let Some(source) = topic.source else {
            continue;
        };
        let is_whole = !topic.is_partial && !model[source].is_partial;
        let is_reached = || is_connected(context, &pairs, source, topic);
        if is_whole && !topic.producers.is_empty() && !is_reached() {
            out.push(source_not_connected(model, topic, source));
        }
    }
}

/// Directions do not count: who dials may be written as the start. What contains the
/// source or the producer counts for it.
fn is_connected(
    context: &Context<'_, '_>,
    pairs: &BTreeSet<(ComponentId, ComponentId)>,
    source: ComponentId,
    topic: &Topic<'_>,
) -> bool {
    let model = context.model;
    let family = |id: ComponentId| std::iter::once(id).chain(model.ancestors(id));
    let starts: Vec<ComponentId> = family(source).collect();
    let ends: Vec<ComponentId> = topic
        .producers
        .iter()
        .flat_map(|party| family(party.component))
        .collect();
    let is_pair =
        |start: &ComponentId, end: &ComponentId| start == end || pairs.contains(&(*start, *end));
    let reaches = |start: &ComponentId| ends.iter().any(|end| is_pair(start, end));
    // Through a broker everything is connected with everything.
    let between = |start: &ComponentId| {
        let neighbors = context
            .graph
            .outgoing(*start)
            .chain(context.graph.incoming(*start));
        neighbors
            .map(|(_, neighbor)| neighbor)
            .filter(|neighbor| Some(*neighbor) != topic.broker)
            .any(|neighbor| reaches(&neighbor))
    };
    starts.iter().any(reaches) || starts.iter().any(between)
}

fn source_not_connected(model: &Model<'_>, topic: &Topic<'_>, source: ComponentId) -> Diagnostic {
    let source_id = model[source].id.value;
    let message = format!(
        "events of `{}` come from `{source_id}`, but no flow leads from there to a producer",
        topic.id.value
    );
    let written = topic.written.source.as_ref();
    let span: Span = written
        .and_then(|written| written.component)
        .map_or(topic.id.span, |name| name.span);
    let diagnostic = Diagnostic::new(&RULE.code, message, span, "the source");
    let Some(producer) = topic.producers.first() else {
        return diagnostic;
    };
    let producer_id = model[producer.component].id.value;
    diagnostic
        .also(producer.span(), "the producer")
        .help(format!(
            "add the flow `{source_id} -> {producer_id}`, or correct the source"
        ))
        .subject("topic", topic.id.value)
        .subject("component", source_id)
}
