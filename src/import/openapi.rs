//! OpenAPI documents: who provides an API, and where.
//!
//! In: OpenAPI 3 and Swagger 2 documents. Out: the service behind each, with its addresses and
//! operations. Refuses to know: who calls it, which no such document says, and schemas.

use super::model::{Component, Confidence, Evidence, Fact, Imported, Origin, Port};
use super::parts::Parts;
use super::reader::{Input, Reader};
use super::stated::{below, text};
use super::value::Value;
use crate::diagnostic::{Diagnostic, IMPORT_MALFORMED};
use crate::model::Kind;
use crate::source::Span;

/// The word for this importer.
const KIND: &str = "openapi";
/// What a path can be asked.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Reads OpenAPI documents.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    let mut parts = Parts::default();
    for input in inputs {
        let Some(document) = reader.open(input) else {
            continue;
        };
        for value in &document.values {
            if value.get("openapi").or(value.get("swagger")).is_some() {
                add_service(value, &input.name, &mut parts);
            } else {
                reader.out.push(no_document(&input.name, value.span));
            }
        }
    }
    parts.imported
}

fn add_service(root: &Value, file: &str, parts: &mut Parts) {
    let nothing = Value::of_text("", root.span);
    let info = root.get("info").unwrap_or(&nothing);
    let title = text(info, "title", "info");
    let start = Span {
        end: root.span.start,
        ..root.span
    };
    let evidence = title.as_ref().map_or_else(
        || Evidence::explicit(start, ""),
        |title| title.evidence.clone(),
    );
    let name = title
        .as_ref()
        .map_or_else(|| stem(file).to_owned(), |title| title.value.clone());
    let key = parts.free_key(&name, file);
    let mut component = Component::new(key, name.clone(), evidence.clone());
    component.title = title;
    component.version = text(info, "version", "info").map(|mut version| {
        // The version of the document; the program behind it may have another one.
        version.evidence.confidence = Confidence::NameGuess;
        version
    });
    component.description = text(info, "description", "info");
    let guess = Evidence {
        confidence: Confidence::NameGuess,
        ..evidence.clone()
    };
    component.kind = Some(Fact::new(Kind::Service, guess));
    component.category = Some(Fact::new("REST API".to_owned(), evidence));
    component.functions = operations(root);
    add_servers(root, &mut component);
    component.origins.push(Origin {
        importer: KIND,
        file: file.to_owned(),
        name,
    });
    parts.add(component);
}

/// The file's name, without folder and extension.
fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split_once('.').map_or(file, |(stem, _)| stem)
}

/// The operations by id, or by method and path.
fn operations(root: &Value) -> Vec<Fact<String>> {
    let mut found = Vec::new();
    for path in root.get("paths").map_or(&[][..], Value::entries) {
        for operation in path.value.entries() {
            if !METHODS.contains(&operation.key.as_str()) {
                continue;
            }
            let pointer = format!("paths.{}.{}", path.key, operation.key);
            found.push(
                text(&operation.value, "operationId", &pointer).unwrap_or_else(|| {
                    let name = format!("{} {}", operation.key.to_uppercase(), path.key);
                    Fact::new(name, Evidence::explicit(operation.key_span, pointer))
                }),
            );
        }
    }
    found
}

fn add_servers(root: &Value, component: &mut Component) {
    let servers = root.get("servers").map_or(&[][..], Value::items);
    let urls = servers.iter().filter_map(|server| server.get("url"));
    for url in urls.chain(root.get("host")) {
        let Some(text) = url.text() else {
            continue;
        };
        let evidence = Evidence::explicit(url.span, below("", "servers"));
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let authority = rest
            .split('/')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let (host, port) = authority.rsplit_once(':').unwrap_or((&authority, ""));
        if host.is_empty() || text.contains('{') || text.starts_with('/') {
            continue;
        }
        if let Ok(port) = port.parse() {
            let port = Port {
                port,
                host: None,
                name: None,
                protocol: None,
            };
            if component.ports.iter().all(|known| known.value != port) {
                component.ports.push(Fact::new(port, evidence.clone()));
            }
        }
        if !matches!(host, "localhost" | "127.0.0.1") {
            component.addresses.push(host.to_owned());
            if !port.is_empty() {
                component.addresses.push(authority.clone());
            }
        }
    }
    component.addresses.dedup();
}

fn no_document(file: &str, span: Span) -> Diagnostic {
    let start = Span {
        end: span.start,
        ..span
    };
    let message = format!("`{file}` is no OpenAPI document, so it was left out");
    Diagnostic::new(IMPORT_MALFORMED, message, start, "")
        .help("an OpenAPI document starts with `openapi:` or `swagger:` and its version")
}
