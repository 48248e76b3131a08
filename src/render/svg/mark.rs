//! Marks as SVG elements: boxes, paths, texts and icons with literal colors.
//!
//! In: marks. Out: elements, and which colors were used as fill and as line. Refuses to
//! know: what the marks stand for.

use std::collections::BTreeSet;

use super::Audience;
use crate::draw::icon::{Icon, Style};
use crate::draw::{Anchor, Dash, Mark, Paint, Piece, Stroke, Text, TextOrigin};
use crate::layout::{Point, Rect};
use crate::render::theme::Theme;
use crate::render::xml::{Syntax, Xml};
use crate::text::{Glyph, Weight, glyph};

/// Stands for a character that the bundled fonts lack.
const MISSING: char = '\u{25a1}';

/// What a color is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// Insides and texts.
    Fill,
    /// Lines.
    Line,
}

/// Writes marks, and remembers the colors.
pub(super) struct Painter {
    theme: Theme,
    audience: Audience,
    /// Every color that was used.
    pub(super) used: BTreeSet<(Paint, Use)>,
}

impl Painter {
    pub(super) fn new(theme: Theme, audience: Audience) -> Self {
        Self {
            theme,
            audience,
            used: BTreeSet::new(),
        }
    }

    pub(super) fn mark(&mut self, xml: &mut Xml, mark: &Mark) {
        match mark {
            Mark::Box {
                rect,
                radius,
                fill,
                stroke,
            } => self.rect(xml, *rect, *radius, (*fill, *stroke)),
            Mark::Path { path, fill, stroke } => self.path(xml, path, (*fill, *stroke)),
            Mark::Text(text) => self.text(xml, text),
            Mark::Icon { icon, rect, paint } => self.icon(xml, icon, *rect, *paint),
        }
    }

    /// Fill attributes of the open element.
    pub(super) fn fill(&mut self, xml: &mut Xml, paint: Paint) {
        self.colors(xml, paint, Stroke::NONE);
    }

    /// A line that can be pointed at and measured, but is painted elsewhere.
    pub(super) fn unseen(xml: &mut Xml, route: &[Point]) {
        let path: Vec<Piece> = route
            .iter()
            .enumerate()
            .map(|(index, point)| {
                if index == 0 {
                    Piece::Move(*point)
                } else {
                    Piece::Line(*point)
                }
            })
            .collect();
        xml.open("path")
            .syntax("d", &data(&path))
            .word("fill", "none")
            .word("pointer-events", "stroke")
            .close();
    }

    fn rect(&mut self, xml: &mut Xml, rect: Rect, radius: f64, colors: (Paint, Stroke)) {
        xml.open("rect")
            .number("x", rect.x)
            .number("y", rect.y)
            .number("width", rect.width)
            .number("height", rect.height);
        if radius > 0.0 {
            xml.number("rx", radius);
        }
        self.colors(xml, colors.0, colors.1);
        xml.close();
    }

    fn path(&mut self, xml: &mut Xml, path: &[Piece], colors: (Paint, Stroke)) {
        xml.open("path").syntax("d", &data(path));
        self.colors(xml, colors.0, colors.1);
        xml.close();
    }

    fn colors(&mut self, xml: &mut Xml, fill: Paint, stroke: Stroke) {
        let mut class = Syntax::default();
        match self.theme.color(fill) {
            Some(color) => {
                self.used.insert((fill, Use::Fill));
                class.append(&class_of(fill, Use::Fill));
                xml.syntax("fill", &Syntax::default().color(color));
            }
            None => {
                xml.word("fill", "none");
            }
        }
        if let Some(color) = self.theme.color(stroke.paint) {
            self.used.insert((stroke.paint, Use::Line));
            let blank = if class.is_empty() { "" } else { " " };
            class.append(&Syntax::default().word(blank));
            class.append(&class_of(stroke.paint, Use::Line));
            xml.syntax("stroke", &Syntax::default().color(color))
                .number("stroke-width", stroke.width);
            match stroke.dash {
                Dash::Solid => {}
                Dash::Dashed => {
                    xml.word("stroke-dasharray", "5 4");
                }
                Dash::Dotted => {
                    xml.word("stroke-dasharray", "2 3");
                }
                Dash::Long => {
                    xml.word("stroke-dasharray", "12 4");
                }
            }
        }
        if !class.is_empty() {
            xml.syntax("class", &class);
        }
    }

