//! Edges between nodes of one row.
//!
//! A level line needs neighbors: where a node stands between, or too many lines run side by
//! side, the edge goes around the row instead. In: an ordered layered graph. Out: the edges
//! that have to go around, or stubs that hold the labels of level lines.
//! Refuses to know: coordinates.

use super::layered::{Layered, Stub, Vertex, index};
use super::normalize::Problem;
use super::order::Order;

/// Height of a line without a label.
const LINE: i32 = 10;

/// Edges that cannot be level lines in this order.
pub(super) fn blocked(problem: &Problem, layered: &Layered, order: &Order) -> Vec<u32> {
    let mut blocked = Vec::new();
    for (pair, edges) in pairs(layered, order) {
        let (left, right) = (
            order.position[pair.0 as usize],
            order.position[pair.1 as usize],
        );
        let level = &order.levels[layered.level(pair.0)];
        let between = &level[left as usize..right as usize];
        let is_free = between
            .iter()
            .skip(1)
            .all(|vertex| (*vertex as usize) >= problem.nodes.len());
        let room = problem.nodes[pair.0 as usize]
            .height
            .min(problem.nodes[pair.1 as usize].height);
        let mut used = 0;
        for edge in edges {
            used += height(problem, edge);
            if !is_free || pair.0 == pair.1 || used > room {
                blocked.push(edge);
            }
        }
    }
    blocked
}

fn height(problem: &Problem, edge: u32) -> i32 {
    problem.edges[edge as usize]
        .label
        .map_or(LINE, |(_, height)| height + 2)
}

/// Pairs of nodes, the left one first, with the edges between them.
fn pairs(layered: &Layered, order: &Order) -> Vec<((u32, u32), Vec<u32>)> {
    let mut keyed: Vec<((u32, u32), u32)> = Vec::new();
    for tie in &layered.ties {
        if let Some(edge) = tie.edge {
            let is_ordered = order.position[tie.a as usize] <= order.position[tie.b as usize];
            keyed.push((
                if is_ordered {
                    (tie.a, tie.b)
                } else {
                    (tie.b, tie.a)
                },
                edge,
            ));
        }
    }
    keyed.sort_unstable();
    keyed
        .chunk_by(|a, b| a.0 == b.0)
        .map(|pair| (pair[0].0, pair.iter().map(|item| item.1).collect()))
        .collect()
}

/// Puts a vertex with the labels into the middle of each level line.
pub(super) fn insert_stubs(problem: &Problem, layered: &mut Layered, order: &mut Order) {
    for (pair, edges) in pairs(layered, order) {
        let width = edges
            .iter()
            .filter_map(|edge| problem.edges[*edge as usize].label)
            .map(|label| label.0)
            .max();
        let vertex = index(layered.vertices.len());
        let level = layered.vertices[pair.0 as usize].level;
        let half = width.unwrap_or(0) / 2;
        layered.vertices.push(Vertex {
            level,
            left: half,
            right: half,
            chain: None,
            is_kept: false,
        });
        layered.stubs.push(Stub { vertex, edges });
        let (left, right) = (
            order.position[pair.0 as usize],
            order.position[pair.1 as usize],
        );
        let at = u32::midpoint(left, right) as usize + 1;
        order.insert(level as usize, at, vertex);
    }
}

/// How far the lines of a stub are below the middle of their row.
pub(super) fn offsets(problem: &Problem, edges: &[u32]) -> Vec<i32> {
    let total: i32 = edges.iter().map(|edge| height(problem, *edge)).sum();
    let mut top = -total / 2;
    edges
        .iter()
        .map(|edge| {
            let height = height(problem, *edge);
            top += height;
            if edges.len() == 1 {
                0
            } else {
                top - height / 2
            }
        })
        .collect()
}
