//! The same merge on values alone: what the text must say in the end.
//!
//! In: three parsed files, and the places in conflict with the side that decides them. Out:
//! [`Data`]. Refuses to know: texts, comments and formatting.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::{identity, numbered};
use super::order::{Slot, order, runs_at};
use super::segment::Side;
use crate::source::{Node, NodeKind, SourceId, Sources};

/// Values nested deeper are not compared.
const MAX_DEPTH: usize = 256;

/// A value, in order.
#[derive(Clone, Debug)]
pub(super) enum Data {
    /// A scalar; quoted text is another value than the same text without quotes.
    Scalar(String, bool),
    /// A list, with what each item is about.
    List(Vec<(String, Data)>),
    /// A mapping.
    Mapping(Vec<(String, Data)>),
}

/// What an item is about follows from what it says; numbers of equal ones are no part of it.
impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        let key = |id: &str| id.split('\n').next().unwrap_or("").to_owned();
        match (self, other) {
            (Self::Scalar(text, quoted), Self::Scalar(other, other_quoted)) => {
                (text, quoted) == (other, other_quoted)
            }
            (Self::List(items), Self::List(others)) => {
                let mut pairs = items.iter().zip(others);
                items.len() == others.len() && pairs.all(|((_, value), (_, other))| value == other)
            }
            (Self::Mapping(entries), Self::Mapping(others)) => {
                let mut pairs = entries.iter().zip(others);
                entries.len() == others.len()
                    && pairs.all(|((id, value), (other, other_value))| {
                        key(id) == key(other) && value == other_value
                    })
            }
            _ => false,
        }
    }
}

impl Data {
    /// The value of a file; an empty one is an empty mapping.
    pub(super) fn of_file(sources: &Sources, id: SourceId) -> Option<Self> {
        if !sources.file(id).syntax_errors.is_empty() {
            return None;
        }
        let nothing = || Some(Self::Mapping(Vec::new()));
        sources
            .root(id)
            .map_or_else(nothing, |root| Self::of(root, MAX_DEPTH))
    }

    fn of(node: Node<'_>, depth: usize) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        let all = |ids: Vec<String>, values: Option<Vec<Self>>| {
            Some(numbered(ids.into_iter()).into_iter().zip(values?).collect())
        };
        match node.kind() {
            NodeKind::Mapping => {
                let keys = node
                    .entries()
                    .map(|(key, _)| key.text().unwrap_or("").to_owned());
                let values = node.entries().map(|(_, value)| Self::of(value, depth));
                all(keys.collect(), values.collect()).map(Self::Mapping)
            }
            NodeKind::Sequence => {
                let values = node.items().map(|item| Self::of(item, depth));
                all(node.items().map(identity).collect(), values.collect()).map(Self::List)
            }
            kind => {
                let text = node.text().unwrap_or("").to_owned();
                Some(Self::Scalar(text, kind == NodeKind::Quoted))
            }
        }
    }
}

/// What the merged text must say if every conflict is decided for one side.
pub(super) fn expected(
    sources: &Sources,
    (base, ours, theirs): (SourceId, SourceId, SourceId),
    conflicts: &[Vec<String>],
    side: Side,
) -> Option<Data> {
    let data = |id| Data::of_file(sources, id);
    let (base, ours, theirs) = (data(base)?, data(ours)?, data(theirs)?);
    let mut judge = Judge {
        path: Vec::new(),
        conflicts: conflicts.iter().map(Vec::as_slice).collect(),
        side,
    };
    judge.merged(Some(&base), Some(&ours), Some(&theirs))
}

struct Judge<'c> {
    path: Vec<String>,
    conflicts: BTreeSet<&'c [String]>,
    side: Side,
}

impl Judge<'_> {
    fn merged(
        &mut self,
        base: Option<&Data>,
        ours: Option<&Data>,
        theirs: Option<&Data>,
    ) -> Option<Data> {
        let preferred = match self.side {
            Side::Ours => ours,
            Side::Theirs => theirs,
        };
        if self.conflicts.contains(self.path.as_slice()) {
            return preferred.cloned();
        }
        if ours == theirs || base == theirs {
            return ours.cloned();
        }
        if base == ours {
            return theirs.cloned();
        }
        let nothing = Vec::new();
        match (base, ours, theirs) {
            (base, Some(Data::Mapping(ours)), Some(Data::Mapping(theirs))) => {
                let base = if let Some(Data::Mapping(base)) = base {
                    base
                } else {
                    &nothing
                };
                self.entries(base, ours, theirs).map(Data::Mapping)
            }
            (base, Some(Data::List(ours)), Some(Data::List(theirs))) => {
                let base = if let Some(Data::List(base)) = base {
                    base
                } else {
                    &nothing
                };
                self.entries(base, ours, theirs).map(Data::List)
            }
            _ => preferred.cloned(),
        }
    }

    fn entries(
        &mut self,
        base: &[(String, Data)],
        ours: &[(String, Data)],
        theirs: &[(String, Data)],
    ) -> Option<Vec<(String, Data)>> {
        let maps = (map(base), map(ours), map(theirs));
        let is_conflict = |id: &str| {
            let mut path = self.path.clone();
            path.push(id.to_owned());
            self.conflicts.contains(path.as_slice())
        };
        let stays = |id: &&str| {
            let sides = (maps.0.get(*id), maps.1.get(*id), maps.2.get(*id));
            match sides {
                (base, Some(kept), None) | (base, None, Some(kept)) => {
                    base != Some(kept) || is_conflict(id)
                }
                _ => true,
            }
        };
        let order = order(
            (&names(base), &names(ours), &names(theirs)),
            |id| stays(&id),
            runs_at(&self.path),
        )?;
        let mut merged = Vec::with_capacity(order.len());
        for slot in order {
            match (slot, self.side) {
                (Slot::One(id), _) => {
                    let sides = (
                        maps.0.get(&*id).copied(),
                        maps.1.get(&*id).copied(),
                        maps.2.get(&*id).copied(),
                    );
                    self.path.push(id.clone());
                    let value = self.merged(sides.0, sides.1, sides.2);
                    self.path.pop();
                    merged.extend(value.map(|value| (id, value)));
                }
                (Slot::Either { ours: ids, .. }, Side::Ours) => {
                    merged.extend(ids.into_iter().filter_map(|id| taken(&maps.1, id)));
                }
                (Slot::Either { theirs: ids, .. }, Side::Theirs) => {
                    merged.extend(ids.into_iter().filter_map(|id| taken(&maps.2, id)));
                }
            }
        }
        Some(merged)
    }
}

fn taken(map: &BTreeMap<&str, &Data>, id: String) -> Option<(String, Data)> {
    let value = (*map.get(&*id)?).clone();
    Some((id, value))
}

fn map(entries: &[(String, Data)]) -> BTreeMap<&str, &Data> {
    entries
        .iter()
        .map(|(id, value)| (id.as_str(), value))
        .collect()
}

fn names(entries: &[(String, Data)]) -> Vec<String> {
    entries.iter().map(|(id, _)| id.clone()).collect()
}
