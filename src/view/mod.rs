//! What to show: a selection of the model as nodes in groups with edges.
//!
//! In: a model, its graph and a view definition. Out: a [`ViewGraph`], or a
//! [`SequenceView`] for a scenario. Refuses to know: formats, colors, positions.

mod arrow;
mod build;
pub(crate) mod caption;
mod changes;
mod collapse;
mod definition;
mod describe;
mod direct;
mod file_name;
mod frame;
mod lift;
mod node;
mod option;
mod part;
mod project;
mod selection;
mod selector;
mod sequence;
mod size;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub(crate) use build::reduced;
pub use build::{View, build};
pub use changes::changes;
pub use definition::{Content, GraphDefinition, Selection, ViewDefinition, views};
pub use part::Part;
pub use selection::check;
pub(crate) use selector::select;
pub use size::Size;

use crate::model::{ComponentId, FlowId, LayerId, Mark, ScenarioId, TopicId};

/// Reading direction of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From top to bottom.
    #[default]
    Down,
    /// From left to right.
    Right,
}

/// How a view draws topics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TopicProjection {
    /// Flows go through the broker.
    #[default]
    Hub,
    /// Each topic is a node between its producers and consumers.
    Nodes,
    /// Flows go from producers straight to consumers, labelled with the topic.
    Direct,
}

/// How far a view folds components together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Collapse {
    /// Not at all.
    #[default]
    Nothing,
    /// One node for each layer.
    Layers,
    /// One node for each outermost parent.
    Parents,
}

/// A view ready to be drawn: nodes in nested groups, merged and lifted edges.
#[derive(Clone, Debug)]
pub struct ViewGraph<'m> {
    /// File name without extension.
    pub id: String,
    /// Heading.
    pub title: Cow<'m, str>,
    /// For people who can't see the picture.
    pub description: Option<Cow<'m, str>>,
    /// Reading direction.
    pub direction: Direction,
    /// Groups in drawing order; a group's parent comes before it.
    pub groups: Vec<Group>,
    /// Nodes in drawing order: by group, then as written.
    pub nodes: Vec<Node>,
    /// Edges in the order of the model's flows; those that topics give come last.
    pub edges: Vec<Edge<'m>>,
}

/// A box around nodes and other groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What the box stands for.
    pub subject: GroupSubject,
    /// The group around it, as an index into `groups`.
    pub parent: Option<usize>,
    /// What became of it, in a picture of changes.
    pub mark: Option<Mark>,
}

/// What a group stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupSubject {
    /// A layer.
    Layer(LayerId),
    /// A component that contains others.
    Parent(ComponentId),
}

/// A node of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What the node stands for.
    pub subject: NodeSubject,
    /// The group it is in, as an index into `groups`.
    pub group: Option<usize>,
    /// How many components it stands for; 1 unless the view is collapsed.
    pub count: usize,
    /// What became of it, in a picture of changes.
    pub mark: Option<Mark>,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeSubject {
    /// A component, or a parent with what it contains.
    Component(ComponentId),
    /// A topic.
    Topic(TopicId),
    /// A layer with what is in it.
    Layer(LayerId),
}

/// An edge of a view: one flow, or several between the same two nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge<'m> {
    /// Index of the node it starts at.
    pub from: usize,
    /// Index of the node it ends at.
    pub to: usize,
    /// What is written on it.
    pub label: Option<Cow<'m, str>>,
    /// Whether all its flows are asynchronous.
    pub is_async: bool,
    /// Whether it has an arrow head at both ends.
    pub is_bidirectional: bool,
    /// The flows it stands for.
    pub flows: Vec<FlowId>,
    /// The topics it carries.
    pub topics: Vec<TopicId>,
    /// What became of it, in a picture of changes; all its flows have this in common.
    pub mark: Option<Mark>,
}

/// A scenario ready to be drawn as a sequence diagram.
#[derive(Clone, Debug)]
pub struct SequenceView<'m> {
    /// File name without extension.
    pub id: String,
    /// The scenario.
    pub scenario: ScenarioId,
    /// Heading.
    pub title: Cow<'m, str>,
    /// For people who can't see the picture.
    pub description: Option<Cow<'m, str>>,
    /// Lifelines: by layer in drawing order, then by first appearance.
    pub participants: Vec<Participant>,
    /// Messages and notes in order.
    pub messages: Vec<Message<'m>>,
}

/// A lifeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The component; a topic is represented by its broker.
    pub component: ComponentId,
    /// Its layer.
    pub layer: Option<LayerId>,
}

/// One row of a sequence diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'m> {
    /// Index of the participant that sends, or that the note stands at.
    pub from: usize,
    /// Index of the participant that receives; the same as `from` for a note.
    pub to: usize,
    /// What is written.
    pub text: Cow<'m, str>,
    /// What it is.
    pub kind: MessageKind,
    /// The number of the step, 1-based.
    pub number: usize,
}

/// The arrow of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// A call that waits.
    Call,
    /// A call that does not wait.
    Async,
    /// An answer.
    Return,
    /// An event goes to a topic.
    Publish,
    /// An event comes from a topic.
    Consume,
    /// A remark.
    Note,
}
