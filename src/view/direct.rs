//! Topics as arrows from producers straight to consumers.
//!
//! In: topics with their parties. Out: one arrow for each pair of nodes, labeled with the
//! topics it carries. Refuses to know: other flows.

use std::collections::BTreeMap;

use super::NodeSubject;
use super::arrow::Arrow;
use super::project::{DerivedFlows, Scene};
use crate::model::{ComponentId, FlowId, Model, TopicId};

/// Topics are named in a label up to this many.
const MAX_NAMED: usize = 3;
/// A thousand producers and a thousand consumers make a million pairs; topics that would
/// bring a view above this many are drawn as nodes instead.
const MAX_PAIRS: usize = 250_000;

/// The arrows, and the topics that have too many.
pub(super) fn direct<'m>(
    scene: &Scene<'_, 'm>,
    derived: &DerivedFlows,
    topics: &[TopicId],
) -> (Vec<Arrow<'m>>, Vec<TopicId>) {
    let mut pairs = Pairs::default();
    let (mut left, mut too_many) = (MAX_PAIRS, Vec::new());
    for id in topics {
        let (producers, consumers) = ends(scene, derived, *id);
        match left.checked_sub(producers.len().saturating_mul(consumers.len())) {
            None => too_many.push(*id),
            Some(rest) => {
                left = rest;
                pairs.add(scene, *id, &producers, &consumers);
            }
        }
    }
    (pairs.finish(scene.model), too_many)
}

/// A component at an end of a topic, with the flow between it and the broker.
type End = (ComponentId, FlowId);

/// The producers and consumers that are shown.
fn ends(scene: &Scene<'_, '_>, derived: &DerivedFlows, id: TopicId) -> (Vec<End>, Vec<End>) {
    let topic = &scene.model[id];
    let is_shown = |(component, _): &End| scene.cast.of(*component).is_some();
    let producers = topic.producers.iter();
    let producers =
        producers.filter_map(|party| Some((party.component, derived.produced(topic, party)?)));
    let consumers = topic.consumers.iter();
    let consumers =
        consumers.filter_map(|party| Some((party.component, derived.consumed(topic, party)?)));
    (
        producers.filter(is_shown).collect(),
        consumers.filter(is_shown).collect(),
    )
}

/// Arrows in the order of their first topic.
#[derive(Default)]
struct Pairs<'m> {
    arrows: Vec<Arrow<'m>>,
    places: BTreeMap<(NodeSubject, NodeSubject), usize>,
}

impl<'m> Pairs<'m> {
    fn add(&mut self, scene: &Scene<'_, 'm>, topic: TopicId, producers: &[End], consumers: &[End]) {
        for (from, produced) in producers {
            for (to, consumed) in consumers {
                if let Some(ends) = scene.cast.ends(*from, *to) {
                    let arrow = self.arrow(ends);
                    arrow.flows.extend([*produced, *consumed]);
                    arrow.topics.push(topic);
                }
            }
        }
    }

    fn arrow(&mut self, ends: (NodeSubject, NodeSubject)) -> &mut Arrow<'m> {
        let place = *self.places.entry(ends).or_insert_with(|| {
            self.arrows.push(Arrow {
                ends,
                label: None,
                is_async: true,
                is_bidirectional: false,
                flows: Vec::new(),
                topics: Vec::new(),
            });
            self.arrows.len() - 1
        });
        &mut self.arrows[place]
    }

    fn finish(mut self, model: &Model<'m>) -> Vec<Arrow<'m>> {
        for arrow in &mut self.arrows {
            arrow.tidy();
            arrow.label = Some(label(&arrow.topics, model).into());
        }
        self.arrows
    }
}

fn label(topics: &[TopicId], model: &Model<'_>) -> String {
    if topics.len() > MAX_NAMED {
        return format!("{} topics", topics.len());
    }
    let names: Vec<&str> = topics.iter().map(|id| &*model[*id].name).collect();
    names.join(", ")
}
