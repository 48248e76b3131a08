//! Looks for an order with few crossings: sweeps, sifting, and restarts under a budget.
//!
//! Iterated local search (Lourenco, Martin and Stuetzle, 2003): the best order so far is
//! shaken and mended again, which needs fewer tries than starting from nothing each time.
//! In: a layered graph and an order. Out: an order. Refuses to know: time.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::barycenter::{Fixed, sweep};
use super::blocks::Blocks;
use super::count::cost;
use super::global::{Change, Global, Standing};
use super::sift::Sifter;
use super::{Nest, Net, Order};
use crate::layout::layered::{Layered, index};
use crate::layout::previous::Spot;

/// Passes of sifting over all levels, at most.
const PASSES: usize = 12;
/// Shakes without any gain, for each two blocks, after which the search gives up.
const VAIN: usize = 1;
/// The share of the budget that is spent on each further order, in hundredths.
const FURTHER: u64 = 15;
/// With more blocks, levels are ordered one at a time.
const MANY_BLOCKS: usize = 1500;

/// What counts as better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Goal {
    /// Fewer crossings; among equals, shorter lines.
    CrossingsFirst,
    /// A crossing may be taken for much shorter lines.
    Together,
}

/// What a search may cost.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Search {
    /// How many orders to start from: the given one, and random ones.
    pub(in crate::layout) starts: usize,
    /// How much length a crossing is worth.
    pub(in crate::layout) crossing: i64,
    pub(in crate::layout) goal: Goal,
    /// Steps to spend.
    pub(in crate::layout) budget: u64,
    /// Orders to return at most.
    pub(in crate::layout) orders: usize,
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

/// Vertices by where nodes were in an earlier drawing; others near their neighbors.
pub(in crate::layout) fn remembered(layered: &Layered, spots: &[Option<Spot>]) -> Order {
    let mut sums = vec![(0_i64, 0_i64); layered.vertices.len()];
    let center = |node: u32| {
        let spot = spots.get(node as usize).copied().flatten();
        spot.map(|spot| i64::from(spot.center))
    };
    for chain in &layered.chains {
        let ports = chain.tops.iter().chain(&chain.bottoms);
        let nodes: Vec<u32> = ports
            .map(|port| layered.ports[*port as usize].node)
            .collect();
        for known in nodes.iter().filter_map(|node| center(*node)) {
            for vertex in (chain.first..chain.first + chain.len).chain(nodes.iter().copied()) {
                let sum = &mut sums[vertex as usize];
                *sum = (sum.0 + known, sum.1 + 1);
            }
        }
    }
    let key = |vertex: u32| {
        let (sum, count) = sums[vertex as usize];
        center(vertex).unwrap_or(sum / count.max(1))
    };
    let mut order = initial(layered);
    for level in 0..order.levels.len() {
        let mut vertices = order.levels[level].clone();
        vertices.sort_by_key(|vertex| key(*vertex));
        order.set(level, vertices);
    }
    order
}

/// Vertices in the order that they, or other lines of the same edges, had before.
pub(in crate::layout) fn carry(old: &Layered, order: &Order, new: &Layered) -> Order {
    let mut chains_of_edge: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (chain, data) in old.chains.iter().enumerate() {
        for edge in &data.edges {
            chains_of_edge.entry(*edge).or_default().push(chain);
        }
    }
    let mut keys: Vec<i64> = vec![0; new.vertices.len()];
    for (vertex, data) in new.vertices.iter().enumerate() {
        if data.chain.is_none() {
            keys[vertex] = i64::from(order.position[vertex]) * 4;
        }
    }
    let mut legs = 0;
    for (chain, data) in new.chains.iter().enumerate() {
        let is_second = chain > 0 && data.edges == new.chains[chain - 1].edges;
        legs = if is_second { legs + 1 } else { 0 };
        let known = chains_of_edge
            .get(&data.edges[0])
            .and_then(|chains| chains.get(legs));
        for vertex in new.vertices_of(chain) {
            let same_level = known.and_then(|chain| {
                old.vertices_of(*chain)
                    .find(|old_vertex| old.level(*old_vertex) == new.level(vertex))
            });
            keys[vertex as usize] = match same_level {
                Some(old_vertex) => i64::from(order.position[old_vertex as usize]) * 4,
                None => beside_node(new, chain, order),
            };
        }
    }
    let mut levels = initial(new);
    for level in 0..levels.levels.len() {
        let mut vertices = levels.levels[level].clone();
        vertices.sort_by_key(|vertex| keys[*vertex as usize]);
        levels.set(level, vertices);
    }
    levels
}

