//! What became of elements between two versions, in a model that is the union of both.
//!
//! In: nothing. Out: [`Mark`] and [`Marks`]; a model of one version has none. Refuses to know:
//! how versions are compared, and how marks are drawn.

use super::id::{ComponentId, FlowId, LayerId, TopicId};

/// What became of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Something about it is different.
    Changed,
    /// It stands elsewhere.
    Moved,
}

impl Mark {
    /// Every mark, in the order of legends.
    pub const ALL: &'static [Self] = &[Self::Added, Self::Removed, Self::Changed, Self::Moved];

    /// The word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "new",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }

    /// The sign before a name.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Removed => "-",
            Self::Changed => "~",
            Self::Moved => "↔",
        }
    }
}

/// The marks of a model's elements, by their places.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub(crate) components: Vec<Option<Mark>>,
    pub(crate) topics: Vec<Option<Mark>>,
    pub(crate) layers: Vec<Option<Mark>>,
    pub(crate) flows: Vec<Option<Mark>>,
}

impl Marks {
    /// What became of a component.
    pub fn component(&self, id: ComponentId) -> Option<Mark> {
        self.components.get(id.index()).copied().flatten()
    }

    /// What became of a topic.
    pub fn topic(&self, id: TopicId) -> Option<Mark> {
        self.topics.get(id.index()).copied().flatten()
    }

    /// What became of a layer.
    pub fn layer(&self, id: LayerId) -> Option<Mark> {
        self.layers.get(id.index()).copied().flatten()
    }

    /// What became of a flow.
    pub fn flow(&self, id: FlowId) -> Option<Mark> {
        self.flows.get(id.index()).copied().flatten()
    }

    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        let all = [&self.components, &self.topics, &self.layers, &self.flows];
        all.iter().all(|marks| marks.iter().all(Option::is_none))
    }
}
