//! CALM architectures of FINOS: nodes and relationships.
//!
//! In: JSON documents of CALM. Out: components, flows between them, and what contains what.
//! Refuses to know: controls, patterns, and flows of business processes.
//!
//! A relationship states its type as a mapping, or as a word with the mapping beside it.

use super::model::{
    Component, Confidence, End, Evidence, Fact, Flow, Imported, Origin, Port, Unknown,
};
use super::parts::Parts;
use super::reader::{Input, Reader};
use super::stated::{as_label, below, text};
use super::technology::{image, of_image};
use super::value::Value;
use super::words::kind_of;
use crate::diagnostic::{Diagnostic, IMPORT_MALFORMED, IMPORT_UNKNOWN_NAME};
use crate::source::Span;

/// The word for this importer.
const KIND: &str = "calm";
/// What a relationship can be.
const TYPES: &[&str] = &["connects", "interacts", "deployed-in", "composed-of"];

/// Reads CALM architectures.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    let mut parts = Parts::default();
    for input in inputs {
        let Some(document) = reader.open(input) else {
            continue;
        };
        for root in &document.values {
            let Some(nodes) = root.get("nodes") else {
                reader.out.push(no_architecture(&input.name, root.span));
                continue;
            };
            parts.imported.name = parts
                .imported
                .name
                .take()
                .or_else(|| text(root, "title", ""))
                .or_else(|| text(root, "name", ""));
            for (index, node) in nodes.items().iter().enumerate() {
                add_node(node, index, &input.name, &mut parts, reader);
            }
            let relationships = root.get("relationships").map_or(&[][..], Value::items);
            for (index, relationship) in relationships.iter().enumerate() {
                let pointer = format!("relationships.{index}");
                add_relationship(relationship, &pointer, &mut parts, reader);
            }
        }
    }
    parts.imported
}

fn add_node(node: &Value, index: usize, file: &str, parts: &mut Parts, reader: &mut Reader<'_>) {
    let pointer = format!("nodes.{index}");
    let Some(id) = text(node, "unique-id", &pointer) else {
        reader.out.push(no_id(node.span));
        return;
    };
    let mut component = Component::new(id.value.clone(), id.value.clone(), id.evidence.clone());
    component.title = text(node, "name", &pointer);
    component.description = text(node, "description", &pointer);
    component.category = text(node, "node-type", &pointer);
    component.kind = component.category.as_ref().and_then(|word| {
        let confidence = Confidence::NameGuess;
        let evidence = Evidence {
            confidence,
            ..word.evidence.clone()
        };
        kind_of(&word.value).map(|kind| Fact::new(kind, evidence))
    });
    component.owner = text(node, "owner", &pointer);
    component.origins.push(Origin {
        importer: KIND,
        file: file.to_owned(),
        name: id.value,
    });
    for interface in node.get("interfaces").map_or(&[][..], Value::items) {
        add_interface(interface, &pointer, &mut component, parts);
    }
    parts.add(component);
}

/// What an interface says of its node: a port, a host, an image.
fn add_interface(interface: &Value, pointer: &str, component: &mut Component, parts: &mut Parts) {
    let pointer = below(pointer, "interfaces");
    let port = interface.get("port").and_then(Value::number);
    if let Some(port) = port.and_then(|port| u16::try_from(port).ok()) {
        let evidence = Evidence::explicit(interface.span, pointer.clone());
        let port = Port {
            port,
            host: None,
            name: None,
            protocol: None,
        };
        component.ports.push(Fact::new(port, evidence));
    }
    for key in ["host", "hostname", "url", "image"] {
        let Some(fact) = text(interface, key, &pointer) else {
            continue;
        };
        if fact.value.starts_with("[[") {
            parts.imported.unknowns.push(Unknown {
                subject: component.key.clone(),
                what: key.to_owned(),
                why: format!("`{}` is to be filled in", fact.value),
                evidence: fact.evidence,
            });
        } else if key == "image" {
            let image = image(&fact.value);
            component.technology = of_image(&image)
                .map(|known| Fact::new(known.name.to_owned(), fact.evidence.clone()));
            component.version = image
                .tag
                .filter(|tag| tag != "latest")
                .map(|tag| Fact::new(tag, fact.evidence.clone()));
            component.image = Some(fact);
        } else {
            let rest = fact
                .value
                .split_once("://")
                .map_or(&*fact.value, |(_, rest)| rest);
            let host = rest.split(['/', ':']).next().unwrap_or_default();
            component.addresses.push(host.to_ascii_lowercase());
        }
    }
}

