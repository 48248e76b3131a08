//! A finished drawing: every position, and nothing left to decide but looks.
//!
//! In: the phases' results. Out: what writers of pictures walk.
//! Refuses to know: texts, fonts, colors, file formats.

use super::geometry::{Point, Rect, Size};
use super::report::Report;

/// Where everything is. Lists have the order of the graph's lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Everything is between the origin and this.
    pub size: Size,
    /// Bands, in order, all of the same width (as columns: height).
    pub bands: Vec<Rect>,
    /// Groups; empty for a group without nodes.
    pub groups: Vec<Rect>,
    /// Nodes, at least as large as they asked for.
    pub nodes: Vec<Rect>,
    /// One line for each edge, from start to end.
    pub routes: Vec<Route>,
    /// Labels; an edge with a label is in exactly one of them.
    pub labels: Vec<Label>,
    /// Edges that share a line. The others are painted along their route.
    pub bundles: Vec<Bundle>,
    /// How it went.
    pub report: Report,
}

/// The line of an edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Corners with both ends; upright and level pieces take turns.
    pub points: Vec<Point>,
    /// The side of the first node where the line leaves.
    pub start: Side,
    /// The side of the last node where the line arrives.
    pub end: Side,
}

/// A side of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The upper side.
    Top,
    /// The lower side.
    #[default]
    Bottom,
    /// The left side.
    Left,
    /// The right side.
    Right,
}

/// Room for a label, on the line of its edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    /// Where the label goes.
    pub rect: Rect,
    /// Indices of the edges that it names.
    pub edges: Vec<usize>,
}

/// Edges that share a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bundle {
    /// Indices of the edges.
    pub edges: Vec<usize>,
    /// Lines that together cover the routes of all edges; each is painted once.
    pub strokes: Vec<Vec<Point>>,
}
