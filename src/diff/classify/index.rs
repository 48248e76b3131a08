//! Who refers to whom, so that a thousand removals do not walk all flows a thousand times.
//!
//! In: a model. Out: look-ups by component. Refuses to know: changes, and what they mean.

#![expect(
    clippy::disallowed_types,
    reason = "the map is looked up, never iterated"
)]

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxBuildHasher;

use crate::model::{ComponentId, FlowId, Model, TopicId};

/// Who depends on the components of a version.
#[derive(Debug)]
pub(in crate::diff) struct Dependents {
    users: Vec<Vec<ComponentId>>,
    topics: BTreeMap<ComponentId, Vec<TopicId>>,
}

impl Dependents {
    pub(in crate::diff) fn of(model: &Model<'_>) -> Self {
        let mut users = vec![Vec::new(); model.components.len()];
        for flow in model.flows.iter().filter(|flow| !flow.is_derived()) {
            users[flow.to.index()].push(flow.from);
            if flow.is_bidirectional() {
                users[flow.from.index()].push(flow.to);
            }
        }
        let mut topics: BTreeMap<ComponentId, Vec<TopicId>> = BTreeMap::new();
        for (id, topic) in model.topics() {
            if let Some(broker) = topic.broker {
                topics.entry(broker).or_default().push(id);
            }
        }
        Self { users, topics }
    }

    /// Others that have a flow to the component, or one with two heads from it.
    pub(super) fn users(&self, id: ComponentId) -> impl Iterator<Item = ComponentId> {
        let all = self.users.get(id.index()).into_iter().flatten().copied();
        all.filter(move |user| *user != id)
    }

    /// The topics on a broker.
    pub(super) fn topics(&self, broker: ComponentId) -> impl Iterator<Item = TopicId> {
        self.topics.get(&broker).into_iter().flatten().copied()
    }
}

/// The flows that topics imply, by their ends; the first of several.
#[derive(Debug)]
pub(in crate::diff) struct Derived {
    flows: HashMap<(ComponentId, ComponentId), FlowId, FxBuildHasher>,
}

impl Derived {
    pub(in crate::diff) fn of(model: &Model<'_>) -> Self {
        let mut flows = HashMap::default();
        for (id, flow) in model.flows().filter(|(_, flow)| flow.is_derived()) {
            flows.entry((flow.from, flow.to)).or_insert(id);
        }
        Self { flows }
    }

    pub(super) fn between(&self, from: ComponentId, to: ComponentId) -> Option<FlowId> {
        self.flows.get(&(from, to)).copied()
    }
}
