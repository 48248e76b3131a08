//! Global sifting: nodes and whole chains look for their best place in all levels at once.
//!
//! Bachmaier, Brandenburg, Brunner and Huebner, "Global k-level crossing reduction", J. Graph
//! Algorithms and Applications 15(5), 2011. Long edges never cross in their middle.
//! Differences: level lines and the weight of bundles count, and among places of equal
//! crossings the one with shorter lines wins. The search around it is iterated local search
//! (Lourenco, Martin and Stuetzle, 2003). In: blocks. Out: their order.
//! Refuses to know: coordinates.

use std::cmp::Ordering;

use super::blocks::{Block, Blocks, Link};
use crate::layout::layered::index;
use crate::layout::random::Random;

/// How an order gets better or worse.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Change {
    /// Four for each crossing of two single lines.
    pub(super) crossings: i64,
    /// In pixels, roughly.
    pub(super) length: i64,
}

impl std::ops::AddAssign for Change {
    fn add_assign(&mut self, other: Self) {
        self.crossings += other.crossings;
        self.length += other.length;
    }
}

/// A global order of blocks.
pub(super) struct Global<'b> {
    blocks: &'b Blocks,
    /// How much length a crossing is worth.
    crossing: i64,
    pub(super) sequence: Vec<u32>,
    place: Vec<u32>,
    random: Random,
    pub(super) steps: u64,
}

impl<'b> Global<'b> {
    pub(super) fn new(blocks: &'b Blocks, sequence: Vec<u32>, crossing: i64) -> Self {
        let mut global = Self {
            blocks,
            crossing,
            place: vec![0; sequence.len()],
            sequence,
            random: Random::default(),
            steps: 0,
        };
        global.number(0, global.sequence.len());
        global
    }

    fn number(&mut self, from: usize, to: usize) {
        for at in from..to {
            self.place[self.sequence[at] as usize] = index(at);
        }
    }

    /// Takes over an order.
    pub(super) fn set(&mut self, sequence: &[u32]) {
        self.sequence.clear();
        self.sequence.extend_from_slice(sequence);
        self.number(0, sequence.len());
    }

    pub(super) fn shuffle(&mut self) {
        let mut sequence = std::mem::take(&mut self.sequence);
        self.random.shuffle(&mut sequence);
        self.set(&sequence);
    }

    /// Sifts everything until nothing improves.
    pub(super) fn descend(&mut self) -> Change {
        let all: Vec<u32> = (0..index(self.sequence.len())).collect();
        self.settle(all)
    }

    /// Moves a few blocks anywhere, and mends what that disturbs.
    pub(super) fn shake(&mut self) -> Change {
        let count = self.sequence.len();
        let mut change = Change::default();
        let mut disturbed = Vec::new();
        for _ in 0..2 + self.random.below(3) {
            let block = index(self.random.below(count));
            let to = self.random.below(count);
            if self.blocks.list[block as usize].is_kept {
                continue;
            }
            change += self.relocate(block, to);
            disturbed.push(block);
            let data = &self.blocks.list[block as usize];
            disturbed.extend(data.above.iter().chain(&data.below).map(|link| link.0));
        }
        change += self.settle(disturbed);
        change
    }

    /// Sifts the blocks of a queue and whoever is linked to a block that moved.
    fn settle(&mut self, mut queue: Vec<u32>) -> Change {
        let mut change = Change::default();
        let mut rounds = 0;
        while !queue.is_empty() && rounds < 12 {
            rounds += 1;
            queue.sort_unstable();
            queue.dedup();
            self.random.shuffle(&mut queue);
            let mut next = Vec::new();
            for block in queue {
                if let Some(gained) = self.sift(block) {
                    change += gained;
                    next.push(block);
                    let data = &self.blocks.list[block as usize];
                    next.extend(data.above.iter().chain(&data.below).map(|link| link.0));
                    next.extend_from_slice(&data.beside);
                }
            }
            queue = next;
        }
        change
    }

    /// Moves a block to a place.
    fn relocate(&mut self, block: u32, to: usize) -> Change {
        let at = self.place[block as usize] as usize;
        let range: Vec<usize> = if to > at {
            (at + 1..=to).collect()
        } else {
            (to..at).rev().collect()
        };
        let mut change = Change::default();
        for next in range {
            change += self.pass(block, self.sequence[next], to > at);
        }
        self.put(at, to);
        change
    }

    fn put(&mut self, at: usize, to: usize) {
        let block = self.sequence.remove(at);
        self.sequence.insert(to, block);
        self.number(at.min(to), at.max(to) + 1);
    }

