//! Flows and topics as arrows, in the projection that a view asks for.
//!
//! In: a model, who stands for whom. Out: a [`Projection`]: arrows, topics that are nodes,
//! and brokers that are drawn only if an arrow touches them. Refuses to know: groups.
//!
//! A topic lives on its broker: where the broker is excluded, so are its topics. A broker
//! that is merely not selected hides nothing.

use std::collections::BTreeMap;

use super::arrow::{Arrow, merge};
use super::collapse::Cast;
use super::direct::direct;
use super::selection::Selected;
use super::{Collapse, NodeSubject, TopicProjection};
use crate::model::{ComponentId, FlowId, Model, Origin, Party, Topic, TopicId};
use crate::spec::Text;

/// What flows and topics become in a view.
#[derive(Debug, Default)]
pub(super) struct Projection<'m> {
    pub(super) arrows: Vec<Arrow<'m>>,
    /// The topics that are nodes.
    pub(super) topics: Vec<TopicId>,
    /// Components that stand behind what is drawn in their place.
    pub(super) replaced: Vec<ComponentId>,
}

/// What the projections look at.
pub(super) struct Scene<'v, 'm> {
    pub(super) model: &'m Model<'m>,
    pub(super) selected: &'v Selected,
    pub(super) cast: &'v Cast,
    pub(super) collapse: Collapse,
}

pub(super) fn project<'m>(scene: &Scene<'_, 'm>, topics: TopicProjection) -> Projection<'m> {
    match topics {
        TopicProjection::Hub => hub(scene),
        TopicProjection::Nodes => {
            let (derived, all) = (DerivedFlows::collect(scene.model), scene.topics());
            nodes(scene, &derived, &all)
        }
        TopicProjection::Direct => {
            let (derived, all) = (DerivedFlows::collect(scene.model), scene.topics());
            let (pairs, too_many) = direct(scene, &derived, &all);
            let mut projection = nodes(scene, &derived, &too_many);
            projection.arrows.extend(pairs);
            projection.replaced = scene.brokers(&all);
            projection
        }
    }
}

/// Every flow as it is.
fn hub<'m>(scene: &Scene<'_, 'm>) -> Projection<'m> {
    Projection {
        arrows: merge(scene.flow_arrows(|_| true), scene.collapse),
        ..Projection::default()
    }
}

/// Declared flows as they are, topics as nodes between their producers and consumers.
fn nodes<'m>(scene: &Scene<'_, 'm>, derived: &DerivedFlows, topics: &[TopicId]) -> Projection<'m> {
    let mut arrows = scene.flow_arrows(|origin| matches!(origin, Origin::Declared(_)));
    let mut drawn = Vec::new();
    for id in topics {
        let before = arrows.len();
        arrows.extend(scene.topic_arrows(derived, *id));
        if arrows.len() > before || scene.is_forlorn(*id) {
            drawn.push(*id);
        }
    }
    Projection {
        arrows: merge(arrows, scene.collapse),
        replaced: scene.brokers(&drawn),
        topics: drawn,
    }
}

impl<'m> Scene<'_, 'm> {
    /// The topics on brokers that are not excluded.
    fn topics(&self) -> Vec<TopicId> {
        let is_kept = |broker: ComponentId| !self.selected.excluded[broker.index()];
        let topics = self.model.topics();
        let kept = topics.filter(|(_, topic)| topic.broker.is_some_and(is_kept));
        kept.map(|(id, _)| id).collect()
    }

    fn brokers(&self, topics: &[TopicId]) -> Vec<ComponentId> {
        let brokers = topics.iter().filter_map(|id| self.model[*id].broker);
        brokers.collect()
    }

    /// Whether nobody is at the ends of a topic whose broker is shown: it is a node without arrows.
    fn is_forlorn(&self, id: TopicId) -> bool {
        let topic = &self.model[id];
        let is_shown = |broker: ComponentId| self.cast.of(broker).is_some();
        topic.producers.is_empty()
            && topic.consumers.is_empty()
            && topic.broker.is_some_and(is_shown)
    }

    fn flow_arrows(&self, is_wanted: fn(Origin) -> bool) -> Vec<Arrow<'m>> {
        let flows = self
            .model
            .flows()
            .filter(|(_, flow)| is_wanted(flow.origin));
        let arrows = flows.filter_map(|(id, flow)| {
            Some(Arrow {
                ends: self.cast.ends(flow.from, flow.to)?,
                label: flow.label.as_deref().map(Into::into),
                is_async: flow.is_async,
                is_bidirectional: flow.is_bidirectional(),
                flows: vec![id],
                topics: flow.topics.clone(),
            })
        });
        arrows.collect()
    }

    /// From the shown producers of a topic to it, and from it to its shown consumers.
    fn topic_arrows(&self, derived: &DerivedFlows, id: TopicId) -> Vec<Arrow<'m>> {
        let (topic, node): (&'m Topic<'m>, _) = (&self.model[id], NodeSubject::Topic(id));
        let arrow = |ends, label: Option<Text<'m>>, flow| Arrow {
            ends,
            label: label.map(|label| label.value.into()),
            is_async: true,
            is_bidirectional: false,
            flows: vec![flow],
            topics: vec![id],
        };
        let produced = topic.producers.iter().filter_map(|party| {
            let flow = derived.produced(topic, party)?;
            let label = label_of(party, topic).or(party.trigger);
            Some(arrow((self.cast.of(party.component)?, node), label, flow))
        });
        let consumed = topic.consumers.iter().filter_map(|party| {
            let flow = derived.consumed(topic, party)?;
            let label = label_of(party, topic).or(party.purpose);
            Some(arrow((node, self.cast.of(party.component)?), label, flow))
        });
        produced.chain(consumed).collect()
    }
}

fn label_of<'m>(party: &Party<'m>, topic: &Topic<'m>) -> Option<Text<'m>> {
    party.label.or(topic.written.label)
}

/// The flows that topics imply, by their ends.
#[derive(Debug)]
pub(super) struct DerivedFlows {
    produced: BTreeMap<(ComponentId, ComponentId), FlowId>,
    consumed: BTreeMap<(ComponentId, ComponentId), FlowId>,
}

impl DerivedFlows {
    fn collect(model: &Model<'_>) -> Self {
        let of = |origin: Origin| {
            let flows = model.flows().filter(|(_, flow)| flow.origin == origin);
            flows.map(|(id, flow)| ((flow.from, flow.to), id)).collect()
        };
        Self {
            produced: of(Origin::Produced),
            consumed: of(Origin::Consumed),
        }
    }

    /// The flow from a producer of a topic to its broker; a broker has none to itself.
    pub(super) fn produced(&self, topic: &Topic<'_>, party: &Party<'_>) -> Option<FlowId> {
        let flow = self.produced.get(&(party.component, topic.broker?));
        flow.copied()
    }

    /// The flow from the broker of a topic to a consumer.
    pub(super) fn consumed(&self, topic: &Topic<'_>, party: &Party<'_>) -> Option<FlowId> {
        let flow = self.consumed.get(&(topic.broker?, party.component));
        flow.copied()
    }
}
