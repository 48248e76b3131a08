//! Layers before and after: those that moved, and those that only got another number.
//!
//! In: two models and their matching. Out: a [`LayerOrder`]. Refuses to know: colors.
//!
//! A layer moved if it is outside the longest increasing subsequence of the common layers,
//! their places in the new version in the order of the old one: the others keep their order,
//! whatever was inserted between them (M. L. Fredman, On computing the length of longest
//! increasing subsequences, Discrete Mathematics 11, 1975).

use super::matching::Matching;
use crate::model::{LayerId, Model};

/// The layers of both versions.
#[derive(Clone, Debug, Default)]
pub struct LayerOrder {
    /// New layers and kept ones in the order of the new version, then removed ones.
    pub rows: Vec<LayerRow>,
}

/// A layer in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerRow {
    /// The layer in the old version.
    pub base: Option<LayerId>,
    /// The layer in the new version.
    pub head: Option<LayerId>,
    /// Its number from the top before.
    pub before: Option<u64>,
    /// Its number from the top now.
    pub after: Option<u64>,
    /// What happened to it.
    pub fate: LayerFate,
}

/// What happened to a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerFate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has the same number, or none of its neighbors changed.
    Kept,
    /// It has another number because others came or went.
    Renumbered,
    /// It changed places with another.
    Moved,
}

impl LayerOrder {
    /// How many layers had this fate.
    pub fn count(&self, fate: LayerFate) -> usize {
        self.rows.iter().filter(|row| row.fate == fate).count()
    }
}

pub(super) fn layer_order(base: &Model<'_>, head: &Model<'_>, matching: &Matching) -> LayerOrder {
    let common: Vec<usize> = base
        .layers()
        .filter_map(|(id, _)| matching.layers.head_of(id))
        .map(LayerId::index)
        .collect();
    let mut stays = vec![false; head.layers.len()];
    for place in longest_increasing(&common) {
        stays[common[place]] = true;
    }
    let rows = head.layers().map(|(id, layer)| {
        let old = matching.layers.base_of(id);
        let before = old.map(|old| base[old].order);
        let fate = match before {
            None => LayerFate::Added,
            Some(_) if !stays[id.index()] => LayerFate::Moved,
            Some(before) if before != layer.order => LayerFate::Renumbered,
            Some(_) => LayerFate::Kept,
        };
        LayerRow {
            base: old,
            head: Some(id),
            before,
            after: Some(layer.order),
            fate,
        }
    });
    let removed = matching.layers.removed().map(|id| LayerRow {
        base: Some(id),
        head: None,
        before: Some(base[id].order),
        after: None,
        fate: LayerFate::Removed,
    });
    LayerOrder {
        rows: rows.chain(removed).collect(),
    }
}

/// The places of a longest increasing subsequence; of several, the one that ends lowest.
pub(super) fn longest_increasing(values: &[usize]) -> Vec<usize> {
    // `tails[n]` is the place of the lowest value that ends a sequence of n + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (place, value) in values.iter().enumerate() {
        let length = tails.partition_point(|tail| values[*tail] < *value);
        before.push(length.checked_sub(1).map(|shorter| tails[shorter]));
        if length == tails.len() {
            tails.push(place);
        } else {
            tails[length] = place;
        }
    }
    let last = tails.last().copied();
    let mut sequence: Vec<usize> = std::iter::successors(last, |place| before[*place]).collect();
    sequence.reverse();
    sequence
}

#[cfg(test)]
mod tests {
    use super::longest_increasing;

    #[track_caller]
    fn check(values: &[usize], expected: &[usize]) {
        let found: Vec<usize> = longest_increasing(values)
            .into_iter()
            .map(|place| values[place])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn one_value_out_of_order_is_left_out() {
        check(&[], &[]);
        check(&[0, 1, 2, 5, 8], &[0, 1, 2, 5, 8]);
        check(&[4, 0, 1, 2, 3], &[0, 1, 2, 3]);
        check(&[1, 2, 3, 0], &[1, 2, 3]);
        check(&[2, 1, 0], &[0]);
    }
}
