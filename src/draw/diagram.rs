//! A view of components and flows as a picture.
//!
//! In: a view and its model. Out: a [`Picture`] and how the layout went. Refuses to know:
//! how positions are found. Everything is measured first, then laid out, then painted.

use super::card::Badge;
use super::change::Changes;
use super::clear::Lines;
use super::heading::Heading;
use super::label::Label;
use super::legend::{Sign, Signs};
use super::mark::{Dash, Mark, Paint, Stroke};
use super::parts::{BandPart, Parts};
use super::picture::{Accent, Element, Flow, Frame, Manner, Picture, Subject};
use super::previous::PreviousPicture;
use super::shape::{self, Heads};
use super::trunk::disjoint;
use crate::layout::{self, Direction, Drawing, Point, Rect, Size};
use crate::model::Model;
use crate::text::clean::clean;
use crate::view::caption::on_one_line;
use crate::view::{self, ViewGraph};

/// Around everything.
pub(super) const MARGIN: f64 = 20.0;
const LINE: f64 = 1.4;

/// Measures, lays out and paints a view.
pub(crate) fn diagram(
    model: &Model<'_>,
    view: &ViewGraph<'_>,
    previous: Option<&PreviousPicture>,
) -> (Picture, layout::Report) {
    let parts = Parts::measure(model, view);
    let previous = previous.map(|picture| picture.of(&parts));
    let options = layout::Options {
        previous: previous.as_ref(),
        ..layout::Options::default()
    };
    let drawing = placed(&parts, |graph| layout::layout(graph, &options));
    let picture = Scene::new(model, view, &parts, &drawing).paint();
    (picture, drawing.report)
}

/// The same without an earlier picture; what was laid out before is not laid out again.
pub(crate) fn diagram_again(
    model: &Model<'_>,
    view: &ViewGraph<'_>,
    memory: &layout::Memory,
) -> Picture {
    let parts = Parts::measure(model, view);
    let drawing = placed(&parts, |graph| memory.layout(graph));
    Scene::new(model, view, &parts, &drawing).paint()
}

/// A view may show nothing.
fn placed(parts: &Parts, lay_out: impl FnOnce(&layout::Graph) -> Drawing) -> Drawing {
    if parts.nodes.is_empty() {
        Drawing::default()
    } else {
        lay_out(&parts.graph)
    }
}

struct Scene<'s, 'm> {
    model: &'s Model<'m>,
    view: &'s ViewGraph<'s>,
    parts: &'s Parts,
    drawing: &'s Drawing,
    heading: Heading,
    elements: Vec<Element>,
    signs: Signs,
    /// For each frame of the layout, and each band, its place among the elements.
    frames: Vec<Option<usize>>,
    bands: Vec<Option<usize>>,
}

impl<'s, 'm> Scene<'s, 'm> {
    fn new(
        model: &'s Model<'m>,
        view: &'s ViewGraph<'s>,
        parts: &'s Parts,
        drawing: &'s Drawing,
    ) -> Self {
        let description = clean(view.description.as_deref().unwrap_or(""));
        let title = on_one_line(&view.title);
        Self {
            heading: Heading::measure(&title, &description, drawing.size.width),
            frames: vec![None; parts.frames.len()],
            bands: vec![None; parts.bands.len()],
            elements: Vec::new(),
            signs: Signs::default(),
            model,
            view,
            parts,
            drawing,
        }
    }

    fn paint(mut self) -> Picture {
        let heading = self.heading.place(Point {
            x: MARGIN,
            y: MARGIN,
        });
        self.elements.push(heading);
        self.paint_bands();
        self.paint_frames();
        self.paint_flows();
        self.paint_trunks();
        self.paint_labels();
        self.paint_nodes();
        self.finish()
    }

    /// Where something of the drawing is in the picture.
    fn moved(&self, rect: Rect) -> Rect {
        Rect {
            x: rect.x + MARGIN,
            y: rect.y + MARGIN + self.heading.size.height,
            ..rect
        }
    }

    fn moved_line(&self, points: &[Point]) -> Vec<Point> {
        let offset = self.moved(Rect::default());
        let moved = |point: &Point| Point {
            x: point.x + offset.x,
            y: point.y + offset.y,
        };
        points.iter().map(moved).collect()
    }

    fn direction(&self) -> Direction {
        self.parts.graph.direction
    }

    fn paint_bands(&mut self) {
        for (index, part) in self.parts.bands.iter().enumerate() {
            let (BandPart::Layer(band), Some(rect)) = (part, self.drawing.bands.get(index)) else {
                continue;
            };
            let (title, frame) = &**band;
            let bounds = self.moved(*rect);
            self.bands[index] = Some(self.elements.len());
            self.elements.push(Element {
                change: None,
                subject: Subject::Band(frame.clone()),
                bounds,
                marks: title.paint(bounds, self.direction()),
            });
        }
    }

