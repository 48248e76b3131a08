//! Chips: small round signs with a text, in rows.
//!
//! In: texts and a width. Out: the room that the rows take, and each chip at its place.
//! Refuses to know: what the texts are.

use super::mark::{Anchor, Mark, Paint, Stroke, Text, TextOrigin, fonts};
use crate::layout::{Point, Rect, Size};
use crate::text::width;

const HEIGHT: f64 = 16.0;
const PADDING: f64 = 7.0;
const GAP: f64 = 5.0;
/// Rows are at least this wide before a chip goes to the next.
const LEAST_ROW: f64 = 300.0;

/// Chips in rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Chips {
    places: Vec<(String, Rect)>,
    /// The room that all take together.
    pub(super) size: Size,
}

impl Chips {
    /// Rows about as wide as what is above them.
    pub(super) fn arrange(texts: &[String], above: f64) -> Self {
        let limit = above.max(LEAST_ROW);
        let mut chips = Self::default();
        let (mut x, mut y) = (0.0, 0.0);
        for text in texts {
            let wide = (width(text, fonts::CHIP) + 2.0 * PADDING).ceil();
            if x > 0.0 && x + wide > limit {
                (x, y) = (0.0, y + HEIGHT + GAP);
            }
            let rect = Rect {
                x,
                y,
                width: wide,
                height: HEIGHT,
            };
            chips.size.width = chips.size.width.max(rect.right());
            chips.size.height = chips.size.height.max(rect.bottom());
            chips.places.push((text.clone(), rect));
            x += wide + GAP;
        }
        chips
    }

    /// Every chip, with the corner of the rows at a place.
    pub(super) fn place(&self, at: Point) -> impl Iterator<Item = (&str, Rect)> {
        self.places.iter().map(move |(text, rect)| {
            let rect = Rect {
                x: rect.x + at.x,
                y: rect.y + at.y,
                ..*rect
            };
            (text.as_str(), rect)
        })
    }
}

/// A chip in the color of a layer.
pub(super) fn paint(text: &str, rect: Rect, accent: usize) -> Vec<Mark> {
    let pill = Mark::Box {
        rect,
        radius: rect.height / 2.0,
        fill: Paint::Band(accent),
        stroke: Stroke::solid(Paint::Accent(accent), 0.8),
    };
    let at = Point {
        x: rect.x + rect.width / 2.0,
        y: rect.y + rect.height / 2.0 + 3.5,
    };
    vec![pill, middle(text, at)]
}

fn middle(text: &str, at: Point) -> Mark {
    Mark::Text(Text {
        lines: vec![text.to_owned()],
        at,
        leading: 12.0,
        font: fonts::CHIP,
        anchor: Anchor::Middle,
        paint: Paint::Text,
        origin: TextOrigin::Model,
    })
}
