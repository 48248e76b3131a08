//! The merge of `{ … }` and `[ … ]`, piece by piece, with our spacing.
//!
//! In: the same collection in three versions. Out: its text for each side, which are equal
//! where nothing is in conflict. Refuses to know: lines.

use std::collections::BTreeMap;

use super::block::Merger;
use super::entry::{is_flow, range};
use super::identity::{identity, numbered};
use super::order::{Slot, order, runs_at};
use super::segment::three;
use crate::source::{Node, NodeKind};

/// A value in a text.
type Value<'s> = (&'s str, Node<'s>);

/// A field or item.
#[derive(Clone, Copy)]
struct Piece<'s> {
    text: &'s str,
    /// From the key to the end of the value.
    range: (usize, usize),
    value: Node<'s>,
}

impl<'s> Piece<'s> {
    fn words(&self) -> &'s str {
        &self.text[self.range.0..self.range.1]
    }
}

/// A collection cut into pieces, in order.
struct Pieces<'s> {
    ids: Vec<String>,
    by_id: BTreeMap<String, Piece<'s>>,
}

/// A piece of the result: its id and its text.
type Written = (String, String);

impl Pieces<'_> {
    fn written(&self, id: String) -> Option<Written> {
        let words = self.by_id.get(&id)?.words().to_owned();
        Some((id, words))
    }
}

/// The text of a piece as each side has it; nothing if that side has it not.
type Texts = (Option<String>, Option<String>);

/// Merges collections. `None` if there are comments between pieces, or nobody knows the order.
pub(super) fn merge(
    merger: &mut Merger,
    base: Option<Value<'_>>,
    ours: Value<'_>,
    theirs: Value<'_>,
) -> Option<(String, String)> {
    let was = match base {
        Some(base) => pieces(base)?,
        None => Pieces {
            ids: Vec::new(),
            by_id: BTreeMap::new(),
        },
    };
    let (our, their) = (pieces(ours)?, pieces(theirs)?);
    let stays = |id: &&str| {
        let words =
            |pieces: &Pieces<'_>| pieces.by_id.get(*id).map(|piece| piece.words().to_owned());
        match (words(&our), words(&their)) {
            (Some(kept), None) | (None, Some(kept)) => words(&was) != Some(kept),
            _ => true,
        }
    };
    let order = order(
        (&was.ids, &our.ids, &their.ids),
        |id| stays(&id),
        runs_at(&merger.path),
    )?;
    let mut sides: (Vec<Written>, Vec<Written>) = (Vec::new(), Vec::new());
    for slot in order {
        match slot {
            Slot::One(id) => {
                let versions = (was.by_id.get(&id), our.by_id.get(&id), their.by_id.get(&id));
                merger.path.push(id.clone());
                let texts = piece(merger, versions);
                merger.path.pop();
                sides.0.extend(texts.0.map(|text| (id.clone(), text)));
                sides.1.extend(texts.1.map(|text| (id, text)));
            }
            Slot::Either {
                ours: first,
                theirs: second,
                ..
            } => {
                merger.contest(&first, &second);
                sides
                    .0
                    .extend(first.into_iter().filter_map(|id| our.written(id)));
                sides
                    .1
                    .extend(second.into_iter().filter_map(|id| their.written(id)));
            }
        }
    }
    Some((joined(ours, &our, &sides.0), joined(ours, &our, &sides.1)))
}

