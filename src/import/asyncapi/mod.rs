//! AsyncAPI documents: one application, and the topics it sends to and receives from.
//!
//! In: AsyncAPI 2 and 3 documents, with what they refer to. Out: the application, its broker,
//! and topics with the application as producer or consumer. Refuses to know: payloads.
//!
//! In AsyncAPI 2 the words are those of the others: `publish` is what others may do, so the
//! application receives; `subscribe` means that it sends. AsyncAPI 3 says `send` and `receive`
//! and means the application.

mod channel;
mod server;

use super::model::{Component, Confidence, Evidence, Fact, Imported, Origin};
use super::parts::Parts;
use super::reader::{Input, Reader};
use super::reference::{Bundle, Located};
use crate::diagnostic::{Diagnostic, IMPORT_MALFORMED};
use crate::model::Kind;
use crate::source::Span;

/// The word for this importer.
const KIND: &str = "asyncapi";

/// The versions of the format that differ in what is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    Two,
    Three,
}

/// Reads AsyncAPI documents.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    let mut parts = Parts::default();
    for input in inputs {
        if let Some(bundle) = Bundle::read(reader, input) {
            let mut found = Vec::new();
            read_bundle(&bundle, &input.name, &mut parts, &mut found);
            for finding in found {
                reader.out.push(finding);
            }
        }
    }
    parts.imported
}

fn read_bundle(bundle: &Bundle, file: &str, parts: &mut Parts, out: &mut Vec<Diagnostic>) {
    let Some(root) = bundle.root() else {
        return;
    };
    let Some(stated) = root.value.get("asyncapi") else {
        out.push(no_document(file, root.value.span));
        return;
    };
    let application = add_application(bundle, root, file, parts, out);
    let text = stated.text().unwrap_or_default();
    let version = match text.split('.').next() {
        Some("2") => Version::Two,
        Some("3") => Version::Three,
        _ => {
            out.push(other_version(text, stated.span));
            return;
        }
    };
    let servers = server::read(bundle, root, out);
    let context = channel::Context {
        bundle,
        version,
        application,
        servers: &servers,
    };
    channel::add(&context, root, &mut parts.imported, out);
    server::add(&servers, parts);
}

/// Adds the application that the document is about; the result is its key.
fn add_application(
    bundle: &Bundle,
    root: Located<'_>,
    file: &str,
    parts: &mut Parts,
    out: &mut Vec<Diagnostic>,
) -> String {
    let info = bundle.get(root, "info", out);
    let fact = |key: &str| {
        let value = info.as_ref()?.value.get(key)?;
        let text = value
            .text()
            .map(str::trim)
            .filter(|text| !text.is_empty())?;
        Some(Fact::new(
            text.to_owned(),
            Evidence::explicit(value.span, format!("info.{key}")),
        ))
    };
    let title = fact("title");
    let evidence = title.as_ref().map_or_else(
        || Evidence::explicit(start_of(root.value.span), ""),
        |title| title.evidence.clone(),
    );
    let name = title
        .as_ref()
        .map_or_else(|| stem(file).to_owned(), |title| title.value.clone());
    if !parts.has(&name) {
        let mut component = Component::new(name.clone(), name.clone(), evidence.clone());
        component.title = title;
        component.version = fact("version").map(|mut version| {
            // The version of the document; the program behind it may have another one.
            version.evidence.confidence = Confidence::NameGuess;
            version
        });
        component.description = fact("description");
        let guess = Evidence {
            confidence: Confidence::NameGuess,
            ..evidence
        };
        component.kind = Some(Fact::new(Kind::Service, guess));
        parts.add(component);
    }
    let origin = Origin {
        importer: KIND,
        file: file.to_owned(),
        name: name.clone(),
    };
    if let Some(component) = parts.get_mut(&name) {
        component.origins.push(origin);
    }
    name
}

/// The file's name, without folder and extension.
fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split_once('.').map_or(file, |(stem, _)| stem)
}

fn start_of(span: Span) -> Span {
    Span {
        end: span.start,
        ..span
    }
}

fn no_document(file: &str, span: Span) -> Diagnostic {
    let message = format!("`{file}` is no AsyncAPI document, so it was left out");
    Diagnostic::new(IMPORT_MALFORMED, message, start_of(span), "")
        .help("an AsyncAPI document starts with `asyncapi:` and its version")
}

fn other_version(version: &str, span: Span) -> Diagnostic {
    let message = format!("AsyncAPI `{version}` is not read, so its channels were left out");
    Diagnostic::new(IMPORT_MALFORMED, message, span, "")
        .help("convert the document to AsyncAPI 2 or 3: earlier versions mean other things by the same words")
}
