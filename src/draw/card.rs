//! Cards: what a node shows, measured, and painted where the layout puts it.
//!
//! In: a [`Face`]. Out: the room it takes, then its marks inside of a rectangle that is at
//! least as large. Refuses to know: the model, and where other cards are.

use super::chip::{self, Chips};
use super::icon::{Icon, named};
use super::mark::{Anchor, Dash, Mark, Paint, Stroke, Text, TextOrigin, fonts, widest};
use super::shape;
use crate::layout::{Point, Rect, Size};
use crate::text::{Glyph, fit, glyph, width};

/// Between the border and what is inside.
const PADDING: Size = Size {
    width: 12.0,
    height: 9.0,
};
/// Room at the right for fonts wider than the measured one.
const RESERVE: f64 = 10.0;
/// Names longer than this need more: other fonts are wider by a share.
const LONG: f64 = 150.0;
const WIDER: f64 = 0.13;
/// Pipes are round at their ends.
const PIPE_ENDS: f64 = 14.0;
const ICON: f64 = 20.0;
const SMALL_ICON: f64 = 11.0;
const GAP: f64 = 10.0;
const NAME_LEADING: f64 = 16.0;
const DETAIL_LEADING: f64 = 14.0;
/// From the top of a line to its baseline, as a share of its height.
const ASCENT: f64 = 0.76;
const LEAST: Size = Size {
    width: 104.0,
    height: 46.0,
};
/// Preferred and greatest width of a name, and its lines.
const NAME_LIMITS: (f64, f64) = (168.0, 340.0);
const NAME_LINES: usize = 2;
/// Preferred and greatest width of a detail, and its lines.
const DETAIL_LIMITS: (f64, f64) = (190.0, 360.0);
const DETAIL_LINES: usize = 2;
/// A sign is at most this long.
const MAX_SIGN: usize = 6;

/// What a card shows.
#[derive(Clone, Debug)]
pub(super) struct Face {
    pub(super) name: String,
    pub(super) detail: String,
    pub(super) icon: Option<&'static Icon>,
    pub(super) badges: Vec<Badge>,
    /// Names of topics inside of the card.
    pub(super) chips: Vec<String>,
    pub(super) outline: Outline,
    pub(super) accent: usize,
    pub(super) is_deprecated: bool,
}

/// The outline of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outline {
    /// One of ours.
    Card,
    /// Somebody else's.
    Foreign,
    /// A pipe.
    Topic,
    /// A layer with all that is in it.
    Layer,
}

/// A sign before the second line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Badge {
    /// A bundled icon.
    Icon(&'static Icon),
    /// A short text that every font shows.
    Sign(String),
}

impl Badge {
    /// What an author means by a badge; nothing if it can't be shown everywhere.
    pub(super) fn meant(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_sign = !text.is_empty()
            && text.chars().count() <= MAX_SIGN
            && text
                .chars()
                .all(|c| glyph(c) == Glyph::There && !c.is_whitespace());
        let icon = super::icon::meant(text).map(Self::Icon);
        icon.or_else(|| is_sign.then(|| Self::Sign(text.to_owned())))
    }

    pub(super) fn width(&self) -> f64 {
        match self {
            Self::Icon(_) => SMALL_ICON,
            Self::Sign(text) => width(text, fonts::NUMBER),
        }
    }

    /// The badge with its left end on the line of a text.
    pub(super) fn mark(&self, x: f64, baseline: f64, paint: Paint) -> Mark {
        match self {
            Self::Icon(icon) => Mark::Icon {
                icon,
                rect: Rect {
                    x,
                    y: baseline - SMALL_ICON + 1.5,
                    width: SMALL_ICON,
                    height: SMALL_ICON,
                },
                paint,
            },
            Self::Sign(text) => Mark::Text(Text {
                lines: vec![text.clone()],
                at: Point { x, y: baseline },
                leading: DETAIL_LEADING,
                font: fonts::NUMBER,
                anchor: Anchor::Start,
                paint,
                origin: TextOrigin::Aside,
            }),
        }
    }
}

/// A measured card.
#[derive(Clone, Debug)]
pub(super) struct Card {
    face: Face,
    name: Vec<String>,
    detail: Vec<String>,
    chips: Chips,
    /// The least room it takes.
    pub(super) size: Size,
}

impl Card {
    pub(super) fn measure(face: Face) -> Self {
        let name = fit(&face.name, fonts::NAME, NAME_LIMITS, NAME_LINES);
        let detail = if face.detail.is_empty() {
            Vec::new()
        } else {
            fit(&face.detail, fonts::DETAIL, DETAIL_LIMITS, DETAIL_LINES)
        };
        let mut card = Self {
            chips: Chips::default(),
            size: Size::default(),
            name,
            detail,
            face,
        };
        card.chips = Chips::arrange(&card.face.chips, card.text_width() + ICON + GAP);
        card.size = card.least_size();
        card
    }

    fn least_size(&self) -> Size {
        let head = Size::new(self.head_width(), self.text_height().max(self.icon()));
        let chips = self.chips.size;
        let gap = if chips.height > 0.0 { 8.0 } else { 0.0 };
        let width = head.width.max(chips.width) + 2.0 * PADDING.width + self.reserve();
        let height = head.height + gap + chips.height + 2.0 * PADDING.height;
        Size::new(
            width.max(LEAST.width).ceil(),
            height.max(LEAST.height).ceil(),
        )
    }

    /// Room for other fonts and round ends.
    fn reserve(&self) -> f64 {
        let long = widest(&self.name, fonts::NAME) - LONG;
        let ends = if self.face.outline == Outline::Topic {
            PIPE_ENDS
        } else {
            0.0
        };
        RESERVE + long.max(0.0) * WIDER + ends
    }

