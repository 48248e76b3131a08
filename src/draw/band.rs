//! Titles of bands and frames: measured first, then painted on the finished rectangle.
//!
//! In: a name, an icon, a count. Out: the room of the title, then marks. Refuses to know:
//! the model, and what is inside.

use super::card::{lines_of, text};
use super::clear::Lines;
use super::icon::Icon;
use super::mark::{Anchor, Dash, Mark, Paint, Stroke, Text, TextOrigin, fonts, widest};
use super::shape;
use crate::layout::{Direction, Point, Rect, Size};
use crate::text::{fit, width};

const ICON: f64 = 18.0;
const FRAME_ICON: f64 = 14.0;
const GAP: f64 = 9.0;
const TITLE_LEADING: f64 = 15.0;
const COUNT_LEADING: f64 = 14.0;
/// Preferred and greatest width of the title of a row, and its lines.
const LIMITS: (f64, f64) = (104.0, 190.0);
const LINES: usize = 3;
/// Preferred and greatest width of the title of a frame, and its lines.
const FRAME_LIMITS: (f64, f64) = (220.0, 420.0);
/// From the left end of a row to its icon.
const INDENT: f64 = 16.0;
/// From the left end of a frame to its title.
const FRAME_INDENT: f64 = 10.0;
/// Room after the title for fonts wider than the measured one.
const RESERVE: f64 = 14.0;

/// The title of a band.
#[derive(Clone, Debug)]
pub(super) struct BandTitle {
    lines: Vec<String>,
    count: String,
    icon: Option<&'static Icon>,
    /// Shown in place of an icon.
    number: String,
    accent: usize,
}

impl BandTitle {
    pub(super) fn measure(
        name: &str,
        count: String,
        icon: Option<&'static Icon>,
        number: String,
        accent: usize,
    ) -> Self {
        Self {
            lines: fit(name, fonts::BAND, LIMITS, LINES),
            count,
            icon,
            number,
            accent,
        }
    }

    /// The room it takes.
    pub(super) fn size(&self) -> Size {
        let words = widest(&self.lines, fonts::BAND).max(width(&self.count, fonts::COUNT));
        let width = INDENT + ICON + GAP + words + RESERVE;
        Size::new(width.ceil(), (self.height() + 20.0).ceil())
    }

    fn height(&self) -> f64 {
        lines_of(&self.lines) * TITLE_LEADING + COUNT_LEADING
    }

    /// The band with its title: in the middle of the left end, or at the upper end.
    pub(super) fn paint(&self, band: Rect, direction: Direction) -> Vec<Mark> {
        let mut marks = vec![
            Mark::Box {
                rect: band,
                radius: 6.0,
                fill: Paint::Band(self.accent),
                stroke: Stroke::solid(Paint::BandEdge(self.accent), 1.0),
            },
            match direction {
                Direction::Down => shape::bar(band, self.accent),
                Direction::Right => shape::upper_bar(band, self.accent),
            },
        ];
        let top = match direction {
            Direction::Down => band.y + (band.height - self.height()) / 2.0,
            Direction::Right => band.y + 14.0,
        };
        self.texts(
            Point {
                x: band.x + INDENT,
                y: top,
            },
            &mut marks,
        );
        marks
    }

    fn texts(&self, at: Point, marks: &mut Vec<Mark>) {
        let x = at.x + ICON + GAP;
        marks.push(match self.icon {
            Some(icon) => Mark::Icon {
                icon,
                rect: Rect {
                    x: at.x,
                    y: at.y + (self.height() - ICON) / 2.0,
                    width: ICON,
                    height: ICON,
                },
                paint: Paint::Accent(self.accent),
            },
            None => self.number_mark(at),
        });
        marks.push(text(
            &self.lines,
            Point { x, y: at.y },
            TITLE_LEADING,
            fonts::BAND,
            Paint::Text,
        ));
        let y = at.y + lines_of(&self.lines) * TITLE_LEADING + COUNT_LEADING * 0.78;
        marks.push(aside(&self.count, Point { x, y }, Anchor::Start));
    }

    fn number_mark(&self, at: Point) -> Mark {
        Mark::Text(Text {
            lines: vec![self.number.clone()],
            at: Point {
                x: at.x + ICON / 2.0,
                y: at.y + self.height() / 2.0 + 4.0,
            },
            leading: COUNT_LEADING,
            font: fonts::BAND,
            anchor: Anchor::Middle,
            paint: Paint::Accent(self.accent),
            origin: TextOrigin::Aside,
        })
    }
}

/// A text of ours beside the author's.
pub(super) fn aside(words: &str, at: Point, anchor: Anchor) -> Mark {
    Mark::Text(Text {
        lines: vec![words.to_owned()],
        at,
        leading: COUNT_LEADING,
        font: fonts::COUNT,
        anchor,
        paint: Paint::Muted,
        origin: TextOrigin::Aside,
    })
}

/// The title of a frame.
#[derive(Clone, Debug)]
pub(super) struct FrameTitle {
    lines: Vec<String>,
    icon: Option<&'static Icon>,
    accent: usize,
}

impl FrameTitle {
    pub(super) fn measure(name: &str, icon: Option<&'static Icon>, accent: usize) -> Self {
        Self {
            lines: fit(name, fonts::BAND, FRAME_LIMITS, 1),
            icon,
            accent,
        }
    }

    /// The room it takes.
    pub(super) fn size(&self) -> Size {
        let width = FRAME_INDENT + FRAME_ICON + 6.0 + widest(&self.lines, fonts::BAND) + RESERVE;
        let height = lines_of(&self.lines) * TITLE_LEADING + 9.0;
        Size::new(width.ceil(), height.ceil())
    }

    /// The width of icon and words.
    fn words(&self) -> f64 {
        let icon = self.icon.map_or(0.0, |_| FRAME_ICON + 6.0);
        icon + widest(&self.lines, fonts::BAND)
    }

    /// The frame with its title at the upper end, left unless a line runs there.
    pub(super) fn paint(&self, frame: Rect, lines: &Lines) -> Vec<Mark> {
        let mut marks = vec![Mark::Box {
            rect: frame,
            radius: 8.0,
            fill: Paint::Frame(self.accent),
            stroke: Stroke::solid(Paint::BandEdge(self.accent), 1.2).with(Dash::Dashed),
        }];
        let top = frame.y + 7.0;
        let strip = Rect {
            x: frame.x + FRAME_INDENT,
            y: top,
            width: frame.width - 2.0 * FRAME_INDENT,
            height: lines_of(&self.lines) * TITLE_LEADING,
        };
        let mut x = strip.x + lines.clear(strip, self.words());
        if let Some(icon) = self.icon {
            marks.push(Mark::Icon {
                icon,
                rect: Rect {
                    x,
                    y: top,
                    width: FRAME_ICON,
                    height: FRAME_ICON,
                },
                paint: Paint::Accent(self.accent),
            });
            x += FRAME_ICON + 6.0;
        }
        marks.push(text(
            &self.lines,
            Point { x, y: top },
            TITLE_LEADING,
            fonts::BAND,
            Paint::Text,
        ));
        marks
    }
}
