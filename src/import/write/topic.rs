//! Topics as the language writes them.
//!
//! In: imported topics. Out: their entries. Refuses to know: flows.

use super::ids::Ids;
use super::scalar::{comment, list, scalar, words};
use super::{Entry, Existing, Writer, layer};
use crate::import::model::{Component, Fact, Imported, Party, Topic};
use crate::import::technology::Place;
use crate::model::Kind;

/// The id of a broker that topics need and no source has.
pub(super) fn stand_in(writer: &Writer<'_>) -> Option<String> {
    let is_needed = writer.imported.topics.iter().any(|topic| {
        topic
            .broker
            .as_ref()
            .and_then(|broker| writer.ids.end(&broker.value))
            .is_none()
    });
    if !is_needed || writer.only_broker.is_some() || !writer.existing.brokers.is_empty() {
        return None;
    }
    let is_free = |id: &&str| !Ids::is_taken(writer.ids, id);
    let free = [
        "broker",
        "kafka_broker",
        "message_broker",
        "imported_broker",
    ];
    free.iter()
        .find(|id| is_free(id))
        .map(|id| (*id).to_owned())
}

/// The entry of that broker.
pub(super) fn stand_in_entry(writer: &Writer<'_>, id: &str) -> Entry {
    let layer = layer::id(writer.existing, Place::Messaging);
    let lines = [
        "# topics need a broker, and no source says which one".to_owned(),
        format!("{id}:"),
        "  name: Message Broker".to_owned(),
        "  kind: broker # a guess: somewhere these topics live".to_owned(),
        format!("  layer: {layer}"),
    ];
    Entry {
        id: id.to_owned(),
        lines: lines.into(),
    }
}

/// The one component of kind broker, if there is exactly one.
pub(super) fn only_broker<'w>(
    imported: &Imported,
    ids: &'w Ids,
    existing: &'w Existing,
) -> Option<&'w str> {
    let is_broker = |component: &&Component| {
        let kind = component.kind.as_ref();
        kind.is_some_and(|kind| kind.value == Kind::Broker)
    };
    let brokers = imported.components.iter().filter(is_broker);
    let ids = brokers.map(|broker| ids.component(&broker.key));
    let existing = existing.brokers.iter().map(String::as_str);
    let mut all: Vec<&str> = existing.chain(ids).collect();
    all.sort_unstable();
    all.dedup();
    match all.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// Every topic.
pub(super) fn entries(writer: &Writer<'_>, stand_in: Option<&str>) -> Vec<Entry> {
    let topics = writer.imported.topics.iter();
    topics.map(|topic| entry(writer, topic, stand_in)).collect()
}

fn entry(writer: &Writer<'_>, topic: &Topic, stand_in: Option<&str>) -> Entry {
    let id = writer.ids.topic(&topic.name);
    let mut lines: Vec<String> = Vec::new();
    if let Some(evidence) = topic.evidence.first() {
        lines.push(format!("# {}", writer.place(evidence)));
    }
    lines.extend(remarks(writer, topic));
    lines.push(format!("{id}:"));
    let mut key = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            lines.push(format!("  {key}: {value}"));
        }
    };
    let text = |fact: &Option<Fact<String>>| {
        let text = fact.as_ref().map(|fact| words(&fact.value));
        text.filter(|text| !text.is_empty())
            .map(|text| scalar(&text))
    };
    let number = |fact: &Option<Fact<u64>>| fact.as_ref().map(|fact| fact.value.to_string());
    key(
        "name",
        (id != topic.name).then(|| scalar(&words(&topic.name))),
    );
    key("broker", broker(writer, topic, stand_in));
    key("description", text(&topic.description));
    key("source", source(writer, topic));
    let events: Vec<String> = topic
        .events
        .iter()
        .map(|event| words(&event.value))
        .collect();
    key("events", (!events.is_empty()).then(|| list(&events)));
    key("key", text(&topic.key));
    key("schema", text(&topic.schema));
    key("producers", parties(writer, &topic.producers));
    key("consumers", parties(writer, &topic.consumers));
    key("partitions", number(&topic.partitions));
    key("replication", number(&topic.replication));
    key("retention", text(&topic.retention));
    key("cleanup", text(&topic.cleanup));
    key("internal", topic.is_internal.then(|| "true".to_owned()));
    if lines.last().is_some_and(|line| *line == format!("{id}:")) {
        // What is known is that the topic is there; a key needs a value.
        lines.pop();
        lines.push(format!("{id}: {{}}"));
    }
    Entry {
        id: id.to_owned(),
        lines,
    }
}

/// The broker, if the reader could not tell.
fn broker(writer: &Writer<'_>, topic: &Topic, stand_in: Option<&str>) -> Option<String> {
    let stated = topic
        .broker
        .as_ref()
        .and_then(|broker| writer.ids.end(&broker.value));
    match (stated, writer.only_broker, stand_in) {
        (Some(stated), Some(only), _) if stated == only => None,
        (Some(stated), ..) => Some(scalar(stated)),
        (None, Some(_), _) => None,
        (None, None, stand_in) => {
            let existing = writer.existing.brokers.first().map(String::as_str);
            stand_in.or(existing).map(scalar)
        }
    }
}

fn source(writer: &Writer<'_>, topic: &Topic) -> Option<String> {
    let source = topic.source.as_ref()?;
    let component = writer.ids.end(&source.value.0)?;
    let object = words(&source.value.1);
    if object.is_empty() {
        return Some(format!("{{ component: {component} }}"));
    }
    Some(format!(
        "{{ component: {component}, object: {} }}",
        scalar(&object)
    ))
}

fn parties(writer: &Writer<'_>, parties: &[Fact<Party>]) -> Option<String> {
    let one = |party: &Fact<Party>| {
        let id = writer.ids.end(&party.value.who)?;
        let mut parts = vec![format!("component: {id}")];
        let group = party
            .value
            .group
            .as_ref()
            .map(|group| scalar(&words(group)));
        parts.extend(group.map(|group| format!("group: {group}")));
        Some(match parts.as_slice() {
            [_] => id.to_owned(),
            parts => format!("{{ {} }}", parts.join(", ")),
        })
    };
    let items: Vec<String> = parties.iter().filter_map(one).collect();
    (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
}

/// What is known of a topic that the language has no key for.
fn remarks(writer: &Writer<'_>, topic: &Topic) -> Vec<String> {
    let mut lines = Vec::new();
    if topic.is_pattern {
        lines.push("# a pattern: the source does not say which topics".to_owned());
    }
    let known = topic.known_by.iter();
    let ids: Vec<&str> = known
        .filter_map(|known| writer.ids.end(&known.value))
        .collect();
    if !ids.is_empty() {
        let ids = ids.join(", ");
        lines.push(comment(&format!(
            "# known to {ids}; who writes and who reads is not told"
        )));
    }
    for unknown in writer.unknowns_of(&topic.name) {
        let text = format!("# {}: not known; {}", unknown.what, unknown.why);
        lines.push(comment(&text));
    }
    lines
}
