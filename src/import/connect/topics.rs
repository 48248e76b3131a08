//! The topics that a connector writes and reads.
//!
//! In: a connector's settings. Out: names of topics, each with the setting it follows from.
//! Refuses to know: stores, and how anything is written.
//!
//! Debezium names a topic after the prefix and the table; which parts of the table's name
//! count is a matter of the engine. Include lists are regular expressions: an item that could
//! match more than one name gives a topic with `*`.

use super::route::Routes;
use super::settings::{Setting, Settings, items};
use super::store::Engine;

/// What is known about a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// The file names it.
    Stated,
    /// It follows from a prefix, tables and transforms.
    Derived,
    /// It depends on what no file states.
    Guessed,
}

/// What a topic is to a connector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The connector writes its data there.
    Writes,
    /// The connector reads it.
    Reads,
    /// The connector keeps its own records there.
    Keeps,
}

/// One topic of a connector; `*` in its name stands for what the file leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ConnectorTopic<'v> {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) certainty: Certainty,
    /// The setting that gives it.
    pub(super) setting: Setting<'v>,
    /// The table behind it, if it is known.
    pub(super) table: Option<String>,
}

/// Every topic of a connector, in a stable order, none twice.
pub(super) fn topics<'v>(
    settings: &Settings<'v>,
    engine: Option<Engine>,
    routes: &Routes<'_>,
) -> Vec<ConnectorTopic<'v>> {
    let mut found = Vec::new();
    match engine {
        Some(Engine::Jdbc) => found.extend(jdbc(settings)),
        Some(engine) => found.extend(captured(settings, engine, routes)),
        None => found.extend(stated(settings)),
    }
    for topic in &mut found {
        reroute(topic, routes);
    }
    if let Some(engine) = engine {
        found.extend(changes(settings, engine, routes));
    }
    found.extend(consumed(settings));
    found.extend(kept(settings));
    let mut unique: Vec<ConnectorTopic<'v>> = Vec::new();
    for topic in found {
        let is_known =
            |known: &ConnectorTopic<'_>| known.name == topic.name && known.role == topic.role;
        if !unique.iter().any(is_known) {
            unique.push(topic);
        }
    }
    unique
}

fn reroute(topic: &mut ConnectorTopic<'_>, routes: &Routes<'_>) {
    let routed = routes.apply(&topic.name);
    if routed.chars().all(|char| char == '*') && routed != topic.name {
        // Nothing of the name is left that the file states.
        topic.certainty = Certainty::Guessed;
    }
    topic.name = routed;
}

/// The topics of the tables that Debezium captures.
fn captured<'v>(
    settings: &Settings<'v>,
    engine: Engine,
    routes: &Routes<'_>,
) -> Vec<ConnectorTopic<'v>> {
    let Some(prefix) = settings.first(&["topic.prefix", "database.server.name", "mongodb.name"])
    else {
        return Vec::new();
    };
    let prefix_text = prefix.value;
    let lists = [
        "table.include.list",
        "collection.include.list",
        "table.whitelist",
        "collection.whitelist",
    ];
    let derived = |name: String, table: Option<String>, setting| ConnectorTopic {
        name,
        role: Role::Writes,
        certainty: Certainty::Derived,
        setting,
        table,
    };
    if let Some(tables) = settings.first(&lists) {
        let in_database = |table: String| match engine.database_in_topic(settings) {
            Some(database) => format!("{prefix_text}.{database}.{table}"),
            None => format!("{prefix_text}.{table}"),
        };
        let topic = |item: &str| {
            let table = literal(item);
            derived(in_database(table.clone()), Some(table), tables)
        };
        let mut found: Vec<_> = items(tables.value).map(topic).collect();
        if routes.is_by_value() {
            // Rows of an outbox go where they say; its own topic is never written.
            found.truncate(1);
        }
        return found;
    }
    let scopes = engine.scopes(settings);
    if scopes.is_empty() {
        return vec![derived(format!("{prefix_text}.*"), None, prefix)];
    }
    let scope = |(scope, setting)| derived(format!("{prefix_text}.{scope}.*"), None, setting);
    scopes.into_iter().map(scope).collect()
}

/// An item of an include list as a name: escapes removed, what varies as `*`.
pub(super) fn literal(item: &str) -> String {
    let mut name = String::with_capacity(item.len());
    let mut chars = item.trim_matches(['^', '$']).chars().peekable();
    let star = |name: &mut String| {
        if !name.ends_with('*') {
            name.push('*');
        }
    };
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some(escaped) if !escaped.is_alphanumeric() => name.push(escaped),
                _ => star(&mut name),
            },
            '.' if matches!(chars.peek(), Some('*' | '+' | '?')) => star(&mut name),
            '*' | '+' | '?' | '(' | ')' | '|' => star(&mut name),
            '[' | '{' => {
                let close = if char == '[' { ']' } else { '}' };
                while chars.next().is_some_and(|inner| inner != close) {}
                star(&mut name);
            }
            other => name.push(other),
        }
    }
    name
}

