//! Which topics live on a broker that speaks Kafka, and the words that Kafka has for them.
//!
//! In: a topic and what is stated about it. Out: yes or no. Refuses to know: the limits of
//! Kafka; rules do.

use crate::model::{Model, Topic};

/// Products with Kafka's rules for topics.
const PRODUCTS: &[&str] = &["kafka", "confluent", "redpanda", "strimzi"];

/// Whether the topic's broker is stated to be Kafka or a product of its kind.
pub(crate) fn is_on_kafka(model: &Model<'_>, topic: &Topic<'_>) -> bool {
    let Some(broker) = topic.broker else {
        return false;
    };
    let broker = &model[broker];
    let written = [broker.written.technology, broker.written.type_name];
    let stated = written.into_iter().flatten().map(|text| text.value);
    stated
        .chain([broker.id.value, &*broker.name])
        .map(str::to_lowercase)
        .any(|text| PRODUCTS.iter().any(|product| text.contains(product)))
}

/// A topic id as Kafka's metrics show it: `.` and `_` look the same there.
pub(crate) fn metric_name(topic: &Topic<'_>) -> String {
    topic.id.value.replace('.', "_")
}

/// What removes events: by age or size, or all but the newest of each key.
pub(crate) const POLICIES: &[&str] = &["delete", "compact"];

/// The first part of a cleanup policy that is none.
pub(crate) fn wrong_cleanup(text: &str) -> Option<&str> {
    let mut parts = text.split([',', '+']).map(str::trim);
    parts.find(|part| !POLICIES.contains(part))
}
