//! The heading: title and description above the drawing.
//!
//! In: two texts and the width of the drawing. Out: an element and the room it takes.
//! Refuses to know: what is below.

use super::card::{lines_of, text};
use super::mark::{Mark, Paint, fonts, widest};
use super::picture::{Element, Subject};
use crate::layout::{Point, Rect, Size};
use crate::text::wrap;

const TITLE_LEADING: f64 = 25.0;
const SUBTITLE_LEADING: f64 = 16.0;
/// Headings of narrow drawings are at least this wide.
const LEAST_WIDTH: f64 = 420.0;
/// Descriptions are easier to read in lines of limited length.
const GREATEST_WIDTH: f64 = 760.0;
/// Between the heading and the drawing.
const GAP: f64 = 14.0;

/// A measured heading.
pub(super) struct Heading {
    title: Vec<String>,
    description: Vec<String>,
    /// The room it takes, with the gap below.
    pub(super) size: Size,
}

impl Heading {
    pub(super) fn measure(title: &str, description: &str, drawing: f64) -> Self {
        let limit = drawing.max(LEAST_WIDTH);
        let title = visible(wrap(title, fonts::TITLE, limit));
        let description = visible(wrap(
            description,
            fonts::SUBTITLE,
            limit.min(GREATEST_WIDTH),
        ));
        let width = widest(&title, fonts::TITLE).max(widest(&description, fonts::SUBTITLE));
        let height = lines_of(&title) * TITLE_LEADING + lines_of(&description) * SUBTITLE_LEADING;
        let gap = if height > 0.0 { GAP } else { 0.0 };
        Self {
            title,
            description,
            size: Size::new(width, height + gap),
        }
    }

    pub(super) fn place(&self, at: Point) -> Element {
        let mut marks: Vec<Mark> = Vec::new();
        if !self.title.is_empty() {
            marks.push(text(
                &self.title,
                at,
                TITLE_LEADING,
                fonts::TITLE,
                Paint::Text,
            ));
        }
        if !self.description.is_empty() {
            let y = at.y + lines_of(&self.title) * TITLE_LEADING;
            let at = Point { x: at.x, y };
            marks.push(text(
                &self.description,
                at,
                SUBTITLE_LEADING,
                fonts::SUBTITLE,
                Paint::Muted,
            ));
        }
        Element {
            change: None,
            subject: Subject::Heading,
            bounds: Rect {
                x: at.x,
                y: at.y,
                width: self.size.width,
                height: self.size.height,
            },
            marks,
        }
    }
}

fn visible(lines: Vec<String>) -> Vec<String> {
    if lines.iter().all(String::is_empty) {
        return Vec::new();
    }
    lines
}
