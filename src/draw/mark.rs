//! What is painted: boxes, lines, texts and icons at their places, in roles of a theme.
//!
//! In: nothing. Out: the vocabulary of pictures. Refuses to know: colors and file formats.

use super::icon::Icon;
use crate::layout::{Point, Rect};
use crate::model::Mark as Change;
use crate::text::{Font, Weight, width};

/// Something painted at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A rectangle with rounded corners.
    Box {
        /// Where it is.
        rect: Rect,
        /// Of the corners.
        radius: f64,
        /// Its inside.
        fill: Paint,
        /// Its border.
        stroke: Stroke,
    },
    /// A line or an outline.
    Path {
        /// Its pieces.
        path: Vec<Piece>,
        /// Its inside.
        fill: Paint,
        /// The line.
        stroke: Stroke,
    },
    /// Lines of text.
    Text(Text),
    /// An icon.
    Icon {
        /// Which.
        icon: &'static Icon,
        /// Where it is, a square.
        rect: Rect,
        /// Its color.
        paint: Paint,
    },
}

/// Lines of text, one below the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The lines.
    pub lines: Vec<String>,
    /// The place of the first line's baseline that `anchor` names.
    pub at: Point,
    /// From baseline to baseline.
    pub leading: f64,
    /// Size and weight.
    pub font: Font,
    /// What `at` is of each line.
    pub anchor: Anchor,
    /// The color.
    pub paint: Paint,
    /// Who wrote it.
    pub origin: TextOrigin,
}

/// What the place of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
}

/// Who wrote a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOrigin {
    /// The author of the specification.
    Model,
    /// This program: counts, numbers and signs beside what the author wrote.
    Aside,
}

/// A piece of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// Starts a line.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A quadratic curve by way of a control point.
    Curve(Point, Point),
    /// Back to the start.
    Close,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its color.
    pub paint: Paint,
    /// Its width.
    pub width: f64,
    /// Whether it has gaps.
    pub dash: Dash,
}

/// The gaps of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// None.
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Long dashes.
    Long,
}

/// The role of a color; the theme says which color it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paint {
    /// No color.
    None,
    /// Behind everything.
    Canvas,
    /// Names and titles.
    Text,
    /// Details.
    Muted,
    /// The inside of cards.
    Card,
    /// The border of cards.
    CardEdge,
    /// Lines of flows that wait for an answer.
    Flow,
    /// Lines of flows that do not.
    Event,
    /// The inside of labels.
    Plate,
    /// The border of labels.
    PlateEdge,
    /// The border of labels on flows that do not wait.
    EventEdge,
    /// The inside of notes.
    Note,
    /// The border of notes.
    NoteEdge,
    /// What is going away.
    Warning,
    /// What became of something between two versions.
    Change(Change),
    /// The inside of a band, by the index of an accent.
    Band(usize),
    /// The border of a band.
    BandEdge(usize),
    /// The inside of a frame in a band.
    Frame(usize),
    /// Icons and signs in the color of a band.
    Accent(usize),
}

impl Stroke {
    /// No line.
    pub(crate) const NONE: Self = Self {
        paint: Paint::None,
        width: 0.0,
        dash: Dash::Solid,
    };

    /// A line without gaps.
    pub(crate) const fn solid(paint: Paint, width: f64) -> Self {
        Self {
            paint,
            width,
            dash: Dash::Solid,
        }
    }

    /// The same line with gaps.
    pub(crate) const fn with(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

/// The width of the widest line.
pub(crate) fn widest(lines: &[String], font: Font) -> f64 {
    lines
        .iter()
        .map(|line| width(line, font))
        .fold(0.0, f64::max)
}

/// The fonts of pictures, by what they are for.
pub(crate) mod fonts {
    use super::{Font, Weight};

    const fn regular(size: f64) -> Font {
        Font {
            size,
            weight: Weight::Regular,
        }
    }

    const fn bold(size: f64) -> Font {
        Font {
            size,
            weight: Weight::SemiBold,
        }
    }

    pub(crate) const TITLE: Font = bold(19.0);
    pub(crate) const SUBTITLE: Font = regular(12.0);
    pub(crate) const BAND: Font = bold(12.5);
    pub(crate) const COUNT: Font = regular(11.0);
    pub(crate) const NAME: Font = bold(13.0);
    pub(crate) const DETAIL: Font = regular(11.0);
    pub(crate) const LABEL: Font = regular(11.0);
    pub(crate) const CHIP: Font = regular(10.0);
    pub(crate) const NUMBER: Font = bold(9.5);
    pub(crate) const LEGEND: Font = regular(11.0);
}
