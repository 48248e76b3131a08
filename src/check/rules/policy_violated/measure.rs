//! What policies can count: fan-in, fan-out, consumers and the like.
//!
//! In: a model. Out: one number for each component or topic. Refuses to know: limits.

use std::collections::BTreeSet;

use crate::model::{ComponentId, Model};

/// What is counted of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// Of each component.
    Components,
    /// Of each topic.
    Topics,
}

/// Something that can be counted.
pub(crate) struct Measure {
    /// The word in policies.
    pub(crate) name: &'static str,
    /// What it is counted of.
    pub(crate) of: Of,
    /// What the number means.
    pub(crate) summary: &'static str,
    /// One number for each, in the order of the model; `None` where it is not stated.
    pub(crate) count: fn(&Model<'_>) -> Vec<Option<u64>>,
}

/// Every measure.
pub(crate) static MEASURES: &[Measure] = &[
    Measure {
        name: "fan_in",
        of: Of::Components,
        summary: "components that send to it",
        count: |model| neighbors(model, |from, to| (to, from)),
    },
    Measure {
        name: "fan_out",
        of: Of::Components,
        summary: "components that it sends to",
        count: |model| neighbors(model, |from, to| (from, to)),
    },
    Measure {
        name: "publishes",
        of: Of::Components,
        summary: "topics that it publishes to",
        count: |model| {
            parties(model, |topic| {
                topic
                    .producers
                    .iter()
                    .map(|party| party.component)
                    .collect()
            })
        },
    },
    Measure {
        name: "consumes",
        of: Of::Components,
        summary: "topics that it consumes",
        count: |model| {
            parties(model, |topic| {
                topic
                    .consumers
                    .iter()
                    .map(|party| party.component)
                    .collect()
            })
        },
    },
    Measure {
        name: "children",
        of: Of::Components,
        summary: "components inside of it",
        count: |model| {
            let count = |component: &crate::model::Component<'_>| number(component.children.len());
            model.components.iter().map(count).collect()
        },
    },
    Measure {
        name: "producers",
        of: Of::Topics,
        summary: "components that publish to it",
        count: |model| {
            model
                .topics
                .iter()
                .map(|topic| number(topic.producers.len()))
                .collect()
        },
    },
    Measure {
        name: "consumers",
        of: Of::Topics,
        summary: "components that consume it",
        count: |model| {
            model
                .topics
                .iter()
                .map(|topic| number(topic.consumers.len()))
                .collect()
        },
    },
    Measure {
        name: "partitions",
        of: Of::Topics,
        summary: "its partitions, where they are stated",
        count: |model| {
            let stated = model.topics.iter().map(|topic| topic.written.partitions);
            stated
                .map(|stated| stated.map(|stated| stated.value))
                .collect()
        },
    },
    Measure {
        name: "replication",
        of: Of::Topics,
        summary: "its replicas, where they are stated",
        count: |model| {
            let stated = model.topics.iter().map(|topic| topic.written.replication);
            stated
                .map(|stated| stated.map(|stated| stated.value))
                .collect()
        },
    },
];

fn number(count: usize) -> Option<u64> {
    u64::try_from(count).ok()
}

/// Distinct components at the other end of flows.
fn neighbors(
    model: &Model<'_>,
    own_and_other: fn(ComponentId, ComponentId) -> (ComponentId, ComponentId),
) -> Vec<Option<u64>> {
    let mut pairs: BTreeSet<(ComponentId, ComponentId)> = BTreeSet::new();
    for flow in model.flows.iter().filter(|flow| flow.from != flow.to) {
        pairs.insert(own_and_other(flow.from, flow.to));
        if flow.is_bidirectional() {
            pairs.insert(own_and_other(flow.to, flow.from));
        }
    }
    let mut counts = vec![Some(0); model.components.len()];
    for (own, _) in pairs {
        counts[own.index()] = counts[own.index()].map(|count: u64| count + 1);
    }
    counts
}

/// Topics that each component is an end of.
fn parties(
    model: &Model<'_>,
    end: for<'t, 's> fn(&'t crate::model::Topic<'s>) -> Vec<ComponentId>,
) -> Vec<Option<u64>> {
    let mut counts = vec![Some(0); model.components.len()];
    for id in model.topics.iter().flat_map(end) {
        counts[id.index()] = counts[id.index()].map(|count: u64| count + 1);
    }
    counts
}
