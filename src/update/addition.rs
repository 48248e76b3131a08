//! What is missing in a specification: the parts of an import that it does not have.
//!
//! In: both sides. Out: entries for its sections. Refuses to know: texts and places.

use std::collections::{BTreeMap, BTreeSet};

use super::Update;
use crate::drift::known_ids;
use crate::import::{Draft, Existing, Ids, Place, draft_beside, place_of};
use crate::model::{Kind, Model};

/// The entries to add.
pub(super) fn additions(update: &Update<'_>) -> Draft {
    let model = update.model;
    let known = known_ids(model, update.imported, update.style.folder);
    let topics: BTreeSet<&str> = model.topics.iter().map(|topic| topic.id.value).collect();
    let existing = Existing {
        brokers: brokers(model),
        layers: layers(model),
        names: model
            .components
            .iter()
            .map(|component| component.name.to_lowercase())
            .collect(),
    };
    let ids = ids(update, &known, &topics);
    let mut draft = draft_beside(
        update.imported,
        update.import_sources,
        update.style,
        &ids,
        &existing,
    );
    let is_there: BTreeSet<&str> = model
        .components
        .iter()
        .map(|component| component.id.value)
        .collect();
    draft
        .components
        .retain(|entry| !is_there.contains(entry.id.as_str()));
    draft
        .topics
        .retain(|entry| !topics.contains(entry.id.as_str()));
    let flows = flows(model);
    draft
        .flows
        .retain(|flow| !flows.contains(&(flow.from.as_str(), flow.to.as_str())));
    let used: BTreeSet<&str> = draft
        .components
        .iter()
        .flat_map(|entry| &entry.lines)
        .filter_map(|line| line.strip_prefix("  layer: "))
        .collect();
    let has_layer: BTreeSet<&str> = model.layers.iter().map(|layer| layer.id.value).collect();
    draft.layers.retain(|entry| {
        let id = entry.id.as_str();
        used.contains(id) && !has_layer.contains(id)
    });
    ordered(model, &mut draft);
    draft
}

fn ids(update: &Update<'_>, known: &BTreeMap<String, String>, topics: &BTreeSet<&str>) -> Ids {
    let mut ids = Ids::default();
    for (key, id) in known {
        ids.name_component(key, id);
    }
    let by_name: BTreeMap<&str, &str> = update
        .model
        .topics
        .iter()
        .map(|topic| (&*topic.name, topic.id.value))
        .collect();
    for topic in &update.imported.topics {
        let name = topic.name.as_str();
        let id = topics
            .get(name)
            .copied()
            .or_else(|| by_name.get(name).copied());
        if let Some(id) = id {
            ids.name_topic(name, id);
        }
    }
    let model = update.model;
    let components = model.components.iter();
    let aliases = components
        .clone()
        .flat_map(|component| &component.written.aliases)
        .map(|alias| alias.value);
    let taken = components
        .map(|component| component.id.value)
        .chain(model.topics.iter().map(|topic| topic.id.value))
        .chain(aliases)
        .map(ToOwned::to_owned)
        .collect();
    Ids::beside(update.imported, ids, &taken)
}

fn brokers(model: &Model<'_>) -> Vec<String> {
    let brokers = model
        .components
        .iter()
        .filter(|component| component.kind == Kind::Broker);
    brokers.map(|broker| broker.id.value.to_owned()).collect()
}

/// For each place the layer where components of its kinds stand; nothing if there are no layers.
fn layers(model: &Model<'_>) -> Option<BTreeMap<Place, String>> {
    let mut counts: BTreeMap<Place, BTreeMap<&str, usize>> = BTreeMap::new();
    for component in &model.components {
        if let Some(layer) = component.layer {
            let of_place = counts.entry(place_of(component.kind)).or_default();
            *of_place.entry(model[layer].id.value).or_default() += 1;
        }
    }
    let most = |layers: BTreeMap<&str, usize>| {
        let most = layers
            .into_iter()
            .max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)));
        most.map(|(id, _)| id.to_owned())
    };
    let found = counts
        .into_iter()
        .filter_map(|(place, layers)| Some((place, most(layers)?)));
    (!model.layers.is_empty()).then(|| found.collect())
}

/// Pairs that have a flow, in either direction.
fn flows<'m>(model: &'m Model<'_>) -> BTreeSet<(&'m str, &'m str)> {
    let ends = model.flows.iter().flat_map(|flow| {
        let (from, to) = (model[flow.from].id.value, model[flow.to].id.value);
        [(from, to), (to, from)]
    });
    ends.collect()
}

/// New layers come last; where the others state their order, they do too.
fn ordered(model: &Model<'_>, draft: &mut Draft) {
    let stated = model
        .layers
        .iter()
        .map(|layer| layer.written.order.map(|order| order.value));
    let Some(orders) = stated
        .collect::<Option<Vec<u64>>>()
        .filter(|orders| !orders.is_empty())
    else {
        return;
    };
    let mut next = orders.into_iter().max().unwrap_or(0);
    for entry in &mut draft.layers {
        next = next.saturating_add(1);
        for line in &mut entry.lines {
            *line = line.replace(" }", &format!(", order: {next} }}"));
        }
    }
}
