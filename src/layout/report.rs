//! How a layout went: counts, simplifications and displacement.
//!
//! In: a finished drawing. Out: figures for people. Refuses to know: wording.

/// How a layout went.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was left out or done faster because of the size.
    pub simplifications: Vec<Simplification>,
    /// Places where two lines cross.
    pub crossings: usize,
    /// Corners of all lines.
    pub bends: usize,
    /// Length of all lines.
    pub length: f64,
    /// Work that was done.
    pub steps: u64,
    /// How far nodes moved from their previous place.
    pub displacement: Option<Displacement>,
}

/// What was left out or done faster because of the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Simplification {
    /// Fewer starting orders were tried.
    FewerRestarts,
    /// Orders were refined by moving single nodes only as far as the budget reached.
    NoSifting,
    /// Positions are balanced, but not the best.
    FastPlacement,
    /// Lines in a channel are ordered by length, not by crossings.
    FastTracks,
}

/// How far nodes moved from their previous place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Displacement {
    /// Nodes that were there before.
    pub nodes: usize,
    /// Half of them moved less than this, as a share of the picture's diagonal.
    pub median: f64,
    /// None moved more than this, as a share of the picture's diagonal.
    pub max: f64,
    /// Pairs of a band that changed their order.
    pub flips: usize,
    /// The previous order cost too many crossings and was given up.
    pub is_fresh: bool,
}
