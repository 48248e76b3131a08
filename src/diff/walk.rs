//! The comparison of two trees: the smallest differences, each at its path.
//!
//! In: two nodes. Out: [`Difference`]s, in an order in which they can be applied.
//! Refuses to know: what a difference means.
//!
//! Items of lists are the same if their keys are; of steps, first those that are equal as a
//! whole, in order. What the longest increasing subsequence leaves out has moved.

use std::collections::BTreeMap;

use serde_json::Value;

use super::edit::{Action, Edit};
use super::layer_order::longest_increasing;
use super::tree::{Item, Keys, Node, Tree};
use crate::source::Span;

/// One difference between two versions.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) edit: Edit,
    pub(super) before: Value,
    pub(super) after: Value,
    pub(super) base: Option<Span>,
    pub(super) head: Option<Span>,
}

/// Collects differences below a path.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) path: Vec<String>,
    found: Vec<Difference>,
    /// How many differences were taken out.
    taken: usize,
}

impl Walk {
    /// Takes out what was found since the last time.
    pub(super) fn take(&mut self) -> Vec<Difference> {
        self.taken += self.found.len();
        std::mem::take(&mut self.found)
    }

    pub(super) fn compare(&mut self, base: &Node, head: &Node) {
        match (&base.tree, &head.tree) {
            (Tree::Record(one, old), Tree::Record(other, new)) if one == other => {
                for ((key, old), (_, new)) in old.iter().zip(new) {
                    self.below(key, |walk| walk.compare(old, new));
                }
            }
            (Tree::List(old, one), Tree::List(new, other))
            | (Tree::Map(old, one), Tree::Map(new, other))
                if one == other =>
            {
                self.items(old, new);
            }
            (Tree::Leaf(old), Tree::Leaf(new)) if old == new => {}
            _ => self.set(base, head),
        }
    }

    /// Compares something under a further key.
    pub(super) fn below(&mut self, key: &str, walk: impl FnOnce(&mut Self)) {
        self.path.push(key.to_owned());
        walk(self);
        self.path.pop();
    }

    fn set(&mut self, base: &Node, head: &Node) {
        let (before, after) = (base.value(), head.value());
        let action = Action::Set {
            before: before.clone(),
            after: after.clone(),
        };
        self.push(action, (before, base.span), (after, head.span));
    }

    fn push(
        &mut self,
        action: Action,
        (before, base): (Value, Option<Span>),
        (after, head): (Value, Option<Span>),
    ) {
        self.found.push(Difference {
            edit: Edit {
                order: self.taken + self.found.len(),
                path: self.path.clone(),
                action,
            },
            before,
            after,
            base,
            head,
        });
    }

    /// Notes an entry that is gone.
    pub(super) fn remove(&mut self, key: &str, value: Value, span: Option<Span>) {
        let action = Action::Remove {
            value: value.clone(),
        };
        self.below(key, |walk| {
            walk.push(action, (value, span), (Value::Null, None));
        });
    }

    /// Notes an entry that is new.
    pub(super) fn add(
        &mut self,
        (key, follows): (&str, Option<&str>),
        value: Value,
        span: Option<Span>,
    ) {
        let action = Action::Add {
            value: value.clone(),
            follows: follows.map(str::to_owned),
        };
        self.below(key, |walk| {
            walk.push(action, (Value::Null, None), (value, span));
        });
    }

    /// Notes an entry that stands elsewhere: what it followed, and what it follows.
    pub(super) fn shift(
        &mut self,
        key: &str,
        (followed, follows): (Option<&str>, Option<&str>),
        (base, head): (Option<Span>, Option<Span>),
    ) {
        let action = Action::Move {
            follows: follows.map(str::to_owned),
        };
        self.below(key, |walk| {
            let (before, after) = (Value::from(followed), Value::from(follows));
            walk.push(action, (before, base), (after, head));
        });
    }

