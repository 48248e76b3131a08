//! Hub bundling: edges that look the same and share an end share a line.
//!
//! Bundles are hyperedges with one label ("bus-style" or confluent drawing: Dickerson,
//! Eppstein, Goodrich and Meng, "Confluent drawings", 2003), not Holten's hierarchical edge
//! bundling, which hides single flows. In: edges and the row of each node.
//! Out: strands, each drawn as one line. Refuses to know: orders and positions.

use super::layered::index;
use super::normalize::Problem;
use super::rows::Rows;

/// Whether edges may share lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bundling {
    /// Each edge has its own line.
    Never,
    /// Edges of one key, one hub, and other ends in one row share a line.
    AtHubs,
}

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
    hub: usize,
    is_source: bool,
    row: u32,
}

/// Finds the edges that share a line; each edge joins the largest bundle it could be in.
pub(super) fn bundle(problem: &Problem, rows: &Rows, bundling: Bundling) -> Vec<Strand> {
    let mut is_taken = vec![false; problem.edges.len()];
    let mut strands = Vec::new();
    if bundling == Bundling::AtHubs {
        for members in candidates(problem, rows) {
            let free: Vec<u32> = members.into_iter().filter(|edge| !is_taken[*edge as usize]).collect();
            if free.len() > 1 {
                free.iter().for_each(|edge| is_taken[*edge as usize] = true);
                strands.push(strand(problem, free));
            }
        }
    }
    for edge in 0..problem.edges.len() {
        if !is_taken[edge] {
            strands.push(strand(problem, vec![index(edge)]));
        }
    }
    strands.sort_by_key(|strand| strand.edges[0]);
    strands
}

/// Groups of edges that could share a line, the largest first.
fn candidates(problem: &Problem, rows: &Rows) -> Vec<Vec<u32>> {
    let mut keyed: Vec<(Key, u32)> = Vec::new();
    for (edge, link) in problem.edges.iter().enumerate() {
        let (from, to) = (rows.of_node[link.from], rows.of_node[link.to]);
        let Some(bundle) = link.bundle.filter(|_| from != to) else {
            continue;
        };
        let source = Key { bundle, hub: link.from, is_source: true, row: to };
        let target = Key { bundle, hub: link.to, is_source: false, row: from };
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
    let labels = edges.iter().filter_map(|edge| problem.edges[*edge as usize].label);
    let label = labels.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)));
    Strand { edges, label }
}
