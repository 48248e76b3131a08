//! Narrower pictures: chains are cut where they keep the picture wide.
//!
//! The least width is a longest path from the left edge to the right one. It changes levels
//! along chains that are drawn as one upright line; where such a line is cut, the path ends.
//! The idea of compaction by critical paths and jog insertion is that of VLSI layout (Hsueh,
//! "Symbolic layout and compaction of integrated circuits", 1979).
//! In: an ordered layered graph and a width. Out: more cuts. Refuses to know: costs of bends.

use super::segment::{Segments, number};
use crate::layout::gaps::Gaps;
use crate::layout::layered::Layered;
use crate::layout::order::Order;

/// Cuts chains until everything has room in a width, or nothing more can be cut; returns the
/// least width then.
pub(in crate::layout) fn narrow(
    layered: &Layered,
    order: &Order,
    gaps: &Gaps<'_>,
    is_cut: &mut [bool],
    width: i32,
) -> i32 {
    // More cuts than chains would only trade room for corners.
    for _ in 0..layered.chains.len().min(MOST) {
        let path = Longest::find(layered, order, gaps, number(layered, is_cut));
        if path.width <= width {
            return path.width;
        }
        let Some(cut) = path.best_cut() else {
            return path.width;
        };
        is_cut[cut as usize] = true;
    }
    Longest::find(layered, order, gaps, number(layered, is_cut)).width
}

/// No vertex.
const NONE: u32 = u32::MAX;
/// Each cut takes a walk over the graph.
const MOST: usize = 60;

/// Longest paths from the left edge.
struct Longest<'l> {
    layered: &'l Layered,
    order: &'l Order,
    gaps: &'l Gaps<'l>,
    segments: Segments,
    /// How far right each variable must be.
    least: Vec<i32>,
    /// The vertices by which the longest path enters and leaves the variable before it.
    before: Vec<Option<(u32, u32)>>,
    width: i32,
    last: Option<u32>,
}

impl<'l> Longest<'l> {
    fn find(
        layered: &'l Layered,
        order: &'l Order,
        gaps: &'l Gaps<'l>,
        segments: Segments,
    ) -> Self {
        let mut path = Self {
            layered,
            order,
            gaps,
            least: vec![0; segments.count],
            before: vec![None; segments.count],
            segments,
            width: 0,
            last: None,
        };
        path.walk();
        path
    }

    fn variable(&self, vertex: u32) -> usize {
        self.segments.of_vertex[vertex as usize] as usize
    }

    /// Variables in topological order (Kahn, 1962).
    fn walk(&mut self) {
        // Members of a variable as a chain: its first one, and after each the next one.
        let mut first = vec![NONE; self.segments.count];
        let mut after = vec![NONE; self.layered.vertices.len()];
        let mut waiting = vec![0_u32; self.segments.count];
        let order = self.order;
        for level in order.levels.iter().rev() {
            for (at, vertex) in level.iter().enumerate().rev() {
                let variable = self.variable(*vertex);
                after[*vertex as usize] = std::mem::replace(&mut first[variable], *vertex);
                waiting[variable] += u32::from(at > 0);
            }
        }
        let mut ready: Vec<usize> = (0..waiting.len()).filter(|at| waiting[*at] == 0).collect();
        while let Some(variable) = ready.pop() {
            let mut vertex = first[variable];
            while vertex != NONE {
                if let Some(next) = self.leave(vertex) {
                    waiting[next] -= 1;
                    if waiting[next] == 0 {
                        ready.push(next);
                    }
                }
                vertex = after[vertex as usize];
            }
        }
    }

    /// Pushes the right neighbor of a vertex, whose own place is known.
    fn leave(&mut self, vertex: u32) -> Option<usize> {
        let level = &self.order.levels[self.layered.level(vertex)];
        let at = self.order.position[vertex as usize] as usize;
        let variable = self.variable(vertex);
        if at == 0 {
            self.least[variable] = self.least[variable].max(self.gaps.before(vertex));
        }
        let right = self.least[variable] + self.extent(vertex);
        let Some(next) = level.get(at + 1).copied() else {
            let width = right + self.gaps.after(vertex);
            if width > self.width {
                (self.width, self.last) = (width, Some(vertex));
            }
            return None;
        };
        let (head, least) = (self.variable(next), right + self.gaps.between(vertex, next));
        if least > self.least[head] {
            (self.least[head], self.before[head]) = (least, Some((vertex, next)));
        }
        Some(head)
    }

    /// From a vertex's variable to where its right neighbor's distance starts.
    fn extent(&self, vertex: u32) -> i32 {
        if (vertex as usize) < self.gaps.node_count() {
            let node = &self.layered.vertices[vertex as usize];
            node.left + node.right
        } else {
            0
        }
    }

    /// The vertex below which a cut shortens the longest path most.
    fn best_cut(&self) -> Option<u32> {
        let mut best: Option<(i32, u32)> = None;
        let mut leaves = self.last?;
        while let Some((before, enters)) = self.before[self.variable(leaves)] {
            if let Some(found) = self.cut_between(enters, leaves)
                && best.is_none_or(|best| found.0 > best.0)
            {
                best = Some(found);
            }
            leaves = before;
        }
        best.map(|best| best.1)
    }

    /// The gain of a cut next to the level where the path leaves a chain, if it changes levels.
    fn cut_between(&self, enters: u32, leaves: u32) -> Option<(i32, u32)> {
        let variable = self.variable(leaves);
        let is_down = match enters.cmp(&leaves) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => return None,
            std::cmp::Ordering::Greater => false,
        };
        let cut = if is_down { leaves - 1 } else { leaves };
        let chain = self.layered.vertices[leaves as usize].chain?;
        let side = self.layered.vertices_of(chain as usize);
        let side = if is_down {
            leaves..side.end
        } else {
            side.start..leaves + 1
        };
        let least = side
            .filter(|vertex| self.variable(*vertex) == variable)
            .map(|vertex| self.pushed(vertex))
            .max()
            .unwrap_or(0);
        Some((self.least[variable] - least, cut))
    }

    /// How far right a vertex is pushed by its left neighbor.
    fn pushed(&self, vertex: u32) -> i32 {
        let level = &self.order.levels[self.layered.level(vertex)];
        let at = self.order.position[vertex as usize] as usize;
        match at.checked_sub(1).map(|at| level[at]) {
            None => self.gaps.before(vertex),
            Some(left) => {
                self.least[self.variable(left)]
                    + self.extent(left)
                    + self.gaps.between(left, vertex)
            }
        }
    }
}
