//! Circles: for each group of nodes that reach each other, one short way round.
//!
//! In: edges between components. Out: for each strongly connected group the shortest
//! circle through one of its first members. Refuses to know: what the edges mean.

use std::collections::{BTreeMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::ComponentId;

/// Circles are looked for from this many members of a group; a small group is searched whole.
const MAX_STARTS: usize = 16;

type Graph = DiGraph<ComponentId, ()>;

/// One circle for each group, as the components in order; the first is not repeated at the end.
/// Edges from a component to itself do not count.
pub(crate) fn circles(
    edges: impl IntoIterator<Item = (ComponentId, ComponentId)>,
) -> Vec<Vec<ComponentId>> {
    let graph = build(edges);
    let groups = kosaraju_scc(&graph).into_iter();
    let mut circles: Vec<Vec<ComponentId>> = groups
        .filter(|members| members.len() > 1)
        .filter_map(|members| shortest(&graph, members))
        .collect();
    circles.sort_unstable();
    circles
}

fn build(edges: impl IntoIterator<Item = (ComponentId, ComponentId)>) -> Graph {
    let mut graph = Graph::new();
    let mut nodes = BTreeMap::new();
    for (from, to) in edges {
        if from == to {
            continue;
        }
        let [from, to] =
            [from, to].map(|id| *nodes.entry(id).or_insert_with(|| graph.add_node(id)));
        graph.add_edge(from, to, ());
    }
    graph
}

/// The shortest circle through one of the group's first members.
fn shortest(graph: &Graph, mut members: Vec<NodeIndex>) -> Option<Vec<ComponentId>> {
    members.sort_by_key(|node| graph[*node]);
    let starts = members.iter().take(MAX_STARTS);
    starts
        .filter_map(|start| circle_through(graph, *start))
        .min_by_key(Vec::len)
}

/// Breadth first from `start` until an edge leads back to it.
fn circle_through(graph: &Graph, start: NodeIndex) -> Option<Vec<ComponentId>> {
    let mut came_from: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        let mut next: Vec<NodeIndex> = graph.neighbors(node).collect();
        next.sort_by_key(|node| graph[*node]);
        for neighbor in next {
            if neighbor == start {
                return Some(walk_back(graph, &came_from, start, node));
            }
            came_from.entry(neighbor).or_insert_with(|| {
                queue.push_back(neighbor);
                node
            });
        }
    }
    None
}

fn walk_back(
    graph: &Graph,
    came_from: &BTreeMap<NodeIndex, NodeIndex>,
    start: NodeIndex,
    last: NodeIndex,
) -> Vec<ComponentId> {
    let before = |node: &NodeIndex| came_from.get(node).copied().filter(|_| *node != start);
    let mut circle: Vec<ComponentId> = std::iter::successors(Some(last), before)
        .map(|node| graph[node])
        .collect();
    circle.reverse();
    circle
}

#[cfg(test)]
mod tests {
    use super::circles;
    use crate::model::ComponentId;

    #[track_caller]
    fn check(edges: &[(usize, usize)], expected: &[&[usize]]) {
        let id = ComponentId::new;
        let found = circles(edges.iter().map(|(from, to)| (id(*from), id(*to))));
        let found: Vec<Vec<usize>> = found
            .iter()
            .map(|circle| circle.iter().map(|id| id.index()).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn finds_one_short_circle_a_group() {
        check(&[(0, 1), (1, 2)], &[]);
        check(&[(0, 0)], &[]);
        check(&[(0, 1), (1, 0)], &[&[0, 1]]);
        check(&[(0, 1), (1, 2), (2, 0), (2, 1)], &[&[1, 2]]);
        check(
            &[(0, 1), (1, 2), (2, 3), (3, 0), (5, 6), (6, 5)],
            &[&[0, 1, 2, 3], &[5, 6]],
        );
    }
}