fn piece(
    merger: &mut Merger,
    (base, ours, theirs): (Option<&Piece<'_>>, Option<&Piece<'_>>, Option<&Piece<'_>>),
) -> Texts {
    let words = |piece: Option<&Piece<'_>>| piece.map(|piece| piece.words().to_owned());
    let (was, our, their) = (words(base), words(ours), words(theirs));
    if our == their || was == their {
        return (our.clone(), our);
    }
    if was == our {
        return (their.clone(), their);
    }
    let known = (merger.conflicts.len(), merger.contested.len());
    if let (Some(ours), Some(theirs)) = (ours, theirs)
        && let Some((our, their)) = inside(merger, base, ours, theirs)
    {
        return (Some(our), Some(their));
    }
    merger.conflicts.truncate(known.0);
    merger.contested.truncate(known.1);
    merger.conflicts.push(merger.path.clone());
    (our, their)
}

/// Merges a collection in a collection.
fn inside(
    merger: &mut Merger,
    base: Option<&Piece<'_>>,
    ours: &Piece<'_>,
    theirs: &Piece<'_>,
) -> Option<(String, String)> {
    let key = |piece: &Piece<'_>| {
        piece.text[piece.range.0..range(piece.value).0.max(piece.range.0)].to_owned()
    };
    let was = base.map(key);
    let head = three(was.as_deref(), &key(ours), &key(theirs))?;
    let value = |piece: &Piece<'_>| -> bool { opens(piece.text, piece.value) };
    let is_alike = ours.value.kind() == theirs.value.kind()
        && base.is_none_or(|base| base.value.kind() == ours.value.kind() && value(base));
    if !is_alike || !value(ours) || !value(theirs) {
        return None;
    }
    let base = base.map(|base| (base.text, base.value));
    let (our, their) = merge(
        merger,
        base,
        (ours.text, ours.value),
        (theirs.text, theirs.value),
    )?;
    Some((format!("{head}{our}"), format!("{head}{their}")))
}

fn opens(text: &str, node: Node<'_>) -> bool {
    !node.is_alias() && is_flow(text, node)
}

/// Cuts a collection; `None` if comments stand between its pieces.
fn pieces<'s>((text, node): Value<'s>) -> Option<Pieces<'s>> {
    let list: Vec<(String, Piece<'s>)> = if node.kind() == NodeKind::Mapping {
        let field = |(key, value): (Node<'s>, Node<'s>)| {
            let range = (range(key).0, range(value).1.max(range(key).1));
            (
                key.text().unwrap_or("").to_owned(),
                Piece { text, range, value },
            )
        };
        node.entries().map(field).collect()
    } else {
        let item = |item: Node<'s>| {
            (
                identity(item),
                Piece {
                    text,
                    range: range(item),
                    value: item,
                },
            )
        };
        node.items().map(item).collect()
    };
    let mut end = range(node).0;
    for (_, piece) in &list {
        if text.get(end..piece.range.0)?.contains('#') {
            return None;
        }
        end = piece.range.1;
    }
    if text.get(end..range(node).1)?.contains('#') {
        return None;
    }
    let ids = numbered(
        list.iter()
            .map(|(id, _)| id.clone())
            .collect::<Vec<_>>()
            .into_iter(),
    );
    let by_id = ids
        .iter()
        .cloned()
        .zip(list.into_iter().map(|(_, piece)| piece))
        .collect();
    Some(Pieces { ids, by_id })
}

/// The pieces in brackets: between two that were neighbors stands what stood there.
fn joined((text, node): Value<'_>, ours: &Pieces<'_>, merged: &[Written]) -> String {
    let (start, end) = range(node);
    let ends = |id: &String| ours.by_id.get(id).map(|piece| piece.range);
    let first = ours
        .ids
        .first()
        .and_then(ends)
        .map_or(start + 1, |range| range.0);
    let last = ours
        .ids
        .last()
        .and_then(ends)
        .map_or(end - 1, |range| range.1);
    let is_empty = ours.ids.is_empty();
    let padding = if is_empty && node.kind() == NodeKind::Mapping {
        " "
    } else {
        ""
    };
    let places: BTreeMap<&str, usize> = ours.ids.iter().map(String::as_str).zip(0..).collect();
    let place = |id: &String| places.get(id.as_str()).copied();
    let mut out = format!("{}{padding}", &text[start..first]);
    let mut before: Option<&String> = None;
    for (id, words) in merged {
        if let Some(before) = before {
            let next = place(before).map(|place| place + 1);
            let were_neighbors = next.is_some() && next == place(id);
            match (ends(before), ends(id)) {
                (Some(left), Some(right)) if were_neighbors => {
                    out.push_str(text.get(left.1..right.0).unwrap_or(", "));
                }
                _ => out.push_str(", "),
            }
        }
        out.push_str(words);
        before = Some(id);
    }
    if before.is_none() {
        return format!("{}{}", &text[start..=start], &text[end - 1..end]);
    }
    format!("{out}{padding}{}", &text[last..end])
}
