//! Global sifting: nodes and whole chains look for their best place in all levels at once.
//!
//! Bachmaier, Brandenburg, Brunner and Huebner, "Global k-level crossing reduction", J. Graph
//! Algorithms and Applications 15(5), 2011. Long edges never cross in their middle.
//! Differences: level lines and the weight of bundles count, and among places of equal
//! crossings the one with shorter lines wins. The search around it is iterated local search
//! (Lourenco, Martin and Stuetzle, 2003). In: blocks. Out: their order.
//! Refuses to know: coordinates.

use std::cmp::Ordering;

use super::blocks::{Blocks, Link, Outline};
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

/// Links that end left of a block, less links that end right of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Lean {
    above: i64,
    below: i64,
}

/// A block on its way along the sequence.
struct Walk {
    block: u32,
    outline: Outline,
    /// One on its way right, minus one on its way left.
    sign: i64,
    lean: Lean,
    change: Change,
}

/// A sequence, and what follows from it.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    pub(super) sequence: Vec<u32>,
    place: Vec<u32>,
    lean: Vec<Lean>,
}

impl Standing {
    pub(super) fn copy(&mut self, other: &Self) {
        self.sequence.clone_from(&other.sequence);
        self.place.clone_from(&other.place);
        self.lean.clone_from(&other.lean);
    }

    fn number(&mut self, from: usize, to: usize) {
        for (at, block) in (from..).zip(&self.sequence[from..to]) {
            self.place[*block as usize] = index(at);
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
}

/// A global order of blocks.
pub(super) struct Global<'b> {
    blocks: &'b Blocks,
    /// How much length a crossing is worth.
    crossing: i64,
    pub(super) standing: Standing,
    /// For the block that is sifted: twice the weight of its links to each other block.
    links: Vec<Lean>,
    random: Random,
    pub(super) steps: u64,
}

impl<'b> Global<'b> {
    pub(super) fn new(blocks: &'b Blocks, sequence: Vec<u32>, crossing: i64) -> Self {
        let count = sequence.len();
        let mut global = Self {
            blocks,
            crossing,
            standing: Standing::default(),
            links: vec![Lean::default(); count],
            random: Random::default(),
            steps: 0,
        };
        global.start_from(sequence);
        global
    }

    fn start_from(&mut self, sequence: Vec<u32>) {
        let count = sequence.len();
        let mut standing = Standing {
            place: vec![0; count],
            lean: vec![Lean::default(); count],
            sequence,
        };
        standing.number(0, count);
        for (block, data) in self.blocks.list.iter().enumerate() {
            let at = standing.place[block];
            standing.lean[block] = Lean {
                above: standing.leaning(&data.above, at),
                below: standing.leaning(&data.below, at),
            };
        }
        self.standing = standing;
    }

    pub(super) fn shuffle(&mut self) {
        let mut sequence = std::mem::take(&mut self.standing.sequence);
        self.random.shuffle(&mut sequence);
        self.start_from(sequence);
    }

    /// Sifts everything until nothing improves.
    pub(super) fn descend(&mut self) -> Change {
        let all: Vec<u32> = (0..index(self.standing.sequence.len())).collect();
        self.settle(all)
    }

    /// Moves a few blocks anywhere, and mends what that disturbs.
    pub(super) fn shake(&mut self) -> Change {
        let count = self.standing.sequence.len();
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
        let mut next = Vec::new();
        while !queue.is_empty() && rounds < 12 {
            rounds += 1;
            queue.sort_unstable();
            queue.dedup();
            self.random.shuffle(&mut queue);
            for block in queue.drain(..) {
                if let Some(gained) = self.sift(block) {
                    change += gained;
                    next.push(block);
                    let data = &self.blocks.list[block as usize];
                    next.extend(data.above.iter().chain(&data.below).map(|link| link.0));
                    next.extend_from_slice(&data.beside);
                }
            }
            std::mem::swap(&mut queue, &mut next);
        }
        change
    }