/// A new leg starts in the label level at its node's share of the row.
fn beside_node(layered: &Layered, chain: usize, order: &Order) -> i64 {
    let data = &layered.chains[chain];
    let port = data
        .tops
        .first()
        .or(data.bottoms.first())
        .copied()
        .unwrap_or(0);
    let node = layered.ports.get(port as usize).map_or(0, |port| port.node);
    let row = order.levels[layered.level(node)].len().max(1);
    let labels = order.levels[layered.level(data.first)].len();
    let share = order.position[node as usize] as usize * labels / row;
    i64::try_from(share).unwrap_or(0) * 4 + 1
}

/// The best orders that were found, the best one first; others have about as many crossings.
pub(in crate::layout) fn minimize(
    layered: &Layered,
    nest: &Nest,
    start: &Order,
    search: Search,
) -> Vec<Order> {
    let mut blocks = Blocks::build(layered, nest);
    blocks.remember(&start.position);
    let net = Net::build(layered);
    if blocks.list.len() > MANY_BLOCKS {
        return vec![sweeps(&net, nest, start.clone(), search)];
    }
    let mut climb = Climb::start(&blocks, sequence(&blocks, start), search);
    if search.starts > 1 {
        climb.choose(layered, &blocks, &net);
    }
    let more = search.orders as u64 - 1;
    let share = search.budget * FURTHER / 100;
    climb.run(search.budget - more * share);
    let mut sifter = Sifter::new(&net, nest);
    let mut orders = Vec::new();
    for number in 0..=more {
        if number > 0 {
            climb.drift(climb.global.steps + share / 2);
            climb.run(search.budget - (more - number) * share);
        }
        let mut order = levels(layered, &blocks, &climb.kept.sequence);
        descend(&mut order, &mut sifter, search.budget);
        if !orders.contains(&order) {
            orders.push(order);
        }
    }
    orders
}

/// Iterated local search over the global order of blocks.
struct Climb<'b> {
    global: Global<'b>,
    search: Search,
    /// The best order so far.
    kept: Standing,
}

impl<'b> Climb<'b> {
    fn start(blocks: &'b Blocks, first: Vec<u32>, search: Search) -> Self {
        let mut global = Global::new(blocks, first, search.crossing);
        global.descend();
        Self {
            kept: global.standing.clone(),
            global,
            search,
        }
    }

    /// Goes on from the best of several starts, each of which gets a part of the budget.
    fn choose(&mut self, layered: &Layered, blocks: &Blocks, net: &Net) {
        let share = self.search.budget / 2 / self.search.starts as u64;
        let mut best: Option<(i64, Standing)> = None;
        for start in 0..self.search.starts {
            if start > 0 {
                self.global.shuffle();
                self.global.descend();
                self.kept.copy(&self.global.standing);
            }
            self.run(self.global.steps + share);
            let found = cost(net, &levels(layered, blocks, &self.kept.sequence));
            if best.as_ref().is_none_or(|best| found < best.0) {
                best = Some((found, self.kept.clone()));
            }
        }
        if let Some((_, standing)) = best {
            self.global.standing.copy(&standing);
            self.kept = standing;
        }
    }

