//! What one compose service says about itself.
//!
//! In: a service with everything merged into it. Out: a component, its settings and its
//! other names. Refuses to know: other services.

use super::ports;
use super::project::Service;
use super::variables;
use crate::import::UNKNOWN;
use crate::import::describe;
use crate::import::model::{Component, Evidence, Fact, Origin};
use crate::import::reader::Reader;
use crate::import::settings::{self, Setting};
use crate::import::value::{Data, Value};
use crate::source::{Sources, Span};

/// The component that a service is.
pub(super) fn component(service: &Service, sources: &Sources) -> Component {
    let name = &service.name;
    let at = |key: &str| format!("services.{name}.{key}");
    let here = Evidence::explicit(service.name_span, format!("services.{name}"));
    let mut component = Component::new(name.clone(), name.clone(), here.clone());
    component.origins.push(Origin {
        importer: "compose",
        file: sources.file(service.name_span.file).name.clone(),
        name: name.clone(),
    });
    component.deployment = Some(Fact::new("container".to_owned(), here));
    component.addresses = other_names(service);
    component.addresses.insert(0, name.to_ascii_lowercase());
    component.ports = ports::ports(&service.value, name);
    if let Some((image, text)) = text(&service.value, "image") {
        let evidence = Evidence::explicit(image.span, at("image"));
        describe::image(&mut component, text, &evidence);
    }
    for (key, value, span) in environment(&service.value) {
        if key == "KAFKA_LISTENERS" {
            let evidence = Evidence::explicit(span, at(&format!("environment.{key}")));
            ports::listeners(value.text().unwrap_or(""), &evidence, &mut component.ports);
        }
    }
    let keys: Vec<&str> = environment(&service.value).map(|(key, ..)| key).collect();
    describe::keys(&mut component, &keys, service.name_span);
    let is_server = keys
        .iter()
        .any(|key| key.starts_with("KAFKA_") && !key.starts_with("KAFKA_CREATE"));
    for command in commands(service).iter().filter(|_| !is_server) {
        let evidence = Evidence::explicit(command.span, command.pointer.clone());
        describe::command(&mut component, &command.text, &evidence);
    }
    describe::name(&mut component, service.name_span);
    for profile in service
        .value
        .get("profiles")
        .map_or(&[][..], Value::one_or_many)
    {
        let evidence = Evidence::explicit(profile.span, at("profiles"));
        let tag = profile.text().filter(|text| !text.contains(UNKNOWN));
        component
            .tags
            .extend(tag.map(|tag| Fact::new(tag.to_owned(), evidence)));
    }
    component
}

fn text<'v>(value: &'v Value, key: &str) -> Option<(&'v Value, &'v str)> {
    let value = value.get(key)?;
    Some((value, value.text()?))
}

/// Every other name that a service is reached by, in lower case.
pub(super) fn other_names(service: &Service) -> Vec<String> {
    let value = &service.value;
    let stated = ["container_name", "hostname"]
        .iter()
        .filter_map(|key| value.text_of(key));
    let networks = value.get("networks").map_or(&[][..], Value::entries);
    let aliases = networks
        .iter()
        .filter_map(|network| network.value.get("aliases"))
        .flat_map(Value::one_or_many)
        .filter_map(Value::text);
    let mut names: Vec<String> = stated
        .chain(aliases)
        .filter(|name| !name.is_empty() && !name.contains(UNKNOWN))
        .map(str::to_ascii_lowercase)
        .collect();
    names.sort();
    names.dedup();
    names.retain(|other| *other != service.name.to_ascii_lowercase());
    names
}

/// Keys and values of `environment`; a key without value takes it from the project.
fn environment(service: &Value) -> impl Iterator<Item = (&str, &Value, Span)> {
    let entries = service.get("environment").map_or(&[][..], Value::entries);
    entries
        .iter()
        .map(|entry| (entry.key.as_str(), &entry.value, entry.value.span))
}

/// The settings of a service: its `env_file`s, then its `environment`.
pub(super) fn settings(service: &Service, reader: &mut Reader<'_>) -> Vec<Setting> {
    let mut found: Vec<Setting> = env_files(service, reader);
    for (key, value, span) in environment(&service.value) {
        let text = match &value.data {
            Data::Null => service.variables.get(key).cloned(),
            _ => value.text().map(ToOwned::to_owned),
        };
        let Some(text) = text else { continue };
        found.retain(|known| known.key != key);
        found.push(Setting {
            key: key.to_owned(),
            text,
            span,
            pointer: format!("services.{}.environment.{key}", service.name),
        });
    }
    let inner: Vec<Setting> = found.iter().flat_map(settings::lines).collect();
    found.extend(inner);
    found
}

fn env_files(service: &Service, reader: &mut Reader<'_>) -> Vec<Setting> {
    let mut found = Vec::new();
    for item in service
        .value
        .get("env_file")
        .map_or(&[][..], Value::one_or_many)
    {
        let path = item.get("path").unwrap_or(item);
        let Some(text) = path.text().filter(|text| !text.contains(UNKNOWN)) else {
            continue;
        };
        let is_optional = item.get("required").and_then(Value::boolean) == Some(false);
        let file = if is_optional {
            reader.optional_text(&service.input, text)
        } else {
            reader.text_beside(&service.input, path.span.file, text, path.span)
        };
        let Some(file) = file else { continue };
        let lines = variables::read(&reader.sources.file(file).text, &service.variables);
        for line in lines {
            let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
            let span = Span {
                file,
                start: offset(line.start),
                end: offset(line.end),
            };
            let value = line
                .value
                .or_else(|| service.variables.get(&line.key).cloned());
            found.extend(value.map(|text| Setting {
                pointer: line.key.clone(),
                key: line.key,
                text,
                span,
            }));
        }
    }
    found
}

/// The command lines of a service.
pub(super) fn commands(service: &Service) -> Vec<Setting> {
    let one = |key: &&str| {
        let value = service.value.get(key)?;
        let parts = value.one_or_many().iter().filter_map(Value::text);
        let text = parts.collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| Setting {
            key: (*key).to_owned(),
            text,
            span: value.span,
            pointer: format!("services.{}.{key}", service.name),
        })
    };
    ["entrypoint", "command"].iter().filter_map(one).collect()
}
