//! Cycles of any directed graph.
//!
//! In: edges between numbered nodes. Out: one short simple cycle for each
//! strongly connected component that has one. Refuses to know: what the nodes stand for.
//!
//! A component in which every cycle has two nodes is a tree whose edges all go both ways.
//! So a cycle has more if it passes an edge without its reverse, or an edge that closes a
//! circle when directions are ignored.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::unionfind::UnionFind;

/// The shortest cycle through one of so many edges is taken.
const MAX_TRIES: usize = 16;
/// Rounds in which edges that no cycle passes are left out.
const MAX_ROUNDS: usize = 8;

/// Whether `a -> b -> a` is a cycle. An edge from a node to itself never is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pairs {
    Count,
    Ignored,
}

type Edge = (usize, usize);

/// One simple cycle for each strongly connected component that has one; a cycle starts at
/// its smallest node, and cycles are sorted.
pub(crate) fn cycles(edges: &[Edge], pairs: Pairs) -> Vec<Vec<usize>> {
    let inner = strongly_connected(&trimmed(edges)).into_iter();
    let mut cycles: Vec<Vec<usize>> = inner.filter_map(|edges| cycle(edges, pairs)).collect();
    cycles.sort_unstable();
    cycles
}

/// The edges less those that lead to a dead end or start at a source, as most do: no cycle
/// passes them. A few rounds are enough to spare the search most of its work.
fn trimmed(edges: &[Edge]) -> Vec<Edge> {
    let mut edges: Vec<Edge> = edges
        .iter()
        .filter(|(from, to)| from != to)
        .copied()
        .collect();
    let ends = edges.iter().map(|(from, to)| from.max(to));
    let nodes = ends.max().map_or(0, |last| last + 1);
    for _ in 0..MAX_ROUNDS {
        let (mut is_left, mut is_reached) = (vec![false; nodes], vec![false; nodes]);
        for (from, to) in &edges {
            (is_left[*from], is_reached[*to]) = (true, true);
        }
        let before = edges.len();
        edges.retain(|(from, to)| is_reached[*from] && is_left[*to]);
        if edges.len() == before {
            break;
        }
    }
    edges
}

/// The edges within each strongly connected component.
fn strongly_connected(edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut nodes: Vec<usize> = edges.iter().flat_map(|(from, to)| [*from, *to]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let number = |node: usize| nodes.binary_search(&node).unwrap_or(0);
    let mut graph = DiGraph::<(), ()>::with_capacity(nodes.len(), edges.len());
    for _ in &nodes {
        graph.add_node(());
    }
    for (from, to) in edges {
        let (from, to) = (number(*from), number(*to));
        graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
    }
    let components = kosaraju_scc(&graph);
    let mut component_of = vec![0; nodes.len()];
    for (place, members) in components.iter().enumerate() {
        for node in members {
            component_of[node.index()] = place;
        }
    }
    let mut inner = vec![Vec::new(); components.len()];
    for (from, to) in edges {
        let place = component_of[number(*from)];
        if place == component_of[number(*to)] {
            inner[place].push((*from, *to));
        }
    }
    inner
}

fn cycle(mut edges: Vec<Edge>, pairs: Pairs) -> Option<Vec<usize>> {
    edges.sort_unstable();
    edges.dedup();
    let part = Part::new(&edges);
    let mut shortest: Option<Vec<usize>> = None;
    for (from, to) in closing_edges(&edges, pairs) {
        let limit = shortest.as_ref().map_or(usize::MAX, Vec::len);
        shortest = part.path(to, from, pairs, limit).or(shortest);
    }
    let mut cycle = shortest?;
    let smallest = cycle.iter().enumerate().min_by_key(|(_, node)| **node)?.0;
    cycle.rotate_left(smallest);
    Some(cycle)
}

/// A strongly connected component: its nodes are numbered anew, so that what is known about
/// them is in arrays.
struct Part<'e> {
    /// Sorted; each node has an edge out of it.
    edges: &'e [Edge],
    nodes: Vec<usize>,
}

const UNKNOWN: usize = usize::MAX;

impl<'e> Part<'e> {
    fn new(edges: &'e [Edge]) -> Self {
        let mut nodes: Vec<usize> = edges.iter().map(|(from, _)| *from).collect();
        nodes.dedup();
        Self { edges, nodes }
    }

