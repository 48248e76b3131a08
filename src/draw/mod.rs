//! Pictures: what a view shows, measured, laid out and ready to be painted.
//!
//! In: a view and its model. Out: a [`Picture`]: every element at its place, in roles of a
//! theme. Refuses to know: colors, and the syntax of any file.

mod badges;
mod band;
mod card;
mod change;
mod chip;
mod clear;
mod diagram;
mod face;
mod heading;
pub mod icon;
mod label;
mod legend;
mod mark;
mod parts;
mod picture;
mod previous;
mod sequence;
mod shape;
mod trunk;

use crate::layout;
use crate::model::Model;
use crate::view::View;

/// The width of the widest line of a text.
pub(crate) fn text_width(text: &Text) -> f64 {
    mark::widest(&text.lines, text.font)
}

/// Draws a view near to an earlier picture of it, and says how the layout went.
pub(crate) fn draw(
    model: &Model<'_>,
    view: &View<'_>,
    previous: Option<&PreviousPicture>,
) -> (Picture, layout::Report) {
    match view {
        View::Graph(view) => diagram::diagram(model, view, previous),
        View::Sequence(view) => (sequence::sequence(model, view), layout::Report::default()),
    }
}

/// The same picture without an earlier one; what was laid out before is not laid out again.
pub(crate) fn draw_again(model: &Model<'_>, view: &View<'_>, memory: &layout::Memory) -> Picture {
    match view {
        View::Graph(view) => diagram::diagram_again(model, view, memory),
        View::Sequence(view) => sequence::sequence(model, view),
    }
}

pub use mark::{Anchor, Dash, Mark, Paint, Piece, Stroke, Text, TextOrigin};
pub use picture::{Accent, Element, Flow, Frame, Manner, Node, Picture, Subject};
pub use previous::PreviousPicture;
