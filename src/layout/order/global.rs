//! Global sifting: nodes and whole chains look for their best place in all levels at once.
//!
//! Bachmaier, Brandenburg, Brunner and Huebner, "Global k-level crossing reduction", J. Graph
//! Algorithms and Applications 15(5), 2011. Long edges never cross in their middle.
//! Differences: level lines and the weight of bundles count, and among places of equal
//! crossings the one with shorter lines wins. The search around it is iterated local search
//! (Lourenco, Martin and Stuetzle, 2003). A block only looks at those that share a level with
//! it, and only between the ends of its links and a little around them. In: blocks. Out: their
//! order.
//! Refuses to know: coordinates.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::ops::Range;

use super::blocks::{Blocks, Link, Outline};
use crate::layout::layered::index;
use crate::layout::random::Random;

/// Sifts for each block after which mending ends in any case.
const SIFTS: usize = 12;
/// Sweeps that a random order starts with.
const SWEEPS: usize = 20;
/// A block is moved over this many places at most.
const REACH: usize = 100;
/// A block looks for a place between those it is linked to, and this far around them.
const MARGIN: u32 = 6;
/// Blocks with more links sum up how they lean.
const MANY_LINKS: usize = 4;

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
    above: i32,
    below: i32,
}

/// A block on its way along the sequence.
struct Walk {
    block: u32,
    outline: Outline,
    /// Whether its links lean as `seen` says; otherwise they are few, and are asked.
    has_seen: bool,
    /// One on its way right, minus one on its way left.
    sign: i64,
    change: Change,
}

impl Walk {
    /// Goes back to its place, to set out to the left.
    fn turn(&mut self) {
        self.sign = -1;
        self.change = Change::default();
    }
}

/// A sequence, and what follows from it.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    pub(super) sequence: Vec<u32>,
    place: Vec<u32>,
    lean: Vec<Lean>,
    /// The blocks of each level from left to right, one level after another.
    levels: Vec<u32>,
}

impl Standing {
    pub(super) fn copy(&mut self, other: &Self) {
        self.sequence.clone_from(&other.sequence);
        self.place.clone_from(&other.place);
        self.lean.clone_from(&other.lean);
        self.levels.clone_from(&other.levels);
    }

    fn number(&mut self, from: usize, to: usize) {
        for (at, block) in (from..).zip(&self.sequence[from..to]) {
            self.place[*block as usize] = index(at);
        }
    }

