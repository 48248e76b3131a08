//! What makes an element recognizable without its id.
//!
//! In: a model and ids. Out: weighted [`Features`] and how alike two of them are. Refuses to
//! know: what follows from a likeness.

use std::collections::BTreeMap;

use crate::model::{Component, ComponentId, Model};
use crate::spec::Text;

/// What is said about an element, with how much it tells.
pub(super) type Features = BTreeMap<String, u32>;

/// Words that many elements share.
const LITTLE: u32 = 1;
/// What few elements share.
const MUCH: u32 = 2;

/// Features as numbers with their weights, in order: comparing many elements with many others
/// compares no texts.
#[derive(Debug)]
pub(super) struct Numbered {
    features: Vec<(usize, u32)>,
    weight: u32,
}

/// The same feature has the same number in all of a list.
pub(super) fn numbered<'f>(all: impl Iterator<Item = &'f Features>) -> Vec<Numbered> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut number = |features: &'f Features| {
        let numbered = features.iter().map(|(feature, weight)| {
            let next = numbers.len();
            (*numbers.entry(feature).or_insert(next), *weight)
        });
        let mut numbered: Vec<(usize, u32)> = numbered.collect();
        numbered.sort_unstable();
        Numbered {
            features: numbered,
            weight: features.values().sum(),
        }
    };
    all.map(&mut number).collect()
}

impl Numbered {
    /// The weight of what both have.
    fn shared(&self, other: &Self) -> u32 {
        let mut others = other.features.iter().peekable();
        let is_shared = |(feature, _): &&(usize, u32)| {
            while others.next_if(|(other, _)| other < feature).is_some() {}
            others.peek().is_some_and(|(other, _)| other == feature)
        };
        let shared = self.features.iter().filter(is_shared);
        shared.map(|(_, weight)| weight).sum()
    }
}

/// Of 100, how alike two elements are: what they share by weight, a little for alike ids.
pub(super) fn similarity(
    (old_id, old): (&str, &Numbered),
    (new_id, new): (&str, &Numbered),
) -> u32 {
    let shared = old.shared(new);
    let all = old.weight + new.weight - shared;
    let likeness = likeness(old_id, new_id);
    let common = (shared * 100).checked_div(all).unwrap_or(0);
    (common * 85 + likeness * 15) / 100
}

/// Of 100, how much of the longer text need not be changed to get the other.
fn likeness(one: &str, other: &str) -> u32 {
    let longest = one.chars().count().max(other.chars().count());
    let edits = strsim::levenshtein(one, other).min(longest);
    let kept = (longest - edits) * 100;
    u32::try_from(kept / longest.max(1)).unwrap_or(0)
}

/// The features of components, in the order of the ids.
pub(super) fn component_features(model: &Model<'_>, ids: &[String]) -> Vec<Features> {
    let mut found = vec![Features::new(); ids.len()];
    let places: BTreeMap<&str, usize> = ids.iter().map(String::as_str).zip(0..).collect();
    let place = |component: &Component<'_>| places.get(component.id.value).copied();
    let wanted: Vec<Option<usize>> = model.components.iter().map(place).collect();
    for (id, _) in model.components() {
        if let Some(place) = wanted[id.index()] {
            own_features(model, id, &mut found[place]);
        }
    }
    for flow in model.flows.iter().filter(|flow| !flow.is_derived()) {
        let id = |end: ComponentId| model[end].id.value;
        let label = flow.label.as_deref().unwrap_or("");
        if let Some(place) = wanted[flow.from.index()] {
            found[place].insert(format!("to {}: {label}", id(flow.to)), MUCH);
        }
        if let Some(place) = wanted[flow.to.index()] {
            found[place].insert(format!("from {}: {label}", id(flow.from)), MUCH);
        }
    }
    for topic in &model.topics {
        for (verb, parties) in [
            ("produces", &topic.producers),
            ("consumes", &topic.consumers),
        ] {
            for party in parties {
                if let Some(place) = wanted[party.component.index()] {
                    found[place].insert(format!("{verb} {}", topic.id.value), MUCH);
                }
            }
        }
    }
    found
}

fn own_features(model: &Model<'_>, id: ComponentId, features: &mut Features) {
    let component = &model[id];
    let written = &component.written;
    let texts: [(&str, Option<Text<'_>>, u32); 8] = [
        ("name", written.name, MUCH),
        ("type", written.type_name, LITTLE),
        ("technology", written.technology, LITTLE),
        ("version", written.version, LITTLE),
        ("purpose", written.purpose, MUCH),
        ("description", written.description, MUCH),
        ("owner", written.owner, LITTLE),
        ("deployment", written.deployment, LITTLE),
    ];
    for (key, text, weight) in texts {
        if let Some(text) = text {
            features.insert(format!("{key} {}", text.value), weight);
        }
    }
    features.insert(format!("kind {}", component.kind.name()), LITTLE);
    if let Some(layer) = component.layer {
        features.insert(format!("layer {}", model[layer].id.value), LITTLE);
    }
    if let Some(category) = component.category {
        features.insert(format!("category {}", model[category].id.value), LITTLE);
    }
    if let Some(parent) = component.parent {
        features.insert(format!("in {}", model[parent].id.value), MUCH);
    }
    for port in written.ports.iter().filter_map(|port| port.port) {
        features.insert(format!("port {}", port.value), MUCH);
    }
    for function in &written.functions {
        features.insert(format!("function {}", function.value), MUCH);
    }
    for tag in &written.tags {
        features.insert(format!("tag {}", tag.value), LITTLE);
    }
}

/// The features of topics, in the order of the ids.
pub(super) fn topic_features(model: &Model<'_>, ids: &[String]) -> Vec<Features> {
    let mut found: BTreeMap<&str, Features> = ids
        .iter()
        .map(|id| (id.as_str(), Features::new()))
        .collect();
    for topic in &model.topics {
        let Some(features) = found.get_mut(topic.id.value) else {
            continue;
        };
        let written = &topic.written;
        let texts: [(&str, Option<Text<'_>>, u32); 7] = [
            ("name", written.name, MUCH),
            ("group", written.group, LITTLE),
            ("key", written.key, MUCH),
            ("retention", written.retention, LITTLE),
            ("cleanup", written.cleanup, LITTLE),
            ("schema", written.schema, MUCH),
            ("description", written.description, MUCH),
        ];
        for (key, text, weight) in texts {
            if let Some(text) = text {
                features.insert(format!("{key} {}", text.value), weight);
            }
        }
        if let Some(source) = written.source.as_ref().and_then(|source| source.object) {
            features.insert(format!("source {}", source.value), MUCH);
        }
        for field in written.data.iter().filter_map(|field| field.name) {
            features.insert(format!("field {}", field.value), LITTLE);
        }
        for kind in &written.events {
            features.insert(format!("event {}", kind.value), LITTLE);
        }
        for (verb, parties) in [("from", &topic.producers), ("to", &topic.consumers)] {
            for party in parties {
                let id = model[party.component].id.value;
                // Many topics have the same parties.
                features.insert(format!("{verb} {id}"), LITTLE);
            }
        }
    }
    ids.iter()
        .map(|id| found.remove(id.as_str()).unwrap_or_default())
        .collect()
}
