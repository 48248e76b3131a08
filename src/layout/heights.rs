//! Y coordinates: rows of nodes, labels and tracks, from top to bottom.
//!
//! In: rows, the tracks of each channel. Out: [`Heights`]. Refuses to know: x coordinates.

use super::layered::Layered;
use super::normalize::Problem;
use super::previous::tops;
use super::rows::Rows;

/// Between the nodes of a band and its border.
pub(super) const BAND_PADDING: i32 = 12;
/// Between two bands.
const BAND_GAP: i32 = 14;
/// Between two rows of one band.
const ROW_GAP: i32 = 28;
/// Rows that were further apart than they need be stay so, up to this.
const SPARE: i32 = 48;

/// Distances between two rows of nodes.
#[derive(Clone, Copy, Debug)]
struct Spacing {
    /// From a node to the first track, room for an arrow head.
    stub: i32,
    /// From one track to the next.
    track: i32,
    /// Between a track and a label.
    track_to_label: i32,
    /// Between a node and a label without a track between.
    node_to_label: i32,
}

/// How rows are spaced.
const NORMAL: Spacing = Spacing {
    stub: 16,
    track: 10,
    track_to_label: 8,
    node_to_label: 16,
};
/// Where rows stay where they were, a line more squeezes the others, as far as they stay clear.
const SQUEEZED: [Spacing; 3] = [
    NORMAL,
    Spacing {
        stub: 14,
        track: 9,
        track_to_label: 6,
        node_to_label: 14,
    },
    Spacing {
        stub: 12,
        track: 7,
        track_to_label: 4,
        node_to_label: 12,
    },
];

/// Where levels and tracks are.
#[derive(Clone, Debug, Default)]
pub(super) struct Heights {
    /// The middle of each level.
    pub(super) level: Vec<i32>,
    /// The first track of each channel, and the distance to the next one.
    pub(super) first_track: Vec<i32>,
    pub(super) track_gap: Vec<i32>,
    /// The upper and the lower edge of each band.
    pub(super) bands: Vec<(i32, i32)>,
    pub(super) groups: Vec<Frame>,
    /// The height of the nodes of each row.
    pub(super) row_height: Vec<i32>,
}

/// What a group needs around its members.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    /// Its first and its last row.
    pub(super) rows: Option<(u32, u32)>,
    /// From its upper edge to its uppermost members.
    pub(super) above: i32,
    /// From its lowest members to its lower edge.
    pub(super) below: i32,
}

impl Heights {
    pub(super) fn track(&self, channel: u32, track: u32) -> i32 {
        let gap = self.track_gap[channel as usize];
        self.first_track[channel as usize] + i32::try_from(track).unwrap_or(0) * gap
    }
}

/// What a row needs besides its nodes.
#[derive(Clone, Copy, Default)]
struct Row {
    height: i32,
    above: i32,
    below: i32,
}

/// Stacks bands, rows, labels and tracks.
pub(super) fn heights(
    problem: &Problem,
    rows: &Rows,
    layered: &Layered,
    tracks: &[u32],
) -> Heights {
    let groups = frames(problem, rows);
    let needs = needs(problem, rows, &groups);
    let labels = label_heights(rows, layered);
    let mut stack = Stack {
        rows,
        tracks,
        labels: &labels,
        tops: tops(problem, rows),
        shift: 0,
        y: 0,
        heights: Heights {
            level: vec![0; rows.len() * 2],
            first_track: vec![0; rows.len() * 2],
            track_gap: vec![0; rows.len() * 2],
            bands: vec![(0, 0); problem.bands.len()],
            groups,
            row_height: needs.iter().map(|row| row.height).collect(),
        },
    };
    stack.run(&needs);
    stack.heights
}

struct Stack<'s> {
    rows: &'s Rows,
    tracks: &'s [u32],
    labels: &'s [i32],
    /// Where the nodes of each row were.
    tops: Vec<Option<i32>>,
    /// How far up rows moved that were needlessly low.
    shift: i32,
    /// How far the stack reaches.
    y: i32,
    heights: Heights,
}

