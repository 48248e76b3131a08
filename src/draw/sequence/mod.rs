//! A scenario as a picture: lifelines side by side, messages and notes from top to bottom.
//!
//! In: a sequence view and its model. Out: a [`Picture`]. Refuses to know: colors, and
//! the layout of other views: order is given here, only distances are to be found.

mod columns;
mod latency;
mod rows;

use columns::Columns;
use rows::{Row, rows};

use super::band::BandTitle;
use super::card::{Card, Face};
use super::diagram::{MARGIN, accents, extent, places};
use super::face::{accent, shown, stated_icon};
use super::heading::Heading;
use super::legend::{Sign, Signs};
use super::mark::{Dash, Mark, Paint, Stroke};
use super::picture::{Element, Frame, Picture, Subject};
use super::shape;
use crate::layout::{Direction, Point, Rect};
use crate::model::{LayerId, Model};
use crate::view::caption::{count, join, on_one_line};
use crate::view::{MessageKind, Node, NodeSubject, SequenceView};

/// Between the heads and the first message, and below the last.
const AIR: f64 = 18.0;
/// Heads are repeated below rows that are higher than this.
const TALL: f64 = 900.0;
/// Around the heads of a layer.
const BOX_PADDING: f64 = 12.0;

/// Measures and paints a scenario.
pub(crate) fn sequence(model: &Model<'_>, view: &SequenceView<'_>) -> Picture {
    let heads = heads(model, view);
    let rows = rows(view);
    let boxes = boxes(model, view);
    let columns = Columns::place(view, &heads, &rows, &boxes);
    let title = on_one_line(&view.title);
    let description = on_one_line(view.description.as_deref().unwrap_or(""));
    let words = join(
        "\n",
        [
            description.as_str(),
            &latency::latency(model, view.scenario),
        ],
    );
    let heading = Heading::measure(&title, &words, columns.width);
    let mut scene = Scene {
        model,
        view,
        heads,
        rows,
        boxes,
        columns,
        top: MARGIN + heading.size.height,
        elements: vec![heading.place(Point {
            x: MARGIN,
            y: MARGIN,
        })],
        signs: Signs::default(),
    };
    scene.paint();
    scene.finish(title, description)
}

/// The head of a lifeline.
struct Head {
    card: Card,
    node: super::picture::Node,
}

/// Lifelines of one layer that stand side by side.
struct LayerBox {
    layer: Option<LayerId>,
    title: Option<BandTitle>,
    /// The first lifeline, and the one after the last.
    range: (usize, usize),
}

struct Scene<'s, 'm> {
    model: &'s Model<'m>,
    view: &'s SequenceView<'s>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    boxes: Vec<LayerBox>,
    columns: Columns,
    top: f64,
    elements: Vec<Element>,
    signs: Signs,
}

fn heads(model: &Model<'_>, view: &SequenceView<'_>) -> Vec<Head> {
    let head = |(number, participant): (usize, &crate::view::Participant)| {
        let node = Node {
            subject: NodeSubject::Component(participant.component),
            group: None,
            count: 1,
            mark: None,
        };
        let shown = shown(model, number, &node);
        let face = Face {
            detail: String::new(),
            badges: Vec::new(),
            ..shown.face
        };
        let mut node = shown.node;
        node.detail.clear();
        Head {
            card: Card::measure(face),
            node,
        }
    };
    view.participants.iter().enumerate().map(head).collect()
}

/// Lifelines that follow each other in one layer share a box.
fn boxes(model: &Model<'_>, view: &SequenceView<'_>) -> Vec<LayerBox> {
    let mut boxes: Vec<LayerBox> = Vec::new();
    for (index, participant) in view.participants.iter().enumerate() {
        match boxes
            .last_mut()
            .filter(|open| open.layer == participant.layer)
        {
            Some(open) => open.range.1 = index + 1,
            None => boxes.push(LayerBox {
                layer: participant.layer,
                title: None,
                range: (index, index + 1),
            }),
        }
    }
    for open in &mut boxes {
        open.title = open.layer.map(|id| {
            let layer = &model[id];
            let number = open.range.1 - open.range.0;
            BandTitle::measure(
                &on_one_line(&layer.name),
                count(number, "component"),
                stated_icon(layer.written.icon),
                layer.order.to_string(),
                accent(model, Some(id)),
            )
        });
    }
    boxes
}

impl Scene<'_, '_> {
    fn paint(&mut self) {
        let title_height = self.title_height();
        let heads_top = self.top + title_height;
        let head_height = self
            .heads
            .iter()
            .map(|head| head.card.size.height)
            .fold(0.0, f64::max);
        let start = heads_top + head_height + AIR;
        let length: f64 = self.rows.iter().map(|row| row.height).sum();
        let end = start + length + AIR;
        let repeats = length > TALL;
        let bottom = if repeats {
            end + head_height + BOX_PADDING
        } else {
            end
        };
        self.paint_boxes(bottom);
        self.paint_lifelines(heads_top + head_height, end);
        self.paint_rows(start);
        self.paint_heads(heads_top, head_height);
        if repeats {
            self.repeat_heads(end, head_height);
        }
    }

