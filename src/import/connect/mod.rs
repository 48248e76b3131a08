//! Kafka Connect connectors, Debezium's above all.
//!
//! In: connector files. Out: connectors, the systems at their other ends, and the topics
//! between, some of them derived from prefix, tables and transforms. Refuses to know: the
//! workers that run them; users and passwords are never looked at.

mod route;
mod settings;
mod store;
mod topics;

use super::model::{
    Address, Component, Confidence, End, Evidence, Fact, Flow, Imported, Origin, Party, Port,
    Topic, Unknown,
};
use super::reader::{Input, Reader};
use super::value::Value;
use crate::diagnostic::{Diagnostic, IMPORT_MALFORMED};
use crate::model::Kind;
use crate::source::Span;

use route::Routes;
pub(crate) use settings::Settings;
use settings::{Setting, items, of_properties};
use store::{Engine, Store, store};
use topics::{Certainty, ConnectorTopic, Role, is_sink, topics};

/// The word for this importer.
const KIND: &str = "connect";
/// Hosts that name whatever machine looks at them.
const LOCAL_HOSTS: &[&str] = &["localhost", "127.0.0.1", "::1", "host.docker.internal"];

/// Reads connector files.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    let mut imported = Imported::default();
    for input in inputs {
        for document in documents(reader, input) {
            let found = settings::read(&document);
            if found.is_empty() {
                reader.out.push(no_connector(&input.name, document.span));
            }
            for settings in &found {
                let place = settings.place;
                let pointer = settings.pointer("connector.class");
                let origin = Origin {
                    importer: KIND,
                    file: input.name.clone(),
                    name: settings.name.unwrap_or(stem(&input.name)).to_owned(),
                };
                let evidence = Evidence::explicit(place, pointer);
                add_connector(settings, origin, &evidence, &mut imported);
            }
        }
    }
    imported
}

fn documents(reader: &mut Reader<'_>, input: &Input) -> Vec<Value> {
    let is_properties = std::path::Path::new(&input.name)
        .extension()
        .is_some_and(|extension| extension == "properties");
    if is_properties {
        return match reader.plain_text(input) {
            Some(id) => vec![of_properties(id, &reader.sources.file(id).text)],
            None => Vec::new(),
        };
    }
    reader
        .open(input)
        .map_or_else(Vec::new, |document| document.values)
}

/// The file's name, without folder and extension.
fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split_once('.').map_or(file, |(stem, _)| stem)
}

/// Adds what a connector's settings say. Also for connectors that other formats hold.
pub(crate) fn add_connector(
    settings: &Settings<'_>,
    origin: Origin,
    evidence: &Evidence,
    imported: &mut Imported,
) {
    let class = settings.value("connector.class").unwrap_or_default();
    let engine = Engine::of_class(class);
    let routes = Routes::read(settings);
    let name = origin.name.clone();
    let key = free_key(&name, &origin.file, imported);
    let mut component = Component::new(key.clone(), name, evidence.clone());
    component.kind = Some(Fact::new(Kind::Connector, evidence.clone()));
    component.category = settings
        .get("connector.class")
        .map(|class| Fact::new(class.value.to_owned(), explicit(settings, class)));
    component.technology = Some(Fact::new(technology(class, engine), evidence.clone()));
    component.origins.push(origin);
    imported.components.push(component);

    let connector = End::Component(key.clone());
    let found = topics(settings, engine, &routes);
    let store = store(settings, engine);
    let store_end = store
        .as_ref()
        .map(|store| add_store(settings, store, imported));
    let broker = broker(settings);
    if let (Some(store), Some(end)) = (&store, &store_end) {
        add_store_flow(settings, store, (end, &connector), &found, imported);
    }
    for topic in &found {
        let topic = imported_topic(settings, topic, (&connector, &store_end), broker.clone());
        imported.topics.push(topic);
    }
    add_registry(settings, &connector, imported);
    for name in &routes.unknown {
        let at = settings.first(&["transforms"]);
        let evidence = at.map_or(evidence.clone(), |at| explicit(settings, at));
        imported.unknowns.push(Unknown {
            subject: key.clone(),
            what: "topics".to_owned(),
            why: format!("transform `{name}` can't be read"),
            evidence,
        });
    }
}

