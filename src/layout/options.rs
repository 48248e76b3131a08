//! What a caller may ask of a layout.
//!
//! In: nothing. Out: the second input of [`layout`](super::layout).
//! Refuses to know: command-line arguments.

use super::geometry::{Rect, Size};

/// What a caller may ask of a layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options<'p> {
    /// Work to do at most, in steps; never in time, so that the result is always the same.
    pub effort: u64,
    /// Width divided by height of the drawing, to be met as well as rows allow.
    pub aspect: f64,
    /// The drawing that readers know, to be kept as far as possible.
    pub previous: Option<&'p Previous>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            effort: 240_000,
            aspect: 1.45,
            previous: None,
        }
    }
}

/// What is kept of an earlier drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Previous {
    /// Its size.
    pub size: Size,
    /// For each node of the new graph, where it was.
    pub nodes: Vec<Option<Rect>>,
}
