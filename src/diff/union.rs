//! Both versions as one model, in which everything says what became of it: for one picture.
//!
//! In: two models and what changed between them. Out: the new version with what is gone put
//! back where it was, marked and with the marks in the names, so that every format tells them
//! in words. Refuses to know: views and formats. Scenarios are left out: they have no place in
//! a picture of components.

use std::collections::BTreeSet;

use super::ModelDiff;
use super::change::Element;
use super::kinds;
use super::layer_order::LayerFate;
use crate::model::{
    Component, ComponentId, Flow, FlowId, Layer, LayerId, Mark, Marks, Model, Party, Topic, TopicId,
};

/// The union of two versions; both must live as long as it does.
pub fn union<'s>(base: &Model<'s>, head: &Model<'s>, diff: &ModelDiff) -> Model<'s> {
    let mut model = head.clone();
    model.scenarios.clear();
    let layers = LayerPlaces::of(base, head, diff);
    put_layers(&mut model, base, &layers);
    let components = put_components(&mut model, base, diff, &layers);
    let topics = put_topics(&mut model, base, diff, &components);
    let origins = put_flows(&mut model, base, head, diff, (&components, &topics));
    let marks = marks(base, &model, diff, &origins, &layers);
    tell(&mut model, &marks, base, diff);
    model.marks = marks;
    model
}

/// Where the layers of both versions stand in the union.
struct LayerPlaces {
    of_base: Vec<LayerId>,
    of_head: Vec<LayerId>,
    /// For each layer of the union, where it comes from.
    order: Vec<LayerOrigin>,
}

#[derive(Clone, Copy)]
enum LayerOrigin {
    Head(LayerId),
    Base(LayerId),
}

impl LayerPlaces {
    /// Layers that are gone follow the layer that they followed.
    fn of(base: &Model<'_>, head: &Model<'_>, diff: &ModelDiff) -> Self {
        let mut order: Vec<LayerOrigin> =
            head.layers().map(|(id, _)| LayerOrigin::Head(id)).collect();
        for id in diff.matching.layers.removed() {
            let before = id.index().checked_sub(1).map(LayerId::new);
            let is_before = |origin: &LayerOrigin| match (*origin, before) {
                (LayerOrigin::Base(other), Some(before)) => other == before,
                (LayerOrigin::Head(other), Some(before)) => {
                    diff.matching.layers.head_of(before) == Some(other)
                }
                _ => false,
            };
            let at = order
                .iter()
                .position(is_before)
                .map_or(0, |place| place + 1);
            order.insert(at, LayerOrigin::Base(id));
        }
        let mut places = Self {
            of_base: vec![LayerId::new(0); base.layers.len()],
            of_head: vec![LayerId::new(0); head.layers.len()],
            order,
        };
        for (place, origin) in places.order.iter().enumerate() {
            match origin {
                LayerOrigin::Head(id) => places.of_head[id.index()] = LayerId::new(place),
                LayerOrigin::Base(id) => places.of_base[id.index()] = LayerId::new(place),
            }
        }
        for (old, new) in diff.matching.layers.kept() {
            places.of_base[old.index()] = places.of_head[new.index()];
        }
        places
    }
}

fn put_layers<'s>(model: &mut Model<'s>, base: &Model<'s>, places: &LayerPlaces) {
    let layers = places.order.iter().map(|origin| match origin {
        LayerOrigin::Head(id) => model[*id].clone(),
        LayerOrigin::Base(id) => Layer {
            components: Vec::new(),
            ..base[*id].clone()
        },
    });
    model.layers = layers.collect();
    for component in &mut model.components {
        component.layer = component.layer.map(|id| places.of_head[id.index()]);
    }
}

/// For each component of the old version its place in the union.
fn put_components<'s>(
    model: &mut Model<'s>,
    base: &Model<'s>,
    diff: &ModelDiff,
    layers: &LayerPlaces,
) -> Vec<ComponentId> {
    let mut places = vec![ComponentId::new(0); base.components.len()];
    let mut next = model.components.len();
    for (id, _) in base.components() {
        let kept = diff.matching.components.head_of(id);
        places[id.index()] = kept.unwrap_or_else(|| {
            next += 1;
            ComponentId::new(next - 1)
        });
    }
    for id in diff.matching.components.removed() {
        let old = &base[id];
        let place = ComponentId::new(model.components.len());
        let layer = old.layer.map(|layer| layers.of_base[layer.index()]);
        let parent = old.parent.map(|parent| places[parent.index()]);
        let category = old.category;
        model.components.push(Component {
            layer,
            parent,
            category: category.and_then(|id| diff.matching.categories.head_of(id)),
            owner: None,
            children: Vec::new(),
            ..old.clone()
        });
        if let Some(layer) = layer {
            model.layers[layer.index()].components.push(place);
        }
    }
    for id in diff.matching.components.removed() {
        if let Some(parent) = base[id].parent {
            let parent = places[parent.index()];
            model.components[parent.index()]
                .children
                .push(places[id.index()]);
        }
    }
    places
}