/// The name, or the name with its file if another connector has it.
fn free_key(name: &str, file: &str, imported: &Imported) -> String {
    let is_taken = |key: &str| imported.components.iter().any(|known| known.key == key);
    let mut key = name.to_owned();
    let mut number = 1;
    while is_taken(&key) {
        key = format!("{name}@{file}#{number}");
        number += 1;
    }
    key
}

fn explicit(settings: &Settings<'_>, setting: Setting<'_>) -> Evidence {
    Evidence::explicit(setting.span, settings.pointer(setting.key))
}

fn evidence(settings: &Settings<'_>, setting: Setting<'_>, confidence: Confidence) -> Evidence {
    Evidence::new(setting.span, settings.pointer(setting.key), confidence)
}

/// What a connector is made with, in words.
fn technology(class: &str, engine: Option<Engine>) -> String {
    let is_debezium = class.starts_with("io.debezium.");
    match engine {
        Some(engine) if is_debezium => format!("Debezium {}", engine.technology()),
        _ if is_debezium => "Debezium JDBC".to_owned(),
        _ => "Kafka Connect".to_owned(),
    }
}

/// The system at the other end, as a component of its own.
fn add_store(settings: &Settings<'_>, store: &Store<'_>, imported: &mut Imported) -> End {
    let place = store.port.map_or_else(
        || store.host.clone(),
        |port| format!("{}:{port}", store.host),
    );
    let key = format!("store/{place}");
    let is_known = |component: &Component| component.key == key;
    if imported.components.iter().any(is_known) {
        return End::Component(key);
    }
    let confidence = if store.is_stated {
        Confidence::Explicit
    } else {
        Confidence::EnvUrl
    };
    let evidence = evidence(settings, store.setting, confidence);
    let host = store.host.to_ascii_lowercase();
    let is_local = LOCAL_HOSTS.contains(&host.as_str());
    let engine = store.engine.filter(|_| store.is_stated);
    let name = match engine {
        Some(engine) if is_local => engine.name().to_ascii_lowercase(),
        _ => store.host.clone(),
    };
    let mut component = Component::new(key.clone(), name, evidence.clone());
    let title = engine.map_or_else(
        || place.clone(),
        |engine| format!("{} {place}", engine.name()),
    );
    component.title = Some(Fact::new(title, evidence.clone()));
    let kind = if store.is_bucket() {
        Kind::Storage
    } else {
        Kind::Database
    };
    component.kind = Some(Fact::new(kind, evidence.clone()));
    component.technology = store
        .technology
        .clone()
        .map(|technology| Fact::new(technology, evidence.clone()));
    if let Some(port) = store.port.and_then(|port| u16::try_from(port).ok()) {
        let port = Port {
            port,
            host: None,
            name: None,
            protocol: None,
        };
        component.ports.push(Fact::new(port, evidence));
    }
    if !is_local {
        component.addresses = vec![host.clone()];
        component
            .addresses
            .extend(store.port.map(|port| format!("{host}:{port}")));
    }
    imported.components.push(component);
    End::Component(key)
}

/// The Kafka cluster that a connector names, if it does.
fn broker(settings: &Settings<'_>) -> Option<Fact<End>> {
    let servers = settings.first(&[
        "schema.history.internal.kafka.bootstrap.servers",
        "database.history.kafka.bootstrap.servers",
        "bootstrap.servers",
        "kafka.bootstrap.servers",
        "confluent.topic.bootstrap.servers",
    ])?;
    let first = items(servers.value).next()?;
    let first = first.rsplit("://").next().unwrap_or(first);
    let (host, port) = first.rsplit_once(':').unwrap_or((first, ""));
    let address = Address {
        host: host.to_ascii_lowercase(),
        port: port.parse().ok(),
        scheme: Some("kafka".to_owned()),
    };
    let evidence = evidence(settings, servers, Confidence::EnvHostPort);
    Some(Fact::new(End::Address(address), evidence))
}

