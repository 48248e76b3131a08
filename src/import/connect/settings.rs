//! The settings of connectors, whatever shape the file has.
//!
//! In: a file. Out: [`Settings`] of each connector in it: a name, and texts by key, each at
//! its place. Refuses to know: what any setting means.
//!
//! Shapes: `{name, config}` as posted to Kafka Connect, bare settings, lists of both, the
//! answer of `GET /connectors?expand=info`, and Java properties.

use std::collections::BTreeMap;

use crate::import::value::{Data, Entry, Value};
use crate::source::{SourceId, Span};

/// Shapes nest at most this deep.
const MAX_DEPTH: u32 = 4;
/// The setting that no connector can do without.
const CLASS: &str = "connector.class";

/// A text with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Setting<'v> {
    /// The key, as the file has it.
    pub(crate) key: &'v str,
    /// The text, without spaces around it.
    pub(crate) value: &'v str,
    /// Where it stands.
    pub(crate) span: Span,
}

/// One connector's settings.
#[derive(Clone, Debug)]
pub(crate) struct Settings<'v> {
    /// Its name, if the file states one.
    pub(crate) name: Option<&'v str>,
    /// Where it stands.
    pub(crate) place: Span,
    /// The way to its settings in the file.
    pointer: String,
    values: BTreeMap<&'v str, Setting<'v>>,
}

impl<'v> Settings<'v> {
    /// The settings of a mapping of them, as in `spec.config` of a Strimzi connector.
    pub(crate) fn of_mapping(
        name: Option<&'v str>,
        mapping: &'v Value,
        pointer: impl Into<String>,
    ) -> Self {
        Self {
            name,
            place: mapping.span,
            pointer: pointer.into(),
            values: mapping.entries().iter().filter_map(setting).collect(),
        }
    }

    /// Adds a setting that a format keeps elsewhere, unless it is there.
    pub(crate) fn add(&mut self, key: &'v str, text: &'v Value) {
        if let Some(value) = text.text() {
            let setting = Setting {
                key,
                value: value.trim(),
                span: text.span,
            };
            self.values.entry(key).or_insert(setting);
        }
    }

    /// A setting; nothing if it is empty.
    pub(crate) fn get(&self, key: &str) -> Option<Setting<'v>> {
        let setting = self.values.get(key).copied();
        setting.filter(|setting| !setting.value.is_empty())
    }

    /// The first of these settings that is there.
    pub(crate) fn first(&self, keys: &[&str]) -> Option<Setting<'v>> {
        keys.iter().find_map(|key| self.get(key))
    }

    /// The text of a setting.
    pub(crate) fn value(&self, key: &str) -> Option<&'v str> {
        self.get(key).map(|setting| setting.value)
    }

    /// Whether a setting is `true`.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        self.value(key)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The items of a setting that holds a list.
    pub(crate) fn list(&self, key: &str) -> Vec<&'v str> {
        items(self.value(key).unwrap_or_default()).collect()
    }

    /// The way to a setting in the file.
    pub(crate) fn pointer(&self, key: &str) -> String {
        if self.pointer.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.pointer)
        }
    }
}

/// The items of a list with commas, without the spaces around them.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

fn setting(entry: &Entry) -> Option<(&str, Setting<'_>)> {
    let setting = Setting {
        key: &entry.key,
        value: entry.value.text()?.trim(),
        span: entry.value.span,
    };
    Some((setting.key, setting))
}

/// The settings of every connector in a document; empty if it holds none.
pub(super) fn read(document: &Value) -> Vec<Settings<'_>> {
    let mut found = Vec::new();
    collect(document, None, String::new(), 0, &mut found);
    found
}

fn collect<'v>(
    value: &'v Value,
    key: Option<&'v str>,
    pointer: String,
    depth: u32,
    found: &mut Vec<Settings<'v>>,
) {
    if depth > MAX_DEPTH {
        return;
    }
    for (index, item) in value.items().iter().enumerate() {
        collect(
            item,
            None,
            below(&pointer, &index.to_string()),
            depth + 1,
            found,
        );
    }
    let name = value.text_of("name").or(key);
    if value.get(CLASS).is_some() {
        found.push(Settings::of_mapping(name, value, pointer));
    } else if let Some(config) = value.get("config").filter(|config| config.is_map()) {
        let pointer = below(&pointer, "config");
        found.push(Settings::of_mapping(name, config, pointer));
    } else if let Some(info) = value.get("info") {
        collect(info, key, below(&pointer, "info"), depth + 1, found);
    } else {
        for entry in value.entries() {
            if matches!(entry.value.data, Data::Map(_)) {
                let pointer = below(&pointer, &entry.key);
                collect(&entry.value, Some(&entry.key), pointer, depth + 1, found);
            }
        }
    }
}

fn below(pointer: &str, key: &str) -> String {
    if pointer.is_empty() {
        key.to_owned()
    } else {
        format!("{pointer}.{key}")
    }
}

/// Java properties, one `key=value` a line, as a mapping. Lines that go on in the next one
/// are read as they stand: no program that writes connectors makes them.
pub(super) fn of_properties(file: SourceId, text: &str) -> Value {
    let mut entries = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim();
        let Some((key, value)) = body.split_once('=') else {
            continue;
        };
        if body.starts_with(['#', '!']) {
            continue;
        }
        let (key, value) = (key.trim(), value.trim());
        let equals = start + line.find('=').unwrap_or(0);
        let value_at = equals + 1 + line[equals - start + 1..].find(value).unwrap_or(0);
        let key_at = start + line.find(key).unwrap_or(0);
        entries.push(Entry {
            key: key.to_owned(),
            key_span: span(file, key_at, key.len()),
            value: Value::of_text(value, span(file, value_at, value.len())),
        });
    }
    Value {
        span: span(file, 0, text.trim_end().len()),
        data: Data::Map(entries),
    }
}

fn span(file: SourceId, start: usize, length: usize) -> Span {
    let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        file,
        start: offset(start),
        end: offset(start + length),
    }
}
