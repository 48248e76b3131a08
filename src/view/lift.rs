//! Lifting: what is not shown is represented by the nearest thing around it that is.
//!
//! In: a model and what a view shows of it. Out: for each component, the shown one that
//! stands for it. Refuses to know: flows, and how far the view is collapsed.

use super::selection::Selected;
use crate::model::{ComponentId, Model};

/// For each component itself if it is shown, else its nearest shown ancestor. What the
/// view excludes is represented by nobody.
pub(super) fn lift(model: &Model<'_>, selected: &Selected) -> Vec<Option<ComponentId>> {
    let mut nearest = vec![None; model.components.len()];
    for id in parents_first(model) {
        nearest[id.index()] = if selected.shown[id.index()] {
            Some(id)
        } else {
            model[id].parent.and_then(|parent| nearest[parent.index()])
        };
    }
    for (nearest, excluded) in nearest.iter_mut().zip(&selected.excluded) {
        *nearest = nearest.filter(|_| !excluded);
    }
    nearest
}

/// For each component the nearest ancestor that the view does not exclude.
pub(super) fn nearest_around(model: &Model<'_>, selected: &Selected) -> Vec<Option<ComponentId>> {
    let mut nearest: Vec<Option<ComponentId>> = vec![None; model.components.len()];
    for id in parents_first(model) {
        nearest[id.index()] = model[id].parent.and_then(|parent| {
            if selected.excluded[parent.index()] {
                nearest[parent.index()]
            } else {
                Some(parent)
            }
        });
    }
    nearest
}

/// For each component the outermost of itself and its ancestors that the view does not exclude.
pub(super) fn outermost(model: &Model<'_>, selected: &Selected) -> Vec<Option<ComponentId>> {
    let mut outermost: Vec<Option<ComponentId>> = vec![None; model.components.len()];
    for id in parents_first(model) {
        let above = model[id]
            .parent
            .and_then(|parent| outermost[parent.index()]);
        let own = (!selected.excluded[id.index()]).then_some(id);
        outermost[id.index()] = above.or(own);
    }
    outermost
}

/// Every component, each after its parent.
fn parents_first(model: &Model<'_>) -> Vec<ComponentId> {
    let roots = model
        .components()
        .filter(|(_, component)| component.parent.is_none());
    let mut order: Vec<ComponentId> = roots.map(|(id, _)| id).collect();
    let mut next = 0;
    while let Some(id) = order.get(next) {
        order.extend(&model[*id].children);
        next += 1;
    }
    order
}
