//! Policies about an order of calls: `layers`.
//!
//! In: a policy and what its selectors select. Out: a breach for each call, or chain of calls
//! through components of no layer, that goes up, sideways between siblings, or too far down;
//! and for each component of no layer where the order is exhaustive. Refuses to know: levels.

use std::collections::BTreeMap;

use super::breach::{Breach, Parties, chain_breach, flags, has};
use crate::check::{Context, arrow};
use crate::graph::{Role, Steps};
use crate::model::{ComponentId, Flow, Model};
use crate::spec::{At, Policy, PolicyLayers, Text};

/// Edges that one policy may look at.
const MAX_EFFORT: usize = 20_000_000;

/// Where a component stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rank {
    /// From the top.
    level: usize,
    /// Which of the siblings at that level.
    sibling: usize,
}

/// Calls against the order.
pub(super) fn upward(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Breach> {
    let Some(layers) = policy.layers.as_ref() else {
        return Vec::new();
    };
    let model = context.model;
    let ranks = ranks(context, layers);
    let calls = calls(model);
    let edges = calls.keys().map(|(from, to)| (from.index(), to.index()));
    let steps = Steps::new(model.components.len(), edges);
    let mut effort = MAX_EFFORT;
    let mut breaches = Vec::new();
    for (id, _) in model.components() {
        let Some(rank) = ranks[id.index()] else {
            continue;
        };
        let role = |node: usize| match ranks[node] {
            Some(_) => Role::Goal,
            None => Role::Pass,
        };
        for chain in steps.chains(id.index(), &mut effort, role) {
            let chain: Vec<ComponentId> = chain.into_iter().map(ComponentId::new).collect();
            let end = chain.last().and_then(|end| ranks[end.index()]);
            if let Some(text) = end.and_then(|end| complaint(layers, rank, end, chain.len())) {
                let flows: Vec<&Flow<'_>> = chain
                    .windows(2)
                    .filter_map(|pair| calls.get(&(pair[0], pair[1])).copied())
                    .collect();
                breaches.push(chain_breach(model, policy, &chain, &flows, &text));
            }
        }
    }
    breaches.extend(homeless(model, policy, layers, &ranks));
    breaches
}

/// The calls, with a flow for each.
fn calls<'m, 's>(model: &'m Model<'s>) -> BTreeMap<(ComponentId, ComponentId), &'m Flow<'s>> {
    let mut calls = BTreeMap::new();
    for flow in model.flows.iter().filter(|flow| flow.from != flow.to) {
        let ends = arrow::caller_and_callee(model, flow);
        calls.entry(ends).or_insert(flow);
        if flow.is_bidirectional() {
            calls.entry((ends.1, ends.0)).or_insert(flow);
        }
    }
    calls
}

/// What is wrong with a call from one rank to another.
fn complaint(layers: &PolicyLayers<'_>, from: Rank, to: Rank, length: usize) -> Option<String> {
    let name = |rank: Rank| sibling_name(layers, rank);
    if to.level < from.level {
        return Some(format!(
            "{} stands below {} and must not call it",
            name(from),
            name(to)
        ));
    }
    if to.level == from.level && to.sibling != from.sibling {
        return Some(format!(
            "{} and {} are siblings and must not call each other",
            name(from),
            name(to)
        ));
    }
    let may_skip = layers.skip.is_none_or(|skip| skip.value);
    let mut between = layers.order.iter().take(to.level).skip(from.level + 1);
    let passed = between.find(|item| !is_optional(item.value));
    match passed {
        Some(passed) if !may_skip && length == 2 => {
            Some(format!("{} is passed over", quoted(passed.value)))
        }
        _ => None,
    }
}

fn sibling_name(layers: &PolicyLayers<'_>, rank: Rank) -> String {
    let item = layers.order.get(rank.level);
    let name = item.and_then(|item| siblings(*item).nth(rank.sibling));
    name.map_or_else(String::new, |name| quoted(name.value))
}

fn quoted(text: &str) -> String {
    format!("`{text}`")
}

/// Whether an item of the order may select nothing: `(layer:cache)`.
pub(crate) fn is_optional(item: &str) -> bool {
    let item = item.trim();
    item.starts_with('(') && item.ends_with(')')
}

/// The selectors of an item of the order: `layer:a | layer:b`.
pub(crate) fn siblings(item: Text<'_>) -> impl Iterator<Item = Text<'_>> {
    let trimmed = item.value.trim();
    let inner = if is_optional(trimmed) {
        trimmed.get(1..trimmed.len() - 1).unwrap_or("")
    } else {
        trimmed
    };
    inner.split('|').map(move |part| At {
        value: part.trim(),
        span: item.span,
    })
}

/// The rank of each component: the first item that selects it.
fn ranks(context: &Context<'_, '_>, layers: &PolicyLayers<'_>) -> Vec<Option<Rank>> {
    let mut ranks = vec![None; context.model.components.len()];
    for (level, item) in layers.order.iter().enumerate() {
        for (sibling, selector) in siblings(*item).enumerate() {
            let flags = flags(context, selector);
            for (rank, flag) in ranks.iter_mut().zip(flags) {
                if flag && rank.is_none() {
                    *rank = Some(Rank { level, sibling });
                }
            }
        }
    }
    ranks
}

/// Components of no layer, where every one must have a layer.
fn homeless(
    model: &Model<'_>,
    policy: &Policy<'_>,
    layers: &PolicyLayers<'_>,
    ranks: &[Option<Rank>],
) -> Vec<Breach> {
    if !layers.exhaustive.is_some_and(|exhaustive| exhaustive.value) {
        return Vec::new();
    }
    let placed: Vec<bool> = ranks.iter().map(Option::is_some).collect();
    let homeless = model.components().filter(|(id, _)| !has(&placed, *id));
    let breach = |(id, component): (ComponentId, &crate::model::Component<'_>)| {
        let what = format!("component `{}` of no layer", component.id.value);
        let parties = Parties::Components(vec![id]);
        Breach::new(
            policy,
            &what,
            component.id.span,
            "not in the order",
            parties,
        )
        .finish(
            model,
            "add a selector for it to the order, or state `exhaustive: false`",
            &[id],
        )
    };
    homeless.map(breach).collect()
}
