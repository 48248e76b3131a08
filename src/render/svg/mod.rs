//! SVG: a finished picture as one file that needs nothing else.
//!
//! In: a [`Picture`]. Out: SVG 1.1 that browsers, librsvg, resvg and Inkscape show alike.
//! Refuses to know: the model, and how wide a text is.
//!
//! Light colors are literal attributes, so that programs without style sheets show them;
//! one style sheet has the dark colors, another what happens on hovering. No custom
//! properties and no markers: half of the programs fail at them.

mod mark;
mod style;

use mark::Painter;

use super::escape::link;
use super::theme::{Scheme, Theme};
use super::xml::{Syntax, Xml};
use crate::draw::{Accent, Element, Flow, Frame, Manner, Mark, Node, Paint, Picture, Subject};
use crate::layout::Rect;

/// What an SVG file is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SvgOptions {
    /// The ground it is shown on.
    pub(super) ground: Ground,
    /// Where its font comes from.
    pub(super) font: FontSource,
    /// Who looks at it.
    pub(super) audience: Audience,
}

/// The ground that a picture is shown on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// What the reader's system prefers.
    #[default]
    Preferred,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Where a font comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FontSource {
    /// The reader's system.
    #[default]
    System,
    /// The file itself, for Latin letters.
    Embedded,
}

/// Who looks at a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Audience {
    /// People and scripts.
    #[default]
    Everybody,
    /// A rasterizer with the bundled fonts, which lacks some characters.
    Rasterizer,
}

impl Ground {
    pub(super) fn scheme(self) -> Scheme {
        match self {
            Self::Preferred | Self::Light => Scheme::Light,
            Self::Dark => Scheme::Dark,
        }
    }
}

/// Fonts of about the same width, in the order of preference.
const FAMILIES: &str = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// Writes a picture.
pub(super) fn write(picture: &Picture, options: SvgOptions) -> String {
    let theme = Theme::new(options.ground.scheme(), &picture.accents);
    let mut writer = Writer {
        xml: Xml::default(),
        painter: Painter::new(theme, options.audience),
        picture,
    };
    writer.open();
    let mut head = std::mem::take(&mut writer.xml);
    writer.canvas();
    for element in &picture.elements {
        writer.element(element);
    }
    let (mut xml, used) = (writer.xml, writer.painter.used);
    style::write(&mut head, picture, options, &used);
    head.line();
    xml.prepend(head);
    xml.finish()
}

/// The marks of one element apart from its texts, as a small picture whose corner is at
/// the corner of `bounds`.
pub(super) fn write_signs(marks: &[Mark], bounds: Rect, accents: &[Accent]) -> String {
    let theme = Theme::new(Scheme::Light, accents);
    let mut painter = Painter::new(theme, Audience::Rasterizer);
    let view = self::bounds(bounds);
    let mut xml = Xml::default();
    xml.open("svg")
        .word("xmlns", "http://www.w3.org/2000/svg")
        .number("width", bounds.width)
        .number("height", bounds.height)
        .syntax("viewBox", &view);
    for mark in marks.iter().filter(|mark| !matches!(mark, Mark::Text(_))) {
        painter.mark(&mut xml, mark);
    }
    xml.finish()
}

struct Writer<'p> {
    xml: Xml,
    painter: Painter,
    picture: &'p Picture,
}