    fn paint_frames(&mut self) {
        if self.parts.frames.is_empty() {
            return;
        }
        let lines = self.lines();
        for (index, part) in self.parts.frames.iter().enumerate() {
            let Some(rect) = self.drawing.groups.get(index) else {
                continue;
            };
            let bounds = self.moved(*rect);
            let around = part
                .parent
                .map_or(self.bands[part.band], |parent| self.frames[parent]);
            self.frames[index] = Some(self.elements.len());
            self.elements.push(Element {
                change: None,
                subject: Subject::Frame(Frame {
                    parent: around,
                    ..part.frame.clone()
                }),
                bounds,
                marks: part.title.paint(bounds, &lines),
            });
            self.signs.add(Sign::Frame(part.accent));
        }
    }

    /// Every line of the picture, with the shared ones.
    fn lines(&self) -> Lines {
        let own = self.drawing.routes.iter().map(|route| &route.points);
        let shared = self.drawing.bundles.iter().flat_map(|one| &one.strokes);
        let mut lines = Lines::default();
        for line in own.chain(shared) {
            lines.add(&self.moved_line(line));
        }
        lines
    }

    fn paint_flows(&mut self) {
        let mut bundled = vec![false; self.view.edges.len()];
        for edge in self.drawing.bundles.iter().flat_map(|bundle| &bundle.edges) {
            if let Some(bundled) = bundled.get_mut(*edge) {
                *bundled = true;
            }
        }
        for (index, edge) in self.view.edges.iter().enumerate() {
            let Some(route) = self.drawing.routes.get(index) else {
                continue;
            };
            let flow = Flow {
                number: index + 1,
                from: edge.from,
                to: edge.to,
                route: self.moved_line(&route.points),
                label: on_one_line(edge.label.as_deref().unwrap_or("")),
                manner: manner(edge),
                is_bidirectional: edge.is_bidirectional,
                is_bundled: bundled[index],
                topics: edge
                    .topics
                    .iter()
                    .map(|id| self.model[*id].id.value.to_owned())
                    .collect(),
            };
            self.sign_flow(&flow);
            self.elements.push(flow_element(flow));
        }
    }

    fn sign_flow(&mut self, flow: &Flow) {
        self.signs.add(match flow.manner {
            Manner::Call => Sign::Call,
            _ => Sign::Async,
        });
        if flow.is_bidirectional {
            self.signs.add(Sign::BothWays);
        }
    }

    fn paint_trunks(&mut self) {
        for bundle in &self.drawing.bundles {
            let Some(edge) = bundle
                .edges
                .first()
                .and_then(|edge| self.view.edges.get(*edge))
            else {
                continue;
            };
            let stroke = stroke(manner(edge));
            let lines: Vec<Vec<Point>> = bundle
                .strokes
                .iter()
                .map(|line| self.moved_line(line))
                .collect();
            let strokes = disjoint(&lines);
            let marks = strokes.iter().map(|line| Mark::Path {
                path: shape::rounded(line),
                fill: Paint::None,
                stroke,
            });
            let marks: Vec<Mark> = marks.collect();
            self.elements.push(Element {
                change: None,
                subject: Subject::Trunk {
                    flows: numbers(&bundle.edges),
                    ends: self.ends(&bundle.edges),
                },
                bounds: around(lines.iter().flatten()),
                marks,
            });
            self.signs.add(Sign::Trunk);
        }
    }

    fn paint_labels(&mut self) {
        for label in &self.drawing.labels {
            let first = label.edges.first().copied();
            let Some((edge, measured)) = first.and_then(|edge| self.label_of(edge)) else {
                continue;
            };
            let bounds = self.moved(label.rect);
            let edge_paint = match manner(edge) {
                Manner::Call => Paint::PlateEdge,
                _ => Paint::EventEdge,
            };
            self.elements.push(Element {
                change: None,
                subject: Subject::Label {
                    flows: numbers(&label.edges),
                    ends: self.ends(&label.edges),
                },
                bounds,
                marks: measured.paint(bounds, edge_paint),
            });
        }
    }

    fn label_of(&self, edge: usize) -> Option<(&'s view::Edge<'s>, &'s Label)> {
        let label = self.parts.labels.get(edge)?.as_ref()?;
        Some((self.view.edges.get(edge)?, label))
    }

