//! Which components have to do with each other: a flow joins them or their parts.
//!
//! In: a model. Out: [`Relations`] to ask. Refuses to know: what the flows are for.

use std::collections::BTreeSet;

use crate::model::{ComponentId, Model};

/// Ancestors beyond this are not looked at.
const MAX_DEPTH: usize = 8;

/// Pairs of components that a flow joins, in either direction.
pub(crate) struct Relations<'m, 's> {
    model: &'m Model<'s>,
    /// The flows' own ends.
    exact: BTreeSet<(ComponentId, ComponentId)>,
    /// The ends and what contains them.
    lifted: BTreeSet<(ComponentId, ComponentId)>,
}

impl<'m, 's> Relations<'m, 's> {
    pub(crate) fn of(model: &'m Model<'s>) -> Self {
        let mut relations = Self {
            model,
            exact: BTreeSet::new(),
            lifted: BTreeSet::new(),
        };
        for flow in &model.flows {
            relations
                .exact
                .extend([(flow.from, flow.to), (flow.to, flow.from)]);
            for from in lineage(model, flow.from) {
                for to in lineage(model, flow.to) {
                    relations.lifted.extend([(from, to), (to, from)]);
                }
            }
        }
        relations
    }

    /// Whether a flow joins the two or parts of them, or what contains them; or one contains the other.
    pub(crate) fn are_related(&self, one: ComponentId, other: ComponentId) -> bool {
        self.lifted.contains(&(one, other)) || self.are_one(one, other) || self.above(one, other)
    }

    fn are_one(&self, one: ComponentId, other: ComponentId) -> bool {
        let contains = |outer, inner| lineage(self.model, inner).any(|id| id == outer);
        contains(one, other) || contains(other, one)
    }

    fn above(&self, one: ComponentId, other: ComponentId) -> bool {
        lineage(self.model, one)
            .any(|a| lineage(self.model, other).any(|b| self.exact.contains(&(a, b))))
    }
}

/// The component and its ancestors.
fn lineage(model: &Model<'_>, id: ComponentId) -> impl Iterator<Item = ComponentId> {
    std::iter::once(id).chain(model.ancestors(id).take(MAX_DEPTH))
}
