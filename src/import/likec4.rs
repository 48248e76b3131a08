//! LikeC4 models, as `likec4 export json` writes them.
//!
//! In: JSON with `elements` and `relations`. Out: components nested as their names say, and
//! flows. Refuses to know: views, styles beyond shapes, and deployments.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Component, Confidence, End, Evidence, Fact, Flow, Imported, Origin};
use super::parts::Parts;
use super::reader::{Input, Reader};
use super::stated::{as_label, below, text, texts};
use super::value::{Entry, Value};
use super::words::kind_of;
use crate::diagnostic::{Diagnostic, IMPORT_MALFORMED, IMPORT_UNKNOWN_NAME};
use crate::model::Kind;
use crate::source::Span;

/// The word for this importer.
const KIND: &str = "likec4";

/// Reads LikeC4 models.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    let mut parts = Parts::default();
    for input in inputs {
        let Some(document) = reader.open(input) else {
            continue;
        };
        for root in &document.values {
            let Some(elements) = root.get("elements").filter(|elements| elements.is_map()) else {
                reader.out.push(no_model(&input.name, root.span));
                continue;
            };
            parts.imported.name = parts
                .imported
                .name
                .take()
                .or_else(|| text(root.get("project")?, "title", "project"));
            let names = Names::of(elements);
            for element in elements.entries() {
                let component = component(root, &names, element, &input.name);
                parts.add(component);
            }
            add_relations(root, &mut parts, reader);
        }
    }
    parts.imported
}

fn component(root: &Value, names: &Names<'_>, element: &Entry, file: &str) -> Component {
    let pointer = format!("elements.{}", element.key);
    let evidence = Evidence::explicit(element.key_span, pointer.clone());
    let value = &element.value;
    let short = element.key.rsplit('.').next().unwrap_or(&element.key);
    let name = if names.last.get(short).is_some_and(|count| *count > 1) {
        &element.key
    } else {
        short
    };
    let mut component = Component::new(element.key.clone(), name, evidence.clone());
    component.title = text(value, "title", &pointer);
    component.technology = text(value, "technology", &pointer);
    component.category = text(value, "kind", &pointer);
    component.description = described(value, &pointer);
    component.tags = texts(value, "tags", &pointer);
    component.kind = kind(root, value).map(|kind| {
        let confidence = Confidence::NameGuess;
        Fact::new(
            kind,
            Evidence {
                confidence,
                ..evidence.clone()
            },
        )
    });
    component.links = links(value, &pointer);
    component.parent = element
        .key
        .rsplit_once('.')
        .filter(|(parent, _)| names.whole.contains(parent))
        .map(|(parent, _)| Fact::new(End::Component(parent.to_owned()), evidence));
    component.origins.push(Origin {
        importer: KIND,
        file: file.to_owned(),
        name: element.key.clone(),
    });
    component
}

/// The names of all elements.
struct Names<'v> {
    whole: BTreeSet<&'v str>,
    /// How many names end in each word.
    last: BTreeMap<&'v str, usize>,
}

impl<'v> Names<'v> {
    fn of(elements: &'v Value) -> Self {
        let mut names = Self {
            whole: BTreeSet::new(),
            last: BTreeMap::new(),
        };
        for element in elements.entries() {
            let short = element.key.rsplit('.').next().unwrap_or(&element.key);
            names.whole.insert(&element.key);
            *names.last.entry(short).or_insert(0) += 1;
        }
        names
    }
}

/// The shape tells most, then the word for the kind of element.
fn kind(root: &Value, element: &Value) -> Option<Kind> {
    let word = element.text_of("kind").unwrap_or_default();
    let own = element.at(&["style", "shape"]).and_then(Value::text);
    let of_kind = root.at(&["specification", "elements", word, "style", "shape"]);
    let shape = own.or(of_kind.and_then(Value::text)).unwrap_or_default();
    let of_shape = match shape {
        "person" => Some(Kind::Person),
        "cylinder" | "storage" => Some(Kind::Database),
        "queue" => Some(Kind::Broker),
        "browser" | "mobile" => Some(Kind::Client),
        "bucket" => Some(Kind::Storage),
        _ => None,
    };
    of_shape.or_else(|| kind_of(word))
}

/// A description is a text, or a mapping of plain text or Markdown.
fn described(value: &Value, pointer: &str) -> Option<Fact<String>> {
    let nested = || {
        let description = value.get("description")?;
        let pointer = below(pointer, "description");
        text(description, "txt", &pointer).or_else(|| text(description, "md", &pointer))
    };
    text(value, "description", pointer).or_else(nested)
}

fn links(value: &Value, pointer: &str) -> Vec<Fact<(String, String)>> {
    let link = |item: &Value| {
        let url = item.text_of("url")?.to_owned();
        let title = item.text_of("title").unwrap_or("Link").to_owned();
        let evidence = Evidence::explicit(item.span, below(pointer, "links"));
        Some(Fact::new((title, url), evidence))
    };
    let items = value.get("links").map_or(&[][..], Value::items);
    items.iter().filter_map(link).collect()
}

fn add_relations(root: &Value, parts: &mut Parts, reader: &mut Reader<'_>) {
    for relation in root.get("relations").map_or(&[][..], Value::entries) {
        let pointer = format!("relations.{}", relation.key);
        let mut end = |side: &str| {
            let value = relation.value.get(side)?;
            // Older versions write the name itself.
            let model = value.get("model").unwrap_or(value);
            let name = model.text()?;
            if !parts.has(name) {
                reader.out.push(no_element(name, model.span));
                return None;
            }
            Some(End::Component(name.to_owned()))
        };
        let (Some(from), Some(to)) = (end("source"), end("target")) else {
            continue;
        };
        let mut flow = Flow::new(
            from,
            to,
            Evidence::explicit(relation.key_span, pointer.clone()),
        );
        let title = text(&relation.value, "title", &pointer).map(|title| title.value);
        flow.label = title.as_deref().and_then(as_label);
        flow.description = described(&relation.value, &pointer)
            .map(|fact| fact.value)
            .or(title.filter(|title| as_label(title).is_none()));
        flow.protocol = text(&relation.value, "technology", &pointer).map(|fact| fact.value);
        flow.is_async = relation.value.text_of("kind") == Some("async");
        parts.imported.flows.push(flow);
    }
}

fn no_model(file: &str, span: Span) -> Diagnostic {
    let start = Span {
        end: span.start,
        ..span
    };
    let message = format!("`{file}` is no LikeC4 model, so it was left out");
    Diagnostic::new(IMPORT_MALFORMED, message, start, "")
        .help("write the model with `likec4 export json`")
}

fn no_element(name: &str, span: Span) -> Diagnostic {
    let message = format!("no element is named `{name}`, so the relation was left out");
    Diagnostic::new(IMPORT_UNKNOWN_NAME, message, span, "").help("export the whole model again")
}
