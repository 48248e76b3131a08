//! Flows as the language writes them.
//!
//! In: imported flows. Out: their entries, less those that topics imply. Refuses to know:
//! how an existing specification lists its flows.

use std::collections::BTreeSet;

use super::scalar::{comment, list, scalar, words};
use super::{FlowEntry, Writer};
use crate::import::model::{Confidence, End, Flow};
use crate::import::technology::TECHNOLOGIES;
use crate::model::Kind;

/// The heading of flows that sources state.
pub(crate) const STATED: &str = "Stated in the sources";
/// The heading of flows that are only likely.
pub(crate) const START_ORDER: &str = "Start order only";

/// Every flow that is not implied by a topic.
pub(super) fn entries(writer: &Writer<'_>) -> Vec<FlowEntry> {
    let implied = implied(writer);
    let mut entries = Vec::new();
    for flow in &writer.imported.flows {
        let ends = (writer.ids.end(&flow.from), writer.ids.end(&flow.to));
        let (Some(from), Some(to)) = ends else {
            continue;
        };
        let is_implied = implied.contains(&(from.to_owned(), to.to_owned()))
            || implied.contains(&(to.to_owned(), from.to_owned()));
        if from == to || is_implied {
            continue;
        }
        entries.push(entry(writer, flow, from, to));
    }
    entries
}

/// Flows that follow from topics: producer to broker, broker to consumer.
fn implied(writer: &Writer<'_>) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for topic in &writer.imported.topics {
        let broker = topic
            .broker
            .as_ref()
            .and_then(|broker| writer.ids.end(&broker.value));
        let Some(broker) = broker.or(writer.only_broker) else {
            continue;
        };
        for producer in &topic.producers {
            let from = writer.ids.end(&producer.value.who);
            pairs.extend(from.map(|from| (from.to_owned(), broker.to_owned())));
        }
        for consumer in &topic.consumers {
            let to = writer.ids.end(&consumer.value.who);
            pairs.extend(to.map(|to| (broker.to_owned(), to.to_owned())));
        }
    }
    pairs
}

fn entry(writer: &Writer<'_>, flow: &Flow, from: &str, to: &str) -> FlowEntry {
    let surest = flow.evidence.first();
    let is_sure = surest.is_some_and(|surest| surest.confidence > Confidence::StartupOrder);
    let place = surest.map_or(String::new(), |surest| {
        let key = setting(&surest.pointer);
        let why = if key.is_empty() {
            String::new()
        } else {
            format!(" {key}")
        };
        comment(&format!("{}{why}", writer.place(surest)))
    });
    let spoken = flow
        .protocol
        .clone()
        .or_else(|| spoken(writer, flow).filter(|_| is_sure));
    let mut details = details(flow, spoken.as_ref());
    let topics: Vec<&str> = flow
        .topics
        .iter()
        .map(|topic| writer.ids.topic(topic))
        .filter(|id| !id.is_empty())
        .collect();
    if !topics.is_empty() {
        details.push(format!("topics: {}", list(&topics)));
    }
    let text = match details.as_slice() {
        [] => format!("- {from} -> {to} # {place}"),
        details => format!("- {from} -> {to}: {{ {} }} # {place}", details.join(", ")),
    };
    FlowEntry {
        from: from.to_owned(),
        to: to.to_owned(),
        is_sure,
        lines: vec![text],
    }
}

/// The setting that a pointer leads to; settings have dots of their own.
fn setting(pointer: &str) -> &str {
    let inner = ["environment.", "env.", "config.", "volumes.", "envFrom."]
        .iter()
        .find_map(|part| pointer.split_once(part))
        .map(|(_, rest)| rest);
    inner.unwrap_or_else(|| pointer.rsplit('.').next().unwrap_or(""))
}

/// What others speak to the target, if it is a known product.
fn spoken(writer: &Writer<'_>, flow: &Flow) -> Option<String> {
    let End::Component(key) = &flow.to else {
        return None;
    };
    let technology = writer.technologies.get(key.as_str())?;
    let row = TECHNOLOGIES.iter().find(|row| row.name == *technology)?;
    // A connector is spoken to when it is set up; what it takes from a store is no request.
    if flow.is_async && row.kind == Kind::Connector {
        return None;
    }
    row.protocol.map(ToOwned::to_owned)
}

fn details(flow: &Flow, protocol: Option<&String>) -> Vec<String> {
    let mut parts = Vec::new();
    let mut text = |key: &str, value: Option<&String>| {
        let value = value.map(|value| words(value)).unwrap_or_default();
        if !value.is_empty() {
            parts.push(format!("{key}: {}", scalar(&value)));
        }
    };
    text("label", flow.label.as_ref());
    text("protocol", protocol);
    text("description", flow.description.as_ref());
    parts.extend(flow.port.map(|port| format!("port: {port}")));
    if flow.is_async {
        parts.push("async: true".to_owned());
    }
    parts
}
