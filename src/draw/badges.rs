//! The badges of a component: how it runs and what it counts under.
//!
//! In: a component. Out: each sign as written, with what it means. Refuses to know: how
//! signs are painted.

use crate::model::{Component, Model};
use crate::view::caption::{category_badge, on_one_line};

/// A sign and its meaning.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Meaning {
    /// As written.
    pub(super) sign: String,
    /// What it stands for.
    pub(super) words: String,
}

/// The signs of a component with their meanings; one sign may have two.
pub(super) fn badges(model: &Model<'_>, component: &Component<'_>) -> Vec<Meaning> {
    let category = component.category.map(|category| Meaning {
        sign: category_badge(model, component),
        words: on_one_line(&model[category].name),
    });
    let deployment = component.deployment.as_deref().map(|name| Meaning {
        sign: on_one_line(model.deployment_badge(component)),
        words: on_one_line(name),
    });
    let both = category.into_iter().chain(deployment);
    both.filter(|badge| !badge.sign.is_empty()).collect()
}
