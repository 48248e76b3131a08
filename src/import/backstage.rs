//! Backstage catalogs: components, APIs, resources and systems.
//!
//! In: catalog files, with the locations they name. Out: components nested in their systems,
//! and who consumes whose API. Refuses to know: people and groups beyond the owner's name, and
//! which way the events of an API go.

mod reference;

use super::model::{Component, Confidence, End, Evidence, Fact, Flow, Imported, Origin};
use super::parts::Parts;
use super::reader::{Document, Input, Reader};
use super::stated::{text, texts};
use super::value::Value;
use super::words::kind_of;
use crate::diagnostic::{
    Diagnostic, IMPORT_CONFLICT, IMPORT_MALFORMED, IMPORT_UNKNOWN, IMPORT_UNKNOWN_NAME,
};
use crate::model::Kind;
use crate::source::Span;

use reference::Reference;

/// The word for this importer.
const KIND: &str = "backstage";
/// Entities that are no part of a system.
const PEOPLE: &[&str] = &["user", "group", "template", "location"];
/// Files that locations lead to, at most.
const MAX_FILES: usize = 10_000;

/// One file's documents, with the file.
struct Opened {
    input: Input,
    document: Document,
}

/// Reads catalog files.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    let mut parts = Parts::default();
    let mut opened: Vec<Opened> = Vec::new();
    for input in inputs {
        if let Some(document) = reader.open(input) {
            let input = input.clone();
            opened.push(Opened { input, document });
        }
    }
    let mut next = 0;
    while next < opened.len() && opened.len() < MAX_FILES {
        let found = targets(reader, &opened[next]);
        for target in found {
            if opened
                .iter()
                .all(|known| known.document.name != target.document.name)
            {
                opened.push(target);
            }
        }
        next += 1;
    }
    for file in &opened {
        for entity in &file.document.values {
            add_entity(entity, &file.input.name, &mut parts, reader);
        }
    }
    for file in &opened {
        for entity in &file.document.values {
            add_relations(entity, &mut parts, reader);
        }
    }
    parts.imported
}

/// The files that a location names, below the same folder.
fn targets(reader: &mut Reader<'_>, file: &Opened) -> Vec<Opened> {
    let mut found = Vec::new();
    for entity in &file.document.values {
        if entity.text_of("kind") != Some("Location") {
            continue;
        }
        let spec = entity.get("spec");
        let one = spec.and_then(|spec| spec.get("target"));
        let many = spec.and_then(|spec| spec.get("targets"));
        let many = many.map_or(&[][..], Value::items);
        for target in one.into_iter().chain(many) {
            let Some(path) = target.text() else {
                continue;
            };
            if path.contains("://") || path.contains('*') {
                reader.out.push(not_followed(path, target.span));
                continue;
            }
            let path = path.trim_start_matches("./");
            let opened = reader.open_beside(&file.input, file.document.id, path, target.span);
            found.extend(opened.map(|(input, document)| Opened { input, document }));
        }
    }
    found
}

/// Adds the component that an entity is.
fn add_entity(entity: &Value, file: &str, parts: &mut Parts, reader: &mut Reader<'_>) {
    if entity.is_null() {
        return;
    }
    let (Some(kind), Some(metadata)) = (entity.text_of("kind"), entity.get("metadata")) else {
        reader.out.push(no_entity(entity.span));
        return;
    };
    if PEOPLE.contains(&kind.to_ascii_lowercase().as_str()) {
        return;
    }
    let Some(name) = text(metadata, "name", "metadata") else {
        let place = metadata.get("name").map_or(metadata.span, |name| name.span);
        reader.out.push(no_name(place));
        return;
    };
    let key = Reference::of_entity(kind, metadata).key();
    if let Some(first) = parts.get(&key) {
        reader.out.push(twice(&name, first));
        return;
    }
    if name.value.contains("{{") {
        reader.out.push(template(&name));
    }
    let nothing = Value::of_text("", entity.span);
    let spec = entity.get("spec").unwrap_or(&nothing);
    let mut component = Component::new(key, name.value.clone(), name.evidence.clone());
    component.title = text(metadata, "title", "metadata");
    component.description = text(metadata, "description", "metadata");
    component.tags = texts(metadata, "tags", "metadata");
    component.links = links(metadata);
    component.category = text(spec, "type", "spec");
    component.kind = Some(kind_of_entity(kind, spec, &name.evidence));
    component.owner = text(spec, "owner", "spec").map(|owner| {
        let short = Reference::read(&owner.value, "group").name.to_owned();
        Fact::new(short, owner.evidence)
    });
    component.deprecated = text(spec, "lifecycle", "spec")
        .filter(|lifecycle| lifecycle.value == "deprecated")
        .map(|lifecycle| Fact::new("deprecated in the catalog".to_owned(), lifecycle.evidence));
    component.origins.push(Origin {
        importer: KIND,
        file: file.to_owned(),
        name: Reference::of_entity(kind, metadata).short(),
    });
    parts.add(component);
}

