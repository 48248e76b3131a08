//! Pictures of what changed: views of the new version, and scenarios step by step.
//!
//! In: a summary. Out: rows with Mermaid pictures. Views that show nothing of the change are
//! named only. Refuses to know: how views are built and drawn.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use minijinja::{Value, context};

use super::super::base64;
use super::super::escape::Context;
use super::super::limits::is_large;
use super::super::row::{list, syntax};
use super::super::{catalog, document};
use super::Summary;
use crate::diff::Element;
use crate::model::{Action, ComponentId, FlowId, Model, Step};
use crate::render::Templates;
use crate::view::{Message, MessageKind, NodeSubject, SequenceView, View, ViewGraph};

/// Rows of views, and rows of scenarios.
pub(super) struct Pictures {
    pub(super) views: Value,
    pub(super) scenarios: Value,
    /// Drawings by the Mermaid source of the same picture.
    pub(super) drawings: BTreeMap<String, String>,
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
    let mut drawings = BTreeMap::new();
    for (index, view) in summary.views.iter().enumerate() {
        if let Some(drawing) = summary.drawings.get(index) {
            let source = document::mermaid(templates, summary.head, view)?;
            drawings.insert(source.trim().to_owned(), image(view, drawing));
        }
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
        drawings,
    })
}

/// A drawing as an image of its own, so that its styles stay its own.
fn image(view: &View<'_>, drawing: &str) -> String {
    let mut title = String::new();
    Context::Html.encode(view.title(), &mut title);
    let data = base64::encode(drawing.as_bytes());
    format!("<img alt=\"{title}\" src=\"data:image/svg+xml;base64,{data}\">")
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
    let flows: BTreeSet<FlowId> = graph
        .edges
        .iter()
        .flat_map(|edge| edge.flows.iter().copied())
        .collect();
    let new_flows = flows.intersection(&touched.flows).count();
    let is_touched = new_flows > 0
        || graph
            .nodes
            .iter()
            .any(|node| is_touched(node.subject, touched));
    let mermaid = if is_touched {
        mermaid(templates, summary, view)?
    } else {
        String::new()
    };
    // A page has a drawing in its place, of any size.
    let is_too_large = summary.drawings.is_empty() && is_large(view, mermaid.len());
    Ok(context! {
        id => &*graph.id,
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
    let is_changed = touched
        .elements
        .contains(&Element::Scenario(sequence.scenario));
    if old.is_some() && !is_changed {
        return Ok(None);
    }
    let source = mermaid(templates, summary, view)?;
    Ok(Some(context! {
        id => &*sequence.id,
        is_new => old.is_none(),
        numbered => Value::from(steps(summary.head, sequence)),
        ..catalog::scenario(summary.head, sequence, source)
    }))
}

/// Messages by the number of their step: a chain is one step of several messages.
fn steps(head: &Model<'_>, sequence: &SequenceView<'_>) -> Vec<Value> {
    let name = |index: usize| &*head[sequence.participants[index].component].name;
    let mut steps: Vec<(usize, Vec<Value>)> = Vec::new();
    let written = &head[sequence.scenario].steps;
    for (message, step) in sequence.messages.iter().zip(written) {
        let topic = match step.action {
            Action::Publish { topic, .. } | Action::Consume { topic, .. } => head[topic].id.value,
            _ => "",
        };
        let row = context! {
            from => name(message.from),
            to => if message.kind == MessageKind::Note { "" } else { name(message.to) },
            topic => topic,
            text => words(step, message, topic),
            latency => document::text(step.latency),
            is_stated => step.label.is_some(),
        };
        match steps.last_mut() {
            Some((number, messages)) if *number == message.number => messages.push(row),
            _ => steps.push((message.number, vec![row])),
        }
    }
    let row = |(number, messages)| context! { number => number, messages => Value::from(messages) };
    steps.into_iter().map(row).collect()
}

/// What a step says; the topic stands beside it already.
fn words<'m>(step: &Step<'m>, message: &'m Message<'_>, topic: &str) -> &'m str {
    match step.label {
        Some(label) => document::drawn(label.value),
        None if !topic.is_empty() => "",
        None => document::drawn(&message.text),
    }
}

fn mermaid(templates: &Templates, summary: &Summary<'_>, view: &View<'_>) -> Result<String> {
    document::mermaid(templates, summary.head, view)
}
