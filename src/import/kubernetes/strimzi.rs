//! Objects of the Strimzi operator: Kafka clusters, topics, Connect, mirrors and bridges.
//!
//! In: objects of `kafka.strimzi.io`. Out: components, topics, and how they belong together.
//! Refuses to know: who may use a topic (see `access`).

use std::collections::BTreeMap;

use super::object::Object;
use super::{Cluster, origin};
use crate::import::model::{
    Component, Confidence, End, Evidence, Fact, Flow, Imported, Origin, Party, Port, Topic,
};
use crate::import::value::Value;
use crate::import::{connect, duration, join};
use crate::model::Kind;
use crate::source::{Sources, Span};

/// The label that says which cluster an object belongs to.
const CLUSTER_LABEL: &str = "strimzi.io/cluster";
/// What follows the cluster's name in the name of its Services.
const SERVICES: &[&str] = &[
    "-kafka-bootstrap",
    "-kafka-brokers",
    "-kafka-external-bootstrap",
];

/// Kinds that are components, with what they are.
const COMPONENTS: &[(&str, Kind, &str)] = &[
    ("Kafka", Kind::Broker, "Apache Kafka"),
    ("KafkaNodePool", Kind::Container, "Apache Kafka"),
    ("KafkaConnect", Kind::Connector, "Kafka Connect"),
    ("KafkaConnector", Kind::Connector, "Kafka Connect"),
    ("KafkaMirrorMaker2", Kind::Connector, "Kafka MirrorMaker"),
    ("KafkaMirrorMaker", Kind::Connector, "Kafka MirrorMaker"),
    ("KafkaBridge", Kind::Gateway, "Strimzi HTTP Bridge"),
];

/// Whether an object is a component of its own.
pub(super) fn is_component(object: &Object) -> bool {
    COMPONENTS.iter().any(|(kind, ..)| *kind == object.kind)
}

/// The component that an object is.
pub(super) fn component(object: &Object, sources: &Sources) -> Option<Component> {
    let (_, kind, technology) = COMPONENTS.iter().find(|(kind, ..)| *kind == object.kind)?;
    let here = object.here();
    let mut component = Component::new(object.key(), object.name.clone(), here.clone());
    component.origins.push(origin(object, sources));
    component.category = Some(Fact::new(object.kind.clone(), here.clone()));
    component.kind = Some(Fact::new(*kind, here.clone()));
    component.technology = Some(Fact::new((*technology).to_owned(), here.clone()));
    component.deployment = Some(Fact::new("kubernetes".to_owned(), here));
    component.addresses = vec![object.name.to_ascii_lowercase()];
    let version = ["kafka", ""].iter().find_map(|part| match *part {
        "" => object.at(&["spec", "version"]),
        part => object.at(&["spec", part, "version"]),
    });
    component.version = version.and_then(|version| {
        Some(Fact::new(
            version.text()?.to_owned(),
            object.evidence(version.span, "spec.version"),
        ))
    });
    match object.kind.as_str() {
        "Kafka" => broker(object, &mut component),
        "KafkaConnect" => component
            .addresses
            .push(format!("{}-connect-api", object.name)),
        "KafkaBridge" => component
            .addresses
            .push(format!("{}-bridge-service", object.name)),
        _ => {}
    }
    if matches!(object.kind.as_str(), "KafkaConnect" | "KafkaBridge") {
        let service = component.addresses.last().cloned().unwrap_or_default();
        component
            .addresses
            .extend(super::network::names(&service, &object.namespace));
    }
    Some(component)
}

fn broker(object: &Object, component: &mut Component) {
    for listener in object.items(&["spec", "kafka", "listeners"]) {
        let port = listener.get("port").and_then(Value::number);
        let Some(port) = port.and_then(|port| u16::try_from(port).ok()) else {
            continue;
        };
        let port = Port {
            port,
            host: None,
            name: listener.text_of("name").map(ToOwned::to_owned),
            protocol: Some("Kafka".to_owned()),
        };
        let evidence = object.evidence(listener.span, "spec.kafka.listeners");
        component.ports.push(Fact::new(port, evidence));
    }
    for service in SERVICES {
        let name = format!("{}{service}", object.name);
        component
            .addresses
            .extend(super::network::names(&name, &object.namespace));
    }
}

/// How an object belongs to others.
pub(super) fn relations(object: &Object, cluster: &mut Cluster<'_>) {
    match object.kind.as_str() {
        "KafkaNodePool" => member(object, cluster, "Kafka", Kind::Broker),
        "KafkaConnector" => {
            member(object, cluster, "KafkaConnect", Kind::Connector);
            connector(object, cluster);
        }
        "KafkaConnect" => {
            bootstrap(object, cluster);
            storage_topics(object, cluster);
        }
        "KafkaBridge" => bootstrap(object, cluster),
        "KafkaTopic" => topic(object, cluster),
        "KafkaMirrorMaker2" => mirrors(object, cluster),
        _ => {}
    }
}

