//! Ids and names of imported elements.
//!
//! In: names as the sources write them. Out: ids that the language takes, each once, and
//! names for people. Refuses to know: sections and files.

use std::collections::{BTreeMap, BTreeSet};

use super::scalar;
use crate::import::model::{End, Imported};

/// Words that people write in capitals.
const CAPITALS: &[&str] = &[
    "api", "ui", "db", "sql", "http", "mqtt", "amqp", "id", "ai", "cdc", "cms", "crm", "erp", "gw",
    "rest", "grpc", "s3", "llm", "etl", "bff", "sso", "dc", "mcp", "ldap",
];

/// Products whose names people write in their own way.
const PRODUCTS: &[(&str, &str)] = &[
    ("mysql", "MySQL"),
    ("mongodb", "MongoDB"),
    ("mongo", "MongoDB"),
    ("postgres", "PostgreSQL"),
    ("postgresql", "PostgreSQL"),
    ("mariadb", "MariaDB"),
    ("zookeeper", "ZooKeeper"),
    ("rabbitmq", "RabbitMQ"),
    ("documentdb", "DocumentDB"),
    ("opensearch", "OpenSearch"),
    ("graphql", "GraphQL"),
    ("ksqldb", "ksqlDB"),
    ("nginx", "nginx"),
    ("otel", "OpenTelemetry"),
    ("cockroachdb", "CockroachDB"),
];

/// Ids by key of component and by name of topic.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    components: BTreeMap<String, String>,
    topics: BTreeMap<String, String>,
}

impl Ids {
    /// Ids for everything; nothing has one yet.
    pub(crate) fn of(imported: &Imported) -> Self {
        Self::beside(imported, Self::default(), &BTreeSet::new())
    }

    /// Ids for what has none in `known`; `taken` are ids of something else.
    pub(crate) fn beside(imported: &Imported, known: Self, taken: &BTreeSet<String>) -> Self {
        let mut ids = known;
        let used = ids.components.values().chain(ids.topics.values());
        let mut taken = Taken {
            ids: taken.iter().chain(used).cloned().collect(),
            numbers: BTreeMap::new(),
        };
        for topic in &imported.topics {
            if !ids.topics.contains_key(&topic.name) {
                let id = taken.unique(&topic_id(&topic.name), "topic");
                ids.topics.insert(topic.name.clone(), id);
            }
        }
        for component in &imported.components {
            if !ids.components.contains_key(&component.key) {
                let suffix = component
                    .kind
                    .as_ref()
                    .map_or("service", |kind| kind.value.name());
                let id = taken.unique(&component_id(&component.name), suffix);
                ids.components.insert(component.key.clone(), id);
            }
        }
        ids
    }

    /// Gives a component the id that it has already.
    pub(crate) fn name_component(&mut self, key: &str, id: &str) {
        self.components.insert(key.to_owned(), id.to_owned());
    }

    /// Gives a topic the id that it has already.
    pub(crate) fn name_topic(&mut self, name: &str, id: &str) {
        self.topics.insert(name.to_owned(), id.to_owned());
    }

    pub(crate) fn component(&self, key: &str) -> &str {
        self.components.get(key).map_or("", String::as_str)
    }

    pub(crate) fn topic(&self, name: &str) -> &str {
        self.topics.get(name).map_or("", String::as_str)
    }

    /// The id at the end of a flow.
    pub(crate) fn end(&self, end: &End) -> Option<&str> {
        match end {
            End::Component(key) => self.components.get(key).map(String::as_str),
            End::Address(_) => None,
        }
    }

    /// Whether something of this key or name is written.
    pub(crate) fn has(&self, subject: &str) -> bool {
        self.components.contains_key(subject) || self.topics.contains_key(subject)
    }

    pub(crate) fn is_taken(&self, id: &str) -> bool {
        let mut all = self.components.values().chain(self.topics.values());
        all.any(|known| known == id)
    }
}

/// Ids that are in use, and the last number behind each: a thousand of one name are no reason
/// to count a thousand times.
struct Taken {
    ids: BTreeSet<String>,
    numbers: BTreeMap<String, u64>,
}

impl Taken {
    /// `id`, `id_suffix`, `id_suffix_2`, … whichever is free.
    fn unique(&mut self, id: &str, suffix: &str) -> String {
        if self.ids.insert(id.to_owned()) {
            return id.to_owned();
        }
        let longer = format!("{id}_{suffix}");
        if self.ids.insert(longer.clone()) {
            return longer;
        }
        let number = self.numbers.entry(longer.clone()).or_insert(1);
        loop {
            *number += 1;
            let chosen = format!("{longer}_{number}");
            if self.ids.insert(chosen.clone()) {
                return chosen;
            }
        }
    }
}

/// `Order-Service` as `order_service`.
fn component_id(name: &str) -> String {
    let mut id = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if was_lower && c.is_ascii_uppercase() {
                id.push('_');
            }
            id.push(c.to_ascii_lowercase());
        } else if !id.ends_with('_') {
            id.push('_');
        }
        was_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    started(id.trim_matches('_'))
}

/// Topics keep their names as far as ids can.
fn topic_id(name: &str) -> String {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let id: String = name
        .chars()
        .map(|c| if is_letter(c) { c } else { '_' })
        .collect();
    started(&id)
}

/// Longer ids are cut; the whole name stands beside them.
const MAX_ID: usize = 120;

/// Ids start with a letter or `_`, and can be read.
fn started(id: &str) -> String {
    let id = id.get(..MAX_ID).unwrap_or(id);
    match id.chars().next() {
        None => "unnamed".to_owned(),
        Some(c) if c.is_ascii_alphabetic() || c == '_' => id.to_owned(),
        Some(_) => format!("_{id}"),
    }
}

/// A name for each component, by key. What shares a name is told apart by what it is.
pub(crate) fn names<'w>(
    imported: &'w Imported,
    ids: &Ids,
    existing: &BTreeSet<String>,
) -> BTreeMap<&'w str, String> {
    let mut taken = existing.clone();
    let mut names = BTreeMap::new();
    for component in &imported.components {
        let stated = component
            .title
            .as_ref()
            .map(|title| scalar::words(&title.value));
        let plain = stated
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| title(&component.name));
        let category = component
            .category
            .as_ref()
            .map_or("", |category| category.value.as_str());
        let candidates = [
            plain.clone(),
            format!("{plain} {}", scalar::words(category)),
            format!("{plain} ({})", ids.component(&component.key)),
        ];
        let free = candidates
            .into_iter()
            .find(|name| !name.ends_with(' ') && taken.insert(name.to_lowercase()));
        names.insert(component.key.as_str(), free.unwrap_or(plain));
    }
    names
}

/// `order-service` as `Order Service`.
pub fn title(name: &str) -> String {
    let name = scalar::words(name);
    if name.contains(' ') || (name.contains('.') && !name.contains(['-', '_'])) {
        return name;
    }
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty());
    words.map(titled).collect::<Vec<_>>().join(" ")
}

fn titled(word: &str) -> String {
    if CAPITALS.contains(&word) {
        return word.to_ascii_uppercase();
    }
    if let Some((_, name)) = PRODUCTS.iter().find(|(known, _)| *known == word) {
        return (*name).to_owned();
    }
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