impl Stack<'_> {
    fn run(&mut self, needs: &[Row]) {
        self.y = self.near(0, BAND_PADDING + needs.first().map_or(0, |row| row.above));
        for row in 0..needs.len() {
            let band = self.rows.band[row];
            if row == 0 || self.rows.band[row - 1] != band {
                self.heights.bands[band].0 = self.y - needs[row].above - BAND_PADDING;
            }
            self.heights.level[row * 2] = self.y + needs[row].height / 2;
            self.y += needs[row].height;
            let is_last = row + 1 == needs.len();
            self.heights.bands[band].1 = self.y + needs[row].below + BAND_PADDING;
            let bottom = self.y;
            if is_last {
                let reach = self.gap(row, needs[row].below, bottom, NORMAL);
                let edge = &mut self.heights.bands[band].1;
                *edge = (*edge).max(reach + if reach > bottom { BAND_PADDING } else { 0 });
                self.y = *edge;
                return;
            }
            self.fit_gap(row, needs, bottom);
        }
    }

    /// Where a row was, if it has room there; else as near as it can.
    fn near(&mut self, row: usize, least: i32) -> i32 {
        let Some(top) = self.tops[row] else {
            return least;
        };
        let wanted = top + self.shift;
        if wanted > least + SPARE {
            self.shift += least + SPARE - wanted;
        }
        wanted.clamp(least, least + SPARE)
    }

    /// Squeezes the lines below a row until the next row has room where it was.
    fn fit_gap(&mut self, row: usize, needs: &[Row], bottom: i32) {
        let wanted = self.tops[row + 1].map_or(i32::MAX, |top| top + self.shift);
        for spacing in SQUEEZED {
            let reach = self.gap(row, needs[row].below, bottom, spacing);
            self.close_gap(row, needs, (bottom, reach), spacing);
            if self.y <= wanted {
                break;
            }
        }
    }

    /// Places tracks and labels below a row; returns how far they reach.
    fn gap(&mut self, row: usize, below: i32, bottom: i32, spacing: Spacing) -> i32 {
        let (upper, lower) = (row * 2, row * 2 + 1);
        let mut y = bottom + below;
        let has_tracks = |channel: usize| self.tracks[channel] > 0;
        let run = |channel: usize| {
            i32::try_from(self.tracks[channel])
                .unwrap_or(0)
                .saturating_sub(1)
                * spacing.track
        };
        self.heights.track_gap[upper] = spacing.track;
        self.heights.track_gap[lower] = spacing.track;
        if has_tracks(upper) {
            self.heights.first_track[upper] = y + spacing.stub;
            y += spacing.stub + run(upper);
        }
        let label = self.labels[row];
        if label > 0 {
            y += if has_tracks(upper) {
                spacing.track_to_label
            } else {
                spacing.node_to_label
            };
            self.heights.level[lower] = y + label / 2;
            y += label;
        } else {
            self.heights.level[lower] = y;
        }
        if has_tracks(lower) {
            y += if label > 0 {
                spacing.track_to_label
            } else if has_tracks(upper) {
                spacing.track
            } else {
                spacing.stub
            };
            self.heights.first_track[lower] = y;
            y += run(lower);
        }
        if has_tracks(upper) || has_tracks(lower) || label > 0 {
            y
        } else {
            bottom
        }
    }

    /// The next row starts where arrow heads, borders and bands have room.
    fn close_gap(
        &mut self,
        row: usize,
        needs: &[Row],
        (bottom, reach): (i32, i32),
        spacing: Spacing,
    ) {
        let next = needs[row + 1];
        let is_band = self.rows.band[row] != self.rows.band[row + 1];
        let borders = needs[row].below + next.above;
        let least = if is_band {
            2 * BAND_PADDING + BAND_GAP
        } else {
            ROW_GAP
        };
        let stub = if reach > bottom { spacing.stub } else { 0 };
        let wanted = (reach + stub + next.above).max(bottom + least + borders);
        let wanted = self.near(row + 1, wanted);
        let spare = (wanted - reach - stub - next.above) / 2;
        if reach > bottom {
            self.shift_gap(row, spare);
        }
        self.y = wanted;
        let (band, next_band) = (self.rows.band[row], self.rows.band[row + 1]);
        if is_band {
            self.heights.bands[band].1 = bottom + needs[row].below + BAND_PADDING;
            for empty in band + 1..next_band {
                self.heights.bands[empty] = (self.y, self.y);
            }
        }
    }

    fn shift_gap(&mut self, row: usize, by: i32) {
        self.heights.level[row * 2 + 1] += by;
        self.heights.first_track[row * 2] += by;
        self.heights.first_track[row * 2 + 1] += by;
    }
}

fn label_heights(rows: &Rows, layered: &Layered) -> Vec<i32> {
    let mut heights = vec![0; rows.len()];
    for chain in &layered.chains {
        if let Some((vertex, (_, height))) = chain.label {
            let row = layered.level(vertex) / 2;
            heights[row] = heights[row].max(height);
        }
    }
    heights
}

/// How much room groups need around their members.
fn frames(problem: &Problem, rows: &Rows) -> Vec<Frame> {
    let mut frames = vec![Frame::default(); problem.groups.len()];
    for (node, data) in problem.nodes.iter().enumerate() {
        let row = rows.of_node[node];
        for group in std::iter::successors(data.group, |group| problem.groups[*group].parent) {
            let known = frames[group].rows.unwrap_or((row, row));
            frames[group].rows = Some((known.0.min(row), known.1.max(row)));
        }
    }
    for group in (0..frames.len()).rev() {
        frames[group].above += problem.groups[group].above;
        frames[group].below += problem.groups[group].below;
        let own = frames[group];
        if let (Some(parent), Some(rows)) = (problem.groups[group].parent, own.rows) {
            let outer = &mut frames[parent];
            let reach = outer.rows.unwrap_or(rows);
            if reach.0 == rows.0 {
                outer.above = outer.above.max(own.above);
            }
            if reach.1 == rows.1 {
                outer.below = outer.below.max(own.below);
            }
        }
    }
    frames
}

fn needs(problem: &Problem, rows: &Rows, groups: &[Frame]) -> Vec<Row> {
    let mut needs = vec![Row::default(); rows.len()];
    for (node, data) in problem.nodes.iter().enumerate() {
        let row = &mut needs[rows.of_node[node] as usize];
        row.height = row.height.max(data.height);
    }
    for group in groups {
        if let Some((first, last)) = group.rows {
            needs[first as usize].above = needs[first as usize].above.max(group.above);
            needs[last as usize].below = needs[last as usize].below.max(group.below);
        }
    }
    for (row, band) in rows.band.iter().enumerate() {
        let is_only = rows.band.iter().filter(|other| *other == band).count() == 1;
        let need = &mut needs[row];
        let spare = problem.bands[*band] - need.height - need.above - need.below;
        if is_only && spare > 0 {
            need.above += spare / 2;
            need.below += spare - spare / 2;
        }
    }
    needs
}