    fn items(&mut self, base: &[Item], head: &[Item]) {
        let alignment = align(base, head);
        let gone = base.iter().zip(&alignment.is_kept);
        for (item, _) in gone.filter(|(_, is_kept)| !**is_kept) {
            self.remove(&item.key, item.node.value(), item.node.span);
        }
        let mut follows: Option<&str> = None;
        for (item, fate) in head.iter().zip(&alignment.fates) {
            match fate {
                Fate::New(key) => {
                    let value = item.node.value();
                    self.add((key, follows), value, item.node.span);
                    follows = Some(key);
                }
                Fate::Kept { place, has_moved } => {
                    let old = &base[*place];
                    if *has_moved {
                        let followed = place.checked_sub(1).map(|before| &*base[before].key);
                        let spans = (old.node.span, item.node.span);
                        self.shift(&old.key, (followed, follows), spans);
                    }
                    self.below(&old.key, |walk| walk.compare(&old.node, &item.node));
                    follows = Some(&old.key);
                }
            }
        }
    }
}

/// What the items of two lists are to each other.
pub(super) struct Alignment {
    /// For each old item whether it is still there.
    pub(super) is_kept: Vec<bool>,
    /// For each new item what it was.
    pub(super) fates: Vec<Fate>,
}

/// What an item of the new list was.
pub(super) enum Fate {
    /// It is new, under this key.
    New(String),
    /// It stood at this place.
    Kept { place: usize, has_moved: bool },
}

fn align(base: &[Item], head: &[Item]) -> Alignment {
    let mut partners: Vec<Option<usize>> = vec![None; head.len()];
    let mut is_kept = vec![false; base.len()];
    if base.iter().any(|item| item.strict.is_some()) {
        let strict = |item: &Item| item.strict.clone();
        pair(base, head, strict, &mut partners, &mut is_kept);
    }
    let identity = |item: &Item| {
        let key = if item.strict.is_some() {
            item.key.split('#').next().unwrap_or("")
        } else {
            &item.key
        };
        Some(key.to_owned())
    };
    pair(base, head, identity, &mut partners, &mut is_kept);
    alignment(
        base.iter().map(|item| item.key.as_str()),
        head.iter().map(|item| item.key.as_str()),
        &partners,
        is_kept,
    )
}

/// Who is new, and who moved, among items whose partners are known.
pub(super) fn alignment<'k>(
    base: impl Iterator<Item = &'k str>,
    head: impl Iterator<Item = &'k str>,
    partners: &[Option<usize>],
    is_kept: Vec<bool>,
) -> Alignment {
    let mut keys = Keys::default();
    // Only what is new needs a key that no old item has.
    if partners.contains(&None) {
        for key in base {
            keys.own(key.into());
        }
    }
    let common: Vec<usize> = partners.iter().copied().flatten().collect();
    let mut stays = vec![false; is_kept.len()];
    for place in longest_increasing(&common) {
        stays[common[place]] = true;
    }
    let fate = |(key, partner): (&'k str, &Option<usize>)| match partner {
        None => Fate::New(keys.own(key.into()).into_owned()),
        Some(place) => Fate::Kept {
            place: *place,
            has_moved: !stays[*place],
        },
    };
    let fates = head.zip(partners).map(fate).collect();
    Alignment { is_kept, fates }
}

/// Pairs items that share an identity, in order.
fn pair(
    base: &[Item],
    head: &[Item],
    identity: impl Fn(&Item) -> Option<String>,
    partners: &mut [Option<usize>],
    is_kept: &mut [bool],
) {
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, item) in base.iter().enumerate().rev() {
        if let Some(identity) = identity(item).filter(|_| !is_kept[place]) {
            open.entry(identity).or_default().push(place);
        }
    }
    for (item, partner) in head
        .iter()
        .zip(partners)
        .filter(|(_, partner)| partner.is_none())
    {
        let same = identity(item).and_then(|identity| open.get_mut(&identity)?.pop());
        if let Some(place) = same {
            *partner = Some(place);
            is_kept[place] = true;
        }
    }
}
