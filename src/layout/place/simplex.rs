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
    /// Vertices from here on have no arc that leads to them; they follow their heads.
    pub(super) first_loose: usize,
}

impl Program {
    /// Feasible potentials near to a wish, none greater than `most`: the middle of the longest
    /// paths from both sides, or what is nearest to the wish between them.
    pub(super) fn start(&self, near: Option<&[i32]>, most: Option<i32>) -> Vec<i32> {
        let arcs = self.ordered();
        let mut least = vec![0; self.count];
        for arc in &arcs {
            let (tail, head) = (arc.tail as usize, arc.head as usize);
            least[head] = least[head].max(least[tail] + arc.length);
        }
        let width = least[..self.first_loose].iter().copied().max();
        let width = width.unwrap_or(0).max(most.unwrap_or(0));
        let mut greatest = vec![width; self.count];
        for arc in arcs.iter().rev() {
            let (tail, head) = (arc.tail as usize, arc.head as usize);
            greatest[tail] = greatest[tail].min(greatest[head] - arc.length);
        }
        let mut start: Vec<i32> = match near {
            // The lesser of two feasible potentials is feasible, and so is the greater.
            Some(near) => near
                .iter()
                .zip(&greatest)
                .zip(&least)
                .map(|((near, greatest), least)| (*near).min(*greatest).max(*least))
                .collect(),
            None => least
                .iter()
                .zip(&greatest)
                .map(|(a, b)| i32::midpoint(*a, *b))
                .collect(),
        };
        start.resize(self.count, 0);
        self.follow(&mut start);
        if self.is_feasible(&start) {
            return start;
        }
        self.follow(&mut least);
        least
    }

    /// Loose vertices stand as far right as their heads let them.
    fn follow(&self, potential: &mut [i32]) {
        potential[self.first_loose..].fill(i32::MAX);
        for arc in &self.arcs {
            let tail = arc.tail as usize;
            if tail >= self.first_loose {
                potential[tail] = potential[tail].min(potential[arc.head as usize] - arc.length);
            }
        }
    }

    fn is_feasible(&self, potential: &[i32]) -> bool {
        self.arcs
            .iter()
            .all(|arc| potential[arc.head as usize] - potential[arc.tail as usize] >= arc.length)
    }

    /// Arcs that are no bounds, each behind all that lead to its tail (Kahn, 1962).
    fn ordered(&self) -> Vec<Arc> {
        let is_tied = |arc: &&Arc| arc.length >= 0 && (arc.tail as usize) < self.first_loose;
        let mut waiting = vec![0_u32; self.first_loose];
        let mut start = vec![0_u32; self.first_loose + 1];
        let mut arcs: Vec<Arc> = self.arcs.iter().filter(is_tied).copied().collect();
        arcs.sort_unstable_by_key(|arc| arc.tail);
        for arc in &arcs {
            waiting[arc.head as usize] += 1;
            start[arc.tail as usize + 1] += 1;
        }
        for vertex in 0..self.first_loose {
            start[vertex + 1] += start[vertex];
        }
        let mut ready: Vec<usize> = (0..self.first_loose)
            .filter(|vertex| waiting[*vertex] == 0)
            .collect();
        let mut ordered = Vec::with_capacity(arcs.len());
        while let Some(vertex) = ready.pop() {
            for arc in &arcs[start[vertex] as usize..start[vertex + 1] as usize] {
                ordered.push(*arc);
                let head = arc.head as usize;
                waiting[head] -= 1;
                if waiting[head] == 0 {
                    ready.push(head);
                }
            }
        }
        ordered
    }
}

/// A program with its current solution; weights may change between runs.
pub(super) struct Simplex<'p> {
    program: &'p Program,
    weights: Vec<i32>,
    /// Arcs at each vertex: from `start`, those that leave it; from `enter`, those that lead to it.
    start: Vec<u32>,
    enter: Vec<u32>,
    incident: Vec<Incident>,
    pub(super) potential: Vec<i32>,
    tree: Tree,
    /// The sum of supplies of each subtree.
    supply: Vec<i64>,
    /// What moving a subtree away from its parent gains, in units of its supply.
    sign: Vec<i64>,
    /// The subtree at hand, and marks of its members.
    subtree: Vec<u32>,
    mark: Vec<bool>,
}

/// An arc as one of its ends sees it.
#[derive(Clone, Copy, Debug, Default)]
struct Incident {
    arc: u32,
    other: u32,
    length: i32,
}

