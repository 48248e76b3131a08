//! Counts crossings between two levels with an accumulator tree.
//!
//! Barth, Juenger and Mutzel, "Simple and efficient bilayer cross counting",
//! Graph Drawing 2002: sort by the upper end, then count inversions of the lower ends.
//! In: an order. Out: counts. Refuses to know: how orders are found.

use super::Order;
use super::net::Net;

/// Crossings of all lines, and what stands between the ends of level lines.
pub(in crate::layout) fn cost(net: &Net, order: &Order) -> i64 {
    let mut tree = Vec::new();
    let mut total = 0;
    for level in 0..order.levels.len() {
        if let Some(below) = order.levels.get(level + 1) {
            total += 2 * crossings(net, order, &order.levels[level], below.len(), &mut tree);
        }
        total += between(net, order, &order.levels[level]);
    }
    total
}

fn crossings(net: &Net, order: &Order, upper: &[u32], width: usize, tree: &mut Vec<i64>) -> i64 {
    let size = width.next_power_of_two();
    tree.clear();
    tree.resize(2 * size, 0);
    let mut ends = Vec::new();
    let mut count = 0;
    for vertex in upper {
        ends.clear();
        ends.extend(
            net.below
                .of(*vertex)
                .iter()
                .map(|end| order.position[*end as usize]),
        );
        ends.sort_unstable();
        // Lines from one vertex do not cross each other: count first, then insert.
        for end in &ends {
            count += right_of(tree, size, *end as usize);
        }
        for end in &ends {
            insert(tree, size, *end as usize);
        }
    }
    count
}

fn insert(tree: &mut [i64], size: usize, position: usize) {
    let mut at = size + position;
    while at > 0 {
        tree[at] += 1;
        at /= 2;
    }
}

/// How many lines that came before end right of a position.
fn right_of(tree: &[i64], size: usize, position: usize) -> i64 {
    let mut at = size + position;
    let mut count = 0;
    while at > 1 {
        if at.is_multiple_of(2) {
            count += tree[at + 1];
        }
        at /= 2;
    }
    count
}

fn between(net: &Net, order: &Order, level: &[u32]) -> i64 {
    let mut cost = 0;
    for vertex in level {
        let own = order.position[*vertex as usize];
        for other in net.beside.of(*vertex) {
            let position = order.position[*other as usize];
            if own < position {
                let obstacles = &level[own as usize + 1..position as usize];
                cost += obstacles
                    .iter()
                    .map(|item| net.obstacle(*item))
                    .sum::<i64>();
            }
        }
    }
    cost
}