fn party<'s>(party: &Party<'s>, components: &[ComponentId]) -> Party<'s> {
    Party {
        component: components[party.component.index()],
        ..party.clone()
    }
}

/// For each topic of the old version its place in the union.
fn put_topics<'s>(
    model: &mut Model<'s>,
    base: &Model<'s>,
    diff: &ModelDiff,
    components: &[ComponentId],
) -> Vec<TopicId> {
    let parties = |parties: &[Party<'s>]| -> Vec<Party<'s>> {
        parties.iter().map(|one| party(one, components)).collect()
    };
    let mut places = vec![TopicId::new(0); base.topics.len()];
    for (id, old) in base.topics() {
        let (producers, consumers) = (parties(&old.producers), parties(&old.consumers));
        if let Some(kept) = diff.matching.topics.head_of(id) {
            let topic = &mut model.topics[kept.index()];
            join(&mut topic.producers, producers);
            join(&mut topic.consumers, consumers);
            places[id.index()] = kept;
            continue;
        }
        places[id.index()] = TopicId::new(model.topics.len());
        let place = |id: ComponentId| components[id.index()];
        model.topics.push(Topic {
            broker: old.broker.map(place),
            source: old.source.map(place),
            producers,
            consumers,
            owner: None,
            ..old.clone()
        });
    }
    places
}

/// Adds those who are gone.
fn join<'s>(now: &mut Vec<Party<'s>>, before: Vec<Party<'s>>) {
    let known: BTreeSet<ComponentId> = now.iter().map(|party| party.component).collect();
    let gone = before.into_iter();
    now.extend(gone.filter(|party| !known.contains(&party.component)));
}

/// Where a flow of the union comes from.
#[derive(Clone, Copy)]
enum FlowOrigin {
    Head(FlowId),
    Base,
}

/// Declared flows come before derived ones, those that are gone after those that are there.
fn put_flows<'s>(
    model: &mut Model<'s>,
    base: &Model<'s>,
    head: &Model<'s>,
    diff: &ModelDiff,
    (components, topics): (&[ComponentId], &[TopicId]),
) -> Vec<FlowOrigin> {
    let gone = |id: FlowId| {
        let old = &base[id];
        Flow {
            from: components[old.from.index()],
            to: components[old.to.index()],
            topics: old
                .topics
                .iter()
                .map(|topic| topics[topic.index()])
                .collect(),
            ..old.clone()
        }
    };
    let mut flows = Vec::new();
    let mut origins = Vec::new();
    for is_derived in [false, true] {
        for (id, flow) in head
            .flows()
            .filter(|(_, flow)| flow.is_derived() == is_derived)
        {
            flows.push(flow.clone());
            origins.push(FlowOrigin::Head(id));
        }
        let removed = diff.matching.flows.removed();
        for id in removed.filter(|id| base[*id].is_derived() == is_derived) {
            flows.push(gone(id));
            origins.push(FlowOrigin::Base);
        }
    }
    model.flows = flows;
    origins
}

