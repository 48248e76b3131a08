//! Normalization: the graph as the phases want it.
//!
//! In: a graph as the caller wrote it. Out: whole even pixels, bands as rows,
//! indices that exist. Refuses to know: positions.

use super::geometry::Size;
use super::graph::{Direction, Graph};
use super::previous::Spot;

/// Larger boxes than this are cut; a drawing must stay within exact arithmetic.
const MAX_SIZE: f64 = 4000.0;

/// The graph in whole pixels, bands as rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Problem {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    pub(super) groups: Vec<Group>,
    /// Least height of each band's content.
    pub(super) bands: Vec<i32>,
    /// Room at the left end of all bands.
    pub(super) gutter: i32,
    /// Whether rows and columns are exchanged.
    pub(super) is_transposed: bool,
    /// For each node, where it was in an earlier drawing; empty without one.
    pub(super) spots: Vec<Option<Spot>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) band: usize,
    pub(super) group: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Width and height of the label.
    pub(super) label: Option<(i32, i32)>,
    pub(super) bundle: Option<u32>,
}

/// A group with the room that it needs around its members.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) parent: Option<usize>,
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) above: i32,
    pub(super) below: i32,
    /// The least width between its borders.
    pub(super) width: i32,
}

/// Between a group's members and its border.
const GROUP_PADDING: i32 = 12;

/// Whole pixels; bands become rows; what points nowhere points to the last band.
pub(super) fn normalize(graph: &Graph) -> Problem {
    let is_transposed = graph.direction == Direction::Right;
    let size = |size: Size| {
        let (width, height) = (pixels(size.width), pixels(size.height));
        if is_transposed {
            (height, width)
        } else {
            (width, height)
        }
    };
    let last_band = graph.bands.len().saturating_sub(1);
    let nodes: Vec<Node> = graph
        .nodes
        .iter()
        .map(|node| {
            let (width, height) = size(node.size);
            Node {
                width: width.max(8),
                height: height.max(8),
                band: node.band.min(last_band),
                group: node.group.filter(|group| *group < graph.groups.len()),
            }
        })
        .collect();
    let mut titles: Vec<(i32, i32)> = graph.bands.iter().map(|band| size(band.title)).collect();
    titles.resize(titles.len().max(1), (0, 0));
    Problem {
        edges: graph
            .edges
            .iter()
            .filter(|_| !nodes.is_empty())
            .map(|edge| Edge {
                from: edge.from.min(nodes.len() - 1),
                to: edge.to.min(nodes.len() - 1),
                label: edge.label.map(size),
                bundle: edge.bundle,
            })
            .collect(),
        groups: groups(graph, &nodes, is_transposed),
        gutter: titles.iter().map(|title| title.0).max().unwrap_or(0),
        bands: titles.iter().map(|title| title.1).collect(),
        nodes,
        is_transposed,
        spots: Vec::new(),
    }
}

/// The room around groups: their titles are along the upper edge, also where rows are columns.
fn groups(graph: &Graph, nodes: &[Node], is_transposed: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, group) in graph.groups.iter().enumerate() {
        let (width, height) = (pixels(group.title.width), pixels(group.title.height));
        let title = GROUP_PADDING.max(height + 6);
        groups.push(Group {
            parent: group.parent.filter(|parent| *parent < index),
            left: if is_transposed { title } else { GROUP_PADDING },
            right: GROUP_PADDING,
            above: if is_transposed { GROUP_PADDING } else { title },
            below: GROUP_PADDING,
            width: if is_transposed { 0 } else { width + 8 },
        });
    }
    let mut members: Vec<Vec<&Node>> = vec![Vec::new(); groups.len()];
    for node in nodes {
        let around = std::iter::successors(node.group, |group| groups[*group].parent);
        around.for_each(|group| members[group].push(node));
    }
    for (group, members) in members.iter().enumerate() {
        let title = pixels(graph.groups[group].title.width) + 8;
        if let ([node], false) = (members.as_slice(), is_transposed) {
            groups[group].right = GROUP_PADDING.max(title - node.width);
        }
        let height = members.iter().map(|node| node.height).max().unwrap_or(0);
        if is_transposed {
            groups[group].below = GROUP_PADDING.max(title - height);
        }
    }
    groups
}

/// The next even whole number, so that halves are whole too.
fn pixels(size: f64) -> i32 {
    let bounded = if size.is_finite() {
        size.clamp(0.0, MAX_SIZE)
    } else {
        0.0
    };
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    let whole = (bounded / 2.0).ceil() as i32;
    whole * 2
}
