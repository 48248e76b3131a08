//! A sentence for those who can't see the picture, where the author wrote none.
//!
//! In: a finished view. Out: what it shows, counted. Refuses to know: formats.

use std::collections::BTreeSet;

use super::{GroupSubject, MessageKind, NodeSubject, SequenceView, ViewGraph};
use crate::model::{FlowId, Model, TopicId};

/// "12 components in 4 layers; 14 flows, 11 of them derived from 6 topics".
pub(super) fn describe_graph(view: &ViewGraph<'_>, model: &Model<'_>) -> String {
    let mut text = count(components(view), "component");
    let layers = layers(view);
    if layers > 0 {
        text = format!("{text} in {}", count(layers, "layer"));
    }
    let edges = view.edges.iter();
    let mut flows: Vec<FlowId> = edges.flat_map(|edge| &edge.flows).copied().collect();
    flows.sort_unstable();
    flows.dedup();
    text = format!("{text}; {}", count(flows.len(), "flow"));
    let derived = flows.iter().filter(|id| model[**id].is_derived()).count();
    let origin = match derived {
        0 => return text,
        all if all == flows.len() => "derived from".to_owned(),
        some => format!("{some} of them derived from"),
    };
    format!("{text}, {origin} {}", count(topics(view, model), "topic"))
}

/// "7 messages between 5 components in 4 steps".
pub(super) fn describe_sequence(view: &SequenceView<'_>) -> String {
    let messages = view.messages.iter();
    let sent = messages.filter(|message| message.kind != MessageKind::Note);
    let steps: BTreeSet<usize> = view.messages.iter().map(|message| message.number).collect();
    format!(
        "{} between {} in {}",
        count(sent.count(), "message"),
        count(view.participants.len(), "component"),
        count(steps.len(), "step")
    )
}

fn components(view: &ViewGraph<'_>) -> usize {
    let nodes = view.nodes.iter();
    let nodes = nodes.filter(|node| !matches!(node.subject, NodeSubject::Topic(_)));
    nodes.map(|node| node.count).sum()
}

fn layers(view: &ViewGraph<'_>) -> usize {
    let groups = view.groups.iter();
    let groups = groups.filter(|group| matches!(group.subject, GroupSubject::Layer(_)));
    let nodes = view.nodes.iter();
    let nodes = nodes.filter(|node| matches!(node.subject, NodeSubject::Layer(_)));
    groups.count() + nodes.count()
}

/// The topics of derived flows that the edges carry.
fn topics(view: &ViewGraph<'_>, model: &Model<'_>) -> usize {
    let is_derived = |flows: &[FlowId]| flows.iter().any(|id| model[*id].is_derived());
    let edges = view.edges.iter().filter(|edge| is_derived(&edge.flows));
    let topics: BTreeSet<TopicId> = edges.flat_map(|edge| &edge.topics).copied().collect();
    topics.len()
}

/// "no flows", "1 flow", "2 flows".
fn count(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
