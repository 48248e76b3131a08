//! What is going away.
//!
//! In: a model. Out: its deprecated components and topics in the order written.
//! Refuses to know: who still uses them.

use crate::model::Model;
use crate::spec::{Deprecation, Text};

/// A component or topic that is deprecated.
#[derive(Debug)]
pub(crate) struct Deprecated<'m, 's> {
    /// `component` or `topic`.
    pub(crate) noun: &'static str,
    pub(crate) id: Text<'s>,
    pub(crate) written: &'m Deprecation<'s>,
}

/// Every deprecated component, then every deprecated topic.
pub(crate) fn deprecated<'m, 's>(model: &'m Model<'s>) -> impl Iterator<Item = Deprecated<'m, 's>> {
    let components = model
        .components
        .iter()
        .map(|element| ("component", element.id, &element.written.deprecated));
    let topics = model
        .topics
        .iter()
        .map(|element| ("topic", element.id, &element.written.deprecated));
    components.chain(topics).filter_map(|(noun, id, written)| {
        let written = written.as_deref()?;
        Some(Deprecated { noun, id, written })
    })
}

/// What the specification says to do instead: `use orders_v2 instead`.
pub(crate) fn advice(written: &Deprecation<'_>) -> Option<String> {
    let replacement = written.replacement?.value;
    Some(match written.remove_by {
        Some(date) => format!(
            "use `{replacement}` instead; this goes away by {}",
            date.value
        ),
        None => format!("use `{replacement}` instead"),
    })
}
