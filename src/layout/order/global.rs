//! Global sifting: nodes and whole chains look for their best place in all levels at once.
//!
//! Bachmaier, Brandenburg, Brunner and Huebner, "Global k-level crossing reduction", J. Graph
//! Algorithms and Applications 15(5), 2011. Long edges never cross in their middle.
//! Differences: level lines and the weight of bundles count, and among places of equal
//! crossings the one with shorter lines wins. The search around it is iterated local search
//! (Lourenco, Martin and Stuetzle, 2003). In: blocks. Out: their order.
//! Refuses to know: coordinates.

use super::blocks::{Block, Blocks, Link};
use crate::layout::layered::index;
use crate::layout::random::Random;

/// A crossing is worth this much length: lengths only decide between equals, or nearly so.
const CROSSING: i64 = 400;

/// A global order of blocks.
pub(super) struct Global<'b> {
    blocks: &'b Blocks,
    pub(super) sequence: Vec<u32>,
    place: Vec<u32>,
    random: Random,
    pub(super) steps: u64,
}

impl<'b> Global<'b> {
    pub(super) fn new(blocks: &'b Blocks, sequence: Vec<u32>) -> Self {
        let mut global = Self {
            blocks,
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
    pub(super) fn descend(&mut self) -> i64 {
        let all: Vec<u32> = (0..index(self.sequence.len())).collect();
        self.settle(all)
    }

    /// Moves a few blocks anywhere, and mends what that disturbs; returns the change of cost.
    pub(super) fn shake(&mut self) -> i64 {
        let count = self.sequence.len();
        if count == 0 {
            return 0;
        }
        let mut change = 0;
        let mut disturbed = Vec::new();
        for _ in 0..2 + self.random.below(3) {
            let block = index(self.random.below(count));
            let to = self.random.below(count);
            change += self.relocate(block, to);
            disturbed.push(block);
            let data = &self.blocks.list[block as usize];
            disturbed.extend(data.above.iter().chain(&data.below).map(|link| link.0));
        }
        change + self.settle(disturbed)
    }

    /// Sifts the blocks of a queue and whoever is linked to a block that moved.
    fn settle(&mut self, mut queue: Vec<u32>) -> i64 {
        let mut change = 0;
        let mut rounds = 0;
        while !queue.is_empty() && rounds < 12 {
            rounds += 1;
            queue.sort_unstable();
            queue.dedup();
            self.random.shuffle(&mut queue);
            let mut next = Vec::new();
            for block in queue {
                let gained = self.sift(block);
                if gained < 0 {
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

    /// Moves a block to a place; returns the change of cost.
    fn relocate(&mut self, block: u32, to: usize) -> i64 {
        let at = self.place[block as usize] as usize;
        let range: Vec<usize> = if to > at {
            (at + 1..=to).collect()
        } else {
            (to..at).rev().collect()
        };
        let change = range
            .iter()
            .map(|next| self.pass(block, self.sequence[*next], to > at))
            .sum();
        self.put(at, to);
        change
    }

    fn put(&mut self, at: usize, to: usize) {
        let block = self.sequence.remove(at);
        self.sequence.insert(to, block);
        self.number(at.min(to), at.max(to) + 1);
    }

    /// Moves a block to its best place; returns the change of cost.
    fn sift(&mut self, block: u32) -> i64 {
        let at = self.place[block as usize] as usize;
        let count = self.sequence.len();
        let (mut best, mut best_at) = (0, at);
        let mut change = 0;
        for to in at + 1..count {
            change += self.pass(block, self.sequence[to], true);
            if change < best {
                (best, best_at) = (change, to);
            }
        }
        change = 0;
        for to in (0..at).rev() {
            change += self.pass(block, self.sequence[to], false);
            if change < best {
                (best, best_at) = (change, to);
            }
        }
        self.steps += count as u64;
        if best_at != at {
            self.put(at, best_at);
        }
        best
    }

    /// The change of cost when a block passes its neighbor to the right or to the left.
    fn pass(&mut self, block: u32, next: u32, is_right: bool) -> i64 {
        let (a, b) = (
            &self.blocks.list[block as usize],
            &self.blocks.list[next as usize],
        );
        if a.last < b.first || b.last < a.first {
            return 0;
        }
        self.steps += 4;
        let at = self.place[next as usize];
        let mut change = self.swap(a, b, at);
        let length = self.pull(a, at) * b.width - self.pull(b, at) * a.width;
        change = change * CROSSING + length / 16;
        if !is_right {
            change = -change;
        }
        change + self.ties(block, next, is_right) * CROSSING
    }

    /// Crossings with `a` right of `b`, less crossings with `a` left of `b`; `b` is at a place.
    fn swap(&self, a: &Block, b: &Block, at: u32) -> i64 {
        let above = match a.first.cmp(&b.first) {
            std::cmp::Ordering::Equal => self.balance(&a.above, &b.above),
            std::cmp::Ordering::Greater => self.leaning(&a.above, at) * b.weight(),
            std::cmp::Ordering::Less => -self.leaning(&b.above, at) * a.weight(),
        };
        let below = match a.last.cmp(&b.last) {
            std::cmp::Ordering::Equal => self.balance(&a.below, &b.below),
            std::cmp::Ordering::Less => self.leaning(&a.below, at) * b.weight(),
            std::cmp::Ordering::Greater => -self.leaning(&b.below, at) * a.weight(),
        };
        above + below
    }

    /// Links that end left of a place, less links that end right of it.
    fn leaning(&self, links: &[Link], at: u32) -> i64 {
        links
            .iter()
            .map(|(end, weight)| match self.place[*end as usize].cmp(&at) {
                std::cmp::Ordering::Less => *weight,
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Greater => -*weight,
            })
            .sum()
    }

    /// Pairs of links of which `a`'s ends left, less pairs of which `a`'s ends right.
    fn balance(&self, a: &[Link], b: &[Link]) -> i64 {
        b.iter()
            .map(|(end, weight)| self.leaning(a, self.place[*end as usize]) * weight)
            .sum()
    }

    /// How much longer lines get when a block moves right past a place, for each pixel.
    fn pull(&self, block: &Block, at: u32) -> i64 {
        self.leaning(&block.above, at) + self.leaning(&block.below, at)
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