fn add_relationship(
    relationship: &Value,
    pointer: &str,
    parts: &mut Parts,
    reader: &mut Reader<'_>,
) {
    let stated = relationship.get("relationship-type");
    let holder = stated
        .filter(|stated| stated.is_map())
        .unwrap_or(relationship);
    let word = TYPES.iter().find(|word| holder.get(word).is_some());
    let Some((word, body)) = word.and_then(|word| Some((*word, holder.get(word)?))) else {
        reader.out.push(no_type(relationship.span));
        return;
    };
    let pointer = below(pointer, word);
    let nodes = || body.get("nodes").map_or(&[][..], Value::items).iter();
    match word {
        "connects" => {
            let node = |side: &str| Some(body.at(&[side, "node"]).or(body.get(side))?.clone());
            if let (Some(from), Some(to)) = (node("source"), node("destination")) {
                add_flow(relationship, (&from, &to), &pointer, parts, reader);
            }
        }
        "interacts" => {
            for node in nodes() {
                if let Some(actor) = body.get("actor") {
                    add_flow(relationship, (actor, node), &pointer, parts, reader);
                }
            }
        }
        _ => {
            for node in nodes() {
                if let Some(container) = body.get("container") {
                    add_parent((container, node), &pointer, parts, reader);
                }
            }
        }
    }
}

fn end(value: &Value, parts: &Parts, reader: &mut Reader<'_>) -> Option<String> {
    let name = value.text()?;
    if parts.has(name) {
        return Some(name.to_owned());
    }
    reader.out.push(no_node(name, value.span));
    None
}

fn add_flow(
    relationship: &Value,
    (from, to): (&Value, &Value),
    pointer: &str,
    parts: &mut Parts,
    reader: &mut Reader<'_>,
) {
    let ends = (end(from, parts, reader), end(to, parts, reader));
    let (Some(from), Some(target)) = ends else {
        return;
    };
    let evidence = Evidence::explicit(to.span, pointer);
    let mut flow = Flow::new(End::Component(from), End::Component(target), evidence);
    let words = relationship.text_of("description").unwrap_or_default();
    flow.label = as_label(words);
    if flow.label.is_none() && !words.is_empty() {
        flow.description = Some(words.to_owned());
    }
    flow.protocol = relationship.text_of("protocol").map(ToOwned::to_owned);
    parts.imported.flows.push(flow);
}

fn add_parent(
    (container, node): (&Value, &Value),
    pointer: &str,
    parts: &mut Parts,
    reader: &mut Reader<'_>,
) {
    let ends = (end(container, parts, reader), end(node, parts, reader));
    let (Some(container), Some(name)) = ends else {
        return;
    };
    let evidence = Evidence::explicit(node.span, pointer);
    let child = parts.get_mut(&name);
    if let Some(child) = child.filter(|child| child.parent.is_none()) {
        child.parent = Some(Fact::new(End::Component(container), evidence));
    }
}

fn start_of(span: Span) -> Span {
    Span {
        end: span.start,
        ..span
    }
}

fn no_architecture(file: &str, span: Span) -> Diagnostic {
    let message = format!("`{file}` is no CALM architecture, so it was left out");
    Diagnostic::new(IMPORT_MALFORMED, message, start_of(span), "")
        .help("a CALM architecture has `nodes` and `relationships`")
}

fn no_id(span: Span) -> Diagnostic {
    let message = "a node without `unique-id` was left out";
    Diagnostic::new(IMPORT_MALFORMED, message, start_of(span), "")
        .help("relationships name nodes by their `unique-id`")
}

fn no_type(span: Span) -> Diagnostic {
    let message = "a relationship without a known type was left out";
    Diagnostic::new(IMPORT_MALFORMED, message, start_of(span), "")
        .help("types are `connects`, `interacts`, `deployed-in` and `composed-of`")
}

fn no_node(name: &str, span: Span) -> Diagnostic {
    let message = format!("no node has the `unique-id` `{name}`, so this end was left out");
    Diagnostic::new(IMPORT_UNKNOWN_NAME, message, span, "")
        .help("correct the name, or add the node")
}
