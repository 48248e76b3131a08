//! Channels and operations: topics with the application as producer or consumer.
//!
//! In: the `channels` and `operations` of a document. Out: topics. Refuses to know: payloads,
//! and who is at the other end.

use super::Version;
use super::server::Server;
use crate::diagnostic::{ASYNCAPI_DIRECTION, Diagnostic, IMPORT_MALFORMED};
use crate::import::model::{End, Evidence, Fact, Imported, Party, Topic};
use crate::import::reference::{Bundle, Located, last_part};
use crate::import::value::Value;
use crate::source::Span;

/// What channels are read with.
pub(super) struct Context<'c> {
    pub(super) bundle: &'c Bundle,
    pub(super) version: Version,
    /// The key of the application.
    pub(super) application: String,
    pub(super) servers: &'c [Server],
}

/// What the application does on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Sends,
    Receives,
}

/// A channel while its operations are read.
struct Channel<'b> {
    key: &'b str,
    at: Located<'b>,
    topic: Topic,
}

/// Adds the topics of a document.
pub(super) fn add(
    context: &Context<'_>,
    root: Located<'_>,
    imported: &mut Imported,
    out: &mut Vec<Diagnostic>,
) {
    let bundle = context.bundle;
    let channels = bundle.get(root, "channels", out);
    let entries = channels.map_or_else(Vec::new, |channels| bundle.entries(channels, out));
    let mut channels: Vec<Channel<'_>> = entries
        .into_iter()
        .map(|(key, span, at)| Channel {
            key,
            at,
            topic: topic(context, key, span, at, out),
        })
        .collect();
    match context.version {
        Version::Two => {
            for channel in &mut channels {
                add_inverted(context, channel, out);
            }
        }
        Version::Three => add_operations(context, root, &mut channels, out),
    }
    imported
        .topics
        .extend(channels.into_iter().map(|channel| channel.topic));
}

/// The topic of a channel, as far as the channel describes it.
fn topic(
    context: &Context<'_>,
    key: &str,
    span: Span,
    at: Located<'_>,
    out: &mut Vec<Diagnostic>,
) -> Topic {
    let pointer = format!("channels.{key}");
    let kafka = context
        .bundle
        .get(at, "bindings", out)
        .and_then(|bindings| context.bundle.get(bindings, "kafka", out));
    let bound = kafka.and_then(|kafka| kafka.value.get("topic"));
    let address = match context.version {
        Version::Two => None,
        Version::Three => at.value.get("address").filter(|address| !address.is_null()),
    };
    let named = bound.or(address).filter(|value| value.text().is_some());
    let (name, evidence) = match named {
        Some(value) => (
            value.text().unwrap_or(key),
            Evidence::explicit(value.span, pointer.clone()),
        ),
        None => (key, Evidence::explicit(span, pointer.clone())),
    };
    let mut topic = Topic::new(name, evidence);
    topic.is_pattern = name.contains('{');
    topic.broker = broker(context, at)
        .map(|end| Fact::new(end, Evidence::explicit(span, format!("{pointer}.servers"))));
    topic.description = described(at.value, &pointer);
    if let Some(kafka) = kafka {
        add_binding(
            &mut topic,
            kafka.value,
            &format!("{pointer}.bindings.kafka"),
        );
    }
    if context.version == Version::Three {
        let messages = context.bundle.get(at, "messages", out);
        let entries =
            messages.map_or_else(Vec::new, |messages| context.bundle.entries(messages, out));
        for (key, span, message) in entries {
            add_event(&mut topic, message_name(message.value, key), span, &pointer);
        }
    }
    topic
}

/// The broker of a channel: that of the first server it names, or of the document.
fn broker(context: &Context<'_>, at: Located<'_>) -> Option<End> {
    let named = at
        .value
        .get("servers")
        .and_then(|servers| servers.items().first());
    let name = named.and_then(|server| match server.text() {
        Some(name) => Some(name.to_owned()),
        None => server.text_of("$ref").and_then(last_part),
    });
    let of_name = |name: &String| context.servers.iter().find(|server| server.name == *name);
    name.as_ref()
        .and_then(of_name)
        .or(context.servers.first())
        .map(Server::end)
}

