//! What a new drawing keeps of an earlier one: rows, the order within them, and positions.
//!
//! Misue, Eades, Lai and Sugiyama, "Layout adjustment and the mental map", J. Visual Languages
//! and Computing 6(2), 1995: readers find their way by order, proximity and topology. Nodes
//! that were there keep their row and their order, and distances to their old places cost
//! something. In: an earlier drawing. Out: spots, rows, and how far nodes moved.
//! Refuses to know: how lines run.

use std::cmp::Ordering;

use super::drawing::Drawing;
use super::geometry::Rect;
use super::layered::index;
use super::normalize::Problem;
use super::options::Previous;
use super::report::Displacement;
use super::rows::Rows;

/// Nodes of one row have the same middle, up to this.
const SAME_ROW: i32 = 6;

/// Where a node was, with bands as rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) left: i32,
    pub(super) center: i32,
    pub(super) middle: i32,
}

/// For each node, where it was; nodes that changed their band are new.
pub(super) fn spots(problem: &Problem, previous: &Previous) -> Vec<Option<Spot>> {
    let mut spots: Vec<Option<Spot>> = (0..problem.nodes.len())
        .map(|node| {
            let rect = previous.nodes.get(node).copied().flatten()?;
            Some(spot(rect, problem.is_transposed))
        })
        .collect();
    let mut middles: Vec<(usize, i32)> = Vec::new();
    for (node, spot) in problem.nodes.iter().zip(&spots) {
        middles.extend(spot.map(|spot| (node.band, spot.middle)));
    }
    middles.sort_unstable();
    let bands: Vec<(usize, i32)> = middles
        .chunk_by(|a, b| a.0 == b.0)
        .map(|band| band[band.len() / 2])
        .collect();
    for (node, spot) in problem.nodes.iter().zip(&mut spots) {
        let is_elsewhere = |spot: Spot| {
            bands
                .iter()
                .any(|(band, middle)| match band.cmp(&node.band) {
                    Ordering::Less => spot.middle <= *middle,
                    Ordering::Equal => false,
                    Ordering::Greater => spot.middle >= *middle,
                })
        };
        *spot = spot.filter(|spot| !is_elsewhere(*spot));
    }
    spots
}

fn spot(rect: Rect, is_transposed: bool) -> Spot {
    let rect = if is_transposed {
        Rect {
            x: rect.y,
            y: rect.x,
            width: rect.height,
            height: rect.width,
        }
    } else {
        rect
    };
    #[expect(clippy::cast_possible_truncation, reason = "saturates; a wish only")]
    let whole = |value: f64| value.clamp(-1e8, 1e8).round() as i32;
    Spot {
        left: whole(rect.x),
        center: whole(rect.x + rect.width / 2.0),
        middle: whole(rect.y + rect.height / 2.0),
    }
}

/// The rows that nodes were in; new nodes join the row of their band with the most room.
pub(super) fn rows(problem: &Problem) -> Rows {
    let mut rows = Rows {
        of_node: vec![0; problem.nodes.len()],
        band: Vec::new(),
    };
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); problem.bands.len()];
    for (node, data) in problem.nodes.iter().enumerate() {
        members[data.band].push(node);
    }
    for (band, members) in members.iter_mut().enumerate() {
        let known = |node: &usize| problem.spots.get(*node).copied().flatten();
        members.sort_by_key(|node| known(node).map_or(i32::MAX, |spot| spot.middle));
        let first = rows.band.len();
        rows.band.push(band);
        let mut widths = vec![0_i64];
        let mut last: Option<i32> = None;
        for node in members.iter() {
            let row = if let Some(spot) = known(node) {
                if last.is_some_and(|last| spot.middle - last > SAME_ROW) {
                    rows.band.push(band);
                    widths.push(0);
                }
                last = Some(spot.middle);
                widths.len() - 1
            } else {
                beside_group(problem, &rows, *node, first)
                    .filter(|row| *row < widths.len())
                    .unwrap_or_else(|| least(&widths))
            };
            rows.of_node[*node] = index(first + row);
            widths[row] += i64::from(problem.nodes[*node].width);
        }
    }
    rows
}

