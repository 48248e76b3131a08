//! Folding components together: one node for each layer, or for each outermost parent.
//!
//! In: who stands for whom after lifting, and how far a view is collapsed. Out: a
//! [`Cast`]: the node that stands for each component. Refuses to know: flows.

use super::lift::{lift, outermost};
use super::selection::Selected;
use super::{Collapse, NodeSubject};
use crate::model::{ComponentId, Model};

/// The node that stands for each component, if one does.
#[derive(Debug)]
pub(super) struct Cast {
    stand_ins: Vec<Option<NodeSubject>>,
}

impl Cast {
    /// The node that stands for a component.
    pub(super) fn of(&self, id: ComponentId) -> Option<NodeSubject> {
        self.stand_ins.get(id.index()).copied().flatten()
    }

    /// The nodes at both ends of something that goes from one component to another.
    /// Nothing is drawn if an end is not shown, or if both are inside of one node; what
    /// a component does to itself is drawn where the component stands for itself.
    pub(super) fn ends(
        &self,
        from: ComponentId,
        to: ComponentId,
    ) -> Option<(NodeSubject, NodeSubject)> {
        let ends = (self.of(from)?, self.of(to)?);
        let is_loop = from == to && ends.0 == NodeSubject::Component(from);
        (ends.0 != ends.1 || is_loop).then_some(ends)
    }
}

pub(super) fn cast(model: &Model<'_>, selected: &Selected, collapse: Collapse) -> Cast {
    let lifted = lift(model, selected);
    let stand_ins = match collapse {
        Collapse::Nothing => {
            let own = |id: Option<ComponentId>| id.map(NodeSubject::Component);
            lifted.into_iter().map(own).collect()
        }
        Collapse::Layers => {
            let layer = |id: ComponentId| match model[id].layer {
                Some(layer) => NodeSubject::Layer(layer),
                None => NodeSubject::Component(id),
            };
            lifted.into_iter().map(|id| id.map(layer)).collect()
        }
        Collapse::Parents => {
            let outermost = outermost(model, selected);
            let parent = |id: ComponentId| outermost[id.index()].map(NodeSubject::Component);
            lifted.into_iter().map(|id| id.and_then(parent)).collect()
        }
    };
    Cast { stand_ins }
}
