//! What a component is, from its image, its settings and its name.
//!
//! In: a component with its image, or the keys of its settings. Out: kind, technology and
//! version, each with its evidence. Refuses to know: file formats.

use super::UNKNOWN;
use super::model::{Component, Confidence, Evidence, Fact};
use super::technology::{self, Technology};
use crate::model::Kind;
use crate::source::Span;

/// Tags that name a variant or a moment, and no version.
const MOVING: &[&str] = &[
    "latest", "stable", "edge", "nightly", "main", "master", "dev", "snapshot", "newest", "current",
];

/// What the image says.
pub(super) fn image(component: &mut Component, text: &str, evidence: &Evidence) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    component.image = Some(Fact::new(text.replace(UNKNOWN, "…"), evidence.clone()));
    let image = technology::image(text);
    if let Some(tag) = &image.tag
        && is_version(tag)
    {
        component.version = Some(Fact::new(tag.clone(), evidence.clone()));
    }
    if let Some(row) = technology::of_image(&image) {
        is_a(component, row, evidence);
    }
}

/// Whether a tag says which version runs.
fn is_version(tag: &str) -> bool {
    !tag.contains(UNKNOWN)
        && tag.contains(|c: char| c.is_ascii_digit())
        && !MOVING.contains(&tag.to_ascii_lowercase().as_str())
        && !MOVING
            .iter()
            .any(|word| tag.to_ascii_lowercase().ends_with(&format!("-{word}")))
}

/// Programs that images of brokers and stores hold for those who use them.
const TOOLS: &[&str] = &[
    "kafka-topics",
    "kafka-console-producer",
    "kafka-console-consumer",
    "kafka-acls",
    "kafka-configs",
    "kafka-consumer-groups",
    "psql",
    "pg_dump",
    "mysqldump",
    "mongosh",
    "mongodump",
    "redis-cli",
    "cub",
];

/// What the command says: an image of a broker that runs a tool is a job, and no broker.
pub(super) fn command(component: &mut Component, command: &str, evidence: &Evidence) {
    let is_server = |kind: Kind| kind == Kind::Broker || kind.is_store();
    if !component
        .kind
        .as_ref()
        .is_some_and(|kind| is_server(kind.value))
    {
        return;
    }
    let is_quote =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '&' | '|' | '(' | ')');
    let runs_tool = command.split(is_quote).any(|word| {
        let program = word.rsplit('/').next().unwrap_or(word);
        TOOLS.contains(&program.trim_end_matches(".sh"))
    });
    let starts_server = [
        "/etc/confluent/docker/run",
        "docker-entrypoint",
        "kafka-server-start",
        "kafka-storage",
    ];
    if runs_tool && !starts_server.iter().any(|server| command.contains(server)) {
        component.kind = Some(Fact::new(Kind::Job, evidence.clone()));
        component.technology = None;
    }
}

/// What the keys of settings say: only a Kafka broker has roles and advertised listeners.
pub(super) fn keys(component: &mut Component, keys: &[&str], span: Span) {
    if component.technology.is_some() {
        return;
    }
    let has = |key: &str| keys.contains(&key);
    let is_broker = has("KAFKA_PROCESS_ROLES")
        || has("KAFKA_ADVERTISED_LISTENERS")
        || (has("KAFKA_ZOOKEEPER_CONNECT") && has("KAFKA_BROKER_ID"));
    let is_worker = has("CONNECT_GROUP_ID") && has("CONNECT_CONFIG_STORAGE_TOPIC")
        || has("CONFIG_STORAGE_TOPIC") && has("OFFSET_STORAGE_TOPIC");
    let name = if is_broker {
        "kafka"
    } else if is_worker {
        "kafka-connect"
    } else {
        return;
    };
    if let Some(row) = technology::of_name(name) {
        let evidence = Evidence::new(
            span,
            component.evidence.pointer.clone(),
            Confidence::EnvName,
        );
        is_a(component, row, &evidence);
    }
}

/// What the name says, as long as nothing else did.
pub(super) fn name(component: &mut Component, span: Span) {
    let pointer = component.evidence.pointer.clone();
    let guess = Evidence::new(span, pointer, Confidence::NameGuess);
    if component.kind.is_none()
        && let Some(row) = technology::of_name(&component.name)
    {
        is_a(component, row, &guess);
    }
    if component.kind.is_none()
        && let Some(kind) = kind_of_name(&component.name)
    {
        component.kind = Some(Fact::new(kind, guess));
    }
}

fn is_a(component: &mut Component, row: &'static Technology, evidence: &Evidence) {
    component.kind = Some(Fact::new(row.kind, evidence.clone()));
    component.technology = Some(Fact::new(row.name.to_owned(), evidence.clone()));
}

/// Kinds that people put at the end of names.
fn kind_of_name(name: &str) -> Option<Kind> {
    let lower = name.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(['-', '_', '.']).collect();
    let last = words.last().copied().unwrap_or("");
    let first = words.first().copied().unwrap_or("");
    Some(match last {
        "gateway" | "gw" | "apigw" | "ingress" => Kind::Gateway,
        "frontend" | "ui" | "web" | "webapp" | "spa" | "mobile" => Kind::Client,
        "agent"
            if words.len() > 1 && !matches!(first, "otel" | "jaeger" | "datadog" | "newrelic") =>
        {
            Kind::Agent
        }
        "job" | "cron" | "init" | "setup" | "migration" | "migrate" | "migrations" => Kind::Job,
        "db" | "database" => Kind::Database,
        "cache" => Kind::Cache,
        _ if matches!(first, "frontend" | "web" | "ui") && words.len() <= 2 => Kind::Client,
        _ => return None,
    })
}
