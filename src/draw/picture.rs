//! A finished picture: elements with a meaning, each with what is painted for it.
//!
//! In: what the other files of this folder place. Out: what writers walk; they measure
//! and decide nothing. Refuses to know: colors and file formats.

use super::mark::{Mark, Paint};
use crate::layout::{Point, Rect, Size};
use crate::model::Mark as Change;

/// A picture of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The view's id.
    pub id: String,
    /// The heading.
    pub title: String,
    /// For people who can't see the picture.
    pub description: String,
    /// Everything is between the origin and this.
    pub size: Size,
    /// Where the drawing is, between heading and legend.
    pub drawing: Rect,
    /// Colors of layers, by the index of [`Paint`]'s accents.
    pub accents: Vec<Accent>,
    /// Everything in it, from back to front.
    pub elements: Vec<Element>,
    /// Where the node of each number is among the elements.
    pub node_places: Vec<usize>,
}

impl Picture {
    /// The node of a number.
    pub(crate) fn node(&self, number: usize) -> Option<&Node> {
        let place = self.node_places.get(number)?;
        match &self.elements.get(*place)?.subject {
            Subject::Node(node) => Some(node),
            _ => None,
        }
    }
}

/// Where the color of a layer comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accent {
    /// A layer.
    Layer {
        /// Its color as written.
        written: Option<String>,
        /// Its place among the layers, which decides the color if none is written.
        index: usize,
    },
    /// No layer.
    Neutral,
}

/// A part of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// What it stands for.
    pub subject: Subject,
    /// Where it is.
    pub bounds: Rect,
    /// What became of it, in a picture of changes.
    pub change: Option<Change>,
    /// What is painted, from back to front.
    pub marks: Vec<Mark>,
}

/// What an element stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// Title and description.
    Heading,
    /// A layer.
    Band(Frame),
    /// A component around others.
    Frame(Frame),
    /// A component, a topic or a collapsed layer.
    Node(Box<Node>),
    /// A topic inside of its broker.
    Topic {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// The node that it is in, as a number of a node.
        node: usize,
    },
    /// A flow, or several from one node to another.
    Flow(Box<Flow>),
    /// A line that several flows share.
    Trunk {
        /// The flows' numbers.
        flows: Vec<usize>,
        /// The nodes at their ends, by number.
        ends: Vec<usize>,
    },
    /// The label of one flow, or of several.
    Label {
        /// The flows' numbers.
        flows: Vec<usize>,
        /// The nodes at their ends, by number.
        ends: Vec<usize>,
    },
    /// The line of a component through time.
    Lifeline {
        /// The component, by the number of its node.
        node: usize,
    },
    /// A remark.
    Note {
        /// What it says.
        text: String,
    },
    /// What the signs mean.
    Legend,
}

/// A band or a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The id of the layer or component.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What is in it, in words.
    pub count: String,
    /// Its color.
    pub fill: Paint,
    /// For those who hover.
    pub tooltip: String,
    /// The frame or band around it, as an index into the picture's elements.
    pub parent: Option<usize>,
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its number among the nodes of the picture.
    pub number: usize,
    /// Id of the component, topic or layer.
    pub id: String,
    /// What it is: `component`, `topic` or `layer`.
    pub what: &'static str,
    /// The kind of the component; else empty.
    pub kind: &'static str,
    /// The layer it is in; may be empty.
    pub layer: String,
    /// First line.
    pub name: String,
    /// Second line; may be empty.
    pub detail: String,
    /// The icon as written; may be empty.
    pub icon: String,
    /// The badges as written.
    pub badges: Vec<String>,
    /// For those who hover.
    pub tooltip: String,
    /// Addresses as written; writers follow none that is not allowed.
    pub links: Vec<String>,
    /// Its color.
    pub accent: usize,
    /// The frame or band around it, as an index into the picture's elements.
    pub parent: Option<usize>,
    /// Whether it belongs to somebody else.
    pub is_foreign: bool,
    /// Whether it is going away.
    pub is_deprecated: bool,
}

impl Node {
    /// The id of a node in files: topics and layers may be called like a component.
    pub(crate) fn key(&self) -> String {
        match self.what {
            "component" => self.id.clone(),
            what => format!("{what}:{}", self.id),
        }
    }
}

/// A line between two nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Its number among the flows of the picture, 1-based.
    pub number: usize,
    /// Number of the node it starts at.
    pub from: usize,
    /// Number of the node it ends at.
    pub to: usize,
    /// The whole line.
    pub route: Vec<Point>,
    /// What is written on it; may be empty.
    pub label: String,
    /// What it is.
    pub manner: Manner,
    /// Whether it has heads at both ends.
    pub is_bidirectional: bool,
    /// Whether its line is painted by a trunk.
    pub is_bundled: bool,
    /// Ids of the topics it carries.
    pub topics: Vec<String>,
}

/// How something is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
    /// The sender waits.
    Call,
    /// The sender goes on.
    Async,
    /// An answer.
    Return,
    /// An event goes to a topic.
    Publish,
    /// An event comes from a topic.
    Consume,
}
