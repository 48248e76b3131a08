//! The legend: a sample and its words for each sign that is on the picture, and no other.
//!
//! In: the signs that were used. Out: an element below the drawing. Refuses to know: the
//! model, and where the signs are.

use std::collections::BTreeSet;

use super::card::{Badge, text};
use super::change;
use super::chip;
use super::icon::named;
use super::mark::{Dash, Mark, Paint, Stroke, fonts};
use super::picture::{Element, Subject};
use super::shape::{self, Heads};
use crate::layout::{Point, Rect, Size};
use crate::model::Mark as Change;
use crate::text::width;

const ROW: f64 = 22.0;
const SAMPLE: f64 = 30.0;
const GAP: f64 = 8.0;
/// Between entries.
const BETWEEN: f64 = 22.0;
/// Above the legend.
const ABOVE: f64 = 16.0;
const LEAST_WIDTH: f64 = 420.0;

/// A sign that needs an explanation, in the order of the legend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// A flow whose sender waits.
    Call,
    /// A flow whose sender goes on.
    Async,
    /// A flow with two heads.
    BothWays,
    /// An answer.
    Return,
    /// An event to or from a topic.
    Event,
    /// A line that several flows share.
    Trunk,
    /// A topic in its broker, in the color of an accent.
    Chip(usize),
    /// A topic as a pipe, in the color of an accent.
    Pipe(usize),
    /// A component of somebody else.
    Foreign,
    /// A component around others, in the color of an accent.
    Frame(usize),
    /// What is going away.
    Deprecated,
    /// A badge, and what it stands for.
    Badge(String, BTreeSet<String>),
    /// What became of something between two versions.
    Change(Change),
}

/// The signs of a picture; those that differ in color only are explained once.
#[derive(Debug, Default)]
pub(super) struct Signs {
    list: Vec<Sign>,
}

impl Signs {
    pub(super) fn add(&mut self, sign: Sign) {
        let is_same = |other: &Sign| std::mem::discriminant(other) == std::mem::discriminant(&sign);
        if matches!(sign, Sign::Badge(..)) || !self.list.iter().any(is_same) {
            self.list.push(sign);
        }
    }

    /// Each change has a sign of its own.
    pub(super) fn add_change(&mut self, change: Change) {
        let sign = Sign::Change(change);
        if !self.list.contains(&sign) {
            self.list.push(sign);
        }
    }

    pub(super) fn badge(&mut self, sign: &str, words: &str) {
        let known = self.list.iter_mut().find_map(|known| match known {
            Sign::Badge(other, meanings) if other == sign => Some(meanings),
            _ => None,
        });
        match known {
            Some(meanings) => {
                meanings.insert(words.to_owned());
            }
            None => self.list.push(Sign::Badge(
                sign.to_owned(),
                BTreeSet::from([words.to_owned()]),
            )),
        }
    }

    /// The legend below a drawing; `None` if nothing needs one.
    pub(super) fn legend(mut self, at: Point, drawing: f64) -> Option<Element> {
        self.list.sort();
        let limit = drawing.max(LEAST_WIDTH);
        let mut marks = Vec::new();
        let mut size = Size::default();
        let (mut x, mut y) = (0.0, ABOVE);
        for sign in &self.list {
            let words = sign.words();
            let wide = sign.sample_width() + GAP + width(&words, fonts::LEGEND);
            if x > 0.0 && x + wide > limit {
                (x, y) = (0.0, y + ROW);
            }
            let left = Point {
                x: at.x + x,
                y: at.y + y,
            };
            marks.extend(sign.sample(left));
            let words_at = Point {
                x: left.x + sign.sample_width() + GAP,
                y: left.y + 4.0,
            };
            marks.push(text(&[words], words_at, 14.0, fonts::LEGEND, Paint::Muted));
            x += wide + BETWEEN;
            size.width = size.width.max(x - BETWEEN);
            size.height = y + ROW;
        }
        let bounds = Rect {
            x: at.x,
            y: at.y,
            width: size.width,
            height: size.height,
        };
        let is_empty = marks.is_empty();
        (!is_empty).then_some(Element {
            change: None,
            subject: Subject::Legend,
            bounds,
            marks,
        })
    }
}