    fn text(&mut self, xml: &mut Xml, text: &Text) {
        xml.open("text")
            .number("x", text.at.x)
            .number("y", text.at.y)
            .number("font-size", text.font.size);
        if text.font.weight == Weight::SemiBold {
            xml.word("font-weight", "600");
        }
        if text.anchor == Anchor::Middle {
            xml.word("text-anchor", "middle");
        }
        if text.origin == TextOrigin::Aside {
            xml.word("data-aside", "");
        }
        self.fill(xml, text.paint);
        if let [line] = text.lines.as_slice() {
            self.letters(xml, line);
        } else {
            self.lines(xml, text);
        }
        xml.close();
    }

    fn lines(&self, xml: &mut Xml, text: &Text) {
        let mut y = text.at.y;
        for line in &text.lines {
            xml.open("tspan").number("x", text.at.x).number("y", y);
            self.letters(xml, line);
            xml.close();
            y += text.leading;
        }
    }

    /// One character that no bundled font has would take the rest of the line with it.
    fn letters(&self, xml: &mut Xml, line: &str) {
        if self.audience == Audience::Everybody {
            xml.text(line);
            return;
        }
        let shown = |c: char| match glyph(c) {
            Glyph::There => Some(c),
            Glyph::Unseen => None,
            Glyph::Missing => Some(MISSING),
        };
        xml.text(&line.chars().filter_map(shown).collect::<String>());
    }

    fn icon(&mut self, xml: &mut Xml, icon: &'static Icon, rect: Rect, paint: Paint) {
        let place = Syntax::default()
            .word("translate(")
            .number(rect.x)
            .word(" ")
            .number(rect.y)
            .word(") scale(")
            .thousandths(rect.width / 24.0)
            .word(")");
        xml.open("path")
            .syntax("transform", &place)
            .syntax("d", &Syntax::default().word(icon.outline));
        match icon.style {
            Style::Filled => self.fill(xml, paint),
            Style::Stroked => {
                self.colors(xml, Paint::None, Stroke::solid(paint, 2.0));
                xml.word("stroke-linecap", "round")
                    .word("stroke-linejoin", "round");
            }
        }
        xml.close();
    }
}

/// Path data.
fn data(path: &[Piece]) -> Syntax {
    let mut data = Syntax::default();
    let point = |syntax: Syntax, point: Point| syntax.number(point.x).word(" ").number(point.y);
    for piece in path {
        let next = Syntax::default();
        let next = match piece {
            Piece::Move(to) => point(next.word("M"), *to),
            Piece::Line(to) => point(next.word("L"), *to),
            Piece::Curve(by, to) => point(point(next.word("Q"), *by).word(" "), *to),
            Piece::Close => next.word("Z"),
        };
        data.append(&next);
    }
    data
}

/// The class that a style sheet finds a color by.
pub(super) fn class_of(paint: Paint, used: Use) -> Syntax {
    let start = Syntax::default().word(match used {
        Use::Fill => "f-",
        Use::Line => "l-",
    });
    match paint {
        Paint::None => start.word("none"),
        Paint::Canvas => start.word("canvas"),
        Paint::Text => start.word("text"),
        Paint::Muted => start.word("muted"),
        Paint::Card => start.word("card"),
        Paint::CardEdge => start.word("edge"),
        Paint::Flow => start.word("flow"),
        Paint::Event => start.word("event"),
        Paint::Plate => start.word("plate"),
        Paint::PlateEdge => start.word("plate-edge"),
        Paint::EventEdge => start.word("event-edge"),
        Paint::Note => start.word("note"),
        Paint::NoteEdge => start.word("note-edge"),
        Paint::Warning => start.word("warning"),
        Paint::Change(change) => start.word(change.name()),
        Paint::Band(accent) => start.word("b").count(accent),
        Paint::BandEdge(accent) => start.word("e").count(accent),
        Paint::Frame(accent) => start.word("g").count(accent),
        Paint::Accent(accent) => start.word("a").count(accent),
    }
}
