//! Pictures: what a view shows, measured, laid out and ready to be painted.
//!
//! In: a view and its model. Out: a [`Picture`]: every element at its place, in roles of a
//! theme. Refuses to know: colors, and the syntax of any file.

mod badges;
mod band;
mod card;
mod chip;
mod diagram;
mod face;
mod heading;
pub mod icon;
mod label;
mod legend;
mod mark;
mod parts;
mod picture;
mod shape;

pub(crate) use diagram::diagram;

pub use mark::{Anchor, Dash, Mark, Paint, Piece, Stroke, Text, TextOrigin};
pub use picture::{Accent, Element, Flow, Frame, Manner, Node, Picture, Subject};
