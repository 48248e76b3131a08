//! Components that are in no part of the model where others are in one.
//!
//! In: a model, and what part a component is in. Out: the components that are in none and
//! have no excuse. Refuses to know: what the parts are.

use crate::model::{Component, ComponentId, Model};

/// Whether a component is in a part.
type IsIn = fn(&Component<'_>) -> bool;

/// The components that are in no part, if others are in one.
pub(crate) fn left_out<'m, 's>(model: &'m Model<'s>, is_in: IsIn) -> Vec<&'m Component<'s>> {
    if !model.components.iter().any(is_in) {
        return Vec::new();
    }
    let outside = model
        .components()
        .filter(|(_, component)| !is_in(component));
    outside
        .filter(|(id, _)| !is_excused(model, *id, is_in))
        .map(|(_, component)| component)
        .collect()
}

/// A misspelled part may be inherited; a container may span several.
fn is_excused(model: &Model<'_>, id: ComponentId, is_in: IsIn) -> bool {
    let children = &model[id].children;
    let mut ancestors = model.ancestors(id);
    model[id].is_partial
        || ancestors.any(|ancestor| model[ancestor].is_partial)
        || (!children.is_empty() && children.iter().all(|child| is_in(&model[*child])))
}
