//! Positions of everything in a picture: a layered drawing with given bands.
//!
//! The framework of Sugiyama, Tagawa and Toda (IEEE SMC 1981) with a given layering: bands
//! keep their order, and edges against it are drawn with their true direction, so there are
//! no cycles to break. Each phase has a file that names its source.
//! In: a [`Graph`] of measured boxes. Out: a [`Drawing`].
//! Refuses to know: models, texts, fonts, colors and file formats.

mod assemble;
mod bundle;
mod drawing;
mod gaps;
mod geometry;
mod graph;
mod heights;
mod inrow;
mod layered;
mod measure;
mod memory;
mod normalize;
mod options;
mod order;
mod pipeline;
mod place;
mod previous;
mod random;
mod report;
mod route;
mod rows;
mod stroke;
mod turn;

pub use drawing::{Bundle, Drawing, Label, Route, Side};
pub use geometry::{Point, Rect, Size};
pub use graph::{Band, Direction, Edge, Graph, Group, Node};
pub use memory::Memory;
pub use options::{Options, Previous};
pub use report::{Displacement, Report, Simplification};

/// Lays out a graph. The same input gives the same drawing, on every machine.
pub fn layout(graph: &Graph, options: &Options<'_>) -> Drawing {
    pipeline::run(graph, options)
}
