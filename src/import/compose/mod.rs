//! Docker Compose: services, their images, ports, settings and what those point to.
//!
//! In: compose files that belong together. Out: what they say. Refuses to know: other
//! kinds of sources, and the environment of the process.
//!
//! Follows the [Compose specification](https://github.com/compose-spec/compose-spec).

mod merge;
mod ports;
mod project;
mod service;
mod variables;

use std::collections::BTreeMap;

use project::Service;

use super::model::{Address, Component, Confidence, End, Evidence, Fact, Flow, Imported, Unknown};
use super::talk::{self, Talker};
use super::value::Value;
use super::{Input, Reader};
use crate::diagnostic::{Diagnostic, IMPORT_UNDEFINED, did_you_mean};
use crate::source::Span;

/// Keys under which a service names others, beside `depends_on` and `links`.
const SHARED: &[&str] = &["network_mode", "ipc", "pid"];

/// Reads compose files, merged in the order given.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    let project = project::load(reader, inputs);
    let mut imported = Imported {
        name: project
            .name
            .map(|(name, span)| Fact::new(name, Evidence::explicit(span, "name"))),
        ..Imported::default()
    };
    let hosts = hosts(&project.services);
    for service in &project.services {
        imported
            .components
            .push(service::component(service, reader.sources));
    }
    for service in &project.services {
        relations(service, &hosts, reader, &mut imported);
        let settings = service::settings(service, reader);
        let links = links(service);
        let resolve = |address: &Address| {
            let linked = links.get(&address.host);
            let name = hosts.get(linked.unwrap_or(&address.host))?;
            Some((End::Component(name.clone()), address.port))
        };
        let talker = Talker {
            key: &service.name,
            settings: &settings,
            commands: &service::commands(service),
        };
        talk::read(&talker, &resolve, &mut imported);
    }
    for (name, span) in project.unset {
        imported.unknowns.push(unset(&name, span));
    }
    imported
}

/// Who answers to which name: services, then the other names that they state.
fn hosts(services: &[Service]) -> BTreeMap<String, String> {
    let mut hosts = BTreeMap::new();
    for service in services {
        hosts.insert(service.name.to_ascii_lowercase(), service.name.clone());
    }
    for service in services {
        for host in service::other_names(service) {
            hosts.entry(host).or_insert_with(|| service.name.clone());
        }
    }
    hosts
}

/// Names that only this service uses for others: `links: [db:database]`.
fn links(service: &Service) -> BTreeMap<String, String> {
    let items = service
        .value
        .get("links")
        .map_or(&[][..], Value::one_or_many);
    let texts = items.iter().filter_map(Value::text);
    texts
        .filter_map(|text| text.split_once(':'))
        .map(|(name, alias)| (alias.to_ascii_lowercase(), name.to_ascii_lowercase()))
        .collect()
}

/// Flows that the file states between services.
fn relations(
    service: &Service,
    hosts: &BTreeMap<String, String>,
    reader: &mut Reader<'_>,
    imported: &mut Imported,
) {
    for (name, span, key) in named(service) {
        let confidence = if key == "depends_on" {
            Confidence::StartupOrder
        } else {
            Confidence::Explicit
        };
        let pointer = format!("services.{}.{key}", service.name);
        let evidence = Evidence::new(span, pointer, confidence);
        let target = hosts
            .get(&name.to_ascii_lowercase())
            .cloned()
            .unwrap_or_else(|| {
                reader
                    .out
                    .push(undefined(&service.name, &name, span, hosts));
                named_only(&name, &evidence, imported)
            });
        if target == service.name {
            continue;
        }
        imported.flows.push(Flow::new(
            End::Component(service.name.clone()),
            End::Component(target),
            evidence,
        ));
    }
}

/// Every service that a service names, with the key it stands under.
fn named(service: &Service) -> Vec<(String, Span, &'static str)> {
    let mut found = Vec::new();
    let value = &service.value;
    for entry in value.get("depends_on").map_or(&[][..], Value::entries) {
        found.push((entry.key.clone(), entry.key_span, "depends_on"));
    }
    for key in ["links", "volumes_from"] {
        for item in value.get(key).map_or(&[][..], Value::one_or_many) {
            let text = item.text().unwrap_or("");
            if text.starts_with("container:") {
                continue;
            }
            let name = text.split(':').next().unwrap_or("");
            found.push((
                name.to_owned(),
                item.span,
                if key == "links" {
                    "links"
                } else {
                    "volumes_from"
                },
            ));
        }
    }
    for key in SHARED {
        let shared = value
            .get(key)
            .and_then(|item| Some((item.text()?.strip_prefix("service:")?, item.span)));
        if let Some((name, span)) = shared {
            found.push((name.to_owned(), span, key));
        }
    }
    found.retain(|(name, ..)| !name.is_empty() && !name.contains(super::UNKNOWN));
    found
}

/// A service that others name and no file defines.
fn named_only(name: &str, evidence: &Evidence, imported: &mut Imported) -> String {
    if !imported
        .components
        .iter()
        .any(|component| component.key == name)
    {
        let mut component = Component::new(name, name, evidence.clone());
        component.is_named_only = true;
        component.addresses = vec![name.to_ascii_lowercase()];
        imported.components.push(component);
    }
    name.to_owned()
}

fn undefined(from: &str, name: &str, span: Span, hosts: &BTreeMap<String, String>) -> Diagnostic {
    let help = did_you_mean(name, hosts.keys().map(String::as_str)).map_or_else(
        || "give the file that defines it too".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    Diagnostic::new(
        IMPORT_UNDEFINED,
        format!("`{from}` names a service `{name}` that no file here defines"),
        span,
        "",
    )
    .help(help)
}

fn unset(name: &str, span: Span) -> Unknown {
    Unknown {
        subject: String::new(),
        what: format!("${{{name}}}"),
        why: "the variable is not set, in no `.env` beside the file".into(),
        evidence: Evidence::explicit(span, ""),
    }
}
