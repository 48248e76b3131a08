//! Network simplex: potentials that minimize weighted distances.
//!
//! Gansner, Koutsofios, North and Vo, "A technique for drawing directed graphs", IEEE TSE
//! 1993, section 2.3 and 4.2: a feasible tree, then exchanges of a tree arc of negative cut
//! value for the tightest arc in the other direction. Differences: the tree is grown with two
//! heaps instead of rescanning, and cut values are kept as flows (a cut value is the sum of
//! the supplies of a subtree). In: vertices, arcs of a least length and a weight.
//! Out: whole potentials. Refuses to know: what they are for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::layout::layered::index;

const NONE: u32 = u32::MAX;

/// `head - tail` is at least `length` and costs `weight` for each unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) tail: u32,
    pub(super) head: u32,
    pub(super) length: i32,
    pub(super) weight: i32,
}

/// A linear program of differences. Arcs of negative length are upper bounds, which longest paths
/// along the other arcs have to keep; without them, the program has no cycle.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub(super) count: usize,
    pub(super) arcs: Vec<Arc>,
}

/// The best potentials, or the best found within a number of exchanges; and the exchanges made.
pub(super) fn solve(program: &Program, budget: u64) -> (Vec<i32>, u64) {
    let mut tree = Tree::new(program);
    tree.longest_path();
    tree.grow();
    tree.root_and_weigh();
    let steps = tree.exchange(budget);
    (tree.potential, steps)
}

struct Tree<'p> {
    program: &'p Program,
    /// Arcs at each vertex.
    start: Vec<u32>,
    incident: Vec<u32>,
    potential: Vec<i32>,
    parent: Vec<u32>,
    parent_arc: Vec<u32>,
    /// Tree neighbors below.
    children: Vec<Vec<u32>>,
    /// The sum of supplies of each subtree.
    supply: Vec<i64>,
    /// Marks the subtree at hand.
    mark: Vec<bool>,
}

impl<'p> Tree<'p> {
    fn new(program: &'p Program) -> Self {
        let count = program.count;
        let mut start = vec![0_u32; count + 1];
        for arc in &program.arcs {
            start[arc.tail as usize + 1] += 1;
            start[arc.head as usize + 1] += 1;
        }
        for vertex in 0..count {
            start[vertex + 1] += start[vertex];
        }
        let mut next = start.clone();
        let mut incident = vec![0; program.arcs.len() * 2];
        for (arc, ends) in (0..).zip(&program.arcs) {
            for end in [ends.tail, ends.head] {
                incident[next[end as usize] as usize] = arc;
                next[end as usize] += 1;
            }
        }
        Self {
            program,
            start,
            incident,
            potential: vec![0; count],
            parent: vec![NONE; count],
            parent_arc: vec![NONE; count],
            children: vec![Vec::new(); count],
            supply: vec![0; count],
            mark: vec![false; count],
        }
    }

    fn arcs_at(&self, vertex: u32) -> std::ops::Range<usize> {
        self.start[vertex as usize] as usize..self.start[vertex as usize + 1] as usize
    }

    fn slack(&self, arc: u32) -> i32 {
        let arc = &self.program.arcs[arc as usize];
        self.potential[arc.head as usize] - self.potential[arc.tail as usize] - arc.length
    }

    /// Feasible potentials: the longest path from the left.
    fn longest_path(&mut self) {
        let count = self.program.count;
        let mut waiting = vec![0_u32; count];
        for arc in self.program.arcs.iter().filter(|arc| arc.length >= 0) {
            waiting[arc.head as usize] += 1;
        }
        let mut ready: Vec<u32> = (0..)
            .take(count)
            .filter(|vertex| waiting[*vertex as usize] == 0)
            .collect();
        while let Some(vertex) = ready.pop() {
            for at in self.arcs_at(vertex) {
                let arc = self.program.arcs[self.incident[at] as usize];
                if arc.tail == vertex && arc.length >= 0 {
                    let reach = self.potential[vertex as usize] + arc.length;
                    let head = arc.head as usize;
                    self.potential[head] = self.potential[head].max(reach);
                    waiting[head] -= 1;
                    if waiting[head] == 0 {
                        ready.push(arc.head);
                    }
                }
            }
        }
    }

