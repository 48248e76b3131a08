//! Long cycles: circles of at least three nodes in any directed graph.
//!
//! In: a number of nodes, and edges between them. Out: one simple cycle for each
//! strongly connected group that has one. Refuses to know: what the nodes stand for.
//!
//! A group in which every cycle has two nodes is a tree whose edges all go both ways.
//! So a cycle is long if it passes an edge without its reverse, or an edge that
//! closes a circle when directions are ignored.

use std::collections::BTreeMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::unionfind::UnionFind;

/// Edges out of each node, sorted.
type Adjacency = BTreeMap<usize, Vec<usize>>;

/// One simple cycle of at least three nodes for each strongly connected group that has
/// one; a cycle starts at its smallest node, and cycles are sorted.
pub(crate) fn long_cycles(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut graph = DiGraph::<(), ()>::with_capacity(nodes, edges.len());
    for _ in 0..nodes {
        graph.add_node(());
    }
    for (from, to) in edges {
        graph.add_edge(NodeIndex::new(*from), NodeIndex::new(*to), ());
    }
    let groups = kosaraju_scc(&graph);
    let mut group_of = vec![0; nodes];
    for (number, group) in groups.iter().enumerate() {
        for node in group {
            group_of[node.index()] = number;
        }
    }
    let mut inner = vec![Vec::new(); groups.len()];
    for (from, to) in edges {
        if from != to && group_of[*from] == group_of[*to] {
            inner[group_of[*from]].push((*from, *to));
        }
    }
    let mut cycles: Vec<Vec<usize>> = inner.into_iter().filter_map(long_cycle).collect();
    cycles.sort_unstable();
    cycles
}

fn long_cycle(mut edges: Vec<(usize, usize)>) -> Option<Vec<usize>> {
    edges.sort_unstable();
    edges.dedup();
    let (from, to) = closing_edge(&edges)?;
    let mut adjacency = Adjacency::new();
    for (from, to) in &edges {
        adjacency.entry(*from).or_default().push(*to);
    }
    let mut cycle = path(&adjacency, to, from)?;
    let smallest = cycle.iter().enumerate().min_by_key(|(_, node)| **node)?.0;
    cycle.rotate_left(smallest);
    Some(cycle)
}

/// An edge that lies on a long cycle.
fn closing_edge(edges: &[(usize, usize)]) -> Option<(usize, usize)> {
    let is_one_way = |(from, to): &&(usize, usize)| edges.binary_search(&(*to, *from)).is_err();
    if let Some(edge) = edges.iter().find(is_one_way) {
        return Some(*edge);
    }
    let mut numbers: Vec<usize> = edges.iter().map(|(from, _)| *from).collect();
    numbers.dedup();
    let number = |node: &usize| numbers.binary_search(node).unwrap_or(0);
    let mut joined = UnionFind::new(numbers.len());
    edges
        .iter()
        .filter(|(from, to)| from < to)
        .find(|(from, to)| !joined.union(number(from), number(to)))
        .copied()
}

/// The shortest path, both ends included, that is longer than a single edge.
fn path(adjacency: &Adjacency, start: usize, goal: usize) -> Option<Vec<usize>> {
    let mut came_from = BTreeMap::from([(start, start)]);
    let mut border = vec![start];
    while !border.is_empty() && !came_from.contains_key(&goal) {
        let mut next = Vec::new();
        for node in border {
            for neighbor in adjacency.get(&node).into_iter().flatten() {
                let is_direct = node == start && *neighbor == goal;
                if !is_direct && !came_from.contains_key(neighbor) {
                    came_from.insert(*neighbor, node);
                    next.push(*neighbor);
                }
            }
        }
        border = next;
    }
    let mut path = vec![goal];
    while *path.last()? != start {
        path.push(*came_from.get(path.last()?)?);
    }
    path.reverse();
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::long_cycles;

    #[track_caller]
    fn check(edges: &[(usize, usize)], expected: &[&[usize]]) {
        assert_eq!(long_cycles(6, edges), expected);
    }

    #[test]
    fn two_nodes_are_no_long_cycle() {
        check(&[(0, 1), (1, 0), (1, 2), (2, 1), (3, 3)], &[]);
    }

    #[test]
    fn one_way_circles_are_found() {
        check(&[(2, 0), (0, 1), (1, 2)], &[&[0, 1, 2]]);
        check(&[(0, 1), (1, 0), (1, 2), (2, 3), (3, 1)], &[&[1, 2, 3]]);
    }

    #[test]
    fn circles_of_edges_that_go_both_ways_are_found() {
        let both = [(0, 1), (1, 2), (2, 3), (3, 0)];
        let edges: Vec<_> = both
            .iter()
            .flat_map(|(a, b)| [(*a, *b), (*b, *a)])
            .collect();
        assert_eq!(long_cycles(4, &edges).len(), 1);
        assert_eq!(long_cycles(4, &edges)[0].len(), 4);
    }
}