fn marks(
    base: &Model<'_>,
    model: &Model<'_>,
    diff: &ModelDiff,
    origins: &[FlowOrigin],
    layers: &LayerPlaces,
) -> Marks {
    let changed = Changed::of(diff);
    let components = model.components().map(|(id, _)| {
        if id.index() >= changed.components {
            return Some(Mark::Removed);
        }
        match diff.matching.components.base_of(id) {
            None => Some(Mark::Added),
            Some(_) => changed.mark(Element::Component(id)),
        }
    });
    let topics: Vec<Option<Mark>> = model
        .topics()
        .map(|(id, _)| {
            if id.index() >= changed.topics {
                return Some(Mark::Removed);
            }
            match diff.matching.topics.base_of(id) {
                None => Some(Mark::Added),
                Some(_) => changed.mark(Element::Topic(id)),
            }
        })
        .collect();
    let flows = model.flows.iter().zip(origins).map(|(flow, origin)| {
        let FlowOrigin::Head(id) = *origin else {
            return Some(Mark::Removed);
        };
        let Some(was) = diff.matching.flows.base_of(id) else {
            return Some(Mark::Added);
        };
        if !flow.is_derived() {
            return changed.mark(Element::Flow(id));
        }
        let carried = flow
            .topics
            .iter()
            .any(|topic| topics[topic.index()].is_some());
        let is_same = flow.topics.len() == base[was].topics.len();
        (carried || !is_same).then_some(Mark::Changed)
    });
    let layer = |origin: &LayerOrigin| match *origin {
        LayerOrigin::Base(_) => Some(Mark::Removed),
        LayerOrigin::Head(id) => {
            let mut rows = diff.layers.rows.iter();
            let row = rows.find(|row| row.head == Some(id));
            match row.map(|row| row.fate) {
                Some(LayerFate::Added) => Some(Mark::Added),
                Some(LayerFate::Moved) => Some(Mark::Moved),
                _ => changed.mark(Element::Layer(id)),
            }
        }
    };
    Marks {
        components: components.collect(),
        flows: flows.collect(),
        layers: layers.order.iter().map(layer).collect(),
        topics,
    }
}

/// What the changes say about elements of the new version.
struct Changed {
    touched: BTreeSet<Element>,
    moved: BTreeSet<Element>,
    /// How many components and topics the new version has; what follows is gone.
    components: usize,
    topics: usize,
}

impl Changed {
    fn of(diff: &ModelDiff) -> Self {
        // An entry elsewhere in a list, the same said otherwise, or a number that follows from
        // others is nothing to look at in a picture.
        let quiet = [
            kinds::ORDER_CHANGED,
            kinds::RESTATED,
            kinds::LAYER_RENUMBERED,
        ];
        let moves = [
            kinds::COMPONENT_LAYER_CHANGED,
            kinds::COMPONENT_PARENT_CHANGED,
        ];
        let mut found = Self {
            touched: BTreeSet::new(),
            moved: BTreeSet::new(),
            components: diff.matching.components.head_len(),
            topics: diff.matching.topics.head_len(),
        };
        for change in diff
            .changes
            .iter()
            .filter(|change| !quiet.contains(&change.kind))
        {
            if let Some(element) = change.head_element {
                found.touched.insert(element);
                if moves.contains(&change.kind) {
                    found.moved.insert(element);
                }
            }
        }
        found
    }

    fn mark(&self, element: Element) -> Option<Mark> {
        if self.moved.contains(&element) {
            Some(Mark::Moved)
        } else {
            self.touched.contains(&element).then_some(Mark::Changed)
        }
    }
}

/// Puts signs and words into names and labels.
fn tell(model: &mut Model<'_>, marks: &Marks, base: &Model<'_>, diff: &ModelDiff) {
    for (place, component) in model.components.iter_mut().enumerate() {
        let id = ComponentId::new(place);
        if let Some(mark) = marks.component(id) {
            let from = diff.matching.components.base_of(id);
            let from = from.and_then(|old| base[old].layer);
            let word = match from.filter(|_| mark == Mark::Moved) {
                Some(layer) => format!("moved from {}", base[layer].name),
                None => mark.word().to_owned(),
            };
            component.name = told(mark, &component.name, &word).into();
        }
    }
    for (topic, mark) in model.topics.iter_mut().zip(&marks.topics) {
        if let Some(mark) = mark {
            topic.name = told(*mark, &topic.name, mark.word()).into();
        }
    }
    for (layer, mark) in model.layers.iter_mut().zip(&marks.layers) {
        if let Some(mark) = mark {
            layer.name = told(*mark, &layer.name, mark.word()).into();
        }
    }
    for (flow, mark) in model.flows.iter_mut().zip(&marks.flows) {
        if let Some(mark) = mark {
            let label = flow.label.as_deref().unwrap_or("");
            flow.label = Some(told(*mark, label, mark.word()).into());
        }
    }
}

/// "+ Kafka (new)"; without a name, "+ new".
fn told(mark: Mark, name: &str, word: &str) -> String {
    if name.is_empty() {
        format!("{} {word}", mark.sign())
    } else {
        format!("{} {name} ({word})", mark.sign())
    }
}
