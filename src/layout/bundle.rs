//! Hub bundling: edges that look the same and share an end share a line.
//!
//! Bundles are hyperedges with one label ("bus-style" or confluent drawing: Dickerson,
//! Eppstein, Goodrich and Meng, "Confluent drawings", 2003), not Holten's hierarchical edge
//! bundling, which hides single flows. Only lines that an order put side by side are joined.
//! In: edges and an order. Out: strands, each drawn as one line. Refuses to know: coordinates.

use super::layered::{Layered, index};
use super::normalize::Problem;
use super::order::Order;
use super::rows::Rows;

/// Edges that are drawn as one line; most often a single edge.
#[derive(Clone, Debug)]
pub(super) struct Strand {
    pub(super) edges: Vec<u32>,
    pub(super) label: Option<(i32, i32)>,
}

/// What edges of one bundle have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    bundle: u32,
    label: Option<(i32, i32)>,
    hub: usize,
    is_source: bool,
    row: u32,
}

/// Every edge on its own.
pub(super) fn single(problem: &Problem) -> Vec<Strand> {
    (0..problem.edges.len())
        .map(|edge| strand(problem, vec![index(edge)]))
        .collect()
}

/// Joins lines that run side by side in all levels: that adds no crossing and takes some away.
pub(super) fn merge(
    problem: &Problem,
    rows: &Rows,
    layered: &Layered,
    order: &Order,
) -> Vec<Strand> {
    let mut chain_of_edge = vec![None; problem.edges.len()];
    for (chain, data) in layered.chains.iter().enumerate() {
        chain_of_edge[data.edges[0] as usize] = Some(chain);
    }
    let mut is_taken = vec![false; problem.edges.len()];
    let mut strands = Vec::new();
    for members in candidates(problem, rows) {
        let mut lines: Vec<(u32, usize, u32)> = members
            .into_iter()
            .filter(|edge| !is_taken[*edge as usize])
            .filter_map(|edge| chain_of_edge[edge as usize].map(|chain| (chain, edge)))
            .map(|(chain, edge)| {
                (
                    order.position[layered.chains[chain].first as usize],
                    chain,
                    edge,
                )
            })
            .collect();
        lines.sort_unstable();
        for run in lines.chunk_by(|a, b| is_beside(layered, order, a.1, b.1)) {
            if run.len() > 1 {
                for line in run {
                    is_taken[line.2 as usize] = true;
                }
                strands.push(strand(problem, run.iter().map(|line| line.2).collect()));
            }
        }
    }
    for (edge, is_taken) in is_taken.into_iter().enumerate() {
        if !is_taken {
            strands.push(strand(problem, vec![index(edge)]));
        }
    }
    strands.sort_by_key(|strand| strand.edges.iter().min().copied());
    strands
}

/// Whether one chain is the right neighbor of another in all levels.
fn is_beside(layered: &Layered, order: &Order, left: usize, right: usize) -> bool {
    let (left, right) = (layered.vertices_of(left), layered.vertices_of(right));
    left.len() == right.len()
        && left.zip(right).all(|(left, right)| {
            layered.level(left) == layered.level(right)
                && order.position[left as usize] + 1 == order.position[right as usize]
        })
}

/// Groups of edges that could share a line, the largest first.
fn candidates(problem: &Problem, rows: &Rows) -> Vec<Vec<u32>> {
    let mut keyed: Vec<(Key, u32)> = Vec::new();
    for (edge, link) in problem.edges.iter().enumerate() {
        let (from, to) = (rows.of_node[link.from], rows.of_node[link.to]);
        let Some(bundle) = link.bundle.filter(|_| from != to) else {
            continue;
        };
        let source = Key {
            bundle,
            label: link.label,
            hub: link.from,
            is_source: true,
            row: to,
        };
        let target = Key {
            bundle,
            label: link.label,
            hub: link.to,
            is_source: false,
            row: from,
        };
        keyed.push((source, index(edge)));
        keyed.push((target, index(edge)));
    }
    keyed.sort_unstable();
    let mut groups: Vec<Vec<u32>> = keyed
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|group| group.len() > 1)
        .map(|group| group.iter().map(|(_, edge)| *edge).collect())
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
}

fn strand(problem: &Problem, edges: Vec<u32>) -> Strand {
    let labels = edges
        .iter()
        .filter_map(|edge| problem.edges[*edge as usize].label);
    let label = labels.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)));
    Strand { edges, label }
}