impl<'p> Simplex<'p> {
    /// Starts from feasible potentials.
    pub(super) fn new(program: &'p Program, start_at: Vec<i32>) -> Self {
        let count = program.count;
        let mut start = vec![0_u32; count + 1];
        let mut leaving = vec![0_u32; count];
        for arc in &program.arcs {
            start[arc.tail as usize + 1] += 1;
            start[arc.head as usize + 1] += 1;
            leaving[arc.tail as usize] += 1;
        }
        for vertex in 0..count {
            start[vertex + 1] += start[vertex];
        }
        let enter: Vec<u32> = start.iter().zip(&leaving).map(|(a, b)| a + b).collect();
        let (mut next, mut next_entering) = (start.clone(), enter.clone());
        let mut incident = vec![Incident::default(); program.arcs.len() * 2];
        for (arc, ends) in (0..).zip(&program.arcs) {
            let sides = [
                (&mut next[ends.tail as usize], ends.head),
                (&mut next_entering[ends.head as usize], ends.tail),
            ];
            for (at, other) in sides {
                incident[*at as usize] = Incident {
                    arc,
                    other,
                    length: ends.length,
                };
                *at += 1;
            }
        }
        let mut simplex = Self {
            program,
            weights: program.arcs.iter().map(|arc| arc.weight).collect(),
            start,
            enter,
            incident,
            potential: start_at,
            tree: Tree::new(count),
            supply: vec![0; count],
            sign: vec![0; count],
            subtree: Vec::new(),
            mark: vec![false; count],
        };
        simplex.grow();
        simplex
    }

    /// Improves the solution until it is the best, or the steps are spent; returns the steps.
    pub(super) fn run(&mut self, budget: u64) -> u64 {
        self.weigh();
        self.exchange(budget)
    }

    /// Changes the weight of an arc.
    pub(super) fn reweigh(&mut self, arc: usize, weight: i32) {
        self.weights[arc] = weight;
    }