    fn ends(&self, edges: &[usize]) -> Vec<usize> {
        let edges = edges.iter().filter_map(|edge| self.view.edges.get(*edge));
        let mut ends: Vec<usize> = edges.flat_map(|edge| [edge.from, edge.to]).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    fn paint_nodes(&mut self) {
        for (index, part) in self.parts.nodes.iter().enumerate() {
            let Some(rect) = self.drawing.nodes.get(index) else {
                continue;
            };
            let bounds = self.moved(*rect);
            let (marks, chips) = part.card.paint(bounds);
            let mut node = part.node.clone();
            let of_frame = part.group.and_then(|group| self.frames[group]);
            node.parent = of_frame.or(self.bands[part.band]);
            self.sign_node(index);
            self.elements.push(Element {
                change: None,
                subject: Subject::Node(Box::new(node)),
                bounds,
                marks,
            });
            for ((id, name), (bounds, marks)) in part.topics.iter().zip(chips) {
                let subject = Subject::Topic {
                    id: id.clone(),
                    name: name.clone(),
                    node: index,
                };
                self.elements.push(Element {
                    change: None,
                    subject,
                    bounds,
                    marks,
                });
            }
        }
    }

    fn sign_node(&mut self, index: usize) {
        let part = &self.parts.nodes[index];
        let accent = part.node.accent;
        for meaning in &part.meanings {
            if Badge::meant(&meaning.sign).is_some() {
                self.signs.badge(&meaning.sign, &meaning.words);
            }
        }
        if !part.topics.is_empty() {
            self.signs.add(Sign::Chip(accent));
        }
        if part.node.what == "topic" {
            self.signs.add(Sign::Pipe(accent));
        }
        if part.node.is_foreign {
            self.signs.add(Sign::Foreign);
        }
        if part.node.is_deprecated {
            self.signs.add(Sign::Deprecated);
        }
    }

    fn finish(mut self) -> Picture {
        let below = self.moved(Rect {
            y: self.drawing.size.height,
            ..Rect::default()
        });
        let at = Point {
            x: MARGIN,
            y: below.y,
        };
        let drawing = self.moved(Rect {
            width: self.drawing.size.width,
            height: self.drawing.size.height,
            ..Rect::default()
        });
        let mut signs = std::mem::take(&mut self.signs);
        if !self.model.marks.is_empty() {
            Changes::of(self.model, self.view).show(&mut self.elements, &mut signs);
        }
        self.elements
            .extend(signs.legend(at, self.drawing.size.width));
        Picture {
            id: self.view.id.clone(),
            title: on_one_line(&self.view.title),
            description: on_one_line(self.view.description.as_deref().unwrap_or("")),
            size: extent(&self.elements, at),
            drawing,
            accents: accents(self.model),
            node_places: places(&self.elements),
            elements: self.elements,
        }
    }
}

/// Where the nodes are among the elements, in the order of their numbers.
pub(super) fn places(elements: &[Element]) -> Vec<usize> {
    let is_node = |(place, element): (usize, &Element)| {
        matches!(element.subject, Subject::Node(_)).then_some(place)
    };
    elements.iter().enumerate().filter_map(is_node).collect()
}

/// The room of everything, with the margin.
pub(super) fn extent(elements: &[Element], least: Point) -> Size {
    let right = elements
        .iter()
        .map(|element| element.bounds.right())
        .fold(least.x, f64::max);
    let bottom = elements
        .iter()
        .map(|element| element.bounds.bottom())
        .fold(least.y, f64::max);
    Size::new((right + MARGIN).ceil(), (bottom + MARGIN).ceil())
}

/// Colors of layers as written; the last accent is that of what is in no layer.
pub(super) fn accents(model: &Model<'_>) -> Vec<Accent> {
    let layers = model
        .layers
        .iter()
        .enumerate()
        .map(|(index, layer)| Accent::Layer {
            written: layer.written.color.map(|color| color.value.to_owned()),
            index,
        });
    layers.chain([Accent::Neutral]).collect()
}

fn manner(edge: &view::Edge<'_>) -> Manner {
    if edge.is_async {
        Manner::Async
    } else {
        Manner::Call
    }
}

fn stroke(manner: Manner) -> Stroke {
    match manner {
        Manner::Call | Manner::Return => Stroke::solid(Paint::Flow, LINE),
        _ => Stroke::solid(Paint::Event, LINE).with(Dash::Dashed),
    }
}

/// Flows are numbered from one.
fn numbers(edges: &[usize]) -> Vec<usize> {
    edges.iter().map(|edge| edge + 1).collect()
}

fn flow_element(flow: Flow) -> Element {
    let stroke = stroke(flow.manner);
    let heads = if flow.is_bidirectional {
        Heads::Both
    } else {
        Heads::End
    };
    let mut marks = Vec::new();
    if !flow.is_bundled {
        marks.push(Mark::Path {
            path: shape::route(&flow.route, heads),
            fill: Paint::None,
            stroke,
        });
    }
    marks.extend(shape::heads(&flow.route, heads, stroke.paint));
    Element {
        change: None,
        bounds: around(flow.route.iter()),
        subject: Subject::Flow(Box::new(flow)),
        marks,
    }
}

/// The rectangle around points.
pub(super) fn around<'p>(points: impl Iterator<Item = &'p Point> + Clone) -> Rect {
    let least = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::INFINITY, f64::min);
    let most = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::NEG_INFINITY, f64::max);
    let (left, right) = (
        least(&mut points.clone().map(|p| p.x)),
        most(&mut points.clone().map(|p| p.x)),
    );
    let (top, bottom) = (
        least(&mut points.clone().map(|p| p.y)),
        most(&mut points.map(|p| p.y)),
    );
    if left > right {
        return Rect::default();
    }
    Rect {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
    }
}
