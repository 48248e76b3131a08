//! Pictures of what changed: views of the new version, and scenarios step by step.
//!
//! In: a summary. Out: rows with Mermaid pictures. Views that show nothing of the change are
//! named only. Refuses to know: how views are built and drawn.

use std::collections::BTreeSet;

use anyhow::Result;
use minijinja::{Value, context};

use super::super::limits::is_large;
use super::super::row::{list, syntax};
use super::super::{catalog, document};
use super::Summary;
use crate::diff::Element;
use crate::model::{ComponentId, FlowId};
use crate::render::Templates;
use crate::view::{NodeSubject, SequenceView, View, ViewGraph};

/// Rows of views, and rows of scenarios.
pub(super) struct Pictures {
    pub(super) views: Value,
    pub(super) scenarios: Value,
}

/// What is new or changed in the new version.
struct Touched {
    components: BTreeSet<ComponentId>,
    flows: BTreeSet<FlowId>,
    elements: BTreeSet<Element>,
}

pub(super) fn pictures(templates: &Templates, summary: &Summary<'_>) -> Result<Pictures> {
    let touched = touched(summary);
    let (mut views, mut scenarios) = (Vec::new(), Vec::new());
    for view in summary.views {
        match view {
            View::Graph(graph) => views.push(diagram(templates, summary, view, graph, &touched)?),
            View::Sequence(sequence) => {
                scenarios.extend(scenario(templates, summary, view, sequence, &touched)?);
            }
        }
    }
    Ok(Pictures {
        views: list(views),
        scenarios: list(scenarios),
    })
}

fn touched(summary: &Summary<'_>) -> Touched {
    let matching = &summary.diff.matching;
    let changes = summary.diff.changes.iter();
    Touched {
        components: matching.components.added().collect(),
        flows: matching.flows.added().collect(),
        elements: changes.filter_map(|change| change.head_element).collect(),
    }
}

fn diagram(
    templates: &Templates,
    summary: &Summary<'_>,
    view: &View<'_>,
    graph: &ViewGraph<'_>,
    touched: &Touched,
) -> Result<Value> {
    let new_components = graph.nodes.iter().filter(|node| match node.subject {
        NodeSubject::Component(id) => touched.components.contains(&id),
        _ => false,
    });
    let flows: BTreeSet<FlowId> = graph.edges.iter().flat_map(|edge| edge.flows.iter().copied()).collect();
    let new_flows = flows.intersection(&touched.flows).count();
    let is_touched = new_flows > 0 || graph.nodes.iter().any(|node| is_touched(node.subject, touched));
    let mermaid = if is_touched { mermaid(templates, summary, view)? } else { String::new() };
    let is_too_large = is_large(view, mermaid.len());
    Ok(context! {
        title => &*graph.title,
        description => graph.description.as_deref().unwrap_or(""),
        new_components => new_components.count(),
        new_flows => new_flows,
        is_touched => is_touched,
        is_too_large => is_too_large,
        mermaid => syntax(if is_too_large { String::new() } else { mermaid }),
    })
}

fn is_touched(subject: NodeSubject, touched: &Touched) -> bool {
    let element = match subject {
        NodeSubject::Component(id) => Element::Component(id),
        NodeSubject::Topic(id) => Element::Topic(id),
        NodeSubject::Layer(id) => Element::Layer(id),
    };
    touched.elements.contains(&element)
}

/// A scenario that is new or was changed.
fn scenario(
    templates: &Templates,
    summary: &Summary<'_>,
    view: &View<'_>,
    sequence: &SequenceView<'_>,
    touched: &Touched,
) -> Result<Option<Value>> {
    let old = summary.diff.matching.scenarios.base_of(sequence.scenario);
    let is_changed = touched.elements.contains(&Element::Scenario(sequence.scenario));
    if old.is_some() && !is_changed {
        return Ok(None);
    }
    let source = mermaid(templates, summary, view)?;
    Ok(Some(context! {
        is_new => old.is_none(),
        numbered => list(steps(sequence)),
        ..catalog::scenario(summary.head, sequence, source)
    }))
}

/// Messages by the number of their step: a chain is one step of several messages.
fn steps(sequence: &SequenceView<'_>) -> Vec<Value> {
    let mut steps: Vec<(usize, Vec<usize>)> = Vec::new();
    for (index, message) in sequence.messages.iter().enumerate() {
        match steps.last_mut() {
            Some((number, indices)) if *number == message.number => indices.push(index),
            _ => steps.push((message.number, vec![index])),
        }
    }
    let row = |(number, indices): (usize, Vec<usize>)| {
        context! { number => number, messages => indices }
    };
    steps.into_iter().map(row).collect()
}

fn mermaid(templates: &Templates, summary: &Summary<'_>, view: &View<'_>) -> Result<String> {
    document::mermaid(templates, summary.head, view)
}