    /// Shakes and mends until the steps are spent, or nothing was gained for long.
    fn run(&mut self, budget: u64) {
        let count = self.kept.sequence.len();
        let mut vain = 0;
        while self.global.steps < budget && vain < VAIN * count / 2 && count > 2 {
            let change = self.global.shake();
            let verdict = self.verdict(change);
            vain = if verdict.is_lt() { 0 } else { vain + 1 };
            if verdict.is_gt() {
                self.global.standing.copy(&self.kept);
            } else {
                self.kept.copy(&self.global.standing);
            }
        }
    }

    /// Shakes and mends without looking at the length: equal crossings look very different.
    fn drift(&mut self, budget: u64) {
        while self.global.steps < budget && self.kept.sequence.len() > 2 {
            if self.global.shake().crossings > 0 {
                self.global.standing.copy(&self.kept);
            } else {
                self.kept.copy(&self.global.standing);
            }
        }
    }

    /// Less is better.
    fn verdict(&self, change: Change) -> Ordering {
        match self.search.goal {
            Goal::CrossingsFirst => (change.crossings, change.length).cmp(&(0, 0)),
            Goal::Together => self.global.cost(change).cmp(&0),
        }
    }
}

/// For many blocks: levels are sorted in turn, then sifted.
fn sweeps(net: &Net, nest: &Nest, mut order: Order, search: Search) -> Order {
    let mut steps = 0;
    let mut best = (cost(net, &order), order.clone());
    let mut vain = 0;
    while steps < search.budget / 2 && vain < 3 {
        sweep(net, nest, &mut order, Fixed::Above);
        sweep(net, nest, &mut order, Fixed::Below);
        steps += net.len() as u64 * 16;
        let found = cost(net, &order);
        vain += 1;
        if found < best.0 {
            best = (found, order.clone());
            vain = 0;
        }
    }
    let mut order = best.1;
    let mut sifter = Sifter::new(net, nest);
    descend(&mut order, &mut sifter, search.budget / 2);
    order
}

/// Blocks from left to right, as they stand in an order.
fn sequence(blocks: &Blocks, order: &Order) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = (0..)
        .zip(&blocks.list)
        .map(|(id, block)| {
            let sum: u64 = block
                .vertices
                .iter()
                .map(|vertex| u64::from(order.position[*vertex as usize]))
                .sum();
            (sum * 64 / block.vertices.len().max(1) as u64, id)
        })
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, id)| id).collect()
}

/// The levels of a global order.
fn levels(layered: &Layered, blocks: &Blocks, sequence: &[u32]) -> Order {
    let mut order = Order {
        levels: vec![Vec::new(); layered.level_count],
        position: vec![0; layered.vertices.len()],
    };
    for block in sequence {
        for vertex in &blocks.list[*block as usize].vertices {
            let level = &mut order.levels[layered.level(*vertex)];
            order.position[*vertex as usize] = index(level.len());
            level.push(*vertex);
        }
    }
    order
}

/// Sifts level by level until nothing improves.
fn descend(order: &mut Order, sifter: &mut Sifter<'_>, budget: u64) {
    let count = order.levels.len();
    // A level is sifted again only if it or a level beside it has changed.
    let mut is_due = vec![true; count];
    for pass in 0..PASSES {
        let mut is_done = true;
        for at in 0..count {
            let level = if pass % 2 == 0 { at } else { count - 1 - at };
            // Sifting also puts the members of groups together, which is no matter of cost.
            let has_to = pass == 0 && sifter.has_groups(level);
            if !is_due[level] || (sifter.steps > budget && !has_to) {
                continue;
            }
            let has_gained = sifter.level(order, level) > 0;
            is_due[level] = has_gained;
            if has_gained {
                is_done = false;
                is_due[level.saturating_sub(1)] = true;
                is_due[(level + 1).min(count - 1)] = true;
            }
        }
        if is_done {
            break;
        }
    }
}