/// The topics of Confluent's JDBC source: prefix and table, with nothing between them.
fn jdbc<'v>(settings: &Settings<'v>) -> Vec<ConnectorTopic<'v>> {
    let Some(prefix) = settings.get("topic.prefix") else {
        return Vec::new();
    };
    let topic = |name: String, certainty, setting, table: Option<String>| ConnectorTopic {
        name,
        role: Role::Writes,
        certainty,
        setting,
        table,
    };
    let start = prefix.value;
    if settings.get("query").is_some() {
        // With a query the prefix is the whole name.
        return vec![topic(start.to_owned(), Certainty::Derived, prefix, None)];
    }
    match settings.first(&["table.whitelist", "table.include.list"]) {
        Some(tables) if !tables.value.contains('$') => items(tables.value)
            .map(|table| {
                let last = table.rsplit('.').next().unwrap_or(table);
                let name = format!("{start}{last}");
                topic(name, Certainty::Derived, tables, Some(table.to_owned()))
            })
            .collect(),
        _ => vec![topic(format!("{start}*"), Certainty::Guessed, prefix, None)],
    }
}

/// Topics that a source of any other class names.
fn stated<'v>(settings: &Settings<'v>) -> Vec<ConnectorTopic<'v>> {
    if settings.value("connector.class").is_some_and(is_sink) || settings.get("topics").is_some() {
        return Vec::new();
    }
    let Some(text) = settings.first(&["kafka.topic", "topic", "kafka.topics"]) else {
        return Vec::new();
    };
    let topic = |name: &str| ConnectorTopic {
        name: name.to_owned(),
        role: Role::Writes,
        certainty: Certainty::Stated,
        setting: text,
        table: None,
    };
    items(text.value).map(topic).collect()
}

/// Whether a class is one that reads topics.
pub(super) fn is_sink(class: &str) -> bool {
    class.to_ascii_lowercase().contains("sink")
}

/// The topics that a sink reads.
fn consumed<'v>(settings: &Settings<'v>) -> Vec<ConnectorTopic<'v>> {
    let mut found = Vec::new();
    if let Some(text) = settings.get("topics") {
        for name in items(text.value) {
            found.push(ConnectorTopic {
                name: name.to_owned(),
                role: Role::Reads,
                certainty: Certainty::Stated,
                setting: text,
                table: None,
            });
        }
    }
    if let Some(text) = settings.get("topics.regex") {
        found.push(ConnectorTopic {
            name: literal(text.value),
            role: Role::Reads,
            certainty: Certainty::Derived,
            setting: text,
            table: None,
        });
    }
    found
}

/// The topics of schema changes, transactions and heartbeats, which follow from the prefix.
fn changes<'v>(
    settings: &Settings<'v>,
    engine: Engine,
    routes: &Routes<'_>,
) -> Vec<ConnectorTopic<'v>> {
    let Some(prefix) = settings.first(&["topic.prefix", "database.server.name"]) else {
        return Vec::new();
    };
    let start = prefix.value;
    let kept = |name: String| ConnectorTopic {
        name: routes.apply(&name),
        role: Role::Keeps,
        certainty: Certainty::Derived,
        setting: prefix,
        table: None,
    };
    let mut found = Vec::new();
    let is_off = settings
        .value("include.schema.changes")
        .is_some_and(|value| value.eq_ignore_ascii_case("false"));
    if engine.has_schema_history() && !is_off && !routes.is_by_value() {
        found.push(kept(start.to_owned()));
    }
    if engine.is_debezium() && settings.is_true("provide.transaction.metadata") {
        found.push(kept(format!("{start}.transaction")));
    }
    let beats = settings.value("heartbeat.interval.ms");
    if engine.is_debezium() && beats.is_some_and(|value| value != "0") {
        let heartbeat = settings
            .first(&["topic.heartbeat.prefix", "heartbeat.topics.prefix"])
            .map_or("__debezium-heartbeat", |setting| setting.value);
        found.push(kept(format!("{heartbeat}.{start}")));
    }
    found
}

/// Topics for the connector's own records, by name.
fn kept<'v>(settings: &Settings<'v>) -> Vec<ConnectorTopic<'v>> {
    let keys = [
        "schema.history.internal.kafka.topic",
        "database.history.kafka.topic",
        "errors.deadletterqueue.topic.name",
        "signal.kafka.topic",
    ];
    let topic = |key: &&str| {
        let text = settings.get(key)?;
        let role = if *key == "signal.kafka.topic" {
            Role::Reads
        } else {
            Role::Keeps
        };
        Some(ConnectorTopic {
            name: text.value.to_owned(),
            role,
            certainty: Certainty::Stated,
            setting: text,
            table: None,
        })
    };
    keys.iter().filter_map(topic).collect()
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn an_include_list_item_is_a_name_with_stars_where_it_varies() {
        assert_eq!(literal(r"inventory\.orders"), "inventory.orders");
        assert_eq!(literal("inventory.orders"), "inventory.orders");
        assert_eq!(literal("inventory.*"), "inventory*");
        assert_eq!(literal(r"inventory\..*"), "inventory.*");
        assert_eq!(literal("^db.(a|b)$"), "db.*a*b*");
        assert_eq!(literal("t[0-9]{2}_x"), "t*_x");
        assert_eq!(literal("["), "*");
    }
}
