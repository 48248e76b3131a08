//! What was imported, as JSON: every fact with file, line, pointer and confidence.
//!
//! In: an [`Imported`] and its sources. Out: JSON, version 1. Refuses to know: how a
//! specification looks.

use serde_json::{Map, Value, json};

use super::model::{Component, End, Evidence, Fact, Flow, Imported, Party, Port, Topic, Unknown};
use crate::source::Sources;

/// Everything that was found.
pub fn json(imported: &Imported, sources: &Sources) -> Value {
    let writer = Writer { sources };
    let all = |values: Vec<Value>| Value::Array(values);
    json!({
        "version": 1,
        "name": writer.fact(imported.name.as_ref()),
        "components": all(imported.components.iter().map(|component| writer.component(component)).collect()),
        "flows": all(imported.flows.iter().map(|flow| writer.flow(flow)).collect()),
        "topics": all(imported.topics.iter().map(|topic| writer.topic(topic)).collect()),
        "unknowns": all(imported.unknowns.iter().map(|unknown| writer.unknown(unknown)).collect()),
    })
}

struct Writer<'s> {
    sources: &'s Sources,
}

impl Writer<'_> {
    fn evidence(&self, evidence: &Evidence) -> Value {
        let source = self.sources.file(evidence.span.file);
        json!({
            "file": source.name,
            "line": source.line(evidence.span.start),
            "pointer": evidence.pointer,
            "confidence": evidence.confidence.name(),
        })
    }

    fn fact<T: serde::Serialize>(&self, fact: Option<&Fact<T>>) -> Value {
        fact.map_or(
            Value::Null,
            |fact| json!({ "value": fact.value, "evidence": self.evidence(&fact.evidence) }),
        )
    }

    fn component(&self, component: &Component) -> Value {
        let ports = component.ports.iter().map(|port| self.port(port));
        let origins = component.origins.iter().map(|origin| {
            json!({ "importer": origin.importer, "file": origin.file, "name": origin.name })
        });
        let kind = component.kind.as_ref().map(
            |kind| json!({ "value": kind.value.name(), "evidence": self.evidence(&kind.evidence) }),
        );
        let parent = component
            .parent
            .as_ref()
            .map(|parent| end_of(&parent.value));
        without_null(json!({
            "id": component.key,
            "name": component.name,
            "title": self.fact(component.title.as_ref()),
            "kind": kind,
            "category": self.fact(component.category.as_ref()),
            "technology": self.fact(component.technology.as_ref()),
            "version": self.fact(component.version.as_ref()),
            "image": self.fact(component.image.as_ref()),
            "deployment": self.fact(component.deployment.as_ref()),
            "group": self.fact(component.group.as_ref()),
            "owner": self.fact(component.owner.as_ref()),
            "description": self.fact(component.description.as_ref()),
            "deprecated": self.fact(component.deprecated.as_ref()),
            "parent": parent,
            "ports": ports.collect::<Vec<_>>(),
            "addresses": component.addresses,
            "origins": origins.collect::<Vec<_>>(),
            "evidence": self.evidence(&component.evidence),
        }))
    }

    fn port(&self, port: &Fact<Port>) -> Value {
        without_null(json!({
            "port": port.value.port,
            "host": port.value.host,
            "name": port.value.name,
            "protocol": port.value.protocol,
            "evidence": self.evidence(&port.evidence),
        }))
    }

    fn flow(&self, flow: &Flow) -> Value {
        let evidence = flow.evidence.iter().map(|evidence| self.evidence(evidence));
        without_null(json!({
            "from": end_of(&flow.from),
            "to": end_of(&flow.to),
            "label": flow.label,
            "protocol": flow.protocol,
            "port": flow.port,
            "async": flow.is_async,
            "topics": flow.topics,
            "evidence": evidence.collect::<Vec<_>>(),
        }))
    }

    fn party(&self, party: &Fact<Party>) -> Value {
        without_null(json!({
            "component": end_of(&party.value.who),
            "group": party.value.group,
            "evidence": self.evidence(&party.evidence),
        }))
    }

    fn topic(&self, topic: &Topic) -> Value {
        let parties = |parties: &[Fact<Party>]| -> Vec<Value> {
            parties.iter().map(|party| self.party(party)).collect()
        };
        let broker = topic.broker.as_ref().map(|broker| end_of(&broker.value));
        let known_by = topic.known_by.iter().map(|known| end_of(&known.value));
        let evidence = topic
            .evidence
            .iter()
            .map(|evidence| self.evidence(evidence));
        without_null(json!({
            "name": topic.name,
            "pattern": topic.is_pattern,
            "internal": topic.is_internal,
            "broker": broker,
            "partitions": self.fact(topic.partitions.as_ref()),
            "replication": self.fact(topic.replication.as_ref()),
            "retention": self.fact(topic.retention.as_ref()),
            "cleanup": self.fact(topic.cleanup.as_ref()),
            "producers": parties(&topic.producers),
            "consumers": parties(&topic.consumers),
            "known_by": known_by.collect::<Vec<_>>(),
            "evidence": evidence.collect::<Vec<_>>(),
        }))
    }

    fn unknown(&self, unknown: &Unknown) -> Value {
        json!({
            "subject": unknown.subject,
            "what": unknown.what,
            "why": unknown.why,
            "evidence": self.evidence(&unknown.evidence),
        })
    }
}

fn end_of(end: &End) -> Value {
    match end {
        End::Component(key) => json!(key),
        End::Address(address) => json!(address.host),
    }
}

/// Keys that say nothing are left out.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let kept = entries.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.collect::<Map<_, _>>())
        }
        value => value,
    }
}
