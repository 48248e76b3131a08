//! draw.io: a finished picture that can be edited.
//!
//! In: a [`Picture`]. Out: uncompressed XML of draw.io: bands as swimlanes, cards in them,
//! flows with their corners, labels where the picture has them. Refuses to know: the model.
//!
//! Labels are HTML inside of an XML attribute, so texts are escaped twice. A box inside of
//! another one is placed relative to it.

use std::collections::BTreeMap;

use super::escape::{Context, link};
use super::svg;
use super::theme::{Scheme, Theme};
use super::xml::{Syntax, Xml};
use crate::draw::{Element, Flow, Frame, Manner, Mark, Node, Paint, Picture, Subject, Text};
use crate::layout::{Point, Rect};
use crate::model::Mark as Change;
use crate::spec::color::Color;
use crate::text::Weight;

/// Writes a picture.
pub(super) fn write(picture: &Picture) -> String {
    let mut writer = Writer {
        xml: Xml::default(),
        theme: Theme::new(Scheme::Light, &picture.accents),
        lifelines: vec![None; picture.node_places.len()],
        labels: BTreeMap::new(),
        picture,
    };
    writer.index();
    writer.open();
    for (place, element) in picture.elements.iter().enumerate() {
        writer.element(place, element);
    }
    writer.xml.line();
    writer.xml.finish()
}

struct Writer<'p> {
    xml: Xml,
    theme: Theme,
    picture: &'p Picture,
    /// The line of each node that has one.
    lifelines: Vec<Option<Rect>>,
    /// The middle of the label of each flow.
    labels: BTreeMap<usize, Point>,
}

/// A box.
struct Vertex<'v> {
    id: Syntax,
    parent: Syntax,
    rect: Rect,
    style: Syntax,
    /// HTML.
    label: &'v str,
    tooltip: &'v str,
    link: &'v str,
    /// What it stands for, for those who work on with the file.
    node: Option<&'v Node>,
}

