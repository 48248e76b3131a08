//! How compose files lie on each other: `-f a -f b`, `extends`, `!reset`, `!override`.
//!
//! In: values of services and files. Out: one value. Refuses to know: files and variables.
//!
//! Follows the Compose specification, "Merge": mappings merge key by key, lists are
//! appended, texts are replaced; commands, entry points and health checks are replaced
//! whole. Lists that mean mappings (`environment`, `labels`, `depends_on`, …) are made so first.

use std::collections::BTreeMap;

use crate::import::value::{Data, Entry, Value};
use crate::source::Sources;

/// Keys whose lists replace each other.
const REPLACED: &[&str] = &["command", "entrypoint", "test"];
/// Keys whose lists of `KEY=value` mean mappings.
const PAIRS: &[&str] = &[
    "environment",
    "labels",
    "args",
    "extra_hosts",
    "sysctls",
    "annotations",
];
/// Keys whose lists of names mean mappings.
const NAMES: &[&str] = &["depends_on", "networks"];

/// Lists that mean mappings become mappings, in a whole service.
pub(super) fn normalize(service: Value) -> Value {
    let span = service.span;
    let Data::Map(entries) = service.data else {
        return service;
    };
    let entries = entries
        .into_iter()
        .map(|entry| {
            let key = entry.key.as_str();
            let value = if PAIRS.contains(&key) {
                pairs(entry.value)
            } else if NAMES.contains(&key) {
                names(entry.value)
            } else if key == "build" {
                normalize(entry.value)
            } else {
                entry.value
            };
            Entry { value, ..entry }
        })
        .collect();
    Value {
        span,
        data: Data::Map(entries),
    }
}

fn pairs(value: Value) -> Value {
    let Data::List(items) = value.data else {
        return value;
    };
    let pair = |item: Value| {
        let text = item.text()?.to_owned();
        let (key, data) = match text.split_once('=') {
            Some((key, value)) => (key.to_owned(), Value::of_text(value, item.span).data),
            None => (text, Data::Null),
        };
        Some(Entry {
            key,
            key_span: item.span,
            value: Value {
                span: item.span,
                data,
            },
        })
    };
    Value {
        span: value.span,
        data: Data::Map(items.into_iter().filter_map(pair).collect()),
    }
}

fn names(value: Value) -> Value {
    let Data::List(items) = value.data else {
        return value;
    };
    let name = |item: Value| {
        Some(Entry {
            key: item.text()?.to_owned(),
            key_span: item.span,
            value: Value {
                span: item.span,
                data: Data::Null,
            },
        })
    };
    Value {
        span: value.span,
        data: Data::Map(items.into_iter().filter_map(name).collect()),
    }
}

/// Lays `over` onto `base`.
pub(super) fn merge(base: Value, over: Value, sources: &Sources) -> Value {
    match tag(&over, sources) {
        Some("!reset") => {
            return Value {
                span: over.span,
                data: Data::Null,
            };
        }
        Some(_) => return over,
        None => {}
    }
    let span = over.span;
    let data = match (base.data, over.data) {
        (Data::Map(base), Data::Map(over)) => Data::Map(merge_entries(base, over, sources)),
        (Data::List(mut base), Data::List(over)) => {
            for item in over {
                if !base.iter().any(|known| same(known, &item)) {
                    base.push(item);
                }
            }
            Data::List(base)
        }
        (base, Data::Null) => base,
        (_, over) => over,
    };
    Value { span, data }
}

fn merge_entries(base: Vec<Entry>, over: Vec<Entry>, sources: &Sources) -> Vec<Entry> {
    let mut merged = base;
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (at, entry) in merged.iter().enumerate() {
        places.insert(entry.key.clone(), at);
    }
    for entry in over {
        match places.get(&entry.key).copied() {
            None => {
                places.insert(entry.key.clone(), merged.len());
                merged.push(entry);
            }
            Some(at) => {
                let is_replaced = REPLACED.contains(&entry.key.as_str());
                let empty = Value {
                    span: entry.value.span,
                    data: Data::Null,
                };
                let old = std::mem::replace(&mut merged[at].value, empty);
                merged[at].value = if is_replaced && !entry.value.is_null() {
                    entry.value
                } else {
                    merge(old, entry.value, sources)
                };
            }
        }
    }
    merged
}

/// Whether two items of a list say the same, wherever they stand.
fn same(a: &Value, b: &Value) -> bool {
    match (&a.data, &b.data) {
        (Data::Text { text: a, .. }, Data::Text { text: b, .. }) => a == b,
        (Data::Map(a), Data::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|(a, b)| a.key == b.key && same(&a.value, &b.value))
        }
        _ => false,
    }
}

/// `!reset` or `!override` before a value; the tree of values does not keep tags.
fn tag<'t>(value: &Value, sources: &Sources) -> Option<&'t str> {
    let text = &sources.file(value.span.file).text;
    let start = value.span.start as usize;
    let before = text.get(..start)?.trim_end();
    let after = text.get(start..)?.trim_start_matches([':', ' ']);
    ["!reset", "!override"]
        .into_iter()
        .find(|tag| before.ends_with(tag) || (value.is_null() && after.starts_with(tag)))
}
