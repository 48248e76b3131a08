//! How far neighbors of a level stand apart.
//!
//! In: a layered graph and the groups of its nodes. Out: distances.
//! Refuses to know: who solves for positions.

use super::layered::Layered;
use super::normalize::Problem;
use super::order::Order;

/// Between two nodes.
const NODES: i32 = 28;
/// Between a node and a line that passes it.
const NODE_TO_LINE: i32 = 14;
/// Between two lines.
const LINES: i32 = 14;
/// Between a line or a label, and a label.
const LABELS: i32 = 6;
/// Between a node and a line that leaves its side, or the label of a level line.
const NODE_TO_STUB: i32 = 20;
/// A border and the space outside of it.
const BORDER: i32 = 2;
/// Between the edges of the picture and what is in it.
const MARGIN: i32 = 16;

/// What a vertex is to its neighbors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Node,
    Line,
    Label,
    /// A corner of a line, or the label of a level line, both joined to a node of the level.
    Stub,
}

/// The distances of a layered graph.
pub(super) struct Gaps<'p> {
    problem: &'p Problem,
    layered: &'p Layered,
}

impl<'p> Gaps<'p> {
    pub(super) fn new(problem: &'p Problem, layered: &'p Layered) -> Self {
        Self { problem, layered }
    }

    pub(super) fn node_count(&self) -> usize {
        self.problem.nodes.len()
    }

    /// Where the left side of a node was, from where the nodes of a band start.
    pub(super) fn wanted(&self, node: u32) -> Option<i32> {
        let spot = self.problem.spots.get(node as usize).copied().flatten()?;
        Some(spot.left - self.problem.gutter)
    }

    /// What a vertex takes left of its coordinate; a node has one for each side.
    fn left(&self, vertex: u32) -> i32 {
        if (vertex as usize) < self.node_count() {
            0
        } else {
            self.layered.vertices[vertex as usize].left
        }
    }

    fn right(&self, vertex: u32) -> i32 {
        if (vertex as usize) < self.node_count() {
            0
        } else {
            self.layered.vertices[vertex as usize].right
        }
    }

    /// From the left edge to the vertex.
    pub(super) fn before(&self, vertex: u32) -> i32 {
        MARGIN + self.left(vertex) + self.opens(vertex, &[])
    }

    /// From the vertex to the right edge.
    pub(super) fn after(&self, vertex: u32) -> i32 {
        MARGIN + self.right(vertex) + self.closes(vertex, &[])
    }

    /// Between the x coordinates of two neighbors.
    pub(super) fn between(&self, a: u32, b: u32) -> i32 {
        let extents = self.right(a) + self.left(b);
        let gap = match (self.look(a), self.look(b)) {
            (Look::Node, Look::Node) => NODES,
            (Look::Node, Look::Stub) | (Look::Stub, Look::Node) => NODE_TO_STUB,
            (Look::Node, _) | (_, Look::Node) => NODE_TO_LINE,
            (Look::Label, _) | (_, Look::Label) => LABELS,
            _ => LINES,
        };
        extents + gap + self.borders(a, b)
    }

    fn look(&self, vertex: u32) -> Look {
        let data = &self.layered.vertices[vertex as usize];
        match data.chain {
            None if (vertex as usize) < self.problem.nodes.len() => Look::Node,
            None => Look::Stub,
            Some(_) if data.level.is_multiple_of(2) && self.layered.is_corner(vertex) => Look::Stub,
            Some(_) if data.left > 0 => Look::Label,
            Some(_) => Look::Line,
        }
    }

    fn groups(&self, vertex: u32) -> Vec<usize> {
        let node = self.problem.nodes.get(vertex as usize);
        std::iter::successors(node.and_then(|node| node.group), |group| {
            self.problem.groups[*group].parent
        })
        .collect()
    }

    /// What the borders need left of a vertex that are not around its neighbor.
    fn opens(&self, vertex: u32, known: &[usize]) -> i32 {
        let new = self
            .groups(vertex)
            .into_iter()
            .filter(|group| !known.contains(group));
        new.map(|group| self.problem.groups[group].left + BORDER)
            .sum()
    }

    /// What the borders need right of a vertex that are not around its neighbor.
    fn closes(&self, vertex: u32, known: &[usize]) -> i32 {
        let old = self
            .groups(vertex)
            .into_iter()
            .filter(|group| !known.contains(group));
        old.map(|group| self.problem.groups[group].right + BORDER)
            .sum()
    }

    /// Borders of groups between two neighbors.
    fn borders(&self, a: u32, b: u32) -> i32 {
        if self.problem.groups.is_empty() {
            return 0;
        }
        self.closes(a, &self.groups(b)) + self.opens(b, &self.groups(a))
    }

    /// First member, last member and least distance of groups whose title is wide.
    pub(super) fn spans(&self, order: &Order) -> Vec<(u32, u32, i32)> {
        let mut ends: Vec<Option<(u32, u32)>> = vec![None; self.problem.groups.len()];
        for vertex in order.levels.iter().flatten() {
            for group in self.groups(*vertex) {
                let first = ends[group].map_or(*vertex, |ends| ends.0);
                ends[group] = Some((first, *vertex));
            }
        }
        let mut spans = Vec::new();
        for (group, ends) in ends.into_iter().enumerate() {
            if let Some((first, last)) = ends {
                let data = self.problem.groups[group];
                let title = data.width - data.left - data.right;
                let is_row = self.layered.level(first) == self.layered.level(last);
                if is_row && first != last && title > 0 {
                    spans.push((first, last, title));
                }
            }
        }
        spans
    }
}