    /// Links that end left of a place, less links that end right of it.
    #[inline]
    fn leaning(&self, links: &[Link], at: u32) -> i32 {
        links
            .iter()
            .map(|(end, weight)| {
                let place = self.place[*end as usize];
                weight * (i32::from(place < at) - i32::from(place > at))
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
    /// For the block that is sifted: how its links lean, seen from each place.
    seen: Vec<Lean>,
    /// Blocks that wait to be sifted, and whether a block does.
    queue: VecDeque<u32>,
    is_queued: Vec<bool>,
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
            seen: vec![Lean::default(); count],
            queue: VecDeque::new(),
            is_queued: vec![false; count],
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
            levels: self.blocks.by_level(&sequence),
            sequence,
        };
        standing.number(0, count);
        for (block, data) in self.blocks.outlines.iter().enumerate() {
            let at = standing.place[block];
            standing.lean[block] = Lean {
                above: standing.leaning(self.blocks.above(data), at),
                below: standing.leaning(self.blocks.below(data), at),
            };
        }
        self.standing = standing;
    }

    /// Starts anew from a random order, in which blocks are near to those they are linked to.
    pub(super) fn shuffle(&mut self) {
        let count = self.standing.sequence.len();
        self.random.shuffle(&mut self.standing.sequence);
        self.standing.number(0, count);
        let mut keyed: Vec<(i64, u32)> = Vec::with_capacity(count);
        for _ in 0..SWEEPS {
            keyed.clear();
            let blocks = self.standing.sequence.iter();
            keyed.extend(blocks.map(|block| (self.mean(*block), *block)));
            keyed.sort_by_key(|key| key.0);
            let sorted = keyed.iter().map(|key| key.1);
            self.standing.sequence.clear();
            self.standing.sequence.extend(sorted);
            self.standing.number(0, count);
        }
        let sequence = std::mem::take(&mut self.standing.sequence);
        self.start_from(sequence);
    }

    /// Where a block would stand between its own place and those that it is linked to.
    fn mean(&self, block: u32) -> i64 {
        let mut sum = i64::from(self.standing.place[block as usize]);
        let mut total = 1;
        for (end, weight) in self.blocks.links(block) {
            sum += i64::from(self.standing.place[*end as usize]) * i64::from(*weight);
            total += i64::from(*weight);
        }
        sum * 1024 / total
    }

    /// Sifts everything until nothing improves.
    pub(super) fn descend(&mut self) -> Change {
        let mut all: Vec<u32> = (0..index(self.standing.sequence.len())).collect();
        self.random.shuffle(&mut all);
        for block in all {
            self.enqueue(block);
        }
        self.settle()
    }

    /// Moves a node elsewhere, and mends what that disturbs: first its lines, which pull the
    /// nodes at their other ends with them, and the node itself only then.
    pub(super) fn shake(&mut self) -> Change {
        let blocks = self.blocks;
        let block = index(self.random.below(blocks.node_count));
        if blocks.outlines[block as usize].is_kept {
            return Change::default();
        }
        let at = self.standing.place[block as usize] as usize;
        let first = at.saturating_sub(REACH);
        let last = (at + REACH).min(self.standing.sequence.len() - 1);
        let to = first + self.random.below(last + 1 - first);
        let mut change = self.relocate(block, to);
        for link in blocks.links(block) {
            self.enqueue(link.0);
        }
        self.enqueue(block);
        change += self.settle();
        change
    }

    fn enqueue(&mut self, block: u32) {
        if !std::mem::replace(&mut self.is_queued[block as usize], true) {
            self.queue.push_back(block);
        }
    }

    /// Sifts the blocks of the queue and whoever is linked to a block that moved.
    fn settle(&mut self) -> Change {
        let mut change = Change::default();
        let blocks = self.blocks;
        let mut left = SIFTS * self.standing.sequence.len();
        while let Some(block) = self.queue.pop_front() {
            self.is_queued[block as usize] = false;
            if left == 0 {
                continue;
            }
            left -= 1;
            if let Some(gained) = self.sift(block) {
                change += gained;
                for link in blocks.links(block) {
                    self.enqueue(link.0);
                }
                for beside in &blocks.list[block as usize].beside {
                    self.enqueue(*beside);
                }
            }
        }
        change
    }

    /// Moves a block to a place.
    fn relocate(&mut self, block: u32, to: usize) -> Change {
        let at = self.standing.place[block as usize] as usize;
        let mut walk = self.set_out(block);
        let passed = if to > at { at + 1..to + 1 } else { to..at };
        walk.sign = if to > at { 1 } else { -1 };
        for place in passed {
            let next = self.standing.sequence[place];
            if walk.outline.meets(&self.blocks.outlines[next as usize]) {
                self.pass(&mut walk, next);
            }
        }
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
        let outline = &self.blocks.outlines[block as usize];
        for (end, weight) in self.blocks.above(outline) {
            if passed.contains(&standing.place[*end as usize]) {
                standing.lean[block as usize].above += sign * weight;
                standing.lean[*end as usize].below -= sign * weight;
            }
        }
        for (end, weight) in self.blocks.below(outline) {
            if passed.contains(&standing.place[*end as usize]) {
                standing.lean[block as usize].below += sign * weight;
                standing.lean[*end as usize].above -= sign * weight;
            }
        }
        for level in outline.first..=outline.last {
            self.put_in_level(block, level, to > at);
        }
    }

    /// Moves a block within a level to where its place in the sequence is.
    fn put_in_level(&mut self, block: u32, level: u32, is_right: bool) {
        let own = self.standing.place[block as usize];
        let place = &self.standing.place;
        let level = &mut self.standing.levels[self.blocks.level(level)];
        let Some(at) = level.iter().position(|other| *other == block) else {
            return;
        };
        let is_left = |other: &&u32| place[**other as usize] < own;
        if is_right {
            let passed = level[at + 1..].iter().take_while(is_left).count();
            level[at..=at + passed].rotate_left(1);
        } else {
            let passed = level[..at].iter().rev();
            let passed = passed.take_while(|other| !is_left(other)).count();
            level[at - passed..=at].rotate_right(1);
        }
    }

    /// Moves a block to its best place, if that is another one.
    fn sift(&mut self, block: u32) -> Option<Change> {
        let at = self.standing.place[block as usize];
        let mut walk = self.set_out(block);
        let range = self.range(block, at);
        let mut best = (0, at, Change::default());
        if walk.outline.first == walk.outline.last {
            let level = self.blocks.level(walk.outline.first);
            let blocks = &self.standing.levels[level.clone()];
            let own = blocks.iter().position(|other| *other == block);
            let own = level.start + own.unwrap_or(0);
            self.look(&mut walk, own + 1..level.end, &range, &mut best);
            walk.turn();
            self.look(&mut walk, (level.start..own).rev(), &range, &mut best);
        } else {
            self.look_far(&mut walk, at as usize + 1..range.end as usize, &mut best);
            walk.turn();
            self.look_far(
                &mut walk,
                (range.start as usize..at as usize).rev(),
                &mut best,
            );
        }
        self.steps += 16;
        let (_, to, change) = best;
        (to != at).then(|| {
            self.put(at as usize, to as usize);
            change
        })
    }

    /// Where a block looks for a place.
    fn range(&self, block: u32, at: u32) -> Range<u32> {
        let (mut low, mut high) = (at, at);
        for (end, _) in self.blocks.links(block) {
            let place = self.standing.place[*end as usize];
            (low, high) = (low.min(place), high.max(place));
        }
        let count = index(self.standing.sequence.len());
        low.saturating_sub(MARGIN)..(high + MARGIN + 1).min(count)
    }

    /// Looks for a better place on the way along the level of a block.
    fn look(
        &mut self,
        walk: &mut Walk,
        level: impl Iterator<Item = usize>,
        range: &Range<u32>,
        best: &mut (i64, u32, Change),
    ) {
        for at in level {
            let next = self.standing.levels[at];
            let place = self.standing.place[next as usize];
            if !range.contains(&place) || self.is_bound(walk, next) {
                return;
            }
            self.pass(walk, next);
            self.note(walk, place, best);
        }
    }

    /// Looks for a better place on the way along all that shares a level with a long line.
    fn look_far(
        &mut self,
        walk: &mut Walk,
        places: impl Iterator<Item = usize>,
        best: &mut (i64, u32, Change),
    ) {
        for place in places {
            let next = self.standing.sequence[place];
            if walk.outline.meets(&self.blocks.outlines[next as usize]) {
                self.pass(walk, next);
                self.note(walk, index(place), best);
            }
        }
    }

    #[inline]
    fn note(&self, walk: &Walk, place: u32, best: &mut (i64, u32, Change)) {
        let cost = self.cost(walk.change);
        if cost < best.0 {
            *best = (cost, place, walk.change);
        }
    }

    /// Whether two blocks of a level have to keep their order.
    fn is_bound(&self, walk: &Walk, next: u32) -> bool {
        let own = &walk.outline;
        own.is_kept && {
            let other = &self.blocks.outlines[next as usize];
            other.is_kept && own.first == other.first
        }
    }

    /// A block before its first step.
    fn set_out(&mut self, block: u32) -> Walk {
        let outline = self.blocks.outlines[block as usize];
        let has_seen = self.blocks.links(block).len() > MANY_LINKS;
        if has_seen {
            self.see(&outline);
        }
        Walk {
            block,
            outline,
            has_seen,
            sign: 1,
            change: Change::default(),
        }
    }

    /// Sums up how links lean, seen from each place.
    fn see(&mut self, outline: &Outline) {
        self.seen.fill(Lean::default());
        self.steps += self.seen.len() as u64 / 4;
        let place = &self.standing.place;
        let mut all = Lean::default();
        for (end, weight) in self.blocks.above(outline) {
            all.above -= weight;
            self.seen[place[*end as usize] as usize].above += weight;
        }
        for (end, weight) in self.blocks.below(outline) {
            all.below -= weight;
            self.seen[place[*end as usize] as usize].below += weight;
        }
        for seen in &mut self.seen {
            let own = *seen;
            seen.above += all.above;
            seen.below += all.below;
            all.above += 2 * own.above;
            all.below += 2 * own.below;
        }
    }

    /// How the links of a block on its way lean at a place.
    #[inline]
    fn lean(&self, walk: &Walk, at: u32) -> Lean {
        if walk.has_seen {
            return self.seen[at as usize];
        }
        Lean {
            above: self.standing.leaning(self.blocks.above(&walk.outline), at),
            below: self.standing.leaning(self.blocks.below(&walk.outline), at),
        }
    }

    /// A block passes a neighbor with which it shares a level.
    #[inline]
    fn pass(&mut self, walk: &mut Walk, next: u32) {
        self.steps += 4;
        let other = &self.blocks.outlines[next as usize];
        let change = self.swap(walk, next, other);
        walk.change.crossings += walk.sign * change.crossings;
        walk.change.length += walk.sign * change.length;
        if walk.outline.is_tied || other.is_tied {
            walk.change.crossings += self.ties(walk.block, next, walk.sign > 0);
        }
    }

    #[inline]
    pub(super) fn cost(&self, change: Change) -> i64 {
        change.crossings * self.crossing + change.length / 16
    }

    /// What changes when a block passes to the right of another one.
    #[inline]
    fn swap(&self, walk: &Walk, next: u32, other: &Outline) -> Change {
        let own = &walk.outline;
        let lean = self.lean(walk, self.standing.place[next as usize]);
        let next_lean = self.standing.lean[next as usize];
        let above = match own.first.cmp(&other.first) {
            Ordering::Equal => {
                let links = [own, other].map(|outline| self.blocks.above(outline));
                self.balance(walk, links, |lean| lean.above)
            }
            Ordering::Greater => i64::from(lean.above) * i64::from(other.weight),
            Ordering::Less => -i64::from(next_lean.above) * i64::from(own.weight),
        };
        let below = match own.last.cmp(&other.last) {
            Ordering::Equal => {
                let links = [own, other].map(|outline| self.blocks.below(outline));
                self.balance(walk, links, |lean| lean.below)
            }
            Ordering::Less => i64::from(lean.below) * i64::from(other.weight),
            Ordering::Greater => -i64::from(next_lean.below) * i64::from(own.weight),
        };
        Change {
            crossings: above + below,
            length: i64::from(lean.above + lean.below) * i64::from(other.width)
                - i64::from(next_lean.above + next_lean.below) * i64::from(own.width),
        }
    }

    /// Pairs of links of which the first block's end is left, less pairs where it is right.
    #[inline]
    fn balance(&self, walk: &Walk, links: [&[Link]; 2], side: impl Fn(Lean) -> i32) -> i64 {
        let place = &self.standing.place;
        links[1]
            .iter()
            .map(|(end, weight)| {
                let at = place[*end as usize];
                let lean = if walk.has_seen {
                    side(self.seen[at as usize])
                } else {
                    self.standing.leaning(links[0], at)
                };
                i64::from(lean) * i64::from(*weight)
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
        blocks.node_count = blocks.list.len();
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
                assert_eq!(kept.levels, global.standing.levels);
            }
        }
    }
}
