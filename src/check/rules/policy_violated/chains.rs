//! Policies about chains of flows: `forbid` with `indirect`, and `independent`.
//!
//! In: a policy and what its selectors select. Out: a breach for each pair of components that
//! a chain joins, with the shortest one. Refuses to know: levels.
//!
//! A chain goes where data does: along flows, and from the producers of a topic to its
//! consumers, but not from any producer of a broker to any consumer of it.

use std::collections::BTreeMap;

use super::breach::{Breach, chain_breach, flags, has};
use crate::check::Context;
use crate::graph::{Role, Steps};
use crate::model::{ComponentId, Flow, Model, Origin};
use crate::spec::Policy;

/// Edges that one policy may look at: a chain that is not found then is long.
const MAX_EFFORT: usize = 20_000_000;
/// Breaches of one policy that are worth reading.
const MAX_BREACHES: usize = 1_000;

/// Chains from one selection to another.
pub(super) fn forbidden(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Breach> {
    let Some(sides) = &policy.forbid else {
        return Vec::new();
    };
    let is_indirect = sides.indirect.is_some_and(|indirect| indirect.value);
    let (Some(from), Some(to), true) = (sides.from, sides.to, is_indirect) else {
        return Vec::new();
    };
    let text = format!("no chain may lead from `{}` to `{}`", from.value, to.value);
    let groups = [flags(context, from), flags(context, to)];
    let role = |id: ComponentId| match (has(&groups[1], id), has(&groups[0], id)) {
        (true, _) => Role::Goal,
        (_, true) => Role::Stop,
        _ => Role::Pass,
    };
    // Flows alone are found by the direct reading of the policy.
    let found = Ways::of(context.model).search(&groups[0], role);
    let longer = found.into_iter().filter(|chain| chain.len() > 2);
    breaches(context.model, policy, longer, &text)
}

/// Chains between selections that are to stay apart.
pub(super) fn dependent(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Breach> {
    let groups: Vec<Vec<bool>> = policy
        .independent
        .iter()
        .map(|selector| flags(context, *selector))
        .collect();
    if groups.len() < 2 {
        return Vec::new();
    }
    let names: Vec<String> = policy
        .independent
        .iter()
        .map(|selector| format!("`{}`", selector.value))
        .collect();
    let text = format!("{} must not reach each other", names.join(", "));
    let ways = Ways::of(context.model);
    let group_of = |id: ComponentId| groups.iter().position(|group| has(group, id));
    let mut found = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let role = |id: ComponentId| match group_of(id) {
            None => Role::Pass,
            Some(own) if own == index => Role::Stop,
            Some(_) => Role::Goal,
        };
        let own: Vec<bool> = (0..group.len())
            .map(|place| group_of(ComponentId::new(place)) == Some(index))
            .collect();
        found.extend(ways.search(&own, role));
    }
    breaches(context.model, policy, found.into_iter(), &text)
}

fn breaches(
    model: &Model<'_>,
    policy: &Policy<'_>,
    chains: impl Iterator<Item = Vec<ComponentId>>,
    text: &str,
) -> Vec<Breach> {
    let chains: Vec<_> = chains.take(MAX_BREACHES).collect();
    if chains.is_empty() {
        return Vec::new();
    }
    let hops = Hops::of(model);
    let breach = |ids: Vec<ComponentId>| {
        let pairs = ids.windows(2);
        let flows: Vec<&Flow<'_>> = pairs
            .filter_map(|pair| hops.between(pair[0], pair[1]))
            .collect();
        chain_breach(model, policy, &ids, &flows, text)
    };
    chains.into_iter().map(breach).collect()
}

/// The flows between components, so that a chain can show its hops.
struct Hops<'m, 's> {
    model: &'m Model<'s>,
    direct: BTreeMap<(ComponentId, ComponentId), &'m Flow<'s>>,
    produced: BTreeMap<ComponentId, Vec<&'m Flow<'s>>>,
}

impl<'m, 's> Hops<'m, 's> {
    fn of(model: &'m Model<'s>) -> Self {
        let mut hops = Self {
            model,
            direct: BTreeMap::new(),
            produced: BTreeMap::new(),
        };
        for flow in &model.flows {
            hops.direct.entry((flow.from, flow.to)).or_insert(flow);
            if flow.is_bidirectional() {
                hops.direct.entry((flow.to, flow.from)).or_insert(flow);
            }
            if flow.origin == Origin::Produced {
                hops.produced.entry(flow.from).or_default().push(flow);
            }
        }
        hops
    }

    /// The flow between two components, or the one into a topic that the second consumes.
    fn between(&self, from: ComponentId, to: ComponentId) -> Option<&'m Flow<'s>> {
        let feeds = |flow: &&&Flow<'_>| {
            flow.topics.iter().any(|topic| {
                let mut consumers = self.model[*topic].consumers.iter();
                consumers.any(|party| party.component == to)
            })
        };
        let produced = || self.produced.get(&from)?.iter().find(feeds);
        self.direct.get(&(from, to)).or_else(produced).copied()
    }
}

/// Who reaches whom in one hop: components, and topics as nodes behind them.
struct Ways {
    components: usize,
    steps: Steps,
}

impl Ways {
    fn of(model: &Model<'_>) -> Self {
        let components = model.components.len();
        let mut edges = Vec::with_capacity(model.flows.len());
        for flow in &model.flows {
            let (from, to) = (flow.from.index(), flow.to.index());
            let topics = flow.topics.iter().map(|topic| components + topic.index());
            match flow.origin {
                Origin::Declared(_) => {
                    edges.push((from, to));
                    if flow.is_bidirectional() {
                        edges.push((to, from));
                    }
                }
                Origin::Produced => edges.extend(topics.map(|topic| (from, topic))),
                Origin::Consumed => edges.extend(topics.map(|topic| (topic, to))),
            }
        }
        Self {
            components,
            steps: Steps::new(components + model.topics.len(), edges),
        }
    }

    /// The shortest chain from each flagged component to each goal.
    fn search(&self, from: &[bool], role: impl Fn(ComponentId) -> Role) -> Vec<Vec<ComponentId>> {
        let mut effort = MAX_EFFORT;
        let node_role = |node: usize| {
            if node < self.components {
                role(ComponentId::new(node))
            } else {
                Role::Pass
            }
        };
        let starts = from.iter().enumerate().filter(|(_, flag)| **flag);
        let mut found: BTreeMap<(usize, usize), Vec<ComponentId>> = BTreeMap::new();
        for (start, _) in starts {
            for chain in self.steps.chains(start, &mut effort, node_role) {
                let ends = (start, chain.last().copied().unwrap_or(start));
                let hops = chain.into_iter().filter(|node| *node < self.components);
                found.insert(ends, hops.map(ComponentId::new).collect());
            }
        }
        found.into_values().collect()
    }
}