    /// The arcs that leave a vertex, and the arcs that lead to it.
    fn arcs_at(&self, vertex: u32) -> (&[Incident], &[Incident]) {
        let vertex = vertex as usize;
        let (start, enter) = (self.start[vertex] as usize, self.enter[vertex] as usize);
        let end = self.start[vertex + 1] as usize;
        (&self.incident[start..enter], &self.incident[enter..end])
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
            self.attach(vertex, parent, arc);
            let own = self.potential[vertex as usize];
            let (leaving, entering) = self.arcs_at(vertex);
            for arc in leaving.iter().filter(|arc| !in_tree[arc.other as usize]) {
                let slack = self.potential[arc.other as usize] - own - arc.length;
                out.push(Reverse((slack, arc.arc)));
            }
            for arc in entering.iter().filter(|arc| !in_tree[arc.other as usize]) {
                let slack = own - self.potential[arc.other as usize] - arc.length;
                back.push(Reverse((slack, arc.arc)));
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

    /// The supplies of subtrees.
    fn weigh(&mut self) {
        self.supply.fill(0);
        for (arc, weight) in self.program.arcs.iter().zip(&self.weights) {
            self.supply[arc.head as usize] += i64::from(*weight);
            self.supply[arc.tail as usize] -= i64::from(*weight);
        }
        let mut preorder: Vec<u32> = (0..)
            .zip(&self.tree.parent)
            .filter(|(_, parent)| **parent == NONE)
            .map(|(vertex, _)| vertex)
            .collect();
        let mut at = 0;
        while at < preorder.len() {
            self.tree.children(preorder[at], &mut preorder);
            at += 1;
        }
        for vertex in preorder.iter().rev() {
            let parent = self.tree.parent[*vertex as usize];
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
            let best = self.best_of(cursor, block);
            cursor = (cursor + block) % count;
            quiet += block;
            steps += block as u64;
            if let Some(vertex) = best {
                quiet = 0;
                steps += self.pivot(index(vertex));
            }
        }
        steps
    }

    /// The vertex whose subtree gains most by moving away from its parent, among some vertices;
    /// behind the last one comes the first one.
    fn best_of(&self, from: usize, count: usize) -> Option<usize> {
        let (mut most, mut best) = (0, None);
        let end = (from + count).min(self.program.count);
        let rest = (count - (end - from)).min(from);
        for range in [from..end, 0..rest] {
            let gains = self.supply[range.clone()]
                .iter()
                .zip(&self.sign[range.clone()]);
            for (vertex, (supply, sign)) in range.zip(gains) {
                if supply * sign > most {
                    (most, best) = (supply * sign, Some(vertex));
                }
            }
        }
        best
    }

    /// Hangs a vertex on an arc to its parent.
    fn attach(&mut self, vertex: u32, parent: u32, arc: u32) {
        self.sign[vertex as usize] = match arc {
            NONE => 0,
            _ if self.program.arcs[arc as usize].head == vertex => -1,
            _ => 1,
        };
        self.tree.parent_arc[vertex as usize] = arc;
        self.tree.hang(vertex, parent);
    }

    /// Moves the subtree until another arc is tight, and hangs it there.
    fn pivot(&mut self, vertex: u32) -> u64 {
        let moves_up = self.sign[vertex as usize] < 0;
        let mut subtree = std::mem::take(&mut self.subtree);
        subtree.clear();
        subtree.push(vertex);
        let mut at = 0;
        while at < subtree.len() {
            self.mark[subtree[at] as usize] = true;
            self.tree.children(subtree[at], &mut subtree);
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
        let steps = 2 * subtree.len() as u64;
        self.subtree = subtree;
        steps
    }

    /// The first arc between the subtree and the rest that becomes tight.
    fn tightest(&self, subtree: &[u32], moves_up: bool) -> Option<(i32, u32)> {
        let mut best: Option<(i32, u32)> = None;
        for member in subtree {
            let own = self.potential[*member as usize];
            let (leaving, entering) = self.arcs_at(*member);
            let (arcs, sign) = if moves_up {
                (leaving, 1)
            } else {
                (entering, -1)
            };
            for arc in arcs.iter().filter(|arc| !self.mark[arc.other as usize]) {
                let slack = (self.potential[arc.other as usize] - own) * sign - arc.length;
                if best.is_none_or(|best| slack < best.0) {
                    best = Some((slack, arc.arc));
                }
            }
        }
        best
    }

    /// Takes the subtree of `vertex` off its parent and hangs it on an arc.
    fn hang(&mut self, vertex: u32, arc: u32) {
        let moved = self.supply[vertex as usize];
        self.add_above(self.tree.parent[vertex as usize], -moved);
        let ends = self.program.arcs[arc as usize];
        let is_tail = self.mark[ends.tail as usize];
        let (inner, outer) = if is_tail {
            (ends.tail, ends.head)
        } else {
            (ends.head, ends.tail)
        };
        self.reverse(vertex, inner, moved);
        self.attach(inner, outer, arc);
        self.add_above(outer, moved);
    }

    fn add_above(&mut self, mut vertex: u32, amount: i64) {
        while vertex != NONE {
            self.supply[vertex as usize] += amount;
            vertex = self.tree.parent[vertex as usize];
        }
    }

    /// Makes `inner` the root of the subtree of `vertex`.
    fn reverse(&mut self, vertex: u32, inner: u32, total: i64) {
        let mut below = NONE;
        let (mut at, mut arc, mut old) = (inner, NONE, 0);
        loop {
            let parent = self.tree.parent[at as usize];
            let parent_arc = self.tree.parent_arc[at as usize];
            let supply = self.supply[at as usize];
            self.tree.take_off(at);
            // A subtree's supply is the total less what now hangs above it.
            self.supply[at as usize] = total - old;
            if below != NONE {
                self.attach(at, below, arc);
            }
            if at == vertex {
                return;
            }
            (below, arc, old, at) = (at, parent_arc, supply, parent);
        }
    }
}

/// A spanning tree with linked lists of children.
struct Tree {
    parent: Vec<u32>,
    parent_arc: Vec<u32>,
    first_child: Vec<u32>,
    next: Vec<u32>,
    before: Vec<u32>,
}

impl Tree {
    fn new(count: usize) -> Self {
        let none = || vec![NONE; count];
        Self {
            parent: none(),
            parent_arc: none(),
            first_child: none(),
            next: none(),
            before: none(),
        }
    }

    fn hang(&mut self, vertex: u32, parent: u32) {
        self.parent[vertex as usize] = parent;
        if parent == NONE {
            return;
        }
        let first = std::mem::replace(&mut self.first_child[parent as usize], vertex);
        self.next[vertex as usize] = first;
        self.before[vertex as usize] = NONE;
        if first != NONE {
            self.before[first as usize] = vertex;
        }
    }

    fn take_off(&mut self, vertex: u32) {
        let parent = std::mem::replace(&mut self.parent[vertex as usize], NONE);
        if parent == NONE {
            return;
        }
        let (before, next) = (self.before[vertex as usize], self.next[vertex as usize]);
        if before == NONE {
            self.first_child[parent as usize] = next;
        } else {
            self.next[before as usize] = next;
        }
        if next != NONE {
            self.before[next as usize] = before;
        }
    }

    /// Adds the children of a vertex to a list.
    fn children(&self, vertex: u32, into: &mut Vec<u32>) {
        let mut child = self.first_child[vertex as usize];
        while child != NONE {
            into.push(child);
            child = self.next[child as usize];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Arc, Program, Simplex};

    fn solve(program: &Program) -> Vec<i32> {
        let mut simplex = Simplex::new(program, program.start(None, None));
        simplex.run(1_000_000);
        simplex.potential
    }

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
            let program = Program {
                count,
                arcs,
                first_loose: count,
            };
            cost(&program, &solve(&program));
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
            let program = Program {
                count,
                arcs,
                first_loose: count,
            };
            let potential = solve(&program);
            assert_eq!(
                cost(&program, &potential),
                exhaustive(&program, 6),
                "{program:?}"
            );
        }
    }
}