    /// Moves a block to a place.
    fn relocate(&mut self, block: u32, to: usize) -> Change {
        let at = self.standing.place[block as usize] as usize;
        let mut walk = self.set_out(block, to > at);
        let mut next = at;
        while next != to {
            next = if to > at { next + 1 } else { next - 1 };
            self.pass(&mut walk, self.standing.sequence[next]);
        }
        self.arrive(block);
        self.put(at, to);
        walk.change
    }

    /// Moves a block, and keeps the leaning of all that it passes.
    fn put(&mut self, at: usize, to: usize) {
        let standing = &mut self.standing;
        let block = standing.sequence[at];
        let sign = if to > at {
            standing.sequence[at..=to].rotate_left(1);
            2
        } else {
            standing.sequence[to..=at].rotate_right(1);
            -2
        };
        let passed = index(at.min(to))..=index(at.max(to));
        standing.number(at.min(to), at.max(to) + 1);
        let data = &self.blocks.list[block as usize];
        for (end, weight) in &data.above {
            if passed.contains(&standing.place[*end as usize]) {
                standing.lean[block as usize].above += sign * weight;
                standing.lean[*end as usize].below -= sign * weight;
            }
        }
        for (end, weight) in &data.below {
            if passed.contains(&standing.place[*end as usize]) {
                standing.lean[block as usize].below += sign * weight;
                standing.lean[*end as usize].above -= sign * weight;
            }
        }
    }

    /// Moves a block to its best place, if that is another one.
    fn sift(&mut self, block: u32) -> Option<Change> {
        let at = self.standing.place[block as usize] as usize;
        let count = self.standing.sequence.len();
        let (mut least, mut best) = (0, None);
        for is_right in [true, false] {
            let mut walk = self.set_out(block, is_right);
            let mut to = at;
            while if is_right { to + 1 < count } else { to > 0 } {
                to = if is_right { to + 1 } else { to - 1 };
                let next = self.standing.sequence[to];
                if self.is_bound(&walk, next) {
                    break;
                }
                if self.pass(&mut walk, next) {
                    let cost = self.cost(walk.change);
                    if cost < least {
                        (least, best) = (cost, Some((to, walk.change)));
                    }
                }
            }
            self.arrive(block);
        }
        self.steps += count as u64;
        let (to, change) = best?;
        self.put(at, to);
        Some(change)
    }

    /// Whether two blocks have to keep their order.
    fn is_bound(&self, walk: &Walk, next: u32) -> bool {
        let (own, other) = (&walk.outline, &self.blocks.outlines[next as usize]);
        own.is_kept && other.is_kept && own.first == other.first
    }

    /// A block before its first step.
    fn set_out(&mut self, block: u32, is_right: bool) -> Walk {
        let data = &self.blocks.list[block as usize];
        for (end, weight) in &data.above {
            self.links[*end as usize].above += 2 * weight;
        }
        for (end, weight) in &data.below {
            self.links[*end as usize].below += 2 * weight;
        }
        Walk {
            block,
            outline: self.blocks.outlines[block as usize],
            sign: if is_right { 1 } else { -1 },
            lean: self.standing.lean[block as usize],
            change: Change::default(),
        }
    }

    fn arrive(&mut self, block: u32) {
        let data = &self.blocks.list[block as usize];
        for (end, _) in data.above.iter().chain(&data.below) {
            self.links[*end as usize] = Lean::default();
        }
    }

    /// A block passes its neighbor; returns whether that can change anything.
    #[inline]
    fn pass(&mut self, walk: &mut Walk, next: u32) -> bool {
        let other = &self.blocks.outlines[next as usize];
        if walk.outline.last < other.first || other.last < walk.outline.first {
            // Only such a block can be an end of one of its links.
            let links = self.links[next as usize];
            walk.lean.above += walk.sign * links.above;
            walk.lean.below += walk.sign * links.below;
            return false;
        }
        self.steps += 4;
        let change = self.swap(walk, next, other);
        walk.change.crossings += walk.sign * change.crossings;
        walk.change.length += walk.sign * change.length;
        if walk.outline.is_tied || other.is_tied {
            walk.change.crossings += self.ties(walk.block, next, walk.sign > 0);
        }
        true
    }

