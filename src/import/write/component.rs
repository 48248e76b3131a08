//! Components as the language writes them.
//!
//! In: imported components. Out: their entries. Refuses to know: topics.

use std::collections::BTreeSet;

use super::scalar::{comment, list, scalar, words};
use super::{Entry, Writer, layer};
use crate::import::IMPORTERS;
use crate::import::model::{Component, Confidence, Fact, Port};
use crate::model::Kind;

/// Every component.
pub(super) fn entries(writer: &Writer<'_>) -> Vec<Entry> {
    let components = writer.imported.components.iter();
    components
        .map(|component| entry(writer, component))
        .collect()
}

fn entry(writer: &Writer<'_>, component: &Component) -> Entry {
    let id = writer.ids.component(&component.key);
    let place = writer.place(&component.evidence);
    let mut lines = vec![if component.is_named_only {
        format!("# named in {place}; no source defines it")
    } else {
        format!("# {place}")
    }];
    lines.push(format!("{id}:"));
    let mut keys = Keys { lines };
    let name = writer.names.get(component.key.as_str());
    keys.text("name", name.map_or("", String::as_str));
    keys.guessed(
        "kind",
        component
            .kind
            .as_ref()
            .map(|kind| (kind, kind.value.name())),
    );
    let parent = component.parent.as_ref();
    match parent.and_then(|parent| writer.ids.end(&parent.value)) {
        Some(parent) => keys.text("parent", parent),
        None => keys.text("layer", layer::id(writer.existing, layer::place(component))),
    }
    let text = |fact: &'_ Fact<String>| words(&fact.value);
    let technology = component.technology.as_ref().map(text);
    keys.guessed(
        "technology",
        component.technology.as_ref().zip(technology.as_deref()),
    );
    keys.fact("version", component.version.as_ref());
    keys.fact("deployment", component.deployment.as_ref());
    keys.fact("description", component.description.as_ref());
    ports(&mut keys, &component.ports);
    keys.fact("owner", component.owner.as_ref());
    tags(&mut keys, component);
    links(&mut keys, component);
    keys.fact("deprecated", component.deprecated.as_ref());
    source(writer, &mut keys, component);
    unknown(writer, &mut keys, component);
    Entry {
        id: id.to_owned(),
        lines: keys.lines,
    }
}

/// The lines of one element.
struct Keys {
    lines: Vec<String>,
}

impl Keys {
    fn raw(&mut self, key: &str, value: &str) {
        self.lines.push(format!("  {key}: {value}"));
    }

    fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.raw(key, &scalar(value));
        }
    }

    fn fact(&mut self, key: &str, fact: Option<&Fact<String>>) {
        if let Some(fact) = fact {
            self.text(key, &words(&fact.value));
        }
    }

    fn guessed<T>(&mut self, key: &str, fact: Option<(&Fact<T>, &str)>) {
        let Some((fact, value)) = fact else { return };
        if fact.evidence.confidence == Confidence::NameGuess {
            self.raw(key, &format!("{} # a guess from the name", scalar(value)));
        } else {
            self.text(key, value);
        }
    }
}

/// Each port once; that it is published again stands in a comment.
fn ports(keys: &mut Keys, ports: &[Fact<Port>]) {
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    let mut remarks = Vec::new();
    for Fact { value: port, .. } in ports {
        let protocol = port
            .protocol
            .as_ref()
            .map(|text| words(text).to_lowercase());
        if seen.insert((port.port, protocol)) {
            items.push(one_port(port));
        } else if let Some(host) = port.host {
            remarks.push(format!("  # {} is published as {host}, too", port.port));
        }
    }
    if !items.is_empty() {
        keys.raw("ports", &format!("[{}]", items.join(", ")));
    }
    keys.lines.extend(remarks);
}

fn one_port(port: &Port) -> String {
    let mut parts = vec![format!("port: {}", port.port)];
    let text = |key: &str, value: &Option<String>| {
        let value = value.as_ref().map(|value| words(value))?;
        (!value.is_empty()).then(|| format!("{key}: {}", scalar(&value)))
    };
    parts.extend(text("name", &port.name));
    parts.extend(text("protocol", &port.protocol));
    parts.extend(port.host.map(|host| format!("host: {host}")));
    match parts.as_slice() {
        [_] => port.port.to_string(),
        parts => format!("{{ {} }}", parts.join(", ")),
    }
}

fn tags(keys: &mut Keys, component: &Component) {
    let mut found: Vec<String> = component.tags.iter().map(|tag| words(&tag.value)).collect();
    found.extend(component.group.as_ref().map(|group| words(&group.value)));
    found.retain(|tag| !tag.is_empty());
    let mut seen = BTreeSet::new();
    found.retain(|tag| seen.insert(tag.clone()));
    if !found.is_empty() {
        keys.raw("tags", &list(&found));
    }
}

fn links(keys: &mut Keys, component: &Component) {
    let items: Vec<String> = component
        .links
        .iter()
        .map(|link| (words(&link.value.0), words(&link.value.1)))
        .filter(|(_, address)| {
            ["https://", "http://"]
                .iter()
                .any(|scheme| address.starts_with(scheme))
        })
        .map(|(name, address)| format!("{}: {}", scalar(&name), scalar(&address)))
        .collect();
    if !items.is_empty() {
        keys.raw("links", &format!("{{ {} }}", items.join(", ")));
    }
}

/// Where drift finds it: one file and name for each kind of source that `source:` knows.
fn source(writer: &Writer<'_>, keys: &mut Keys, component: &Component) {
    let mut parts: Vec<String> = Vec::new();
    for importer in IMPORTERS {
        let Some((file_key, name_key)) = importer.source_keys else {
            continue;
        };
        let mut origins = component.origins.iter();
        let Some(origin) = origins.find(|origin| origin.importer == importer.kind) else {
            continue;
        };
        let file = writer.path(&origin.file);
        if file.starts_with('/') {
            continue;
        }
        parts.push(format!("{file_key}: {}", scalar(&words(&file))));
        if let Some(name_key) = name_key {
            parts.push(format!("{name_key}: {}", scalar(&words(&origin.name))));
        }
    }
    if !parts.is_empty() {
        keys.raw("source", &format!("{{ {} }}", parts.join(", ")));
    }
}

/// What is there and not told stands in comments.
fn unknown(writer: &Writer<'_>, keys: &mut Keys, component: &Component) {
    if component.version.is_none()
        && let Some(image) = &component.image
        && component
            .kind
            .as_ref()
            .is_none_or(|kind| kind.value != Kind::External)
    {
        let text = comment(&image.value);
        keys.lines
            .push(format!("  # version: not known; the image is {text}"));
    }
    for unknown in writer.unknowns_of(&component.key) {
        let text = comment(&format!("{}: not known; {}", unknown.what, unknown.why));
        keys.lines.push(format!("  # {text}"));
    }
}
