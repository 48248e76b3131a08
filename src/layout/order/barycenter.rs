//! Orders a level by the mean position of its neighbors.
//!
//! Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
//! structures", IEEE SMC 1981. Groups stay together: they are sorted by the mean of their
//! members first (Forster, "Applying crossing reduction strategies to layered compound
//! graphs", Graph Drawing 2002). In: an order. Out: the same order with one level sorted.
//! Refuses to know: when to stop.

use super::Order;
use super::nest::Nest;
use super::net::{Lists, Net};
use crate::layout::layered::index;

/// The level that is held still.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixed {
    Above,
    Below,
}

/// Sorts all levels in turn, each by the level before it.
pub(super) fn sweep(net: &Net, nest: &Nest, order: &mut Order, fixed: Fixed) {
    let count = order.levels.len();
    let mut keys = vec![0; net.len()];
    match fixed {
        Fixed::Above => {
            for level in 1..count {
                sort(net, nest, order, level, &net.above, &mut keys);
            }
        }
        Fixed::Below => {
            for level in (0..count.saturating_sub(1)).rev() {
                sort(net, nest, order, level, &net.below, &mut keys);
            }
        }
    }
}

fn sort(net: &Net, nest: &Nest, order: &mut Order, level: usize, fixed: &Lists, keys: &mut [i64]) {
    let mut items = std::mem::take(&mut order.levels[level]);
    let (mut last, mut kept) = (0, i64::MIN);
    for vertex in &items {
        if let Some(key) = mean(order, fixed.of(*vertex)) {
            last = key;
        }
        if net.is_kept[*vertex as usize] {
            last = last.max(kept);
            kept = last;
        }
        // A vertex without neighbors stays behind the one before it.
        keys[*vertex as usize] = last;
    }
    nest.sort(index(level), &mut items, keys);
    order.set(level, items);
}

/// The mean position in 1024ths.
fn mean(order: &Order, neighbors: &[u32]) -> Option<i64> {
    let count = i64::try_from(neighbors.len())
        .ok()
        .filter(|count| *count > 0)?;
    let sum: i64 = neighbors
        .iter()
        .map(|neighbor| i64::from(order.position[*neighbor as usize]))
        .sum();
    Some(sum * 1024 / count)
}