/// The title, summary or description of something, its first sentence in mind.
fn described(value: &Value, pointer: &str) -> Option<Fact<String>> {
    let keys = ["description", "summary", "title"];
    let (key, found) = keys
        .iter()
        .find_map(|key| Some((key, value.get(key).filter(|found| found.text().is_some())?)))?;
    let text = found.text()?.trim();
    let evidence = Evidence::explicit(found.span, format!("{pointer}.{key}"));
    (!text.is_empty()).then(|| Fact::new(text.to_owned(), evidence))
}

/// Settings of the topic on Kafka.
fn add_binding(topic: &mut Topic, kafka: &Value, pointer: &str) {
    let number = |key: &str| {
        let value = kafka.get(key)?;
        let evidence = Evidence::explicit(value.span, format!("{pointer}.{key}"));
        Some(Fact::new(value.number()?, evidence))
    };
    topic.partitions = number("partitions");
    topic.replication = number("replicas");
    let Some(configuration) = kafka.get("topicConfiguration") else {
        return;
    };
    let at = |key: &str, value: &Value| {
        Evidence::explicit(value.span, format!("{pointer}.topicConfiguration.{key}"))
    };
    if let Some(value) = configuration.get("retention.ms")
        && let Some(retention) = value
            .text()
            .and_then(crate::import::duration::of_milliseconds)
    {
        topic.retention = Some(Fact::new(retention, at("retention.ms", value)));
    }
    if let Some(value) = configuration.get("cleanup.policy") {
        let policies: Vec<&str> = value.one_or_many().iter().filter_map(Value::text).collect();
        if !policies.is_empty() {
            topic.cleanup = Some(Fact::new(policies.join(","), at("cleanup.policy", value)));
        }
    }
}

fn add_event(topic: &mut Topic, name: &str, span: Span, pointer: &str) {
    if topic.events.iter().all(|event| event.value != name) {
        let evidence = Evidence::explicit(span, format!("{pointer}.messages"));
        topic.events.push(Fact::new(name.to_owned(), evidence));
    }
}

fn message_name<'v>(message: &'v Value, key: &'v str) -> &'v str {
    message
        .text_of("name")
        .or(message.text_of("messageId"))
        .or((!key.is_empty()).then_some(key))
        .or(message.text_of("title"))
        .unwrap_or_default()
}

/// AsyncAPI 2: `publish` is what others do, so the application receives.
fn add_inverted(context: &Context<'_>, channel: &mut Channel<'_>, out: &mut Vec<Diagnostic>) {
    for (word, direction) in [
        ("publish", Direction::Receives),
        ("subscribe", Direction::Sends),
    ] {
        let Some(operation) = context.bundle.get(channel.at, word, out) else {
            continue;
        };
        let place = channel
            .at
            .value
            .entries()
            .iter()
            .find(|entry| entry.key == word)
            .map_or(operation.value.span, |entry| entry.key_span);
        let pointer = format!("channels.{}.{word}", channel.key);
        if let Some(finding) = contradicted(operation.value, word, direction) {
            out.push(finding);
        }
        add_messages(context, channel, operation, &pointer, out);
        let party = party(context, operation, &pointer, place, out);
        add_party(&mut channel.topic, direction, party);
    }
}

/// The messages of an operation of AsyncAPI 2: one, or several under `oneOf`.
fn add_messages(
    context: &Context<'_>,
    channel: &mut Channel<'_>,
    operation: Located<'_>,
    pointer: &str,
    out: &mut Vec<Diagnostic>,
) {
    let Some(message) = operation.value.get("message") else {
        return;
    };
    let variants = message
        .get("oneOf")
        .map_or(std::slice::from_ref(message), Value::items);
    for variant in variants {
        let reference = variant
            .text_of("$ref")
            .and_then(last_part)
            .unwrap_or_default();
        if let Some(found) = context.bundle.follow(operation.with(variant), out) {
            let name = message_name(found.value, &reference);
            if !name.is_empty() {
                add_event(&mut channel.topic, name, variant.span, pointer);
            }
        }
    }
}

