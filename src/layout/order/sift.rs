//! Moves each item of a level to its best place: sifting.
//!
//! Matuszewski, Schoenfeld and Molitor, "Using sifting for k-layer straightline crossing
//! minimization", Graph Drawing 1999. Differences: an item is a vertex or a whole group, lines
//! along the level count what stands between their ends, two long edges that cross in their
//! middle cost half a crossing more, and in wide levels an item moves only a little.
//! In: an order. Out: an order that is not worse. Refuses to know: how often to try.

use super::Order;
use super::nest::{Item, Nest, flatten};
use super::net::{Lists, Net};

/// In wide levels an item moves this far at most.
const REACH: usize = 24;

/// Sorted positions of the neighbors of all vertices of a level.
pub(super) struct Sifter<'n> {
    net: &'n Net,
    nest: &'n Nest,
    /// For each vertex, where its positions start and end in `positions`.
    above: Vec<(u32, u32)>,
    below: Vec<(u32, u32)>,
    positions: Vec<u32>,
    /// The place of each vertex's item, if lines run along the level.
    place: Vec<u32>,
    has_ties: bool,
    /// Work done so far.
    pub(super) steps: u64,
}

impl<'n> Sifter<'n> {
    pub(super) fn new(net: &'n Net, nest: &'n Nest) -> Self {
        Self {
            net,
            nest,
            above: vec![(0, 0); net.len()],
            below: vec![(0, 0); net.len()],
            positions: Vec::new(),
            place: vec![0; net.len()],
            has_ties: false,
            steps: 0,
        }
    }

    /// Whether members of groups have to be put together in a level.
    pub(super) fn has_groups(&self, level: usize) -> bool {
        self.nest.has_groups(level)
    }

    /// Sifts one level; returns by how much the cost fell.
    pub(super) fn level(&mut self, order: &mut Order, level: usize) -> i64 {
        let vertices = std::mem::take(&mut order.levels[level]);
        if vertices.len() < 2 {
            order.levels[level] = vertices;
            return 0;
        }
        self.collect(order, &vertices);
        let mut items = self
            .nest
            .items(self.net.level[vertices[0] as usize], &vertices);
        let gain = self.siblings(&mut items);
        let mut sorted = vertices;
        sorted.clear();
        flatten(&items, &mut sorted);
        order.set(level, sorted);
        gain
    }

    fn collect(&mut self, order: &Order, vertices: &[u32]) {
        self.positions.clear();
        let net = self.net;
        self.has_ties = vertices
            .iter()
            .any(|vertex| !net.beside.of(*vertex).is_empty());
        for vertex in vertices {
            self.above[*vertex as usize] = self.collect_side(order, &net.above, *vertex);
            self.below[*vertex as usize] = self.collect_side(order, &net.below, *vertex);
        }
    }

    fn collect_side(&mut self, order: &Order, lists: &Lists, vertex: u32) -> (u32, u32) {
        let start = self.positions.len();
        let neighbors = lists.of(vertex).iter();
        self.positions
            .extend(neighbors.map(|neighbor| order.position[*neighbor as usize]));
        self.positions[start..].sort_unstable();
        (
            crate::layout::layered::index(start),
            crate::layout::layered::index(self.positions.len()),
        )
    }

    fn siblings(&mut self, items: &mut Vec<Item>) -> i64 {
        let mut gain = 0;
        for item in items.iter_mut() {
            if let Item::Group(members) = item {
                gain += self.siblings(members);
            }
        }
        let mut members: Vec<Vec<u32>> = items
            .iter()
            .map(|item| {
                let mut vertices = Vec::new();
                flatten(std::slice::from_ref(item), &mut vertices);
                vertices
            })
            .collect();
        let mut sequence: Vec<usize> = (0..items.len()).collect();
        for item in 0..items.len() {
            gain += self.sift(&mut sequence, &members, item);
        }
        members.clear();
        let mut taken: Vec<Option<Item>> = std::mem::take(items).into_iter().map(Some).collect();
        items.extend(sequence.iter().filter_map(|item| taken[*item].take()));
        gain
    }

