//! What makes two items of a list the same item.
//!
//! In: an item. Out: what it is about, as a text. Refuses to know: what else it says.
//!
//! An item that is about nothing in particular is told by all of its text.

use crate::source::{Node, NodeKind};

/// Keys that name a thing, the first that is there.
const NAMES: [&str; 7] = ["id", "component", "topic", "title", "path", "port", "name"];
/// Keys that together say between whom something happens.
const ENDS: [&str; 5] = ["from", "to", "by", "on", "topic"];

/// What an item of a list is about.
pub(super) fn identity(item: Node<'_>) -> String {
    match item.kind() {
        NodeKind::Sequence => item.items().map(identity).collect::<Vec<_>>().join(", "),
        NodeKind::Mapping => of_mapping(item),
        _ => words(item.text().unwrap_or("")),
    }
}

fn of_mapping(item: Node<'_>) -> String {
    let value = |name: &str| {
        let mut entries = item.entries();
        entries
            .find(|(key, _)| key.text() == Some(name))
            .map(|(_, value)| identity(value))
    };
    if let (Some(from), Some(to)) = (value("from"), value("to")) {
        return format!("{from} -> {to}");
    }
    if let Some(name) = NAMES.iter().find_map(|name| value(name)) {
        return name;
    }
    let mut entries = item.entries();
    match (entries.next(), entries.next()) {
        // A flow in its short form, with a label behind it.
        (Some((key, _)), None) if key.text().is_some_and(|key| key.contains("->")) => {
            words(key.text().unwrap_or(""))
        }
        (Some((key, value)), None) => {
            format!("{} {}", key.text().unwrap_or(""), between(value))
        }
        _ => {
            let entry = |(key, value): (Node<'_>, Node<'_>)| {
                format!("{}: {}", identity(key), identity(value))
            };
            item.entries().map(entry).collect::<Vec<_>>().join(", ")
        }
    }
}

/// The parties of a step such as `publish: { from: …, topic: …, label: … }`.
fn between(value: Node<'_>) -> String {
    let is_end = |key: Node<'_>| key.text().is_some_and(|key| ENDS.contains(&key));
    let ends: Vec<String> = value
        .entries()
        .filter(|(key, _)| is_end(*key))
        .map(|(_, value)| identity(value))
        .collect();
    if ends.is_empty() {
        identity(value)
    } else {
        ends.join(" ")
    }
}

/// Single blanks between words.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ids of which equal ones are told apart by their number.
pub(super) fn numbered(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::BTreeMap::new();
    let unique = |id: String| {
        let count = seen.entry(id.clone()).or_insert(0_usize);
        *count += 1;
        // The blank line can't be part of an id.
        if *count == 1 {
            id
        } else {
            format!("{id}\n{count}")
        }
    };
    ids.map(unique).collect()
}