    /// The room above the heads.
    fn title_height(&self) -> f64 {
        let titles = self.boxes.iter().filter_map(|open| open.title.as_ref());
        titles.map(|title| title.size().height).fold(0.0, f64::max) + BOX_PADDING / 2.0
    }

    fn paint_boxes(&mut self, bottom: f64) {
        for open in &self.boxes {
            let (Some(layer), Some(title)) = (open.layer, &open.title) else {
                continue;
            };
            let (left, right) = self.columns.span(open.range, &self.heads);
            let bounds = Rect {
                x: MARGIN + left - BOX_PADDING,
                y: self.top,
                width: right - left + 2.0 * BOX_PADDING,
                height: bottom - self.top,
            };
            let layer = &self.model[layer];
            let mut marks = title.paint(bounds, Direction::Right);
            // Rows of text are read on it: the tint is lighter than that of a band.
            if let Some(Mark::Box { fill, .. }) = marks.first_mut() {
                *fill = Paint::Frame(accent(self.model, open.layer));
            }
            self.elements.push(Element {
                change: None,
                subject: Subject::Band(Frame {
                    id: layer.id.value.to_owned(),
                    title: on_one_line(&layer.name),
                    count: String::new(),
                    fill: Paint::Band(accent(self.model, open.layer)),
                    tooltip: layer
                        .written
                        .description
                        .map_or("", |text| text.value)
                        .to_owned(),
                    parent: None,
                }),
                bounds,
                marks,
            });
        }
    }

    fn x(&self, column: usize) -> f64 {
        MARGIN + self.columns.centers.get(column).copied().unwrap_or(0.0)
    }

    fn paint_lifelines(&mut self, from: f64, to: f64) {
        for column in 0..self.heads.len() {
            let x = self.x(column);
            let points = [Point { x, y: from }, Point { x, y: to }];
            let line = Mark::Path {
                path: shape::rounded(&points),
                fill: Paint::None,
                stroke: Stroke::solid(Paint::CardEdge, 1.2).with(Dash::Dashed),
            };
            self.elements.push(Element {
                change: None,
                subject: Subject::Lifeline { node: column },
                bounds: Rect {
                    x,
                    y: from,
                    width: 0.0,
                    height: to - from,
                },
                marks: vec![line],
            });
        }
    }

    fn paint_rows(&mut self, start: f64) {
        let mut y = start;
        let rows = std::mem::take(&mut self.rows);
        for row in &rows {
            let ends = (self.x(row.from), self.x(row.to));
            row.paint(ends, y, &mut self.elements);
            for sign in row.signs() {
                self.signs.add(sign);
            }
            y += row.height;
        }
        self.rows = rows;
    }

    fn head_rect(&self, column: usize, top: f64, height: f64) -> Rect {
        let size = self.heads[column].card.size;
        Rect {
            x: self.x(column) - size.width / 2.0,
            y: top + height - size.height,
            width: size.width,
            height: size.height,
        }
    }

    fn paint_heads(&mut self, top: f64, height: f64) {
        for column in 0..self.heads.len() {
            let bounds = self.head_rect(column, top, height);
            let head = &self.heads[column];
            let (marks, _) = head.card.paint(bounds);
            if head.node.is_deprecated {
                self.signs.add(Sign::Deprecated);
            }
            if head.node.is_foreign {
                self.signs.add(Sign::Foreign);
            }
            self.elements.push(Element {
                change: None,
                subject: Subject::Node(Box::new(head.node.clone())),
                bounds,
                marks,
            });
        }
    }

    /// Long stories are read from the bottom as well.
    fn repeat_heads(&mut self, top: f64, height: f64) {
        for column in 0..self.heads.len() {
            let rect = self.head_rect(column, top, height);
            let bounds = Rect { y: top, ..rect };
            let (marks, _) = self.heads[column].card.paint(bounds);
            self.elements.push(Element {
                change: None,
                subject: Subject::Lifeline { node: column },
                bounds,
                marks,
            });
        }
    }

    fn finish(mut self, title: String, description: String) -> Picture {
        let bottom = self
            .elements
            .iter()
            .map(|element| element.bounds.bottom())
            .fold(0.0, f64::max);
        let at = Point {
            x: MARGIN,
            y: bottom,
        };
        let signs = std::mem::take(&mut self.signs);
        self.elements.extend(signs.legend(at, self.columns.width));
        Picture {
            id: self.view.id.clone(),
            title,
            description,
            size: extent(&self.elements, at),
            drawing: Rect {
                x: MARGIN,
                y: self.top,
                width: self.columns.width,
                height: bottom - self.top,
            },
            accents: accents(self.model),
            node_places: places(&self.elements),
            elements: self.elements,
        }
    }
}

/// Whether a message goes to a topic or comes from one.
fn is_event(kind: MessageKind) -> bool {
    matches!(kind, MessageKind::Publish | MessageKind::Consume)
}
