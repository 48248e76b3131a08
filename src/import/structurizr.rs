//! Structurizr workspaces, as `workspace.json` holds them.
//!
//! In: JSON with a `model`. Out: people, systems, containers and components, nested, with the
//! flows between them. Refuses to know: views, styles and deployment environments.
//!
//! Relationships that others imply carry the id of the one that implies them; they are left
//! out, because a nested component speaks for what contains it.

use std::collections::BTreeMap;

use super::model::{Component, Confidence, End, Evidence, Fact, Flow, Imported, Origin};
use super::parts::Parts;
use super::reader::{Input, Reader};
use super::stated::{as_label, text, texts};
use super::value::Value;
use super::words::kind_of;
use crate::diagnostic::{Diagnostic, IMPORT_CONFLICT, IMPORT_MALFORMED, IMPORT_UNKNOWN_NAME};
use crate::model::Kind;
use crate::source::Span;

/// The word for this importer.
const KIND: &str = "structurizr";
/// Tags that every element of a kind has.
const COMMON_TAGS: &[&str] = &[
    "Element",
    "Person",
    "Software System",
    "Container",
    "Component",
    "Custom Element",
];
/// Where elements stand, by the level above them, and what they are.
const LEVELS: &[(&str, Kind)] = &[
    ("people", Kind::Person),
    ("softwareSystems", Kind::System),
    ("customElements", Kind::Component),
    ("containers", Kind::Container),
    ("components", Kind::Component),
];

/// Reads workspaces.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    let mut parts = Parts::default();
    for input in inputs {
        let Some(document) = reader.open(input) else {
            continue;
        };
        for root in &document.values {
            let Some(model) = root.get("model").filter(|model| model.is_map()) else {
                reader.out.push(no_workspace(&input.name, root.span));
                continue;
            };
            let name = &mut parts.imported.name;
            *name = name.take().or_else(|| text(root, "name", ""));
            let mut walk = Walk {
                file: &input.name,
                keys: BTreeMap::new(),
                relationships: Vec::new(),
            };
            walk.add_level(model, "model", None, &mut parts, reader);
            walk.add_flows(&mut parts.imported, reader);
        }
    }
    parts.imported
}

/// What is collected on the way through one model.
struct Walk<'w> {
    file: &'w str,
    /// Keys of components by the element's id.
    keys: BTreeMap<&'w str, String>,
    relationships: Vec<(&'w Value, String)>,
}

impl<'w> Walk<'w> {
    fn add_level(
        &mut self,
        holder: &'w Value,
        pointer: &str,
        parent: Option<&str>,
        parts: &mut Parts,
        reader: &mut Reader<'_>,
    ) {
        for (level, kind) in LEVELS {
            let elements = holder.get(level).map_or(&[][..], Value::items);
            for (index, element) in elements.iter().enumerate() {
                let pointer = format!("{pointer}.{level}.{index}");
                self.add_element(element, (*kind, &pointer), parent, parts, reader);
            }
        }
    }

    fn add_element(
        &mut self,
        element: &'w Value,
        (kind, pointer): (Kind, &str),
        parent: Option<&str>,
        parts: &mut Parts,
        reader: &mut Reader<'_>,
    ) {
        let (Some(id), Some(name)) = (element.text_of("id"), text(element, "name", pointer)) else {
            return;
        };
        let key = format!("{}#{id}", self.file);
        let mut component = Component::new(key.clone(), name.value.clone(), name.evidence.clone());
        component.description = text(element, "description", pointer);
        component.technology = text(element, "technology", pointer);
        component.group = text(element, "group", pointer);
        component.tags = texts(element, "tags", pointer);
        component
            .tags
            .retain(|tag| !COMMON_TAGS.contains(&tag.value.as_str()));
        component.kind = Some(guessed(&component, element, kind));
        component.title = Some(name);
        if let Some(url) = text(element, "url", pointer) {
            let link = ("Page".to_owned(), url.value);
            component.links.push(Fact::new(link, url.evidence));
        }
        component.parent = parent.map(|parent| {
            Fact::new(
                End::Component(parent.to_owned()),
                component.evidence.clone(),
            )
        });
        component.origins.push(Origin {
            importer: KIND,
            file: self.file.to_owned(),
            name: id.to_owned(),
        });
        if let Some(first) = parts.get(&key) {
            let place = element.get("id").map_or(element.span, |id| id.span);
            reader.out.push(twice(id, place, first));
            return;
        }
        self.keys.insert(id, key.clone());
        parts.add(component);
        let relationships = element.get("relationships").map_or(&[][..], Value::items);
        for (index, relationship) in relationships.iter().enumerate() {
            let pointer = format!("{pointer}.relationships.{index}");
            self.relationships.push((relationship, pointer));
        }
        self.add_level(element, pointer, Some(&key), parts, reader);
    }

