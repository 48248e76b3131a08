//! A part of a model as a tree that can be compared key by key and put together again.
//!
//! In: what was written, and how its references are spelled. Out: a [`Node`]. List items get
//! keys that tell them apart: what the language says they are about, not where they stand.
//! Refuses to know: what a difference means.

#![expect(
    clippy::disallowed_types,
    reason = "the map is looked up, never iterated"
)]

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use serde_json::{Map, Value};

use super::leaf::{Refers, refers};
use super::references::References;
use crate::source::Span;
use crate::spec::written::{Content, Data, Emptiness};

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) tree: Tree,
    pub(super) span: Option<Span>,
}

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// A text, number, boolean or nothing; after an edit, any value.
    Leaf(Value),
    /// A mapping of the language, by its type.
    Record(&'static str, Vec<(&'static str, Node)>),
    /// A list.
    List(Vec<Item>, Emptiness),
    /// A mapping whose keys are the user's, in the order written.
    Map(Vec<Item>, Emptiness),
}

/// An entry of a list or mapping.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// What tells it from the others.
    pub(super) key: String,
    /// What else it has in common with the same item of the other version, if that is
    /// known; several items may share it.
    pub(super) strict: Option<String>,
    pub(super) node: Node,
}

impl Node {
    /// The value, less what says nothing.
    pub(super) fn value(&self) -> Value {
        match &self.tree {
            Tree::Leaf(value) => value.clone(),
            Tree::Record(_, keys) => {
                let entries = keys
                    .iter()
                    .map(|(key, node)| ((*key).to_owned(), node.value()));
                Value::Object(entries.filter(|(_, value)| !value.is_null()).collect())
            }
            Tree::List(items, Emptiness::SaysNothing) if items.is_empty() => Value::Null,
            Tree::List(items, _) => items.iter().map(|item| item.node.value()).collect(),
            Tree::Map(items, Emptiness::SaysNothing) if items.is_empty() => Value::Null,
            Tree::Map(items, _) => {
                let mut entries = Map::new();
                for item in items {
                    entries.insert(item.key.clone(), item.node.value());
                }
                Value::Object(entries)
            }
        }
    }

    /// The value of a key of a record.
    fn key(&self, key: &str) -> Option<&Node> {
        let Tree::Record(_, keys) = &self.tree else {
            return None;
        };
        keys.iter()
            .find(|(known, _)| *known == key)
            .map(|(_, node)| node)
    }

    /// The text of a leaf.
    fn text(&self) -> Option<String> {
        match &self.tree {
            Tree::Leaf(Value::String(text)) => Some(text.clone()),
            Tree::Leaf(Value::Null) => None,
            Tree::Leaf(value) => Some(value.to_string()),
            _ => None,
        }
    }
}

/// The tree of what was written under a key of a record.
pub(super) fn grow(
    data: Data<'_>,
    leaf: (&'static str, &'static str),
    names: &References<'_>,
) -> Node {
    let refers = refers(leaf);
    let tree = match data.content {
        Content::Nothing => Tree::Leaf(Value::Null),
        Content::Text(text) => Tree::Leaf(names.spelled(text, refers).into()),
        Content::Scalar(value) => Tree::Leaf(value),
        Content::Record(name, keys) => {
            let node = |(key, data)| (key, grow(data, (name, key), names));
            Tree::Record(name, keys.into_iter().map(node).collect())
        }
        Content::List(items, emptiness) => {
            let nodes = items.into_iter().map(|item| grow(item, leaf, names));
            Tree::List(keyed(nodes), emptiness)
        }
        Content::Entries(entries, emptiness) => {
            let of_keys = if refers == Refers::ComponentKeys {
                Refers::Component
            } else {
                Refers::Nothing
            };
            let items = entries.into_iter().map(|(key, data)| Item {
                key: names.spelled(key.value, of_keys).into_owned(),
                strict: None,
                node: grow(data, leaf, names),
            });
            Tree::Map(items.collect(), emptiness)
        }
    };
    Node {
        tree,
        span: data.span,
    }
}

/// Gives the items of a list keys of their own.
fn keyed(nodes: impl Iterator<Item = Node>) -> Vec<Item> {
    let mut taken = Keys::default();
    let item = |(place, node): (usize, Node)| {
        let (loose, strict) = identity(&node, place);
        Item {
            key: taken.own(loose.into()).into_owned(),
            strict,
            node,
        }
    };
    nodes.enumerate().map(item).collect()
}

/// Keys that were given in one list.
#[derive(Debug, Default)]
pub(super) struct Keys<'k> {
    taken: HashMap<Cow<'k, str>, usize, FxBuildHasher>,
}

impl<'k> Keys<'k> {
    /// The key, or the key with a number that no other has.
    pub(super) fn own(&mut self, key: Cow<'k, str>) -> Cow<'k, str> {
        let mut number = match self.taken.get_mut(&key) {
            None => {
                self.taken.insert(key.clone(), 1);
                return key;
            }
            Some(number) => {
                *number += 1;
                *number
            }
        };
        loop {
            let numbered = Cow::from(format!("{key}#{number}"));
            if !self.taken.contains_key(&numbered) {
                self.taken.insert(numbered.clone(), 1);
                return numbered;
            }
            number += 1;
        }
    }
}

/// The keys by which the records of a list are told apart.
const IDENTITIES: &[(&str, &str)] = &[
    ("Port", "port"),
    ("Participant", "component"),
    ("Subscription", "topic"),
    ("Field", "name"),
    ("Fact", "name"),
    ("Configuration", "title"),
    ("Policy", "id"),
    ("SummaryFile", "path"),
];

/// What tells an item from others, and what it has in common with no other version of itself.
fn identity(node: &Node, place: usize) -> (String, Option<String>) {
    if let Some(text) = node.text() {
        return (text, None);
    }
    if let Tree::Record("Step", _) = &node.tree {
        return (step_identity(node), Some(node.value().to_string()));
    }
    if let Tree::Record(name, _) = &node.tree
        && let Some((_, key)) = IDENTITIES.iter().find(|(record, _)| record == name)
        && let Some(text) = node.key(key).and_then(Node::text)
    {
        return (text, None);
    }
    ((place + 1).to_string(), None)
}

/// `call a -> b`: what happens between whom, whatever is said about it.
fn step_identity(node: &Node) -> String {
    let part = |key| node.key(key).and_then(Node::text);
    let (kind, from) = (
        part("kind").unwrap_or_default(),
        part("from").unwrap_or_default(),
    );
    match part("to").or_else(|| part("topic")) {
        Some(to) => format!("{kind} {from} -> {to}"),
        None => format!("{kind} {from}"),
    }
}