    /// Moves one item to its best place.
    fn sift(&mut self, sequence: &mut Vec<usize>, members: &[Vec<u32>], item: usize) -> i64 {
        let Some(at) = sequence.iter().position(|other| *other == item) else {
            return 0;
        };
        if self.has_ties {
            self.number(sequence, members);
        }
        self.steps += sequence.len() as u64;
        let reach = if sequence.len() > 2 * REACH {
            REACH
        } else {
            sequence.len()
        };
        let (mut best, mut best_at) = (0, at);
        let mut change = 0;
        for to in at + 1..sequence.len().min(at + 1 + reach) {
            if self.is_bound(&members[item], &members[sequence[to]]) {
                break;
            }
            change += self.pass(&members[item], &members[sequence[to]], to, Heading::Right);
            if change < best {
                (best, best_at) = (change, to);
            }
        }
        change = 0;
        for to in (at.saturating_sub(reach)..at).rev() {
            if self.is_bound(&members[item], &members[sequence[to]]) {
                break;
            }
            change += self.pass(&members[item], &members[sequence[to]], to, Heading::Left);
            if change < best {
                (best, best_at) = (change, to);
            }
        }
        if best_at != at {
            let moved = sequence.remove(at);
            sequence.insert(best_at, moved);
        }
        -best
    }

    fn number(&mut self, sequence: &[usize], members: &[Vec<u32>]) {
        for (place, other) in sequence.iter().enumerate() {
            for vertex in &members[*other] {
                self.place[*vertex as usize] = crate::layout::layered::index(place);
            }
        }
    }

    /// Whether two items have to keep their order.
    fn is_bound(&self, item: &[u32], next: &[u32]) -> bool {
        let has_kept = |item: &[u32]| item.iter().any(|vertex| self.net.is_kept[*vertex as usize]);
        has_kept(item) && has_kept(next)
    }

    /// The change of cost when an item passes the next one, which is at a place.
    fn pass(&mut self, item: &[u32], next: &[u32], place: usize, heading: Heading) -> i64 {
        let mut change = 0;
        for a in item {
            for b in next {
                change += self.swap(*a, *b);
            }
        }
        if heading == Heading::Left {
            change = -change;
        }
        if self.has_ties {
            change += self.ties(item, next, place, heading);
        }
        change
    }

    fn ties(&self, item: &[u32], next: &[u32], place: usize, heading: Heading) -> i64 {
        let mut change = 0;
        for (own, other) in [(item, next), (next, item)] {
            let obstacle: i64 = other.iter().map(|vertex| self.net.obstacle(*vertex)).sum();
            for vertex in own {
                for end in self.net.beside.of(*vertex) {
                    if item.contains(end) || next.contains(end) {
                        continue;
                    }
                    let is_right = self.place[*end as usize] as usize > place;
                    let comes_near =
                        (is_right == (heading == Heading::Right)) == std::ptr::eq(own, item);
                    change += if comes_near { -obstacle } else { obstacle };
                }
            }
        }
        change
    }

    /// Twice the crossings of the lines of two vertices with `b` left of `a`, less those with `a`
    /// left of `b`.
    fn swap(&mut self, a: u32, b: u32) -> i64 {
        let mut change = 0;
        for (ranges, lists) in [
            (&self.above, &self.net.above),
            (&self.below, &self.net.below),
        ] {
            let of = |vertex: u32| {
                let range = ranges[vertex as usize];
                &self.positions[range.0 as usize..range.1 as usize]
            };
            let (first, second) = (of(a), of(b));
            self.steps += 2 * (first.len() + second.len()) as u64;
            let (before, after) = (inversions(first, second), inversions(second, first));
            change += 2 * (after - before);
            if (before == 1 || after == 1) && self.is_inner(lists, a) && self.is_inner(lists, b) {
                change += i64::from(after == 1) - i64::from(before == 1);
            }
        }
        change
    }

    /// Whether a line goes on along its chain.
    fn is_inner(&self, lists: &Lists, vertex: u32) -> bool {
        let is_chain = |vertex: u32| self.net.is_chain[vertex as usize];
        is_chain(vertex) && lists.of(vertex).first().is_some_and(|end| is_chain(*end))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heading {
    Left,
    Right,
}

/// Pairs of which the left one ends further right; both lists are sorted.
fn inversions(left: &[u32], right: &[u32]) -> i64 {
    if let ([one], [other]) = (left, right) {
        return i64::from(one > other);
    }
    let (mut count, mut passed) = (0, 0);
    for position in left {
        while passed < right.len() && right[passed] < *position {
            passed += 1;
        }
        count += passed;
    }
    i64::try_from(count).unwrap_or(i64::MAX)
}
