//! One change between two versions, with everything that a report says about it.
//!
//! In: nothing. Out: [`Change`] and its parts, all of them plain data. Refuses to know: how
//! changes are found, and how they are shown.

use std::fmt::{self, Display};

use serde_json::Value;

use super::class::Class;
use super::edit::Edit;
use super::kinds::ChangeKind;
use crate::model::{CategoryId, ComponentId, FlowId, LayerId, ScenarioId, TopicId};
use crate::source::Span;

/// A change between two versions of a model.
#[derive(Clone, Debug)]
pub struct Change {
    /// What kind of change it is: its id, audience and explanation.
    pub kind: &'static ChangeKind,
    /// How much it hurts here.
    pub class: Class,
    /// What changed, under its new id where it has one.
    pub subject: Subject,
    /// The element in the old version, where it is one of those that have ids.
    pub base_element: Option<Element>,
    /// The element in the new version.
    pub head_element: Option<Element>,
    /// What stood there; null if nothing did.
    pub before: Value,
    /// What stands there now; null if nothing does.
    pub after: Value,
    /// One sentence without a full stop.
    pub text: String,
    /// What follows from it, or what it follows from; may be empty.
    pub because: Option<String>,
    /// Who is concerned.
    pub affected: Vec<Affected>,
    /// How many more are concerned than are named.
    pub affected_more: usize,
    /// Where it stood.
    pub base: Option<Span>,
    /// Where it stands.
    pub head: Option<Span>,
    /// What to do to the old version to get the new one; empty for what follows from other changes.
    pub edits: Vec<Edit>,
    /// The same for the same change, whatever the wording and the lines.
    pub fingerprint: String,
}

impl Change {
    /// The id of its kind.
    pub fn id(&self) -> &'static str {
        self.kind.id
    }
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Its id, or what tells it from others of its kind.
    pub id: String,
}

impl Subject {
    pub(crate) fn new(kind: SubjectKind, id: impl Into<String>) -> Self {
        Self {
            kind,
            id: id.into(),
        }
    }
}

impl Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.kind.name(), self.id)
    }
}

/// The kinds of things that change, in the order of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKind {
    /// The platform as a whole.
    Platform,
    /// A component.
    Component,
    /// A topic.
    Topic,
    /// A flow, by its ends and label.
    Flow,
    /// A heading of flows.
    FlowGroup,
    /// A layer.
    Layer,
    /// A category.
    Category,
    /// An owner.
    Owner,
    /// A word for `deployment`.
    Deployment,
    /// A scenario.
    Scenario,
    /// A heading of figures.
    Facts,
    /// An excerpt of a configuration file.
    Configuration,
    /// A view.
    View,
    /// A rule's level.
    Lint,
    /// A rule of the team's own.
    Policy,
    /// What a bare `render` writes.
    Outputs,
    /// Documents that are kept up to date.
    Documents,
    /// Files of the real system.
    Source,
    /// The narrative of the integration summary.
    Summary,
}

impl SubjectKind {
    /// The word of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Component => "component",
            Self::Topic => "topic",
            Self::Flow => "flow",
            Self::FlowGroup => "flow-group",
            Self::Layer => "layer",
            Self::Category => "category",
            Self::Owner => "owner",
            Self::Deployment => "deployment",
            Self::Scenario => "scenario",
            Self::Facts => "facts",
            Self::Configuration => "configuration",
            Self::View => "view",
            Self::Lint => "lint",
            Self::Policy => "policy",
            Self::Outputs => "outputs",
            Self::Documents => "documents",
            Self::Source => "source",
            Self::Summary => "summary",
        }
    }
}

/// An element of one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// A component.
    Component(ComponentId),
    /// A topic.
    Topic(TopicId),
    /// A layer.
    Layer(LayerId),
    /// A category.
    Category(CategoryId),
    /// A declared flow.
    Flow(FlowId),
    /// A scenario.
    Scenario(ScenarioId),
}

/// Somebody or something that a change concerns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Affected {
    /// Who.
    pub subject: Subject,
    /// Their name.
    pub name: String,
    /// The owner's name, if somebody answers for it.
    pub owner: Option<String>,
    /// How: a wildcard, a step, or the path to it.
    pub how: String,
}