/// AsyncAPI 3: operations stand beside the channels and name them.
fn add_operations(
    context: &Context<'_>,
    root: Located<'_>,
    channels: &mut [Channel<'_>],
    out: &mut Vec<Diagnostic>,
) {
    let operations = context.bundle.get(root, "operations", out);
    let entries = operations.map_or_else(Vec::new, |all| context.bundle.entries(all, out));
    for (name, span, operation) in entries {
        let pointer = format!("operations.{name}");
        let direction = match operation.value.text_of("action") {
            Some("send") => Direction::Sends,
            Some("receive") => Direction::Receives,
            _ => {
                out.push(no_action(name, span));
                continue;
            }
        };
        let party = party(context, operation, &pointer, span, out);
        let reply = operation
            .value
            .get("reply")
            .and_then(|reply| context.bundle.follow(operation.with(reply), out));
        if let Some(at) = channel_of(context, operation, channels, out) {
            add_party(&mut channels[at].topic, direction, party.clone());
        }
        let answered = reply.and_then(|reply| channel_of(context, reply, channels, out));
        if let Some(at) = answered {
            let mut party = party;
            party.value.group = None;
            party.value.purpose = Some(format!("Replies of {name}"));
            add_party(&mut channels[at].topic, direction.reversed(), party);
        }
    }
}

impl Direction {
    fn reversed(self) -> Self {
        match self {
            Self::Sends => Self::Receives,
            Self::Receives => Self::Sends,
        }
    }
}

/// The channel that an operation or a reply names: the same value, whatever the reference.
fn channel_of(
    context: &Context<'_>,
    operation: Located<'_>,
    channels: &[Channel<'_>],
    out: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let target = context.bundle.get(operation, "channel", out)?;
    let is_same = |channel: &Channel<'_>| std::ptr::eq(channel.at.value, target.value);
    channels.iter().position(is_same)
}

fn party(
    context: &Context<'_>,
    operation: Located<'_>,
    pointer: &str,
    place: Span,
    out: &mut Vec<Diagnostic>,
) -> Fact<Party> {
    let mut party = Party::new(End::Component(context.application.clone()));
    party.purpose = described(operation.value, pointer).map(|fact| first_line(&fact.value));
    let group = context
        .bundle
        .get(operation, "bindings", out)
        .and_then(|bindings| context.bundle.get(bindings, "kafka", out))
        .and_then(|kafka| context.bundle.get(kafka, "groupId", out));
    party.group = group.and_then(|group| stated_value(group.value));
    Fact::new(party, Evidence::explicit(place, pointer))
}

/// A text, or the only text that a schema allows.
fn stated_value(schema: &Value) -> Option<String> {
    let only = |values: &Value| match values.items() {
        [only] => only.text().map(ToOwned::to_owned),
        _ => None,
    };
    schema
        .text()
        .or(schema.text_of("const"))
        .map(ToOwned::to_owned)
        .or_else(|| schema.get("enum").and_then(only))
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}

fn add_party(topic: &mut Topic, direction: Direction, party: Fact<Party>) {
    let side = match direction {
        Direction::Sends => &mut topic.producers,
        Direction::Receives => &mut topic.consumers,
    };
    if side.iter().all(|known| known.value.who != party.value.who) {
        side.push(party);
    }
}

/// Words that a writer of AsyncAPI 2 uses who took `publish` for what the application does.
const SENDING: &[&str] = &["send", "publish", "emit", "produce"];
/// Words of the other side.
const RECEIVING: &[&str] = &["receive", "consume", "listen", "handle"];

/// A finding if the operation's id says the opposite of what the word means.
fn contradicted(operation: &Value, word: &str, direction: Direction) -> Option<Diagnostic> {
    let id = operation.get("operationId")?;
    let text = id.text()?;
    let lower = text.to_ascii_lowercase();
    let (opposite, does, meant) = match direction {
        Direction::Receives => (SENDING, "receives", "sends"),
        Direction::Sends => (RECEIVING, "sends", "receives"),
    };
    if !opposite.iter().any(|start| lower.starts_with(start)) {
        return None;
    }
    let message =
        format!("`{word}` means that the application {does}, but `{text}` sounds as if it {meant}");
    let diagnostic = Diagnostic::new(ASYNCAPI_DIRECTION, message, id.span, "")
        .help("in AsyncAPI 2 `publish` is what others may do; swap the words if the document means it the other way");
    Some(diagnostic)
}

fn no_action(name: &str, span: Span) -> Diagnostic {
    let message = format!("operation `{name}` neither sends nor receives, so it was left out");
    Diagnostic::new(IMPORT_MALFORMED, message, span, "")
        .help("write `action: send` or `action: receive`")
}