/// Where the upper side of each row was, if its nodes were in one row.
pub(super) fn tops(problem: &Problem, rows: &Rows) -> Vec<Option<i32>> {
    let mut middles: Vec<Option<(i32, i32)>> = vec![None; rows.len()];
    let mut heights = vec![0; rows.len()];
    for (node, spot) in problem.spots.iter().enumerate() {
        let row = rows.of_node[node] as usize;
        heights[row] = problem.nodes[node].height.max(heights[row]);
        if let Some(Spot { middle, .. }) = *spot {
            let known = middles[row].unwrap_or((middle, middle));
            middles[row] = Some((known.0.min(middle), known.1.max(middle)));
        }
    }
    let row = |(middles, height): (Option<(i32, i32)>, i32)| {
        let (least, most) = middles?;
        (most - least <= SAME_ROW).then_some(least - height / 2)
    };
    middles.into_iter().zip(heights).map(row).collect()
}

/// The row of a known node of the same group.
fn beside_group(problem: &Problem, rows: &Rows, node: usize, first: usize) -> Option<usize> {
    let group = problem.nodes[node].group?;
    let is_kin = |(other, data): &(usize, &super::normalize::Node)| {
        data.group == Some(group) && problem.spots.get(*other).copied().flatten().is_some()
    };
    let kin = problem.nodes.iter().enumerate().find(is_kin)?.0;
    (rows.of_node[kin] as usize).checked_sub(first)
}

fn least(widths: &[i64]) -> usize {
    let least = widths.iter().enumerate().min_by_key(|row| row.1);
    least.map_or(0, |row| row.0)
}

/// How far nodes moved, apart from a move of the whole picture.
pub(super) fn displacement(
    problem: &Problem,
    previous: &Previous,
    drawing: &Drawing,
) -> Displacement {
    let mut moved: Vec<(usize, Rect, Rect)> = Vec::new();
    for (node, new) in drawing.nodes.iter().enumerate() {
        let old = previous.nodes.get(node).copied().flatten();
        moved.extend(old.map(|old| (node, old, *new)));
    }
    let center = |rect: &Rect| (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
    let mut across: Vec<f64> = Vec::new();
    let mut down: Vec<f64> = Vec::new();
    for (_, old, new) in &moved {
        across.push(center(new).0 - center(old).0);
        down.push(center(new).1 - center(old).1);
    }
    let shift = (median(across.clone()), median(down.clone()));
    let diagonal = {
        let size = previous.size;
        (size.width * size.width + size.height * size.height)
            .sqrt()
            .max(1.0)
    };
    let shares: Vec<f64> = across
        .iter()
        .zip(&down)
        .map(|(x, y)| {
            let (x, y) = (x - shift.0, y - shift.1);
            (x * x + y * y).sqrt() / diagonal
        })
        .collect();
    Displacement {
        nodes: moved.len(),
        median: median(shares.clone()),
        max: shares.iter().copied().fold(0.0, f64::max),
        flips: flips(problem, &moved),
        is_fresh: false,
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Pairs of a band that stand in another order than before.
fn flips(problem: &Problem, moved: &[(usize, Rect, Rect)]) -> usize {
    let place = |rect: &Rect| {
        let spot = spot(*rect, problem.is_transposed);
        (spot.middle / SAME_ROW, spot.center)
    };
    let band = |node: usize| problem.nodes[node].band;
    let mut new: Vec<usize> = (0..moved.len()).collect();
    new.sort_by_key(|at| (band(moved[*at].0), place(&moved[*at].2), *at));
    let mut rank = vec![0_usize; moved.len()];
    for (position, at) in new.iter().enumerate() {
        rank[*at] = position;
    }
    let mut old: Vec<usize> = (0..moved.len()).collect();
    old.sort_by_key(|at| (band(moved[*at].0), place(&moved[*at].1), rank[*at]));
    inversions(&old.iter().map(|at| rank[*at]).collect::<Vec<_>>())
}

/// Pairs in descending order, counted with an accumulator tree.
fn inversions(values: &[usize]) -> usize {
    let mut tree = vec![0_usize; values.len() + 1];
    let mut count = 0;
    for (seen, value) in values.iter().enumerate() {
        let (mut at, mut less) = (value + 1, 0);
        while at > 0 {
            less += tree[at];
            at &= at - 1;
        }
        count += seen - less;
        let mut at = value + 1;
        while at < tree.len() {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    count
}
