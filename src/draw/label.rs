//! Labels of flows: plates with a text, so that no line runs through a letter.
//!
//! In: a text. Out: the room it takes, then marks. Refuses to know: where the flow runs.

use super::card::lines_of;
use super::mark::{Anchor, Mark, Paint, Stroke, Text, TextOrigin, fonts, widest};
use crate::layout::{Point, Rect, Size};
use crate::text::fit;

const PADDING: f64 = 8.0;
const LEADING: f64 = 13.0;
/// Preferred and greatest width, and lines.
const LIMITS: (f64, f64) = (150.0, 300.0);
const LINES: usize = 2;

/// A measured label.
#[derive(Clone, Debug)]
pub(super) struct Label {
    lines: Vec<String>,
    /// The room it takes.
    pub(super) size: Size,
}

impl Label {
    /// A label; `None` if nothing of the text would be seen.
    pub(super) fn measure(text: &str) -> Option<Self> {
        let lines = fit(text, fonts::LABEL, LIMITS, LINES);
        let is_empty = lines.iter().all(String::is_empty);
        let width = widest(&lines, fonts::LABEL) + 2.0 * PADDING;
        let height = lines_of(&lines) * LEADING + 5.0;
        let size = Size::new(width.ceil(), height.ceil());
        (!is_empty).then_some(Self { lines, size })
    }

    pub(super) fn paint(&self, rect: Rect, edge: Paint) -> Vec<Mark> {
        let plate = Mark::Box {
            rect,
            radius: (rect.height / 2.0).min(9.0),
            fill: Paint::Plate,
            stroke: Stroke::solid(edge, 0.8),
        };
        let height = lines_of(&self.lines) * LEADING;
        let text = Mark::Text(Text {
            lines: self.lines.clone(),
            at: Point {
                x: rect.x + rect.width / 2.0,
                y: rect.y + (rect.height - height) / 2.0 + LEADING * 0.76,
            },
            leading: LEADING,
            font: fonts::LABEL,
            anchor: Anchor::Middle,
            paint: Paint::Text,
            origin: TextOrigin::Model,
        });
        vec![plate, text]
    }
}
