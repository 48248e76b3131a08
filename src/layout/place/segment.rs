//! Linear segments: the vertices of a chain that share one x coordinate.
//!
//! Sander, "A fast heuristic for hierarchical Manhattan layout", Graph Drawing 1995. A chain is
//! one segment unless it crosses another chain between two of its vertices; there, one of
//! the two is cut, so that the order of segments from left to right has no cycle.
//! In: an ordered layered graph. Out: the segment of each chain vertex.
//! Refuses to know: coordinates.

use crate::layout::layered::{Layered, index};
use crate::layout::order::Order;

/// The variable of each vertex: nodes and stubs first, then one for each segment.
pub(in crate::layout) struct Segments {
    pub(super) of_vertex: Vec<u32>,
    pub(super) count: usize,
}

/// Numbers the pieces of chains.
pub(super) fn number(layered: &Layered, is_cut: &[bool]) -> Segments {
    let mut of_vertex = vec![0; layered.vertices.len()];
    let mut count = 0;
    for (variable, vertex) in of_vertex.iter_mut().zip(&layered.vertices) {
        if vertex.chain.is_none() {
            *variable = index(count);
            count += 1;
        }
    }
    for chain in 0..layered.chains.len() {
        for (step, vertex) in layered.vertices_of(chain).enumerate() {
            if step == 0 || is_cut[vertex as usize - 1] {
                count += 1;
            }
            of_vertex[vertex as usize] = index(count - 1);
        }
    }
    for (port, data) in (0..).zip(&layered.ports) {
        if let Some(corner) = data.corner {
            of_vertex[corner as usize] = of_vertex[layered.end(port) as usize];
        }
    }
    Segments { of_vertex, count }
}

/// For each vertex, whether its chain is cut below it because it crosses another one there.
pub(in crate::layout) fn cuts(layered: &Layered, order: &Order) -> Vec<bool> {
    let mut is_cut = vec![false; layered.vertices.len()];
    for level in &order.levels {
        let links: Vec<u32> = level
            .iter()
            .copied()
            .filter(|vertex| continues(layered, *vertex))
            .collect();
        let lower: Vec<u32> = links
            .iter()
            .map(|vertex| order.position[*vertex as usize + 1])
            .collect();
        let kept = longest_increasing(&lower);
        let mut kept = kept.into_iter().peekable();
        for (at, vertex) in links.iter().enumerate() {
            if kept.next_if_eq(&at).is_none() {
                is_cut[*vertex as usize] = true;
            }
        }
    }
    is_cut
}

fn continues(layered: &Layered, vertex: u32) -> bool {
    layered.vertices[vertex as usize]
        .chain
        .is_some_and(|chain| {
            let chain = &layered.chains[chain as usize];
            (chain.first..chain.first + chain.len - 1).contains(&vertex)
        })
}

/// Indices of a longest increasing subsequence (patience sorting).
fn longest_increasing(values: &[u32]) -> Vec<usize> {
    let mut piles: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; values.len()];
    for (at, value) in values.iter().enumerate() {
        let pile = piles.partition_point(|top| values[*top] < *value);
        before[at] = pile.checked_sub(1).map(|pile| piles[pile]);
        if pile == piles.len() {
            piles.push(at);
        } else {
            piles[pile] = at;
        }
    }
    let mut kept: Vec<usize> =
        std::iter::successors(piles.last().copied(), |at| before[*at]).collect();
    kept.reverse();
    kept
}