impl Writer<'_> {
    fn index(&mut self) {
        for element in &self.picture.elements {
            match &element.subject {
                Subject::Lifeline { node } if element.bounds.width <= 0.0 => {
                    if let Some(line) = self.lifelines.get_mut(*node) {
                        *line = Some(element.bounds);
                    }
                }
                Subject::Label { flows, .. } => {
                    let middle = element.bounds.center();
                    self.labels.extend(flows.iter().map(|flow| (*flow, middle)));
                }
                _ => {}
            }
        }
    }

    fn open(&mut self) {
        self.xml.open("mxfile").word("host", "archviz").line();
        self.xml
            .open("diagram")
            .given("id", &self.picture.id)
            .given("name", &self.picture.title)
            .line();
        self.xml
            .open("mxGraphModel")
            .word("grid", "0")
            .word("page", "0")
            .word("tooltips", "1")
            .word("connect", "1")
            .word("arrows", "1")
            .line();
        self.xml.open("root").line();
        self.xml.open("mxCell").word("id", "0").close().line();
        self.xml
            .open("mxCell")
            .word("id", "1")
            .word("parent", "0")
            .close();
    }

    fn element(&mut self, place: usize, element: &Element) {
        match &element.subject {
            Subject::Band(frame) => self.band(place, frame, element),
            Subject::Frame(frame) => self.frame(place, frame, element),
            Subject::Node(node) => self.node(place, node, element),
            Subject::Topic { name, node, .. } => self.chip(place, name, *node, element),
            Subject::Flow(flow) => self.flow(flow, element),
            Subject::Lifeline { node } => self.lifeline(*node, element),
            Subject::Note { text } => self.note(place, text, element),
            Subject::Heading | Subject::Legend => self.words(place, element),
            // A label is the value of its flow, and a trunk is where flows run alike.
            Subject::Label { .. } | Subject::Trunk { .. } => {}
        }
    }

    fn color(&self, style: Syntax, key: &'static str, paint: Paint) -> Syntax {
        match self.theme.color(paint) {
            Some(color) => style.word(key).color(color).word(";"),
            None => style.word(key).word("none;"),
        }
    }

    /// What is stated last counts: changes go over what the element is.
    fn change(&self, style: Syntax, element: &Element) -> Syntax {
        let Some(change) = element.change else {
            return style;
        };
        let style = self.color(style, "strokeColor=", Paint::Change(change));
        let style = style.word("strokeWidth=2.4;");
        match change {
            Change::Added => style,
            Change::Removed => style.word("dashed=1;dashPattern=1 2;"),
            Change::Changed => style.word("dashed=1;dashPattern=4 3;"),
            Change::Moved => style.word("dashed=1;dashPattern=8 3;"),
        }
    }

    fn band(&mut self, place: usize, frame: &Frame, element: &Element) {
        let is_row = element.bounds.width >= element.bounds.height;
        let style = Syntax::default().word("swimlane;html=1;whiteSpace=wrap;rounded=1;arcSize=4;fontSize=12;fontStyle=1;collapsible=0;");
        let style = if is_row {
            style.word("horizontal=0;startSize=34;")
        } else {
            style.word("startSize=44;")
        };
        let style = self.color(style, "fillColor=", frame.fill);
        let style = self.color(style, "swimlaneFillColor=", frame.fill);
        let style = self.color(style, "fontColor=", Paint::Text);
        let style = self.color(style, "strokeColor=", Paint::CardEdge);
        let style = self.change(style, element);
        self.group(place, frame, element, style);
    }

    fn frame(&mut self, place: usize, frame: &Frame, element: &Element) {
        let style = Syntax::default().word("swimlane;html=1;whiteSpace=wrap;rounded=1;arcSize=6;fontSize=12;fontStyle=1;collapsible=0;dashed=1;startSize=24;align=left;spacingLeft=8;");
        let style = self.color(style, "fillColor=", frame.fill);
        let style = self.color(style, "swimlaneFillColor=", frame.fill);
        let style = self.color(style, "fontColor=", Paint::Text);
        let style = self.color(style, "strokeColor=", Paint::CardEdge);
        let style = self.change(style, element);
        self.group(place, frame, element, style);
    }

    fn group(&mut self, place: usize, frame: &Frame, element: &Element, style: Syntax) {
        self.vertex(&Vertex {
            id: cell(place),
            parent: parent(frame.parent),
            rect: self.inside(element.bounds, frame.parent),
            style,
            label: &html(&frame.title),
            tooltip: &frame.tooltip,
            link: "",
            node: None,
        });
    }

    fn node(&mut self, place: usize, node: &Node, element: &Element) {
        let style = Syntax::default()
            .word("html=1;whiteSpace=wrap;rounded=1;fontSize=13;align=left;spacingRight=8;");
        let style = match node.what {
            "topic" => style.word("arcSize=50;spacingLeft=14;"),
            _ => style.word("arcSize=14;"),
        };
        let style = self.icon(style, element);
        let style = if node.is_foreign || node.is_deprecated {
            style.word("dashed=1;")
        } else {
            style
        };
        let fill = if node.what == "layer" {
            Paint::Band(node.accent)
        } else {
            Paint::Card
        };
        let style = self.color(style, "fillColor=", fill);
        let style = self.color(style, "strokeColor=", Paint::Accent(node.accent));
        let style = self.change(style, element);
        let style = self.color(style, "fontColor=", Paint::Text);
        let has_chips = self
            .picture
            .elements
            .get(place + 1)
            .is_some_and(|next| matches!(next.subject, Subject::Topic { .. }));
        let style = if has_chips {
            style.word("verticalAlign=top;imageVerticalAlign=top;spacingTop=6;")
        } else {
            style
        };
        let link = node.links.iter().find(|link| link::is_allowed(link));
        self.vertex(&Vertex {
            id: cell(place),
            parent: parent(node.parent),
            rect: self.inside(element.bounds, node.parent),
            style,
            label: &self.node_label(node),
            tooltip: &node.tooltip,
            link: link.map_or("", String::as_str),
            node: Some(node),
        });
    }

    fn node_label(&self, node: &Node) -> String {
        let name = format!("<b>{}</b>", html(&node.name));
        if node.detail.is_empty() {
            return name;
        }
        let color = self
            .theme
            .color(Paint::Muted)
            .map_or_else(String::new, Color::hex);
        format!(
            "{name}<br><font color=\"{color}\" style=\"font-size:11px\">{}</font>",
            html(&node.detail)
        )
    }

    /// The card's first icon as a picture at its left end.
    fn icon(&self, style: Syntax, element: &Element) -> Syntax {
        let icon = element.marks.iter().find_map(|mark| match mark {
            Mark::Icon { rect, .. } => Some((mark, *rect)),
            _ => None,
        });
        let Some((mark, rect)) = icon.filter(|(_, rect)| rect.width > 15.0) else {
            return style.word("spacingLeft=10;");
        };
        let picture = svg::write_signs(std::slice::from_ref(mark), rect, &self.picture.accents);
        style
            .word("shape=label;imageAlign=left;imageWidth=20;imageHeight=20;spacingLeft=34;image=data:image/svg+xml,")
            .base64(picture.as_bytes())
            .word(";")
    }

    fn chip(&mut self, place: usize, name: &str, node: usize, element: &Element) {
        let around = self.picture.node_places.get(node).copied();
        let accent = self.picture.node(node).map_or(0, |node| node.accent);
        let style = Syntax::default().word("html=1;rounded=1;arcSize=50;fontSize=10;");
        let style = self.color(style, "fillColor=", Paint::Band(accent));
        let style = self.color(style, "strokeColor=", Paint::Accent(accent));
        let style = self.color(style, "fontColor=", Paint::Text);
        self.vertex(&Vertex {
            id: cell(place),
            parent: parent(around),
            rect: self.inside(element.bounds, around),
            style,
            label: &html(name),
            tooltip: "",
            link: "",
            node: None,
        });
    }

    /// The line of a component; what repeats its head is left out, as lines can be followed.
    fn lifeline(&mut self, node: usize, element: &Element) {
        if element.bounds.width > 0.0 {
            return;
        }
        let style = Syntax::default().word("html=1;dashed=1;fillColor=none;");
        let style = self.color(style, "strokeColor=", Paint::Flow);
        let id = Syntax::default().word("line").count(node);
        self.vertex(&Vertex {
            id,
            parent: parent(None),
            rect: Rect {
                width: 1.0,
                ..element.bounds
            },
            style,
            label: "",
            tooltip: "",
            link: "",
            node: None,
        });
    }

    fn note(&mut self, place: usize, text: &str, element: &Element) {
        let style = Syntax::default().word("shape=note;html=1;whiteSpace=wrap;size=10;fontSize=11;align=left;spacingLeft=6;spacingRight=6;");
        let style = self.color(style, "fillColor=", Paint::Note);
        let style = self.color(style, "strokeColor=", Paint::NoteEdge);
        let style = self.color(style, "fontColor=", Paint::Text);
        self.vertex(&Vertex {
            id: cell(place),
            parent: parent(None),
            rect: element.bounds,
            style,
            label: &html(text),
            tooltip: "",
            link: "",
            node: None,
        });
    }

    /// Heading and legend: signs as one picture, texts as texts.
    fn words(&mut self, place: usize, element: &Element) {
        if element
            .marks
            .iter()
            .any(|mark| !matches!(mark, Mark::Text(_)))
        {
            let picture = svg::write_signs(&element.marks, element.bounds, &self.picture.accents);
            let style = Syntax::default()
                .word("shape=image;html=1;imageAspect=0;image=data:image/svg+xml,")
                .base64(picture.as_bytes())
                .word(";");
            self.vertex(&Vertex {
                id: cell(place),
                parent: parent(None),
                rect: element.bounds,
                style,
                label: "",
                tooltip: "",
                link: "",
                node: None,
            });
        }
        let texts = element.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        });
        for (index, text) in texts.enumerate() {
            let id = cell(place).word("t").count(index);
            self.plain_text(id, text);
        }
    }

    fn plain_text(&mut self, id: Syntax, text: &Text) {
        let style = Syntax::default()
            .word("text;html=1;align=left;verticalAlign=top;spacing=0;overflow=visible;fontSize=")
            .number(text.font.size)
            .word(";");
        let style = if text.font.weight == Weight::SemiBold {
            style.word("fontStyle=1;")
        } else {
            style
        };
        let style = self.color(style, "fontColor=", text.paint);
        let lines: Vec<String> = text.lines.iter().map(|line| html(line)).collect();
        let rows = u32::try_from(lines.len()).map_or(1.0, f64::from);
        let rect = Rect {
            x: text.at.x,
            y: text.at.y - text.font.size,
            width: crate::draw::text_width(text),
            height: rows * text.leading,
        };
        self.vertex(&Vertex {
            id,
            parent: parent(None),
            rect,
            style,
            label: &lines.join("<br>"),
            tooltip: "",
            link: "",
            node: None,
        });
    }

    /// A rectangle relative to what it is in.
    fn inside(&self, rect: Rect, around: Option<usize>) -> Rect {
        let around = around.and_then(|place| self.picture.elements.get(place));
        let corner = around.map_or(Point::default(), |element| Point {
            x: element.bounds.x,
            y: element.bounds.y,
        });
        Rect {
            x: rect.x - corner.x,
            y: rect.y - corner.y,
            ..rect
        }
    }

    fn vertex(&mut self, vertex: &Vertex<'_>) {
        self.xml
            .line()
            .open("UserObject")
            .syntax("id", &vertex.id)
            .given("label", vertex.label);
        if let Some(node) = vertex.node {
            self.xml
                .word("what", "node")
                .word("of", node.what)
                .given("model", &node.id);
        }
        if !vertex.tooltip.trim().is_empty() {
            self.xml.given("tooltip", &html(vertex.tooltip));
        }
        if !vertex.link.is_empty() {
            self.xml.address("link", vertex.link);
        }
        self.xml
            .open("mxCell")
            .syntax("style", &vertex.style)
            .word("vertex", "1")
            .syntax("parent", &vertex.parent)
            .open("mxGeometry")
            .number("x", vertex.rect.x)
            .number("y", vertex.rect.y)
            .number("width", vertex.rect.width)
            .number("height", vertex.rect.height)
            .word("as", "geometry");
        self.xml.close().close().close();
    }

    fn flow(&mut self, flow: &Flow, element: &Element) {
        let (Some(first), Some(last)) = (flow.route.first(), flow.route.last()) else {
            return;
        };
        let style = Syntax::default().word("edgeStyle=orthogonalEdgeStyle;html=1;rounded=1;arcSize=14;jettySize=auto;endArrow=block;endFill=1;endSize=5;startSize=5;fontSize=11;strokeWidth=1.4;");
        let style = match flow.manner {
            Manner::Call => self.color(style, "strokeColor=", Paint::Flow),
            Manner::Return => self
                .color(style, "strokeColor=", Paint::Flow)
                .word("dashed=1;dashPattern=1 2;"),
            _ => self
                .color(style, "strokeColor=", Paint::Event)
                .word("dashed=1;"),
        };
        let style = self.change(style, element);
        let style = if flow.is_bidirectional {
            style.word("startArrow=block;startFill=1;")
        } else {
            style
        };
        let style = self.color(style, "fontColor=", Paint::Text);
        let style = self.color(style, "labelBackgroundColor=", Paint::Plate);
        let style = self
            .port(style, ["exitX=", ";exitY="], flow.from, *first)
            .word(";exitDx=0;exitDy=0;");
        let style = self
            .port(style, ["entryX=", ";entryY="], flow.to, *last)
            .word(";entryDx=0;entryDy=0;");
        let ends = [self.end(flow.from), self.end(flow.to)];
        let label_place = self.label_place(flow);
        self.xml
            .line()
            .open("mxCell")
            .syntax("id", &Syntax::default().word("flow").count(flow.number))
            .given("value", &html(&flow.label))
            .syntax("style", &style)
            .word("edge", "1")
            .word("parent", "1")
            .syntax("source", &ends[0])
            .syntax("target", &ends[1])
            .open("mxGeometry")
            .syntax("x", &label_place)
            .word("relative", "1")
            .word("as", "geometry");
        self.corners(&flow.route);
        self.xml.close().close();
    }

    fn corners(&mut self, route: &[Point]) {
        let inner = route
            .get(1..route.len().saturating_sub(1))
            .unwrap_or_default();
        if inner.is_empty() {
            return;
        }
        self.xml.open("Array").word("as", "points");
        for point in inner {
            self.xml
                .open("mxPoint")
                .number("x", point.x)
                .number("y", point.y)
                .close();
        }
        self.xml.close();
    }

    /// The cell at an end of a flow: messages go from line to line.
    fn end(&self, node: usize) -> Syntax {
        if self.lifeline_of(node).is_some() {
            return Syntax::default().word("line").count(node);
        }
        cell(self.picture.node_places.get(node).copied().unwrap_or(0))
    }

    fn lifeline_of(&self, node: usize) -> Option<Rect> {
        self.lifelines.get(node).copied().flatten()
    }

    /// Where on its node a flow starts or ends, in parts of the node.
    fn port(&self, style: Syntax, keys: [&'static str; 2], node: usize, at: Point) -> Syntax {
        let place = self.picture.node_places.get(node);
        let card = place
            .and_then(|place| self.picture.elements.get(*place))
            .map(|element| element.bounds);
        let rect = self.lifeline_of(node).or(card).unwrap_or_default();
        let part = |at: f64, start: f64, length: f64| {
            if length > 0.0 {
                ((at - start) / length).clamp(0.0, 1.0)
            } else {
                0.5
            }
        };
        style
            .word(keys[0])
            .thousandths(part(at.x, rect.x, rect.width))
            .word(keys[1])
            .thousandths(part(at.y, rect.y, rect.height))
    }

    /// Where on its line the label is: -1 at the start, 1 at the end.
    fn label_place(&self, flow: &Flow) -> Syntax {
        let label = self.labels.get(&flow.number);
        Syntax::default().thousandths(label.map_or(0.0, |at| along(&flow.route, *at)))
    }
}

/// The place on a line that is nearest to a point, from -1 to 1.
fn along(route: &[Point], at: Point) -> f64 {
    let (mut walked, mut best) = (0.0, (f64::INFINITY, 0.0));
    for pair in route.windows(2) {
        let [from, to] = pair else { continue };
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = (dx * dx + dy * dy).sqrt();
        let share = if length > 0.0 {
            ((at.x - from.x) * dx + (at.y - from.y) * dy) / (length * length)
        } else {
            0.0
        };
        let share = share.clamp(0.0, 1.0);
        let (x, y) = (from.x + dx * share - at.x, from.y + dy * share - at.y);
        let distance = x * x + y * y;
        if distance < best.0 {
            best = (distance, walked + length * share);
        }
        walked += length;
    }
    if walked > 0.0 {
        2.0 * best.1 / walked - 1.0
    } else {
        0.0
    }
}

fn cell(place: usize) -> Syntax {
    Syntax::default().word("c").count(place)
}

fn parent(place: Option<usize>) -> Syntax {
    place.map_or_else(|| Syntax::default().word("1"), cell)
}

/// A text as HTML; its place in an attribute escapes it once more.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("<br>");
        }
        Context::Html.encode(line, &mut out);
    }
    out
}