impl Sign {
    fn words(&self) -> String {
        match self {
            Self::Call => "synchronous".to_owned(),
            Self::Async => "asynchronous".to_owned(),
            Self::BothWays => "both ways".to_owned(),
            Self::Return => "answer".to_owned(),
            Self::Event => "through a topic".to_owned(),
            Self::Trunk => "flows that share a line and a label".to_owned(),
            Self::Chip(_) => "topic on its broker".to_owned(),
            Self::Pipe(_) => "topic".to_owned(),
            Self::Foreign => "external".to_owned(),
            Self::Frame(_) => "contains the others".to_owned(),
            Self::Deprecated => "deprecated".to_owned(),
            Self::Badge(_, meanings) => meanings.iter().cloned().collect::<Vec<_>>().join(", "),
            Self::Change(change) => change.word().to_owned(),
        }
    }

    fn sample_width(&self) -> f64 {
        match self {
            Self::Deprecated => 12.0,
            Self::Badge(sign, _) => Badge::meant(sign).map_or(0.0, |badge| badge.width()),
            _ => SAMPLE,
        }
    }

    /// The sign itself, its left end in a row whose top is at a place.
    fn sample(&self, at: Point) -> Vec<Mark> {
        let rect = Rect {
            x: at.x,
            y: at.y + 3.0,
            width: SAMPLE,
            height: 16.0,
        };
        match self {
            Self::Call => line(at, Stroke::solid(Paint::Flow, 1.4), Heads::End),
            Self::Async | Self::Event => line(
                at,
                Stroke::solid(Paint::Event, 1.4).with(Dash::Dashed),
                Heads::End,
            ),
            Self::BothWays => line(at, Stroke::solid(Paint::Flow, 1.4), Heads::Both),
            Self::Return => line(
                at,
                Stroke::solid(Paint::Flow, 1.2).with(Dash::Dotted),
                Heads::End,
            ),
            Self::Trunk => trunk(at),
            Self::Chip(accent) => chip::paint("", rect, *accent),
            Self::Pipe(accent) => shape::pipe(
                rect,
                Paint::Card,
                Stroke::solid(Paint::Accent(*accent), 1.2),
            ),
            Self::Foreign => vec![shape::card(
                rect,
                Paint::Card,
                Stroke::solid(Paint::CardEdge, 1.2).with(Dash::Dashed),
            )],
            Self::Frame(accent) => vec![shape::card(
                rect,
                Paint::Frame(*accent),
                Stroke::solid(Paint::BandEdge(*accent), 1.2).with(Dash::Dashed),
            )],
            Self::Change(change) => {
                vec![shape::card(rect, Paint::Card, change::outline(*change))]
            }
            Self::Deprecated => named("alert")
                .map(|icon| Mark::Icon {
                    icon,
                    rect: Rect {
                        width: 12.0,
                        height: 12.0,
                        y: at.y + 5.0,
                        ..rect
                    },
                    paint: Paint::Warning,
                })
                .into_iter()
                .collect(),
            Self::Badge(sign, _) => Badge::meant(sign)
                .map(|badge| badge.mark(at.x, at.y + 14.5, Paint::Muted))
                .into_iter()
                .collect(),
        }
    }
}

fn line(at: Point, stroke: Stroke, heads: Heads) -> Vec<Mark> {
    let y = at.y + 11.0;
    let points = [
        Point { x: at.x, y },
        Point {
            x: at.x + SAMPLE,
            y,
        },
    ];
    let mut marks = vec![Mark::Path {
        path: shape::route(&points, heads),
        fill: Paint::None,
        stroke,
    }];
    marks.extend(shape::heads(&points, heads, stroke.paint));
    marks
}

/// Two lines that become one.
fn trunk(at: Point) -> Vec<Mark> {
    let stroke = Stroke::solid(Paint::Flow, 1.4);
    let point = |x: f64, y: f64| Point {
        x: at.x + x,
        y: at.y + y,
    };
    let upper = [
        point(0.0, 5.0),
        point(14.0, 5.0),
        point(14.0, 11.0),
        point(SAMPLE, 11.0),
    ];
    let lower = [point(0.0, 17.0), point(14.0, 17.0), point(14.0, 11.0)];
    let path = |points: &[Point], heads| Mark::Path {
        path: shape::route(points, heads),
        fill: Paint::None,
        stroke,
    };
    let mut marks = vec![path(&upper, Heads::End), path(&lower, Heads::None)];
    marks.extend(shape::heads(&upper, Heads::End, Paint::Flow));
    marks
}
