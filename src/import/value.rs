//! Documents as plain values that keep their places: aliases followed, merge keys applied.
//!
//! In: nodes of a source. Out: [`Value`]. Refuses to know: what the document is about.
//!
//! Aliases are copied where they are used, so a small text can mean a huge value; a budget
//! bounds it. Merge keys follow <https://yaml.org/type/merge.html>: what is written beside
//! them wins, and of several merged mappings the first.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Node, NodeKind, Span};

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Where it is written; for an alias, where it is used.
    pub(crate) span: Span,
    pub(crate) data: Data,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Data {
    /// Nothing, `~` or `null`.
    Null,
    /// A text, number or boolean, as written. Quoted texts are always texts.
    Text {
        /// The text with escapes resolved.
        text: String,
        /// Whether it stands in quotes, so that it is no number.
        is_quoted: bool,
    },
    List(Vec<Value>),
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Value,
}

/// A document means more values than are read.
#[derive(Debug)]
pub(crate) struct TooLarge;

/// How many values may still be made, and what was odd on the way.
pub(crate) struct Budget {
    left: usize,
    /// Keys that stand twice in one mapping, with the first place.
    pub(crate) repeated: Vec<(Span, Span)>,
}

/// Texts count by their length as well: an alias repeats them.
const TEXT_UNIT: usize = 64;

impl Budget {
    pub(crate) fn new(values: usize) -> Self {
        Self {
            left: values,
            repeated: Vec::new(),
        }
    }

    fn spend(&mut self, cost: usize) -> Result<(), TooLarge> {
        self.left = self.left.checked_sub(cost).ok_or(TooLarge)?;
        Ok(())
    }
}

impl Value {
    /// The value of a node.
    pub(crate) fn of(node: Node<'_>, budget: &mut Budget) -> Result<Self, TooLarge> {
        budget.spend(1 + node.text().map_or(0, str::len) / TEXT_UNIT)?;
        let data = match node.kind() {
            _ if node.is_null() => Data::Null,
            NodeKind::Mapping => Data::Map(entries(node, budget)?),
            NodeKind::Sequence => Data::List(
                node.items()
                    .map(|item| Self::of(item, budget))
                    .collect::<Result<_, _>>()?,
            ),
            kind => Data::Text {
                text: node.text().unwrap_or_default().to_owned(),
                is_quoted: kind == NodeKind::Quoted,
            },
        };
        Ok(Self {
            span: node.span(),
            data,
        })
    }

    /// A text that no source holds as it is, such as one with variables filled in.
    pub(crate) fn of_text(text: impl Into<String>, span: Span) -> Self {
        Self {
            span,
            data: Data::Text {
                text: text.into(),
                is_quoted: true,
            },
        }
    }

    /// The value under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// The value under several keys in turn.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, key| value.get(key))
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The text under a key.
    pub(crate) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Self::text)
    }

    /// A whole number, quoted or not.
    pub(crate) fn number(&self) -> Option<u64> {
        self.text().and_then(|text| text.trim().parse().ok())
    }

    /// `true` or `false`, quoted or not.
    pub(crate) fn boolean(&self) -> Option<bool> {
        self.text().and_then(|text| text.trim().parse().ok())
    }

    /// The items of a list; nothing for other values.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a mapping; nothing for other values.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list, or the value itself if it is no list and not nothing.
    pub(crate) fn one_or_many(&self) -> &[Self] {
        match &self.data {
            Data::List(items) => items,
            Data::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.data == Data::Null
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self.data, Data::Map(_))
    }

    /// The word for its shape.
    pub(crate) fn shape(&self) -> &'static str {
        match self.data {
            Data::Null => "nothing",
            Data::Text { .. } => "a text",
            Data::List(_) => "a list",
            Data::Map(_) => "a mapping",
        }
    }
}

fn entries(node: Node<'_>, budget: &mut Budget) -> Result<Vec<Entry>, TooLarge> {
    let mut own: Vec<Entry> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut merged: Vec<Entry> = Vec::new();
    for (key, value) in node.entries() {
        let value = Value::of(value, budget)?;
        if key.kind() == NodeKind::Plain && key.text() == Some("<<") {
            merged.extend(value.one_or_many().iter().flat_map(Value::entries).cloned());
            continue;
        }
        let text = key.text().unwrap_or_default();
        let entry = Entry {
            key: text.to_owned(),
            key_span: key.span(),
            value,
        };
        // The last one counts, as most readers have it.
        if let Some(at) = places.get(text).copied() {
            budget.repeated.push((entry.key_span, own[at].key_span));
            own[at] = entry;
        } else {
            places.insert(text, own.len());
            own.push(entry);
        }
    }
    if merged.is_empty() {
        return Ok(own);
    }
    let mut known: BTreeSet<String> = own.iter().map(|entry| entry.key.clone()).collect();
    for entry in merged {
        budget.spend(1)?;
        if known.insert(entry.key.clone()) {
            own.push(entry);
        }
    }
    Ok(own)
}