/// The key of an object of another kind in the same namespace.
fn key(kind: &str, name: &str, object: &Object) -> String {
    if object.namespace == "default" {
        format!("{kind}/{name}")
    } else {
        format!("{kind}/{name}@{}", object.namespace)
    }
}

/// The cluster that a label names.
fn cluster_of(
    object: &Object,
    cluster: &mut Cluster<'_>,
    kind: &str,
    as_kind: Kind,
) -> Option<Fact<End>> {
    let name = object.labels.get(CLUSTER_LABEL)?;
    let span = object
        .at(&["metadata", "labels", CLUSTER_LABEL])
        .map_or(object.span, |label| label.span);
    let evidence = object.evidence(span, "metadata.labels");
    let end = cluster.end(&key(kind, name, object), name, Some(as_kind), &evidence);
    Some(Fact::new(end, evidence))
}

fn member(object: &Object, cluster: &mut Cluster<'_>, kind: &str, as_kind: Kind) {
    let parent = cluster_of(object, cluster, kind, as_kind);
    if let Some(component) = cluster.component(object) {
        component.parent = parent;
    }
}

/// The cluster behind bootstrap servers: `my-cluster-kafka-bootstrap:9092`.
pub(super) fn broker_at(
    servers: &Value,
    object: &Object,
    cluster: &mut Cluster<'_>,
) -> Option<(End, Option<u16>)> {
    let text = servers.text()?;
    let named = crate::import::address::addresses(text).into_iter().next()?;
    let evidence = object.evidence(servers.span, "spec.bootstrapServers");
    let mut parts = named.address.host.split('.');
    let host = parts.next().unwrap_or("");
    let namespace = parts.next().unwrap_or(&object.namespace);
    let name = SERVICES
        .iter()
        .find_map(|service| host.strip_suffix(service));
    let Some(name) = name else {
        let port = named.address.port;
        let found = cluster.network.resolve(&named.address, &object.namespace);
        return found.or(Some((End::Address(named.address), port)));
    };
    let key = if namespace == "default" {
        format!("Kafka/{name}")
    } else {
        format!("Kafka/{name}@{namespace}")
    };
    let end = cluster.end(&key, name, Some(Kind::Broker), &evidence);
    Some((end, named.address.port))
}

fn bootstrap(object: &Object, cluster: &mut Cluster<'_>) {
    let Some(servers) = object.at(&["spec", "bootstrapServers"]).cloned() else {
        return;
    };
    let Some((to, port)) = broker_at(&servers, object, cluster) else {
        return;
    };
    let evidence = Evidence::new(
        servers.span,
        format!("{}/{}.spec.bootstrapServers", object.kind, object.name),
        Confidence::EnvHostPort,
    );
    let mut flow = Flow::new(End::Component(object.key()), to, evidence);
    flow.port = port;
    flow.protocol = Some("Kafka".to_owned());
    cluster.imported.flows.push(flow);
}

fn storage_topics(object: &Object, cluster: &mut Cluster<'_>) {
    let paths: [(&[&str], &[&str]); 3] = [
        (
            &["spec", "configStorageTopic"],
            &["spec", "config", "config.storage.topic"],
        ),
        (
            &["spec", "offsetStorageTopic"],
            &["spec", "config", "offset.storage.topic"],
        ),
        (
            &["spec", "statusStorageTopic"],
            &["spec", "config", "status.storage.topic"],
        ),
    ];
    for (new, old) in paths {
        let value = object.at(new).or_else(|| object.at(old));
        let Some((name, span)) = value.and_then(|value| Some((value.text()?, value.span))) else {
            continue;
        };
        let evidence = object.evidence(span, new.last().unwrap_or(&""));
        let mut topic = Topic::new(name, evidence.clone());
        let party = Fact::new(Party::new(End::Component(object.key())), evidence);
        topic.is_internal = true;
        topic.producers.push(party.clone());
        topic.consumers.push(party);
        cluster.imported.topics.push(topic);
    }
}