    /// A spanning tree of tight arcs. The tree is moved as a whole; `shift` says how far.
    fn grow(&mut self) {
        let count = self.program.count;
        let mut shift: i32 = 0;
        let mut out: BinaryHeap<Reverse<(i32, u32)>> = BinaryHeap::new();
        let mut back: BinaryHeap<Reverse<(i32, u32)>> = BinaryHeap::new();
        let mut next_root = 0;
        let mut in_tree = vec![false; count];
        let mut added = Vec::with_capacity(count);
        let mut joining: Option<(u32, u32, u32)> = (count > 0).then_some((0, NONE, NONE));
        while let Some((vertex, parent, arc)) = joining.take() {
            in_tree[vertex as usize] = true;
            added.push(vertex);
            self.potential[vertex as usize] -= shift;
            self.parent[vertex as usize] = parent;
            self.parent_arc[vertex as usize] = arc;
            for at in self.arcs_at(vertex) {
                let arc = self.incident[at];
                let ends = self.program.arcs[arc as usize];
                let other = if ends.tail == vertex {
                    ends.head
                } else {
                    ends.tail
                };
                if !in_tree[other as usize] {
                    let slack = self.slack(arc);
                    if ends.tail == vertex {
                        out.push(Reverse((slack, arc)));
                    } else {
                        back.push(Reverse((slack, arc)));
                    }
                }
            }
            joining = self.next_to_join(&mut out, &mut back, &mut shift, &in_tree);
            if joining.is_none() {
                while next_root < count && in_tree[next_root] {
                    next_root += 1;
                }
                if next_root < count {
                    joining = Some((index(next_root), NONE, NONE));
                }
            }
        }
        for vertex in added {
            self.potential[vertex as usize] += shift;
        }
    }

    /// The vertex outside that the tree can reach with the least move, after that move.
    fn next_to_join(
        &mut self,
        out: &mut BinaryHeap<Reverse<(i32, u32)>>,
        back: &mut BinaryHeap<Reverse<(i32, u32)>>,
        shift: &mut i32,
        in_tree: &[bool],
    ) -> Option<(u32, u32, u32)> {
        let arcs = &self.program.arcs;
        let is_done = |arc: u32| {
            in_tree[arcs[arc as usize].tail as usize] && in_tree[arcs[arc as usize].head as usize]
        };
        for heap in [&mut *out, &mut *back] {
            while heap.peek().is_some_and(|Reverse((_, arc))| is_done(*arc)) {
                heap.pop();
            }
        }
        let forward = out.peek().map(|Reverse((key, arc))| (key - *shift, *arc));
        let backward = back.peek().map(|Reverse((key, arc))| (key + *shift, *arc));
        match (forward, backward) {
            (Some((slack, arc)), other) if other.is_none_or(|other| slack <= other.0) => {
                *shift += slack;
                let ends = arcs[arc as usize];
                Some((ends.head, ends.tail, arc))
            }
            (_, Some((slack, arc))) => {
                *shift -= slack;
                let ends = arcs[arc as usize];
                Some((ends.tail, ends.head, arc))
            }
            _ => None,
        }
    }