    fn add_flows(&self, imported: &mut Imported, reader: &mut Reader<'_>) {
        for (relationship, pointer) in &self.relationships {
            if relationship.get("linkedRelationshipId").is_some() {
                continue;
            }
            let mut end = |key: &str| {
                let id = relationship.get(key)?;
                let found = self.keys.get(id.text()?);
                if found.is_none() {
                    reader.out.push(no_element(id.text()?, id.span));
                }
                found.cloned().map(End::Component)
            };
            let (Some(from), Some(to)) = (end("sourceId"), end("destinationId")) else {
                continue;
            };
            imported.flows.push(flow(relationship, (from, to), pointer));
        }
    }
}

fn flow(relationship: &Value, (from, to): (End, End), pointer: &str) -> Flow {
    let span = relationship
        .get("destinationId")
        .map_or(relationship.span, |target| target.span);
    let mut flow = Flow::new(from, to, Evidence::explicit(span, pointer));
    let words = text(relationship, "description", pointer).map(|fact| fact.value);
    flow.label = words.as_deref().and_then(as_label);
    flow.description = words.filter(|words| as_label(words).is_none());
    flow.protocol = text(relationship, "technology", pointer).map(|fact| fact.value);
    flow.is_async = relationship.text_of("interactionStyle") == Some("Asynchronous");
    flow
}

/// What an element is: a level of the model, or what its tags say more precisely.
fn guessed(component: &Component, element: &Value, level: Kind) -> Fact<Kind> {
    let guess = Evidence {
        confidence: Confidence::NameGuess,
        ..component.evidence.clone()
    };
    if level == Kind::Person {
        return Fact::new(level, component.evidence.clone());
    }
    if element.text_of("location") == Some("External") {
        return Fact::new(Kind::External, component.evidence.clone());
    }
    let of_tag = component.tags.iter().find_map(|tag| kind_of(&tag.value));
    match of_tag {
        Some(kind) if !matches!(kind, Kind::Person | Kind::System | Kind::Container) => {
            Fact::new(kind, guess)
        }
        _ => Fact::new(level, component.evidence.clone()),
    }
}

fn no_workspace(file: &str, span: Span) -> Diagnostic {
    let start = Span {
        end: span.start,
        ..span
    };
    let message = format!("`{file}` is no Structurizr workspace in JSON, so it was left out");
    Diagnostic::new(IMPORT_MALFORMED, message, start, "")
        .help("write the workspace with `structurizr export -format json`")
}

fn twice(id: &str, span: Span, first: &Component) -> Diagnostic {
    let message = format!("two elements have the id `{id}`; the first one was taken");
    Diagnostic::new(IMPORT_CONFLICT, message, span, "")
        .also(first.evidence.span, "the first one")
        .help("export the workspace again")
}

fn no_element(id: &str, span: Span) -> Diagnostic {
    let message = format!("no element has the id `{id}`, so the relationship was left out");
    Diagnostic::new(IMPORT_UNKNOWN_NAME, message, span, "").help("export the whole workspace again")
}
