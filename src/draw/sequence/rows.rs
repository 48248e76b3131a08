//! The rows of a sequence diagram: messages with numbers and labels, and notes.
//!
//! In: messages. Out: the room each takes, then elements between two lifelines. Refuses
//! to know: how far lifelines are apart.

use super::is_event;
use crate::draw::card::{lines_of, text};
use crate::draw::label::Label;
use crate::draw::legend::Sign;
use crate::draw::mark::{Anchor, Dash, Mark, Paint, Stroke, Text, TextOrigin, fonts, widest};
use crate::draw::picture::{Element, Flow, Manner, Subject};
use crate::draw::shape::{self, Heads};
use crate::layout::{Point, Rect};
use crate::text::{fit, width};
use crate::view::caption::on_one_line;
use crate::view::{Message, MessageKind, SequenceView};

/// Above and below a row.
const AIR: f64 = 6.0;
/// Of the sign with the number.
const NUMBER: f64 = 16.0;
/// Between the lifeline and the label at either end.
const END: f64 = 34.0;
/// How far a message to oneself reaches.
const LOOP: f64 = 30.0;
const LOOP_HEIGHT: f64 = 18.0;
/// Between a lifeline and a note.
const NOTE_GAP: f64 = 10.0;
const NOTE_PADDING: f64 = 9.0;
const NOTE_LEADING: f64 = 14.0;
const NOTE_LIMITS: (f64, f64) = (190.0, 300.0);

/// A measured row.
pub(super) struct Row {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The room between the lifelines.
    pub(super) between: f64,
    /// The room to the right of the lifeline, if there is only one.
    pub(super) beside: f64,
    pub(super) height: f64,
    kind: MessageKind,
    text: String,
    label: Option<Label>,
    note: Vec<String>,
    /// 1-based among the messages; notes have none.
    number: usize,
}

pub(super) fn rows(view: &SequenceView<'_>) -> Vec<Row> {
    let mut number = 0;
    let row = |message: &Message<'_>| {
        if message.kind == MessageKind::Note {
            return note(message);
        }
        number += 1;
        self::message(message, number)
    };
    view.messages.iter().map(row).collect()
}

fn note(message: &Message<'_>) -> Row {
    let cleaned = crate::text::clean::clean(&message.text);
    let note = fit(&cleaned, fonts::DETAIL, NOTE_LIMITS, 4);
    let wide = widest(&note, fonts::DETAIL) + 2.0 * NOTE_PADDING + 10.0;
    Row {
        from: message.from,
        to: message.from,
        between: 0.0,
        beside: NOTE_GAP + wide.max(40.0),
        height: lines_of(&note) * NOTE_LEADING + 2.0 * NOTE_PADDING + 2.0 * AIR,
        kind: MessageKind::Note,
        text: cleaned.into_owned(),
        label: None,
        note,
        number: 0,
    }
}

fn message(message: &Message<'_>, number: usize) -> Row {
    let text = on_one_line(&message.text);
    let mut label = Label::measure(&text);
    if let Some(label) = label.as_mut().filter(|_| is_event(message.kind)) {
        // The ends of a pipe.
        label.size.width += 12.0;
    }
    let size = label.as_ref().map(|label| label.size).unwrap_or_default();
    let is_loop = message.from == message.to;
    let least = if is_loop { LOOP_HEIGHT } else { NUMBER };
    Row {
        from: message.from,
        to: message.to,
        between: size.width + 2.0 * END,
        beside: LOOP + 8.0 + size.width,
        height: size.height.max(least) + 2.0 * AIR,
        kind: message.kind,
        text,
        label,
        note: Vec::new(),
        number,
    }
}

impl Row {
    /// The elements of a row whose top is at `y`, between two lifelines.
    pub(super) fn paint(&self, ends: (f64, f64), y: f64, elements: &mut Vec<Element>) {
        if self.kind == MessageKind::Note {
            elements.push(self.note_element(ends.0, y));
        } else {
            self.message_elements(ends, y + self.height / 2.0, elements);
        }
    }

    /// The signs in it that need an explanation.
    pub(super) fn signs(&self) -> Vec<Sign> {
        match self.kind {
            MessageKind::Call => vec![Sign::Call],
            MessageKind::Async => vec![Sign::Async],
            MessageKind::Return => vec![Sign::Return],
            MessageKind::Publish | MessageKind::Consume => vec![Sign::Event],
            MessageKind::Note => Vec::new(),
        }
    }

