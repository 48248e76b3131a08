//! Servers: the brokers that channels live on.
//!
//! In: the `servers` of a document. Out: one broker for each protocol; servers of one
//! protocol are the environments of one broker. Refuses to know: channels.

use crate::diagnostic::Diagnostic;
use crate::import::model::{Component, Confidence, End, Evidence, Fact};
use crate::import::parts::Parts;
use crate::import::reference::{Bundle, Located};
use crate::model::Kind;
use crate::source::Span;

/// Protocols as the format writes them: the key of their broker, its name, what is spoken.
const PROTOCOLS: &[(&str, &str, &str)] = &[
    ("kafka", "kafka", "Apache Kafka"),
    ("kafka-secure", "kafka", "Apache Kafka"),
    ("mqtt", "mqtt", "MQTT"),
    ("mqtts", "mqtt", "MQTT"),
    ("secure-mqtt", "mqtt", "MQTT"),
    ("mqtt5", "mqtt", "MQTT"),
    ("amqp", "amqp", "AMQP"),
    ("amqps", "amqp", "AMQP"),
    ("amqp1", "amqp", "AMQP"),
    ("nats", "nats", "NATS"),
    ("redis", "redis", "Redis"),
    ("jms", "jms", "JMS"),
    ("pulsar", "pulsar", "Apache Pulsar"),
    ("solace", "solace", "Solace"),
    ("sns", "sns", "Amazon SNS"),
    ("sqs", "sqs", "Amazon SQS"),
    ("googlepubsub", "pubsub", "Google Pub/Sub"),
    ("ibmmq", "ibmmq", "IBM MQ"),
    ("ws", "websocket", "WebSocket"),
    ("wss", "websocket", "WebSocket"),
    ("http", "http", "HTTP"),
    ("https", "http", "HTTP"),
];

/// One server of a document.
#[derive(Clone, Debug)]
pub(super) struct Server {
    /// Its key in the document.
    pub(super) name: String,
    /// The name of its broker.
    broker: String,
    technology: String,
    /// Host and port, without scheme, path and user.
    address: String,
    place: Span,
}

impl Server {
    /// The broker it is an environment of.
    pub(super) fn end(&self) -> End {
        End::Component(key(&self.broker))
    }
}

fn key(broker: &str) -> String {
    format!("broker/{broker}")
}

/// The servers of a document in the order written.
pub(super) fn read(bundle: &Bundle, root: Located<'_>, out: &mut Vec<Diagnostic>) -> Vec<Server> {
    let Some(servers) = bundle.get(root, "servers", out) else {
        return Vec::new();
    };
    bundle
        .entries(servers, out)
        .into_iter()
        .map(|(name, place, server)| {
            let protocol = server.value.text_of("protocol").unwrap_or_default();
            let lower = protocol.to_ascii_lowercase();
            let known = PROTOCOLS.iter().find(|(word, _, _)| *word == lower);
            let (broker, technology) = known
                .map_or((lower.as_str(), protocol), |(_, broker, technology)| {
                    (*broker, *technology)
                });
            let address = server
                .value
                .text_of("host")
                .or(server.value.text_of("url"))
                .unwrap_or_default();
            Server {
                name: name.to_owned(),
                broker: broker.to_owned(),
                technology: technology.to_owned(),
                address: authority(address).to_ascii_lowercase(),
                place,
            }
        })
        .collect()
}

/// Host and port of an address.
fn authority(address: &str) -> &str {
    let rest = address.rsplit("://").next().unwrap_or(address);
    let first = rest.split(['/', ',']).next().unwrap_or(rest);
    first.rsplit('@').next().unwrap_or(first)
}

/// Adds the brokers of servers.
pub(super) fn add(servers: &[Server], parts: &mut Parts) {
    for server in servers {
        let key = key(&server.broker);
        if !parts.has(&key) {
            parts.add(broker(server, key.clone()));
        }
        let known = parts.get_mut(&key);
        let is_name = !server.address.is_empty() && !server.address.contains(['{', '$', '%']);
        if let Some(component) = known.filter(|_| is_name) {
            let host = server.address.split(':').next().unwrap_or_default();
            for address in [server.address.as_str(), host] {
                let is_new = !component.addresses.iter().any(|known| known == address);
                if is_new && !is_local(host) {
                    component.addresses.push(address.to_owned());
                }
            }
        }
    }
}

fn is_local(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1")
}

fn broker(server: &Server, key: String) -> Component {
    let pointer = format!("servers.{}", server.name);
    let evidence = Evidence::explicit(server.place, pointer);
    let name = if server.broker.is_empty() {
        "broker"
    } else {
        &server.broker
    };
    let mut component = Component::new(key, name, evidence.clone());
    let guess = Evidence {
        confidence: Confidence::NameGuess,
        ..evidence.clone()
    };
    component.kind = Some(Fact::new(Kind::Broker, guess));
    if !server.technology.is_empty() {
        component.technology = Some(Fact::new(server.technology.clone(), evidence));
    }
    component
}