    /// Moves a block to its best place, if that is another one.
    fn sift(&mut self, block: u32) -> Option<Change> {
        let at = self.place[block as usize] as usize;
        let count = self.sequence.len();
        let (mut least, mut best) = (0, None);
        for is_right in [true, false] {
            let mut change = Change::default();
            let mut to = at;
            while if is_right { to + 1 < count } else { to > 0 } {
                to = if is_right { to + 1 } else { to - 1 };
                if self.is_bound(block, self.sequence[to]) {
                    break;
                }
                change += self.pass(block, self.sequence[to], is_right);
                let cost = self.cost(change);
                if cost < least {
                    (least, best) = (cost, Some((to, change)));
                }
            }
        }
        self.steps += count as u64;
        let (to, change) = best?;
        self.put(at, to);
        Some(change)
    }

    /// Whether two blocks have to keep their order.
    fn is_bound(&self, block: u32, next: u32) -> bool {
        let (a, b) = (
            &self.blocks.list[block as usize],
            &self.blocks.list[next as usize],
        );
        a.is_kept && b.is_kept && a.first == b.first
    }

    /// The change when a block passes its neighbor to the right or to the left.
    fn pass(&mut self, block: u32, next: u32, is_right: bool) -> Change {
        let (own, other) = (
            self.blocks.spans[block as usize],
            self.blocks.spans[next as usize],
        );
        if own.1 < other.0 || other.1 < own.0 {
            return Change::default();
        }
        self.steps += 4;
        let (a, b) = (
            &self.blocks.list[block as usize],
            &self.blocks.list[next as usize],
        );
        let at = self.place[next as usize];
        let mut change = self.swap(a, b, at);
        if !is_right {
            change.crossings = -change.crossings;
            change.length = -change.length;
        }
        if !(a.beside.is_empty() && b.beside.is_empty()) {
            change.crossings += self.ties(block, next, is_right);
        }
        change
    }

    pub(super) fn cost(&self, change: Change) -> i64 {
        change.crossings * self.crossing + change.length / 16
    }

    /// What changes when `a` passes to the right of `b`, which is at a place.
    fn swap(&self, a: &Block, b: &Block, at: u32) -> Change {
        let own = [self.leaning(&a.above, at), self.leaning(&a.below, at)];
        let other = [self.leaning(&b.above, at), self.leaning(&b.below, at)];
        let above = match a.first.cmp(&b.first) {
            Ordering::Equal => self.balance(&a.above, &b.above),
            Ordering::Greater => own[0] * b.weight(),
            Ordering::Less => -other[0] * a.weight(),
        };
        let below = match a.last.cmp(&b.last) {
            Ordering::Equal => self.balance(&a.below, &b.below),
            Ordering::Less => own[1] * b.weight(),
            Ordering::Greater => -other[1] * a.weight(),
        };
        Change {
            crossings: above + below,
            length: (own[0] + own[1]) * b.width - (other[0] + other[1]) * a.width,
        }
    }

    /// Links that end left of a place, less links that end right of it.
    fn leaning(&self, links: &[Link], at: u32) -> i64 {
        links
            .iter()
            .map(|(end, weight)| {
                let place = self.place[*end as usize];
                weight * (i64::from(place < at) - i64::from(place > at))
            })
            .sum()
    }

    /// Pairs of links of which `a`'s ends left, less pairs of which `a`'s ends right.
    fn balance(&self, a: &[Link], b: &[Link]) -> i64 {
        b.iter()
            .map(|(end, weight)| self.leaning(a, self.place[*end as usize]) * weight)
            .sum()
    }

    /// Level lines: who comes to stand between their ends, and who leaves.
    fn ties(&self, block: u32, next: u32, is_right: bool) -> i64 {
        let at = self.place[next as usize];
        let mut change = 0;
        for (own, other) in [(block, next), (next, block)] {
            let (own_data, other_data) = (
                &self.blocks.list[own as usize],
                &self.blocks.list[other as usize],
            );
            if own_data.first < other_data.first || own_data.first > other_data.last {
                continue;
            }
            for end in &own_data.beside {
                if *end != other {
                    let comes_near =
                        ((self.place[*end as usize] > at) == is_right) == (own == block);
                    change += if comes_near {
                        -other_data.obstacle
                    } else {
                        other_data.obstacle
                    };
                }
            }
        }
        change
    }
}

impl Block {
    /// The weight of a chain's line.
    fn weight(&self) -> i64 {
        self.obstacle / 2
    }
}