fn kind_of_entity(kind: &str, spec: &Value, at: &Evidence) -> Fact<Kind> {
    let confidence = Confidence::NameGuess;
    let guess = Evidence {
        confidence,
        ..at.clone()
    };
    let of_type = spec.text_of("type").and_then(kind_of);
    match kind.to_ascii_lowercase().as_str() {
        "system" | "domain" => Fact::new(Kind::System, at.clone()),
        "component" | "resource" => Fact::new(of_type.unwrap_or(Kind::Service), guess),
        _ => Fact::new(Kind::Component, guess),
    }
}

fn links(metadata: &Value) -> Vec<Fact<(String, String)>> {
    let link = |item: &Value| {
        let url = item.text_of("url")?.to_owned();
        let title = item.text_of("title").unwrap_or("Link").to_owned();
        let evidence = Evidence::explicit(item.span, "metadata.links");
        Some(Fact::new((title, url), evidence))
    };
    let items = metadata.get("links").map_or(&[][..], Value::items);
    items.iter().filter_map(link).collect()
}

/// Adds what an entity says about others.
fn add_relations(entity: &Value, parts: &mut Parts, reader: &mut Reader<'_>) {
    let (Some(kind), Some(metadata)) = (entity.text_of("kind"), entity.get("metadata")) else {
        return;
    };
    let Some(spec) = entity.get("spec") else {
        return;
    };
    let own = Reference::of_entity(kind, metadata).key();
    if !parts.has(&own) {
        return;
    }
    for (key, default) in [
        ("subcomponentOf", "component"),
        ("system", "system"),
        ("domain", "domain"),
    ] {
        if let Some(parent) = text(spec, key, "spec") {
            let parent_key = Reference::read(&parent.value, default).key();
            add_parent(&own, &parent_key, parent.evidence, parts);
        }
    }
    for api in texts(spec, "providesApis", "spec") {
        // An API is a part of who provides it.
        let key = Reference::read(&api.value, "api").key();
        replace_parent(&key, &own, api.evidence, parts);
    }
    for (key, default, label) in [
        ("consumesApis", "api", "Calls"),
        ("dependsOn", "component", "Depends on"),
    ] {
        for target in texts(spec, key, "spec") {
            let to = Reference::read(&target.value, default).key();
            add_flow((&own, &to), label, &target, parts, reader);
        }
    }
    for source in texts(spec, "dependencyOf", "spec") {
        let from = Reference::read(&source.value, "component").key();
        add_flow((&from, &own), "Depends on", &source, parts, reader);
    }
}

fn add_parent(child: &str, parent: &str, evidence: Evidence, parts: &mut Parts) {
    if !parts.has(parent) || child == parent {
        return;
    }
    let child = parts.get_mut(child);
    if let Some(child) = child.filter(|child| child.parent.is_none()) {
        child.parent = Some(Fact::new(End::Component(parent.to_owned()), evidence));
    }
}

fn replace_parent(child: &str, parent: &str, evidence: Evidence, parts: &mut Parts) {
    if let Some(child) = parts.get_mut(child) {
        child.parent = Some(Fact::new(End::Component(parent.to_owned()), evidence));
    }
}

fn add_flow(
    (from, to): (&str, &str),
    label: &str,
    at: &Fact<String>,
    parts: &mut Parts,
    reader: &mut Reader<'_>,
) {
    if !parts.has(from) || !parts.has(to) {
        reader.out.push(no_such_entity(at));
        return;
    }
    let ends = (
        End::Component(from.to_owned()),
        End::Component(to.to_owned()),
    );
    let mut flow = Flow::new(ends.0, ends.1, at.evidence.clone());
    flow.label = Some(label.to_owned());
    parts.imported.flows.push(flow);
}

fn start_of(span: Span) -> Span {
    Span {
        end: span.start,
        ..span
    }
}

fn no_entity(span: Span) -> Diagnostic {
    let message = "a document that is no entity was left out";
    Diagnostic::new(IMPORT_MALFORMED, message, start_of(span), "")
        .help("an entity has `kind` and `metadata`")
}

fn no_name(span: Span) -> Diagnostic {
    let message = "an entity whose name is no text was left out";
    Diagnostic::new(IMPORT_MALFORMED, message, span, "")
        .help("write `metadata.name`; fill in templates first")
}

fn template(name: &Fact<String>) -> Diagnostic {
    let message = format!(
        "`{}` is a placeholder of a template, so the real name is unknown",
        name.value
    );
    Diagnostic::new(IMPORT_UNKNOWN, message, name.evidence.span, "")
        .help("import what is made from the template")
}

fn twice(name: &Fact<String>, first: &Component) -> Diagnostic {
    let message = format!(
        "`{}` is described twice; the first one was taken",
        name.value
    );
    Diagnostic::new(
        IMPORT_CONFLICT,
        message,
        name.evidence.span,
        "described again here",
    )
    .also(first.evidence.span, "first described here")
    .help("keep one of them")
}

fn not_followed(path: &str, span: Span) -> Diagnostic {
    let message = format!("location `{path}` is not followed, so what it holds is unknown");
    Diagnostic::new(IMPORT_UNKNOWN, message, span, "")
        .help("give its files on the command line; nothing is fetched")
}

fn no_such_entity(at: &Fact<String>) -> Diagnostic {
    let message = format!(
        "no entity is named `{}`, so the relation was left out",
        at.value
    );
    Diagnostic::new(IMPORT_UNKNOWN_NAME, message, at.evidence.span, "")
        .help("give the catalog file that has it too")
}
