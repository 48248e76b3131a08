//! How much a view draws, to hold against the limits of formats.

use super::{MessageKind, SequenceView, View, ViewGraph};

/// How much a view draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Groups; none in a sequence.
    pub groups: usize,
    /// Nodes or lifelines.
    pub nodes: usize,
    /// Edges or messages, without notes.
    pub edges: usize,
}

impl View<'_> {
    /// How much it draws.
    pub fn size(&self) -> Size {
        match self {
            Self::Graph(view) => view.size(),
            Self::Sequence(view) => view.size(),
        }
    }
}

impl ViewGraph<'_> {
    /// How much it draws.
    pub fn size(&self) -> Size {
        Size {
            groups: self.groups.len(),
            nodes: self.nodes.len(),
            edges: self.edges.len(),
        }
    }
}

impl SequenceView<'_> {
    /// How much it draws.
    pub fn size(&self) -> Size {
        let messages = self.messages.iter();
        let sent = messages.filter(|message| message.kind != MessageKind::Note);
        Size {
            groups: 0,
            nodes: self.participants.len(),
            edges: sent.count(),
        }
    }
}
