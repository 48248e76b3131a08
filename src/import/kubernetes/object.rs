//! The objects of Kubernetes manifests: several documents, lists, kustomizations.
//!
//! In: files. Out: [`Object`]s with name, namespace and labels. Refuses to know: what the
//! kinds mean.

use std::collections::{BTreeMap, BTreeSet};

use std::path::Path;

use crate::diagnostic::{Diagnostic, IMPORT_MALFORMED, IMPORT_SKIPPED};
use crate::import::model::Evidence;
use crate::import::reader::{Document, Input, Reader};
use crate::import::value::Value;
use crate::source::{SourceId, Span};

/// The namespace of objects that state none.
const DEFAULT_NAMESPACE: &str = "default";
/// Kustomizations name each other at most this deep.
const MAX_DEPTH: usize = 16;

/// One object of a cluster.
pub(super) struct Object {
    pub(super) kind: String,
    /// The part of `apiVersion` before the slash.
    pub(super) group: String,
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) value: Value,
    /// Where the name stands.
    pub(super) span: Span,
}

impl Object {
    /// `Deployment/orders`.
    pub(super) fn key(&self) -> String {
        if self.namespace == DEFAULT_NAMESPACE {
            format!("{}/{}", self.kind, self.name)
        } else {
            format!("{}/{}@{}", self.kind, self.name, self.namespace)
        }
    }

    /// Evidence for what a place in the object says.
    pub(super) fn evidence(&self, span: Span, path: &str) -> Evidence {
        Evidence::explicit(span, format!("{}/{}.{path}", self.kind, self.name))
    }

    /// Evidence for the object itself.
    pub(super) fn here(&self) -> Evidence {
        Evidence::explicit(self.span, format!("{}/{}", self.kind, self.name))
    }

    pub(super) fn at(&self, path: &[&str]) -> Option<&Value> {
        self.value.at(path)
    }

    pub(super) fn text(&self, path: &[&str]) -> Option<&str> {
        self.at(path).and_then(Value::text)
    }

    /// The items of a list, or of an absent one.
    pub(super) fn items(&self, path: &[&str]) -> &[Value] {
        self.at(path).map_or(&[], Value::items)
    }
}

/// Every object of the files, each once.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Vec<Object> {
    let mut collector = Collector {
        reader,
        objects: Vec::new(),
        known: BTreeMap::new(),
        seen: inputs.iter().map(|input| input.name.clone()).collect(),
    };
    for input in inputs {
        collector.file(input, 0);
    }
    collector.objects
}

struct Collector<'c, 'r> {
    reader: &'c mut Reader<'r>,
    objects: Vec<Object>,
    /// Kind, namespace and name of what is there already.
    known: BTreeMap<(String, String, String), Span>,
    seen: BTreeSet<String>,
}

impl Collector<'_, '_> {
    fn file(&mut self, input: &Input, depth: usize) {
        if let Some(document) = self.reader.open(input) {
            self.document(input, document, depth);
        }
    }

    fn document(&mut self, input: &Input, document: Document, depth: usize) {
        for value in document.values {
            self.value(input, document.id, value, depth);
        }
    }

    fn value(&mut self, input: &Input, file: SourceId, value: Value, depth: usize) {
        let kind = value.text_of("kind").unwrap_or("").to_owned();
        if value.is_null() {
            return;
        }
        if !value.is_map() {
            self.reader.out.push(no_object(&value));
            return;
        }
        if kind == "Kustomization" || kind == "Component" && value.get("resources").is_some() {
            self.kustomization(input, file, &value, depth);
            return;
        }
        if kind.ends_with("List")
            && let Some(items) = value.get("items")
        {
            for item in items.items() {
                self.value(input, file, item.clone(), depth);
            }
            return;
        }
        if kind.is_empty() || value.get("apiVersion").is_none() {
            let is_kustomization = value.get("resources").is_some() && value.get("kind").is_none();
            if is_kustomization {
                self.kustomization(input, file, &value, depth);
            } else {
                self.reader.out.push(not_kubernetes(&value));
            }
            return;
        }
        self.object(kind, value);
    }

