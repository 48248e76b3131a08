//! Bands become rows of nodes.
//!
//! A band that is wider than the picture should be is wrapped ("stretch width",
//! after Nikolov, Tarassov and Branke, "In search for efficient heuristics for minimum-width
//! graph layering with consideration of dummy nodes", 2005).
//! In: a problem. Out: the row of each node. Refuses to know: orders within rows.

use super::geometry::Size;
use super::normalize::Problem;

/// Distance between neighbors that matters for the width of a row.
const PITCH: i32 = 44;

/// What a row of nodes takes in the drawing; a guess at first, then what a drawing showed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimate {
    /// Height of a row with the channels around it.
    pub(super) row_height: f64,
    /// Width of a drawing as a multiple of the nodes' widths: lines take room as well.
    pub(super) stretch: f64,
}

impl Estimate {
    /// A guess.
    pub(super) fn guess(problem: &Problem) -> Self {
        let height = problem.nodes.iter().map(|node| node.height).max().unwrap_or(0);
        Self { row_height: f64::from(height + 60), stretch: 1.0 }
    }

    /// What a drawing showed.
    pub(super) fn learn(problem: &Problem, rows: &Rows, size: Size) -> Self {
        let mut widths = vec![0; rows.len()];
        for (node, row) in rows.of_node.iter().enumerate() {
            widths[*row as usize] += pitch(problem, node);
        }
        let widest = widths.into_iter().max().unwrap_or(1).max(1);
        #[expect(clippy::cast_precision_loss, reason = "sizes in pixels")]
        Self { row_height: size.height / rows.len().max(1) as f64, stretch: size.width / widest as f64 }
    }
}

/// Nodes in rows, from top to bottom.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// The row of each node.
    pub(super) of_node: Vec<u32>,
    /// The band of each row.
    pub(super) band: Vec<usize>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.band.len()
    }
}

/// Fills rows in the given order, and wraps at the width that gives the aspect.
pub(super) fn wrap(problem: &Problem, aspect: f64, estimate: Estimate) -> Rows {
    let width = target_width(problem, aspect, estimate);
    let mut rows = Rows {
        of_node: vec![0; problem.nodes.len()],
        band: Vec::new(),
    };
    for (band, members) in members(problem).iter().enumerate() {
        let total: i64 = members.iter().map(|node| pitch(problem, *node)).sum();
        let count = total.div_euclid(width.max(1)) + i64::from(total % width.max(1) > 0);
        let share = total / count.max(1) + 1;
        let mut used = 0;
        rows.band.push(band);
        for node in members {
            let pitch = pitch(problem, *node);
            if used > 0 && used + pitch / 2 > share {
                rows.band.push(band);
                used = 0;
            }
            used += pitch;
            #[expect(clippy::cast_possible_truncation, reason = "fewer rows than nodes")]
            let row = (rows.band.len() - 1) as u32;
            rows.of_node[*node] = row;
        }
    }
    rows
}

fn pitch(problem: &Problem, node: usize) -> i64 {
    i64::from(problem.nodes[node].width + PITCH)
}

fn members(problem: &Problem) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); problem.bands.len()];
    for (index, node) in problem.nodes.iter().enumerate() {
        members[node.band].push(index);
    }
    members
}

/// The least width at which the rows are not too high for the aspect.
fn target_width(problem: &Problem, aspect: f64, estimate: Estimate) -> i64 {
    let mut totals = vec![0; problem.bands.len()];
    let mut widest = 1;
    for (index, node) in problem.nodes.iter().enumerate() {
        totals[node.band] += pitch(problem, index);
        widest = widest.max(pitch(problem, index));
    }
    let mut width = widest.max(400);
    for _ in 0..96 {
        let rows: i64 = totals.iter().map(|total| (total + width - 1) / width).sum();
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let (across, down) = (width as f64 * estimate.stretch, rows as f64 * estimate.row_height);
        if across >= aspect * down {
            break;
        }
        width += width / 12 + 1;
    }
    width
}