    /// Children lists and the supplies of subtrees.
    fn root_and_weigh(&mut self) {
        for arc in &self.program.arcs {
            self.supply[arc.head as usize] += i64::from(arc.weight);
            self.supply[arc.tail as usize] -= i64::from(arc.weight);
        }
        let mut roots = Vec::new();
        for vertex in 0..self.program.count {
            match self.parent[vertex] {
                NONE => roots.push(index(vertex)),
                parent => self.children[parent as usize].push(index(vertex)),
            }
        }
        let mut preorder = roots;
        let mut at = 0;
        while at < preorder.len() {
            let children = &self.children[preorder[at] as usize];
            preorder.extend_from_slice(children);
            at += 1;
        }
        for vertex in preorder.iter().rev() {
            let parent = self.parent[*vertex as usize];
            if parent != NONE {
                self.supply[parent as usize] += self.supply[*vertex as usize];
            }
        }
    }

    /// Exchanges arcs until no subtree gains by moving away from its parent.
    fn exchange(&mut self, budget: u64) -> u64 {
        let count = self.program.count;
        let block = (count / 8).clamp(16, 256);
        let (mut steps, mut cursor, mut quiet) = (0, 0, 0);
        while quiet < count && steps < budget {
            let mut best: Option<(i64, usize)> = None;
            for _ in 0..block {
                let gain = self.gain(cursor);
                if gain > best.map_or(0, |best| best.0) {
                    best = Some((gain, cursor));
                }
                cursor = (cursor + 1) % count;
                quiet += 1;
            }
            steps += block as u64;
            if let Some((_, vertex)) = best {
                quiet = 0;
                steps += self.pivot(index(vertex));
            }
        }
        steps
    }

    /// What one unit of moving a subtree away from its parent gains.
    fn gain(&self, vertex: usize) -> i64 {
        match self.parent_arc[vertex] {
            NONE => 0,
            arc if self.program.arcs[arc as usize].head as usize == vertex => -self.supply[vertex],
            _ => self.supply[vertex],
        }
    }

    /// Moves the subtree until another arc is tight, and hangs it there.
    fn pivot(&mut self, vertex: u32) -> u64 {
        let moves_up = self.program.arcs[self.parent_arc[vertex as usize] as usize].head == vertex;
        let mut subtree = vec![vertex];
        let mut at = 0;
        while at < subtree.len() {
            self.mark[subtree[at] as usize] = true;
            subtree.extend_from_slice(&self.children[subtree[at] as usize]);
            at += 1;
        }
        let entering = self.tightest(&subtree, moves_up);
        if let Some((slack, arc)) = entering {
            let shift = if moves_up { slack } else { -slack };
            for member in &subtree {
                self.potential[*member as usize] += shift;
            }
            self.hang(vertex, arc);
        } else {
            // Nothing holds the subtree: a program without a bound. Leave it where it is.
            self.supply[vertex as usize] = 0;
        }
        for member in &subtree {
            self.mark[*member as usize] = false;
        }
        2 * subtree.len() as u64
    }

    /// The first arc between the subtree and the rest that becomes tight.
    fn tightest(&self, subtree: &[u32], moves_up: bool) -> Option<(i32, u32)> {
        let mut best: Option<(i32, u32)> = None;
        for member in subtree {
            for at in self.arcs_at(*member) {
                let arc = self.incident[at];
                let ends = self.program.arcs[arc as usize];
                let (inner, outer) = if moves_up {
                    (ends.tail, ends.head)
                } else {
                    (ends.head, ends.tail)
                };
                if inner == *member && !self.mark[outer as usize] {
                    let slack = self.slack(arc);
                    if best.is_none_or(|best| slack < best.0) {
                        best = Some((slack, arc));
                    }
                }
            }
        }
        best
    }

    /// Takes the subtree of `vertex` off its parent and hangs it on an arc.
    fn hang(&mut self, vertex: u32, arc: u32) {
        let moved = self.supply[vertex as usize];
        let mut above = self.parent[vertex as usize];
        if above != NONE {
            self.children[above as usize].retain(|child| *child != vertex);
        }
        while above != NONE {
            self.supply[above as usize] -= moved;
            above = self.parent[above as usize];
        }
        let ends = self.program.arcs[arc as usize];
        let (inner, outer) = if self.mark[ends.tail as usize] {
            (ends.tail, ends.head)
        } else {
            (ends.head, ends.tail)
        };
        self.reverse(vertex, inner, moved);
        self.parent[inner as usize] = outer;
        self.parent_arc[inner as usize] = arc;
        self.children[outer as usize].push(inner);
        let mut above = outer;
        while above != NONE {
            self.supply[above as usize] += moved;
            above = self.parent[above as usize];
        }
    }

