//! What is to be laid out: boxes in bands, and edges between them.
//!
//! In: sizes that the caller measured. Out: the input of [`layout`](super::layout).
//! Refuses to know: texts, fonts, colors, components.

use super::geometry::Size;

/// Where edges flow to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Bands are rows, the first on top.
    #[default]
    Down,
    /// Bands are columns, the first on the left.
    Right,
}

/// A graph with given bands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// Where edges flow to.
    pub direction: Direction,
    /// Bands in drawing order.
    pub bands: Vec<Band>,
    /// Boxes inside of bands; a group's parent comes before it.
    pub groups: Vec<Group>,
    /// Boxes to be placed, in the order in which they are preferred to stand.
    pub nodes: Vec<Node>,
    /// Lines to be drawn.
    pub edges: Vec<Edge>,
}

/// A strip across the whole drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    /// Room for the title: at the left end of a row, at the upper end of a column.
    /// All bands get the room of the widest (in columns, the highest) title.
    pub title: Size,
}

/// A box around nodes and other groups of one band.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Group {
    /// The band it is in, as an index into [`Graph::bands`].
    pub band: usize,
    /// The group around it, as an index into [`Graph::groups`].
    pub parent: Option<usize>,
    /// Room for the title, along the upper edge of the box.
    pub title: Size,
}

/// A box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Node {
    /// The least it takes; the drawing may give it more room where many edges end.
    pub size: Size,
    /// The band it is in, as an index into [`Graph::bands`].
    pub band: usize,
    /// The innermost group around it, as an index into [`Graph::groups`].
    pub group: Option<usize>,
}

/// A line from one node to another, or to itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Edge {
    /// Index of the node where it starts.
    pub from: usize,
    /// Index of the node where it ends.
    pub to: usize,
    /// Room for the label.
    pub label: Option<Size>,
    /// Edges of the same key that share an end may share a line and a label;
    /// the caller makes the key of all that has to look the same.
    pub bundle: Option<u32>,
}