    fn note_element(&self, x: f64, y: f64) -> Element {
        let bounds = Rect {
            x: x + NOTE_GAP,
            y: y + AIR,
            width: self.beside - NOTE_GAP,
            height: self.height - 2.0 * AIR,
        };
        let mut marks = shape::sheet(bounds, Paint::Note, Stroke::solid(Paint::NoteEdge, 1.0));
        let at = Point {
            x: bounds.x + NOTE_PADDING,
            y: bounds.y + NOTE_PADDING,
        };
        marks.push(text(
            &self.note,
            at,
            NOTE_LEADING,
            fonts::DETAIL,
            Paint::Text,
        ));
        Element {
            change: None,
            subject: Subject::Note {
                text: self.text.clone(),
            },
            bounds,
            marks,
        }
    }

    fn message_elements(&self, ends: (f64, f64), y: f64, elements: &mut Vec<Element>) {
        let route = self.route(ends, y);
        let stroke = self.stroke();
        let mut marks = vec![Mark::Path {
            path: shape::route(&route, Heads::End),
            fill: Paint::None,
            stroke,
        }];
        marks.extend(shape::heads(&route, Heads::End, stroke.paint));
        marks.extend(self.number_marks(ends, route[0].y));
        let flow = Flow {
            number: self.number,
            from: self.from,
            to: self.to,
            label: self.text.clone(),
            manner: self.manner(),
            is_bidirectional: false,
            is_bundled: false,
            topics: Vec::new(),
            route,
        };
        elements.push(Element {
            change: None,
            bounds: crate::draw::diagram::around(flow.route.iter()),
            subject: Subject::Flow(Box::new(flow)),
            marks,
        });
        elements.extend(self.label_element(ends, y));
    }

    fn route(&self, (from, to): (f64, f64), y: f64) -> Vec<Point> {
        if self.from != self.to {
            return vec![Point { x: from, y }, Point { x: to, y }];
        }
        let (upper, lower) = (y - LOOP_HEIGHT / 2.0, y + LOOP_HEIGHT / 2.0);
        let right = from + LOOP;
        [(from, upper), (right, upper), (right, lower), (from, lower)]
            .map(|(x, y)| Point { x, y })
            .to_vec()
    }

    fn label_element(&self, (from, to): (f64, f64), y: f64) -> Option<Element> {
        let label = self.label.as_ref()?;
        let size = label.size;
        let x = if self.from == self.to {
            from + LOOP + 6.0
        } else {
            // The middle of what the number and the head leave.
            let middle = f64::midpoint(from, to) + if from < to { 5.0 } else { -5.0 };
            middle - size.width / 2.0
        };
        let bounds = Rect {
            x,
            y: y - size.height / 2.0,
            width: size.width,
            height: size.height,
        };
        let edge = match self.kind {
            MessageKind::Call | MessageKind::Return => Paint::PlateEdge,
            _ => Paint::EventEdge,
        };
        let mut marks = label.paint(bounds, edge);
        if is_event(self.kind) {
            // The mouth of the pipe takes room at the right.
            if let Some(Mark::Text(text)) = marks.last_mut() {
                text.at.x -= 5.0;
            }
            let pipe = shape::pipe(bounds, Paint::Plate, Stroke::solid(Paint::Event, 1.0));
            marks.splice(..1, pipe);
        }
        Some(Element {
            change: None,
            subject: Subject::Label {
                flows: vec![self.number],
                ends: vec![self.from, self.to],
            },
            bounds,
            marks,
        })
    }

    fn number_marks(&self, (from, to): (f64, f64), y: f64) -> [Mark; 2] {
        let words = self.number.to_string();
        let wide = (width(&words, fonts::NUMBER) + 8.0).max(NUMBER);
        let x = if from <= to {
            from + 5.0
        } else {
            from - 5.0 - wide
        };
        let paint = self.stroke().paint;
        let disc = Mark::Box {
            rect: Rect {
                x,
                y: y - NUMBER / 2.0,
                width: wide,
                height: NUMBER,
            },
            radius: NUMBER / 2.0,
            fill: paint,
            stroke: Stroke::NONE,
        };
        let number = Mark::Text(Text {
            lines: vec![words],
            at: Point {
                x: x + wide / 2.0,
                y: y + 3.5,
            },
            leading: NUMBER,
            font: fonts::NUMBER,
            anchor: Anchor::Middle,
            paint: Paint::Canvas,
            origin: TextOrigin::Aside,
        });
        [disc, number]
    }

    fn stroke(&self) -> Stroke {
        match self.kind {
            MessageKind::Call => Stroke::solid(Paint::Flow, 1.4),
            MessageKind::Return => Stroke::solid(Paint::Flow, 1.2).with(Dash::Dotted),
            _ => Stroke::solid(Paint::Event, 1.4).with(Dash::Dashed),
        }
    }

    fn manner(&self) -> Manner {
        match self.kind {
            MessageKind::Call | MessageKind::Note => Manner::Call,
            MessageKind::Async => Manner::Async,
            MessageKind::Return => Manner::Return,
            MessageKind::Publish => Manner::Publish,
            MessageKind::Consume => Manner::Consume,
        }
    }
}