    /// Makes `inner` the root of the subtree of `vertex`.
    fn reverse(&mut self, vertex: u32, inner: u32, total: i64) {
        let mut path = vec![inner];
        while let Some(last) = path.last().copied().filter(|last| *last != vertex) {
            path.push(self.parent[last as usize]);
        }
        for pair in path.windows(2).rev() {
            let (child, parent) = (pair[0], pair[1]);
            self.children[parent as usize].retain(|other| *other != child);
            self.children[child as usize].push(parent);
            self.parent[parent as usize] = child;
            self.parent_arc[parent as usize] = self.parent_arc[child as usize];
        }
        // A subtree's supply is the total less what now hangs above it.
        let old: Vec<i64> = path
            .iter()
            .map(|vertex| self.supply[*vertex as usize])
            .collect();
        for index in 1..path.len() {
            self.supply[path[index] as usize] = total - old[index - 1];
        }
        self.supply[inner as usize] = total;
    }
}

#[cfg(test)]
mod tests {
    use super::{Arc, Program, solve};

    fn cost(program: &Program, potential: &[i32]) -> i64 {
        program
            .arcs
            .iter()
            .map(|arc| {
                let span = potential[arc.head as usize] - potential[arc.tail as usize];
                assert!(span >= arc.length, "an arc is too short");
                i64::from(span) * i64::from(arc.weight)
            })
            .sum()
    }

    /// The best cost by trying all potentials.
    fn exhaustive(program: &Program, bound: i32) -> i64 {
        let mut best = i64::MAX;
        let mut potential = vec![0; program.count];
        loop {
            let is_feasible = program.arcs.iter().all(|arc| {
                potential[arc.head as usize] - potential[arc.tail as usize] >= arc.length
            });
            if is_feasible {
                best = best.min(cost(program, &potential));
            }
            let Some(next) = potential.iter().position(|value| *value < bound) else {
                return best;
            };
            potential[next] += 1;
            potential[..next].fill(0);
        }
    }

    #[test]
    fn larger_programs_stay_feasible() {
        let mut random = crate::layout::random::Random::default();
        for _ in 0..200 {
            let count = 60;
            let mut arcs = Vec::new();
            for _ in 0..150 {
                let (a, b) = (random.below(count), random.below(count));
                if a != b {
                    arcs.push(Arc {
                        tail: u32::try_from(a.min(b)).unwrap(),
                        head: u32::try_from(a.max(b)).unwrap(),
                        length: i32::try_from(random.below(30)).unwrap(),
                        weight: i32::try_from(random.below(9)).unwrap(),
                    });
                }
            }
            let program = Program { count, arcs };
            cost(&program, &solve(&program, 1_000_000).0);
        }
    }

    #[test]
    fn it_finds_the_least_cost() {
        let mut random = crate::layout::random::Random::default();
        for _ in 0..80 {
            let count = 5;
            let mut arcs = Vec::new();
            for tail in 0..4_u32 {
                for head in tail + 1..5 {
                    if random.below(2) == 0 {
                        arcs.push(Arc {
                            tail,
                            head,
                            length: i32::try_from(random.below(2)).unwrap(),
                            weight: i32::try_from(random.below(4)).unwrap(),
                        });
                    }
                }
            }
            let program = Program { count, arcs };
            let (potential, _) = solve(&program, 100_000);
            assert_eq!(
                cost(&program, &potential),
                exhaustive(&program, 6),
                "{program:?}"
            );
        }
    }
}
