//! Arrows between the subjects of a view, and merging those that run in parallel.
//!
//! In: arrows, one for each flow. Out: arrows for several flows each. Refuses to know:
//! where nodes stand in lists; edges get their indices from `build`.

#![expect(
    clippy::disallowed_types,
    reason = "the maps are looked up, never iterated"
)]

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::{Collapse, NodeSubject};
use crate::model::{FlowId, TopicId};

/// An edge whose ends are not yet indices.
#[derive(Clone, Debug)]
pub(super) struct Arrow<'m> {
    pub(super) ends: (NodeSubject, NodeSubject),
    pub(super) label: Option<Cow<'m, str>>,
    pub(super) is_async: bool,
    pub(super) is_bidirectional: bool,
    pub(super) flows: Vec<FlowId>,
    pub(super) topics: Vec<TopicId>,
}

/// What parallel arrows must share to become one.
type Key<'m> = ((NodeSubject, NodeSubject), Option<Cow<'m, str>>, bool, bool);

/// Merges arrows between the same nodes, in the order of the first of them: those with
/// the same label, or in a collapsed view all of one kind, with their number as label.
pub(super) fn merge(arrows: Vec<Arrow<'_>>, collapse: Collapse) -> Vec<Arrow<'_>> {
    let mut merged: Vec<Arrow<'_>> = Vec::with_capacity(arrows.len());
    let mut places: HashMap<Key<'_>, usize, FxBuildHasher> = HashMap::default();
    for arrow in arrows {
        let place = *places.entry(key(&arrow, collapse)).or_insert(merged.len());
        match merged.get_mut(place) {
            Some(first) => {
                first.flows.extend(arrow.flows);
                first.topics.extend(arrow.topics);
            }
            None => merged.push(arrow),
        }
    }
    for arrow in &mut merged {
        arrow.tidy();
        if collapse != Collapse::Nothing && arrow.flows.len() > 1 {
            arrow.label = Some(format!("{} flows", arrow.flows.len()).into());
        }
    }
    merged
}

fn key<'m>(arrow: &Arrow<'m>, collapse: Collapse) -> Key<'m> {
    let (from, to) = arrow.ends;
    // An arrow with two heads is the same from either end.
    let ends = if arrow.is_bidirectional && to < from {
        (to, from)
    } else {
        (from, to)
    };
    let label = match collapse {
        Collapse::Nothing => arrow.label.clone(),
        Collapse::Layers | Collapse::Parents => None,
    };
    (ends, label, arrow.is_async, arrow.is_bidirectional)
}

impl Arrow<'_> {
    /// Brings flows and topics into the order of the model, each once.
    pub(super) fn tidy(&mut self) {
        self.flows.sort_unstable();
        self.flows.dedup();
        self.topics.sort_unstable();
        self.topics.dedup();
    }
}
