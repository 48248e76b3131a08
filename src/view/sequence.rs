//! Scenarios as sequence diagrams.
//!
//! In: a scenario of a model. Out: a [`SequenceView`]: lifelines and messages in order.
//! Refuses to know: formats, and whether anything backs the steps.
//!
//! Events are messages to and from the broker of their topic. A message is never without
//! a text: where the author wrote none it is what the flow behind it says.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::definition::ViewDefinition;
use super::describe::describe_sequence;
use super::{Message, MessageKind, Participant, SequenceView};
use crate::model::{Action, ComponentId, FlowId, Model, ScenarioId, Step};

pub(super) fn sequence<'m>(
    definition: &ViewDefinition<'m>,
    model: &'m Model<'m>,
    id: ScenarioId,
) -> SequenceView<'m> {
    let steps = &model[id].steps;
    let sketches: Vec<_> = steps.iter().map(|step| sketch(model, step)).collect();
    let participants = participants(&sketches, model);
    let lifelines = participants.iter().map(|participant| participant.component);
    let places: BTreeMap<ComponentId, usize> = lifelines.zip(0..).collect();
    let messages = sketches.into_iter().filter_map(|sketch| {
        Some(Message {
            from: *places.get(&sketch.from)?,
            to: *places.get(&sketch.to)?,
            text: sketch.text,
            kind: sketch.kind,
            number: sketch.number,
        })
    });
    let mut view = SequenceView {
        id: definition.id.clone(),
        scenario: id,
        title: definition.title.clone(),
        description: definition.description.clone(),
        messages: messages.collect(),
        participants,
    };
    if view.description.is_none() {
        view.description = Some(describe_sequence(&view).into());
    }
    view
}

/// A message whose ends are not yet lifelines.
struct Sketch<'m> {
    from: ComponentId,
    to: ComponentId,
    kind: MessageKind,
    text: Cow<'m, str>,
    number: usize,
}

/// By layer in drawing order, then by first appearance.
fn participants(sketches: &[Sketch<'_>], model: &Model<'_>) -> Vec<Participant> {
    let ends = sketches.iter().flat_map(|sketch| [sketch.from, sketch.to]);
    let mut first: BTreeMap<ComponentId, usize> = BTreeMap::new();
    for (place, component) in ends.enumerate() {
        first.entry(component).or_insert(place);
    }
    let mut ordered: Vec<_> = first.into_iter().collect();
    ordered.sort_by_key(|(component, place)| (model[*component].layer, *place));
    let participant = |(component, _)| Participant {
        component,
        layer: model[component].layer,
    };
    ordered.into_iter().map(participant).collect()
}

fn sketch<'m>(model: &'m Model<'m>, step: &Step<'m>) -> Sketch<'m> {
    let (from, to, kind) = match step.action {
        Action::Call { from, to, flow } => (from, to, call_kind(flow, model)),
        Action::Return { from, to, .. } => (from, to, MessageKind::Return),
        Action::Note { on } => (on, on, MessageKind::Note),
        // Without a broker there is nobody to send to; it is a remark then.
        Action::Publish { from, topic } => match model[topic].broker {
            Some(broker) => (from, broker, MessageKind::Publish),
            None => (from, from, MessageKind::Note),
        },
        Action::Consume { by, topic } => match model[topic].broker {
            Some(broker) => (broker, by, MessageKind::Consume),
            None => (by, by, MessageKind::Note),
        },
    };
    Sketch {
        from,
        to,
        kind,
        text: text(model, step),
        number: step.number,
    }
}

fn call_kind(flow: Option<FlowId>, model: &Model<'_>) -> MessageKind {
    if flow.is_some_and(|flow| model[flow].is_async) {
        MessageKind::Async
    } else {
        MessageKind::Call
    }
}

/// What happens, and how long it takes if that is stated.
fn text<'m>(model: &'m Model<'m>, step: &Step<'m>) -> Cow<'m, str> {
    let label = step.label.map(|label| label.value);
    let what: Cow<'m, str> = match step.action {
        Action::Call { flow, .. } => label
            .or_else(|| flow.and_then(|flow| words_of(model, flow)))
            .unwrap_or("calls")
            .into(),
        Action::Return { .. } => label.unwrap_or("returns").into(),
        Action::Note { .. } => label.unwrap_or("").into(),
        Action::Publish { topic, .. } => event_text("publish", label, &model[topic].name),
        Action::Consume { topic, .. } => event_text("consume", label, &model[topic].name),
    };
    match step.latency {
        Some(latency) => format!("{what} ({})", latency.value).into(),
        None => what,
    }
}

/// The label or protocol of a flow.
fn words_of<'m>(model: &'m Model<'m>, flow: FlowId) -> Option<&'m str> {
    let flow = &model[flow];
    let protocol = || flow.protocol().map(|protocol| protocol.value);
    flow.label.as_deref().or_else(protocol)
}

/// The topic is always named, once.
fn event_text<'m>(verb: &str, label: Option<&'m str>, topic: &str) -> Cow<'m, str> {
    match label {
        Some(label) if label.contains(topic) => label.into(),
        Some(label) => format!("{topic}: {label}").into(),
        None => format!("{verb} {topic}").into(),
    }
}