    fn icon(&self) -> f64 {
        if self.face.icon.is_some() { ICON } else { 0.0 }
    }

    fn icon_room(&self) -> f64 {
        if self.face.icon.is_some() {
            ICON + GAP
        } else {
            0.0
        }
    }

    fn head_width(&self) -> f64 {
        let mark = if self.face.is_deprecated {
            SMALL_ICON + 6.0
        } else {
            0.0
        };
        self.icon_room() + self.text_width() + mark
    }

    fn text_width(&self) -> f64 {
        let detail = widest(&self.detail, fonts::DETAIL) + self.badges_width();
        widest(&self.name, fonts::NAME).max(detail)
    }

    fn badges_width(&self) -> f64 {
        self.face
            .badges
            .iter()
            .map(|badge| badge.width() + 4.0)
            .sum()
    }

    fn text_height(&self) -> f64 {
        let lines = lines(
            self.detail
                .len()
                .max(usize::from(!self.face.badges.is_empty())),
        );
        lines.mul_add(DETAIL_LEADING, lines_of(&self.name) * NAME_LEADING)
    }

    /// What is painted for the card, and for each chip in it.
    pub(super) fn paint(&self, rect: Rect) -> (Vec<Mark>, Vec<(Rect, Vec<Mark>)>) {
        let mut marks = self.outline(rect);
        let head = self.text_height().max(self.icon());
        let free = rect.height - head - self.chips.size.height - self.chips_gap();
        let top = rect.y + free / 2.0;
        let x = rect.x + (rect.width - self.head_width()) / 2.0 - self.reserve() / 4.0;
        let x = x.max(rect.x + PADDING.width);
        if let Some(icon) = self.face.icon {
            marks.push(self.icon_mark(icon, x, top + (head - ICON) / 2.0));
        }
        self.texts(
            Point {
                x: x + self.icon_room(),
                y: top + (head - self.text_height()) / 2.0,
            },
            &mut marks,
        );
        if self.face.is_deprecated {
            marks.extend(deprecation(rect));
        }
        let chips = self.chips.place(Point {
            x: rect.x + (rect.width - self.chips.size.width) / 2.0,
            y: top + head + self.chips_gap(),
        });
        let painted = chips.map(|(name, rect)| (rect, chip::paint(name, rect, self.face.accent)));
        (marks, painted.collect())
    }

    fn chips_gap(&self) -> f64 {
        if self.chips.size.height > 0.0 {
            8.0
        } else {
            0.0
        }
    }

    fn outline(&self, rect: Rect) -> Vec<Mark> {
        let accent = self.face.accent;
        let edge = if self.face.is_deprecated {
            Paint::Warning
        } else {
            Paint::CardEdge
        };
        match self.face.outline {
            Outline::Card => vec![shape::card(rect, Paint::Card, Stroke::solid(edge, 1.2))],
            Outline::Foreign => {
                let stroke = Stroke::solid(edge, 1.2).with(Dash::Dashed);
                vec![shape::card(rect, Paint::Card, stroke)]
            }
            Outline::Layer => {
                let stroke = Stroke::solid(Paint::BandEdge(accent), 1.2);
                vec![
                    shape::card(rect, Paint::Band(accent), stroke),
                    shape::bar(rect, accent),
                ]
            }
            Outline::Topic => {
                shape::pipe(rect, Paint::Card, Stroke::solid(Paint::Accent(accent), 1.2))
            }
        }
    }

    fn icon_mark(&self, icon: &'static Icon, x: f64, y: f64) -> Mark {
        Mark::Icon {
            icon,
            rect: Rect {
                x,
                y,
                width: ICON,
                height: ICON,
            },
            paint: Paint::Accent(self.face.accent),
        }
    }

    fn texts(&self, at: Point, marks: &mut Vec<Mark>) {
        let name = text(&self.name, at, NAME_LEADING, fonts::NAME, Paint::Text);
        marks.push(name);
        let y = at.y + lines_of(&self.name) * NAME_LEADING;
        let mut x = at.x;
        for badge in &self.face.badges {
            marks.push(badge.mark(x, y + DETAIL_LEADING * ASCENT, Paint::Muted));
            x += badge.width() + 4.0;
        }
        if !self.detail.is_empty() {
            marks.push(text(
                &self.detail,
                Point { x, y },
                DETAIL_LEADING,
                fonts::DETAIL,
                Paint::Muted,
            ));
        }
    }
}

/// Lines whose first one has its top at a place.
pub(super) fn text(
    lines: &[String],
    top: Point,
    leading: f64,
    font: crate::text::Font,
    paint: Paint,
) -> Mark {
    Mark::Text(Text {
        lines: lines.to_vec(),
        at: Point {
            x: top.x,
            y: leading.mul_add(ASCENT, top.y),
        },
        leading,
        font,
        anchor: Anchor::Start,
        paint,
        origin: TextOrigin::Model,
    })
}

/// The sign of what is going away, in the upper right corner.
fn deprecation(rect: Rect) -> Option<Mark> {
    let icon = named("alert")?;
    let rect = Rect {
        x: rect.right() - SMALL_ICON - 6.0,
        y: rect.y + 6.0,
        width: SMALL_ICON,
        height: SMALL_ICON,
    };
    Some(Mark::Icon {
        icon,
        rect,
        paint: Paint::Warning,
    })
}

pub(super) fn lines_of(lines: &[String]) -> f64 {
    self::lines(lines.len())
}

fn lines(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}
