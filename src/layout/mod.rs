//! Positions of everything in a picture: a layered drawing with given bands.
//!
//! In: a [`Graph`] of measured boxes. Out: a [`Drawing`].
//! Refuses to know: models, texts, fonts, colors and file formats.

mod drawing;
mod geometry;
mod graph;
mod options;
mod report;
mod stacked;

pub use drawing::{Bundle, Drawing, Label, Route, Side};
pub use geometry::{Point, Rect, Size};
pub use graph::{Band, Direction, Edge, Graph, Group, Node};
pub use options::{Options, Previous};
pub use report::{Displacement, Report, Simplification};

/// Lays out a graph. The same input gives the same drawing, on every machine.
pub fn layout(graph: &Graph, _options: &Options<'_>) -> Drawing {
    stacked::stack(graph)
}