    fn number(&self, node: usize) -> usize {
        self.nodes.binary_search(&node).unwrap_or(0)
    }

    fn neighbors(&self, node: usize) -> impl Iterator<Item = usize> {
        let start = self.edges.partition_point(|(from, _)| *from < node);
        let edges = self.edges[start..].iter();
        edges
            .take_while(move |(from, _)| *from == node)
            .map(|(_, to)| *to)
    }

    /// The shortest path of fewer than `limit` nodes, both ends included; a single edge is one
    /// only if pairs count.
    fn path(&self, start: usize, goal: usize, pairs: Pairs, limit: usize) -> Option<Vec<usize>> {
        let mut came_from = vec![UNKNOWN; self.nodes.len()];
        came_from[self.number(start)] = start;
        let goal_number = self.number(goal);
        let mut border = vec![start];
        let mut length = 1;
        while came_from[goal_number] == UNKNOWN {
            length += 1;
            if border.is_empty() || length >= limit {
                return None;
            }
            let mut next = Vec::new();
            for node in border {
                for neighbor in self.neighbors(node) {
                    let is_pair = node == start && neighbor == goal && pairs == Pairs::Ignored;
                    let known = &mut came_from[self.number(neighbor)];
                    if !is_pair && *known == UNKNOWN {
                        *known = node;
                        next.push(neighbor);
                    }
                }
            }
            border = next;
        }
        let mut path = vec![goal];
        while *path.last()? != start {
            path.push(came_from[self.number(*path.last()?)]);
        }
        path.reverse();
        Some(path)
    }
}

/// Edges that lie on a cycle.
fn closing_edges(edges: &[Edge], pairs: Pairs) -> Vec<Edge> {
    let is_one_way = |(from, to): &&Edge| edges.binary_search(&(*to, *from)).is_err();
    if pairs == Pairs::Count
        && let Some(pair) = edges.iter().find(|edge| !is_one_way(edge))
    {
        return vec![*pair];
    }
    let one_way = edges.iter().filter(is_one_way).take(MAX_TRIES);
    let one_way: Vec<Edge> = one_way.copied().collect();
    if one_way.is_empty() {
        undirected_cycle(edges).into_iter().collect()
    } else {
        one_way
    }
}

/// The first edge that closes a circle when directions are ignored.
fn undirected_cycle(edges: &[Edge]) -> Option<Edge> {
    let part = Part::new(edges);
    let mut joined = UnionFind::new(part.nodes.len());
    edges
        .iter()
        .filter(|(from, to)| from < to)
        .find(|(from, to)| !joined.union(part.number(*from), part.number(*to)))
        .copied()
}

#[cfg(test)]
mod tests {
    use super::{Pairs, cycles};

    #[track_caller]
    fn check(pairs: Pairs, edges: &[(usize, usize)], expected: &[&[usize]]) {
        assert_eq!(cycles(edges, pairs), expected);
    }

    #[test]
    fn one_short_cycle_is_found_in_each_component() {
        let check = |edges, expected| check(Pairs::Count, edges, expected);
        check(&[(0, 1), (1, 2)], &[]);
        check(&[(0, 0)], &[]);
        check(&[(0, 1), (1, 0)], &[&[0, 1]]);
        check(&[(0, 1), (1, 2), (2, 0), (2, 1)], &[&[1, 2]]);
        check(
            &[(0, 1), (1, 2), (2, 3), (3, 0), (5, 6), (6, 5)],
            &[&[0, 1, 2, 3], &[5, 6]],
        );
    }

    #[test]
    fn pairs_can_be_ignored() {
        let check = |edges, expected| check(Pairs::Ignored, edges, expected);
        check(&[(0, 1), (1, 0), (1, 2), (2, 1), (3, 3)], &[]);
        check(&[(2, 0), (0, 1), (1, 2)], &[&[0, 1, 2]]);
        check(&[(0, 1), (1, 0), (1, 2), (2, 3), (3, 1)], &[&[1, 2, 3]]);
    }

    #[test]
    fn cycles_of_edges_that_go_both_ways_are_found() {
        let around = [(0, 1), (1, 2), (2, 3), (3, 0)];
        let edges: Vec<_> = around
            .iter()
            .flat_map(|(a, b)| [(*a, *b), (*b, *a)])
            .collect();
        let found = cycles(&edges, Pairs::Ignored);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [4]);
    }
}