impl Writer<'_> {
    fn open(&mut self) {
        let size = self.picture.size;
        let view = Syntax::default()
            .word("0 0 ")
            .number(size.width)
            .word(" ")
            .number(size.height);
        let drawing = bounds(self.picture.drawing);
        let (title, description) = (self.id("title-"), self.id("desc-"));
        let xml = &mut self.xml;
        xml.open("svg")
            .word("xmlns", "http://www.w3.org/2000/svg")
            .number("width", size.width)
            .number("height", size.height)
            .syntax("viewBox", &view)
            .word("role", "graphics-document")
            .given("aria-labelledby", &format!("{title} {description}"))
            .word("font-family", FAMILIES)
            .given("data-view", &self.picture.id)
            .syntax("data-drawing", &drawing)
            .line();
        xml.open("title")
            .given("id", &title)
            .text(&self.picture.title)
            .close()
            .line();
        xml.open("desc")
            .given("id", &description)
            .text(&self.picture.description)
            .close();
    }

    /// An id that is the view's own, so that several pictures can share a page.
    fn id(&self, start: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        format!(
            "{start}{}",
            self.picture.id.chars().map(plain).collect::<String>()
        )
    }

    fn canvas(&mut self) {
        let size = self.picture.size;
        self.xml
            .open("rect")
            .number("width", size.width)
            .number("height", size.height);
        self.painter.fill(&mut self.xml, Paint::Canvas);
        self.xml.close();
    }

    fn element(&mut self, element: &Element) {
        self.xml.line();
        match &element.subject {
            Subject::Heading => self.group("heading", element),
            Subject::Legend => self.legend(element),
            Subject::Band(frame) => self.frame("band", "data-band", frame, element),
            Subject::Frame(frame) => self.frame("frame", "data-group", frame, element),
            Subject::Node(node) => self.node(node, element),
            Subject::Topic { id, name, node } => self.topic(id, name, *node, element),
            Subject::Flow(flow) => self.flow(flow, element),
            Subject::Trunk { flows, ends } => {
                self.shared("trunk", "data-trunk", (flows, ends), element);
            }
            Subject::Label { flows, ends } => {
                self.shared("label", "data-label-for", (flows, ends), element);
            }
            Subject::Lifeline { node } => self.lifeline(*node, element),
            Subject::Note { .. } => self.note(element),
        }
    }

    fn marks(&mut self, element: &Element) {
        for mark in &element.marks {
            self.painter.mark(&mut self.xml, mark);
        }
    }

    fn group(&mut self, class: &'static str, element: &Element) {
        self.xml.open("g").word("class", class);
        self.marks(element);
        self.xml.close();
    }

    fn legend(&mut self, element: &Element) {
        self.xml
            .open("g")
            .word("class", "legend")
            .word("role", "group")
            .word("aria-label", "Legend")
            .word("data-legend", "");
        self.marks(element);
        self.xml.close();
    }

    fn frame(&mut self, class: &'static str, mark: &'static str, frame: &Frame, element: &Element) {
        let label = joined(", ", &[&frame.title, &frame.count]);
        self.xml
            .open("g")
            .word("class", class)
            .word("role", "group")
            .given("aria-label", &label)
            .given(mark, &frame.id)
            .syntax("data-bbox", &bounds(element.bounds));
        self.change(element);
        self.tooltip(&frame.tooltip);
        self.marks(element);
        self.xml.close();
    }

    fn node(&mut self, node: &Node, element: &Element) {
        let link = node.links.iter().find(|link| link::is_allowed(link));
        if let Some(link) = link {
            self.xml
                .open("a")
                .address("href", link)
                .word("target", "_blank")
                .word("rel", "noopener");
        }
        self.xml
            .open("g")
            .syntax(
                "class",
                &Syntax::default().word("node n").count(node.number),
            )
            .word("role", "graphics-symbol")
            .given(
                "aria-label",
                &joined(", ", &[&node.name, &node.detail, &node.layer]),
            );
        if link.is_none() {
            self.xml.word("tabindex", "0");
        }
        self.node_data(node, element);
        self.tooltip(&node.tooltip);
        self.marks(element);
        self.xml.close();
        if link.is_some() {
            self.xml.close();
        }
    }

    fn node_data(&mut self, node: &Node, element: &Element) {
        self.xml.given("data-node", &node.key());
        let facts = [
            ("data-kind", node.kind),
            ("data-layer", &node.layer),
            ("data-icon", &node.icon),
            ("data-badges", &node.badges.join(" ")),
        ];
        for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            self.xml.given(name, value);
        }
        if node.is_deprecated {
            self.xml.word("data-deprecated", "true");
        }
        self.change(element);
        self.xml.syntax("data-bbox", &bounds(element.bounds));
    }

    fn topic(&mut self, id: &str, name: &str, node: usize, element: &Element) {
        self.xml
            .open("g")
            .syntax("class", &Syntax::default().word("chip n").count(node))
            .given("aria-label", &format!("Topic {name}"));
        if !id.is_empty() {
            self.xml.given("data-topic", id);
        }
        self.change(element);
        self.xml.syntax("data-bbox", &bounds(element.bounds));
        self.marks(element);
        self.xml.close();
    }

    fn flow(&mut self, flow: &Flow, element: &Element) {
        let key = |number: usize| self.node_of(number).map(Node::key).unwrap_or_default();
        let (source, target) = (key(flow.from), key(flow.to));
        let words = self.words(flow);
        let mut class = Syntax::default().word("flow");
        class.append(&ends(&[flow.from, flow.to]));
        self.xml
            .open("g")
            .syntax("class", &class)
            .word("role", "graphics-symbol")
            .given("aria-label", &words)
            .syntax("data-edge", &Syntax::default().word("e").count(flow.number))
            .given("data-source", &source)
            .given("data-target", &target)
            .word("data-manner", manner(flow.manner));
        if !flow.label.trim().is_empty() {
            self.xml.given("data-label", &flow.label);
        }
        if flow.is_bidirectional {
            self.xml.word("data-bidirectional", "true");
        }
        if !flow.topics.is_empty() {
            self.xml.given("data-topics", &flow.topics.join(" "));
        }
        self.change(element);
        self.tooltip(&words);
        if flow.is_bundled {
            Painter::unseen(&mut self.xml, &flow.route);
        }
        self.marks(element);
        self.xml.close();
    }

    /// What a flow says to those who can't see it.
    fn words(&self, flow: &Flow) -> String {
        let name = |number: usize| self.node_of(number).map_or("", |node| node.name.as_str());
        let arrow = if flow.is_bidirectional { "↔" } else { "→" };
        let ends = format!("{} {arrow} {}", name(flow.from), name(flow.to));
        joined(": ", &[&ends, &flow.label])
    }

    fn node_of(&self, number: usize) -> Option<&Node> {
        self.picture.node(number)
    }

    fn shared(
        &mut self,
        class: &'static str,
        mark: &'static str,
        (flows, nodes): (&[usize], &[usize]),
        element: &Element,
    ) {
        let mut classes = Syntax::default().word("flow ").word(class);
        classes.append(&ends(nodes));
        let mut keys = Syntax::default();
        for flow in flows {
            let blank = if keys.is_empty() { "" } else { " " };
            keys.append(&Syntax::default().word(blank).word("e").count(*flow));
        }
        self.xml
            .open("g")
            .syntax("class", &classes)
            .syntax(mark, &keys)
            .syntax("data-bbox", &bounds(element.bounds));
        self.change(element);
        self.marks(element);
        self.xml.close();
    }

    fn lifeline(&mut self, node: usize, element: &Element) {
        self.xml
            .open("g")
            .syntax("class", &Syntax::default().word("lifeline n").count(node));
        self.marks(element);
        self.xml.close();
    }

    fn note(&mut self, element: &Element) {
        self.xml
            .open("g")
            .word("class", "note")
            .word("data-note", "")
            .syntax("data-bbox", &bounds(element.bounds));
        self.marks(element);
        self.xml.close();
    }

    /// What became of it, in a picture of changes.
    fn change(&mut self, element: &Element) {
        if let Some(change) = element.change {
            self.xml.word("data-change", change.name());
        }
    }

    fn tooltip(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.xml.open("title").text(text).close();
        }
    }
}

fn manner(manner: Manner) -> &'static str {
    match manner {
        Manner::Call => "call",
        Manner::Async => "async",
        Manner::Return => "return",
        Manner::Publish => "publish",
        Manner::Consume => "consume",
    }
}

fn ends(nodes: &[usize]) -> Syntax {
    let mut classes = Syntax::default();
    for node in nodes {
        classes.append(&Syntax::default().word(" n").count(*node));
    }
    classes
}

fn bounds(rect: Rect) -> Syntax {
    [rect.y, rect.width, rect.height]
        .into_iter()
        .fold(Syntax::default().number(rect.x), |syntax, value| {
            syntax.word(" ").number(value)
        })
}

fn joined(separator: &str, parts: &[&str]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.trim().is_empty())
        .collect();
    parts.join(separator)
}