fn topic(object: &Object, cluster: &mut Cluster<'_>) {
    let stated = object.at(&["spec", "topicName"]);
    let (name, span) = stated
        .and_then(|name| Some((name.text()?.to_owned(), name.span)))
        .unwrap_or_else(|| (object.name.clone(), object.span));
    let mut topic = Topic::new(name, object.evidence(span, "spec.topicName"));
    topic.broker = cluster_of(object, cluster, "Kafka", Kind::Broker);
    let number = |key: &str| {
        let value = object.at(&["spec", key])?;
        Some(Fact::new(
            value.number()?,
            object.evidence(value.span, &format!("spec.{key}")),
        ))
    };
    topic.partitions = number("partitions");
    topic.replication = number("replicas");
    let config = |key: &str| {
        let value = object.at(&["spec", "config", key])?;
        Some((
            value.text()?,
            object.evidence(value.span, &format!("spec.config.{key}")),
        ))
    };
    topic.retention = config("retention.ms")
        .and_then(|(text, evidence)| Some(Fact::new(duration::of_milliseconds(text)?, evidence)));
    topic.cleanup =
        config("cleanup.policy").map(|(text, evidence)| Fact::new(text.replace(' ', ""), evidence));
    cluster.imported.topics.push(topic);
}

/// What a connector's configuration says: the same as in a file of Kafka Connect.
fn connector(object: &Object, cluster: &mut Cluster<'_>) {
    let Some(config) = object.at(&["spec", "config"]) else {
        return;
    };
    let pointer = format!("{}/{}.spec.config", object.kind, object.name);
    let mut settings = connect::Settings::of_mapping(Some(&object.name), config, pointer);
    if let Some(class) = object.at(&["spec", "class"]) {
        settings.add("connector.class", class);
    }
    let origin = Origin {
        importer: "kubernetes",
        file: String::new(),
        name: object.name.clone(),
    };
    let mut found = Imported::default();
    connect::add_connector(&settings, origin, &object.here(), &mut found);
    let mut renamed = BTreeMap::from([(object.name.clone(), object.key())]);
    for component in found.components {
        let is_own = component.key == object.name;
        if let Some(known) = cluster.component(object).filter(|_| is_own) {
            known.technology = component.technology;
        } else if let Some(known) = cluster.answering(&component.addresses) {
            renamed.insert(component.key, known);
        } else {
            cluster.add(component);
        }
    }
    let own = |end: &mut End| {
        if let End::Component(key) = end
            && let Some(new) = renamed.get(key)
        {
            key.clone_from(new);
        }
    };
    for mut flow in found.flows {
        own(&mut flow.from);
        own(&mut flow.to);
        cluster.imported.flows.push(flow);
    }
    for mut topic in found.topics {
        join::ends_of(&mut topic, &own);
        cluster.imported.topics.push(topic);
    }
}

/// Events go from the source through the mirror to the target.
fn mirrors(object: &Object, cluster: &mut Cluster<'_>) {
    for mirror in object.items(&["spec", "mirrors"]) {
        let old = ["sourceCluster", "targetCluster"].map(|key| mirror.get(key).cloned());
        let new = [
            mirror.at(&["source"]).cloned(),
            object.at(&["spec", "target"]).cloned(),
        ];
        for (at, (old, new)) in old.into_iter().zip(new).enumerate() {
            let end = match (old, new) {
                (Some(alias), _) => alias_end(&alias, object, cluster),
                (None, Some(side)) => side_end(&side, object, cluster),
                _ => None,
            };
            let Some((end, span)) = end else { continue };
            let own = End::Component(object.key());
            let (from, to) = if at == 0 { (end, own) } else { (own, end) };
            let mut flow = Flow::new(from, to, object.evidence(span, "spec.mirrors"));
            flow.protocol = Some("Kafka".to_owned());
            flow.is_async = true;
            cluster.imported.flows.push(flow);
        }
    }
}

/// An alias of `spec.clusters`.
fn alias_end(alias: &Value, object: &Object, cluster: &mut Cluster<'_>) -> Option<(End, Span)> {
    let name = alias.text()?;
    let clusters = object.items(&["spec", "clusters"]);
    let stated = clusters
        .iter()
        .find(|stated| stated.text_of("alias") == Some(name))
        .cloned();
    let found = stated.and_then(|stated| side_end(&stated, object, cluster));
    let found = found.map(|(end, _)| (end, alias.span));
    found.or_else(|| Some((named_cluster(name, alias.span, object, cluster), alias.span)))
}

/// A cluster with its own bootstrap servers.
fn side_end(side: &Value, object: &Object, cluster: &mut Cluster<'_>) -> Option<(End, Span)> {
    let found = side
        .get("bootstrapServers")
        .and_then(|servers| broker_at(servers, object, cluster));
    if let Some((end @ End::Component(_), _)) = found {
        return Some((end, side.span));
    }
    let name = side.text_of("alias")?;
    Some((named_cluster(name, side.span, object, cluster), side.span))
}

fn named_cluster(name: &str, span: Span, object: &Object, cluster: &mut Cluster<'_>) -> End {
    let evidence = object.evidence(span, "spec.clusters");
    cluster.end(
        &key("Kafka", name, object),
        name,
        Some(Kind::Broker),
        &evidence,
    )
}