/// Data goes from the store to a source, and from a sink to the store.
fn add_store_flow(
    settings: &Settings<'_>,
    store: &Store<'_>,
    (end, connector): (&End, &End),
    found: &[ConnectorTopic<'_>],
    imported: &mut Imported,
) {
    let class = settings.value("connector.class").unwrap_or_default();
    let confidence = if store.is_stated {
        Confidence::Explicit
    } else {
        Confidence::EnvUrl
    };
    let evidence = evidence(settings, store.setting, confidence);
    let reads_topics = is_sink(class) || settings.first(&["topics", "topics.regex"]).is_some();
    let mut flow = if reads_topics {
        Flow::new(connector.clone(), end.clone(), evidence)
    } else {
        Flow::new(end.clone(), connector.clone(), evidence)
    };
    flow.label = Some(if reads_topics { "Writes" } else { "Changes" }.to_owned());
    flow.is_async = true;
    // The port is that of the target, and the connector has none.
    let port = store.port.filter(|_| reads_topics);
    flow.port = port.and_then(|port| u16::try_from(port).ok());
    if !reads_topics {
        let data = found.iter().filter(|topic| topic.role == Role::Writes);
        flow.topics = data.map(|topic| topic.name.clone()).collect();
    }
    imported.flows.push(flow);
}

fn imported_topic(
    settings: &Settings<'_>,
    found: &ConnectorTopic<'_>,
    (connector, store): (&End, &Option<End>),
    broker: Option<Fact<End>>,
) -> Topic {
    let confidence = match found.certainty {
        Certainty::Stated => Confidence::Explicit,
        Certainty::Derived => Confidence::EnvUrl,
        Certainty::Guessed => Confidence::NameGuess,
    };
    let evidence = evidence(settings, found.setting, confidence);
    let mut topic = Topic::new(found.name.clone(), evidence.clone());
    topic.is_pattern = found.name.contains('*') || found.name.contains("${");
    topic.is_internal = found.role == Role::Keeps;
    topic.broker = broker;
    let party = Fact::new(Party::new(connector.clone()), evidence.clone());
    match found.role {
        Role::Reads => topic.consumers.push(party),
        Role::Writes | Role::Keeps => topic.producers.push(party),
    }
    if found.role == Role::Writes {
        let object = found.table.clone().unwrap_or_default();
        topic.source = store
            .clone()
            .map(|store| Fact::new((store, object), evidence.clone()));
    }
    topic
}

/// The schema registry that a connector's converters ask.
fn add_registry(settings: &Settings<'_>, connector: &End, imported: &mut Imported) {
    let Some(url) = settings.first(&[
        "value.converter.schema.registry.url",
        "key.converter.schema.registry.url",
        "value.converter.apicurio.registry.url",
    ]) else {
        return;
    };
    let Some(address) = address_of(url.value) else {
        return;
    };
    let evidence = evidence(settings, url, Confidence::EnvUrl);
    let mut flow = Flow::new(connector.clone(), End::Address(address), evidence);
    flow.label = Some("Schemas".to_owned());
    imported.flows.push(flow);
}

fn address_of(url: &str) -> Option<Address> {
    let first = items(url).next()?;
    let (scheme, rest) = first.split_once("://")?;
    let authority = rest.split('/').next()?.rsplit('@').next()?;
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    (!host.is_empty()).then(|| Address {
        host: host.to_ascii_lowercase(),
        port: port.parse().ok(),
        scheme: Some(scheme.to_ascii_lowercase()),
    })
}

fn no_connector(name: &str, span: Span) -> Diagnostic {
    let start = Span {
        end: span.start,
        ..span
    };
    Diagnostic::new(
        IMPORT_MALFORMED,
        format!("`{name}` holds no connector, so it was left out"),
        start,
        "",
    )
    .help("a connector has the setting `connector.class`")
}