    /// The resources of a kustomization that are not read anyway.
    fn kustomization(&mut self, input: &Input, file: SourceId, value: &Value, depth: usize) {
        if depth >= MAX_DEPTH {
            return;
        }
        for key in ["resources", "bases", "components"] {
            for item in value.get(key).map_or(&[][..], Value::items) {
                let Some(path) = item.text() else { continue };
                if path.contains("://") || path.contains("?ref=") || path.starts_with("github.com")
                {
                    self.reader.out.push(remote(path, item.span));
                    continue;
                }
                let extension = Path::new(path).extension().and_then(|end| end.to_str());
                let is_file = matches!(extension, Some("yaml" | "yml" | "json"));
                let path = if is_file {
                    path.to_owned()
                } else {
                    format!("{}/kustomization.yaml", path.trim_end_matches('/'))
                };
                let from = self.reader.sources.file(file).name.clone();
                let name = input.workspace.beside(&from, &path);
                if name.is_ok_and(|name| !self.seen.insert(name)) {
                    continue;
                }
                let opened = self.reader.open_beside(input, file, &path, item.span);
                if let Some((input, document)) = opened {
                    self.document(&input, document, depth + 1);
                }
            }
        }
    }

    fn object(&mut self, kind: String, value: Value) {
        let api = value.text_of("apiVersion").unwrap_or("");
        let group = api
            .split_once('/')
            .map_or("", |(group, _)| group)
            .to_owned();
        let name = value.at(&["metadata", "name"]);
        let Some((name, span)) = name.and_then(|name| Some((name.text()?.to_owned(), name.span)))
        else {
            self.reader.out.push(no_name(&kind, &value));
            return;
        };
        let namespace = value
            .at(&["metadata", "namespace"])
            .and_then(Value::text)
            .unwrap_or(DEFAULT_NAMESPACE)
            .to_owned();
        let id = (format!("{group}/{kind}"), namespace.clone(), name.clone());
        if let Some(first) = self.known.get(&id).copied() {
            self.reader.out.push(twice(&kind, &name, span, first));
            return;
        }
        self.known.insert(id, span);
        let labels = texts(value.at(&["metadata", "labels"]));
        self.objects.push(Object {
            kind,
            group,
            name,
            namespace,
            labels,
            value,
            span,
        });
    }
}

/// A mapping of texts.
pub(super) fn texts(value: Option<&Value>) -> BTreeMap<String, String> {
    let entries = value.map_or(&[][..], Value::entries);
    entries
        .iter()
        .filter_map(|entry| Some((entry.key.clone(), entry.value.text()?.to_owned())))
        .collect()
}

fn no_object(value: &Value) -> Diagnostic {
    let message = format!(
        "this document is {}, not a Kubernetes object",
        value.shape()
    );
    Diagnostic::new(IMPORT_MALFORMED, message, value.span, "")
        .help("write `apiVersion`, `kind` and `metadata`")
}

fn not_kubernetes(value: &Value) -> Diagnostic {
    Diagnostic::new(
        IMPORT_SKIPPED,
        "this document has no `apiVersion` and `kind`, so it was passed over",
        value.span,
        "",
    )
    .help("give files of Kubernetes objects; render Helm charts with `helm template` first")
}

fn no_name(kind: &str, value: &Value) -> Diagnostic {
    let span = value
        .get("metadata")
        .map_or(value.span, |metadata| metadata.span);
    Diagnostic::new(
        IMPORT_MALFORMED,
        format!("this {kind} has no name, so it was left out"),
        span,
        "",
    )
    .help("state `metadata.name`")
}

fn twice(kind: &str, name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        IMPORT_SKIPPED,
        format!("{kind} `{name}` is there twice; the first one was taken"),
        span,
        "",
    )
    .also(first, "the first one")
    .help("import one overlay at a time")
}

fn remote(path: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        IMPORT_SKIPPED,
        format!("`{path}` is on the network, so it was passed over"),
        span,
        "",
    )
    .help("import the output of `kustomize build`")
}