    pub(super) fn cost(&self, change: Change) -> i64 {
        change.crossings * self.crossing + change.length / 16
    }

    /// What changes when a block passes to the right of another one.
    #[inline]
    fn swap(&self, walk: &Walk, next: u32, other: &Outline) -> Change {
        let (own, lean, next_lean) = (&walk.outline, walk.lean, self.standing.lean[next as usize]);
        let (own_weight, other_weight) = (i64::from(own.weight), i64::from(other.weight));
        let (a, b) = (walk.block as usize, next as usize);
        let list = &self.blocks.list;
        let above = match own.first.cmp(&other.first) {
            Ordering::Equal => self.balance(&list[a].above, &list[b].above),
            Ordering::Greater => lean.above * other_weight,
            Ordering::Less => -next_lean.above * own_weight,
        };
        let below = match own.last.cmp(&other.last) {
            Ordering::Equal => self.balance(&list[a].below, &list[b].below),
            Ordering::Less => lean.below * other_weight,
            Ordering::Greater => -next_lean.below * own_weight,
        };
        Change {
            crossings: above + below,
            length: (lean.above + lean.below) * i64::from(other.width)
                - (next_lean.above + next_lean.below) * i64::from(own.width),
        }
    }

    /// Pairs of links of which `a`'s ends left, less pairs of which `a`'s ends right.
    fn balance(&self, a: &[Link], b: &[Link]) -> i64 {
        if let ([one], [other]) = (a, b) {
            let places = [one, other].map(|link| self.standing.place[link.0 as usize]);
            let sign = i64::from(places[0] < places[1]) - i64::from(places[0] > places[1]);
            return sign * one.1 * other.1;
        }
        b.iter()
            .map(|(end, weight)| {
                let at = self.standing.place[*end as usize];
                self.standing.leaning(a, at) * weight
            })
            .sum()
    }

    /// Level lines: who comes to stand between their ends, and who leaves.
    fn ties(&self, block: u32, next: u32, is_right: bool) -> i64 {
        let at = self.standing.place[next as usize];
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
                        ((self.standing.place[*end as usize] > at) == is_right) == (own == block);
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

#[cfg(test)]
mod tests {
    use super::{Blocks, Global, Random};
    use crate::layout::layered::index;
    use crate::layout::order::blocks::Block;

    const LEVELS: u32 = 4;
    const PER_LEVEL: u32 = 6;

    /// Levels of nodes, each linked to some of the level below.
    fn blocks(random: &mut Random) -> Blocks {
        let mut blocks = Blocks::default();
        for level in 0..LEVELS {
            blocks.list.extend((0..PER_LEVEL).map(|_| Block {
                first: level,
                last: level,
                width: 100,
                ..Block::default()
            }));
        }
        for upper in 0..index(blocks.list.len()) - PER_LEVEL {
            let level_below = (upper / PER_LEVEL + 1) * PER_LEVEL;
            let lower = level_below + index(random.below(PER_LEVEL as usize));
            blocks.list[upper as usize].below.push((lower, 2));
            blocks.list[lower as usize].above.push((upper, 2));
        }
        blocks.outline();
        blocks
    }

    #[test]
    fn what_is_kept_while_sifting_is_what_the_order_says() {
        let mut random = Random::default();
        for _ in 0..20 {
            let blocks = blocks(&mut random);
            let mut global = Global::new(&blocks, (0..LEVELS * PER_LEVEL).collect(), 4);
            for _ in 0..20 {
                global.shake();
                let kept = global.standing.clone();
                global.start_from(kept.sequence.clone());
                assert_eq!(kept.place, global.standing.place);
                assert_eq!(kept.lean, global.standing.lean);
            }
        }
    }
}
