//! Looks for an order with few crossings: sweeps, sifting, and restarts under a budget.
//!
//! Iterated local search (Lourenco, Martin and Stuetzle, 2003): the best order so far is
//! shaken and mended again, which needs fewer tries than starting from nothing each time.
//! In: a layered graph and an order. Out: an order. Refuses to know: time.

use super::barycenter::{Fixed, sweep};
use super::count::cost;
use super::sift::Sifter;
use super::{Nest, Net, Order};
use crate::layout::layered::{Layered, index};
use crate::layout::random::Random;

/// Sweeps in each direction before sifting.
const SWEEPS: usize = 4;
/// Passes of sifting over all levels, at most.
const PASSES: usize = 12;

/// What a search may cost.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Search {
    /// Orders to start from.
    pub(in crate::layout) restarts: usize,
    /// Steps to spend.
    pub(in crate::layout) budget: u64,
}

/// Vertices in the order of nodes and edges.
pub(in crate::layout) fn initial(layered: &Layered) -> Order {
    let mut levels = vec![Vec::new(); layered.level_count];
    for (vertex, data) in layered.vertices.iter().enumerate() {
        levels[data.level as usize].push(index(vertex));
    }
    let mut order = Order {
        levels: Vec::with_capacity(levels.len()),
        position: vec![0; layered.vertices.len()],
    };
    for (level, vertices) in levels.into_iter().enumerate() {
        order.levels.push(Vec::new());
        order.set(level, vertices);
    }
    order
}

/// The best order that was found, and the steps that it took.
pub(in crate::layout) fn minimize(net: &Net, nest: &Nest, start: Order, search: Search) -> (Order, u64) {
    let mut random = Random::default();
    let mut sifter = Sifter::new(net, nest);
    let mut best: Option<(i64, Order)> = None;
    for restart in 0..search.restarts.max(1) {
        let mut order = start.clone();
        if restart > 0 {
            shuffle(nest, &mut order, net, &mut random);
        }
        descend(net, nest, &mut order, &mut sifter, if restart == 0 { 0 } else { SWEEPS });
        keep(net, &mut best, order);
        if sifter.steps > search.budget {
            break;
        }
    }
    let (mut least, mut order) = best.unwrap_or_default();
    while sifter.steps < search.budget && least > 0 {
        let mut shaken = order.clone();
        shake(nest, &mut shaken, net, &mut random);
        descend(net, nest, &mut shaken, &mut sifter, 0);
        sifter.steps += net.len() as u64 * 4;
        let found = cost(net, &shaken);
        if found <= least {
            (least, order) = (found, shaken);
        }
    }
    (order, sifter.steps)
}

fn keep(net: &Net, best: &mut Option<(i64, Order)>, order: Order) {
    let found = cost(net, &order);
    if best.as_ref().is_none_or(|(least, _)| found < *least) {
        *best = Some((found, order));
    }
}

/// Sweeps, then sifts until nothing improves.
fn descend(net: &Net, nest: &Nest, order: &mut Order, sifter: &mut Sifter<'_>, sweeps: usize) {
    for _ in 0..sweeps {
        sweep(net, nest, order, Fixed::Above);
        sweep(net, nest, order, Fixed::Below);
        sifter.steps += net.len() as u64 * 4;
    }
    for pass in 0..PASSES {
        let count = order.levels.len();
        let gain: i64 = if pass % 2 == 0 {
            (0..count).map(|level| sifter.level(order, level)).sum()
        } else {
            (0..count).rev().map(|level| sifter.level(order, level)).sum()
        };
        if gain == 0 && pass > 0 {
            break;
        }
    }
}

fn shuffle(nest: &Nest, order: &mut Order, net: &Net, random: &mut Random) {
    for level in 0..order.levels.len() {
        shuffle_level(nest, order, net, random, level);
    }
}

/// Shuffles two neighboring levels.
fn shake(nest: &Nest, order: &mut Order, net: &Net, random: &mut Random) {
    let level = random.below(order.levels.len());
    for level in [level, (level + 1) % order.levels.len().max(1)] {
        shuffle_level(nest, order, net, random, level);
    }
}

fn shuffle_level(nest: &Nest, order: &mut Order, net: &Net, random: &mut Random, level: usize) {
    let mut vertices = order.levels[level].clone();
    random.shuffle(&mut vertices);
    let keys = vec![0; net.len()];
    if let Some(first) = vertices.first() {
        nest.sort(net.level[*first as usize], &mut vertices, &keys);
    }
    order.set(level, vertices);
}
