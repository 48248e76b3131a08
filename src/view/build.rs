//! From a definition to a view that is ready to be drawn.
//!
//! In: a definition, a model and its graph. Out: a [`View`], and findings about its
//! selectors. Refuses to know: formats, colors, positions.

#![expect(
    clippy::disallowed_types,
    reason = "the maps are looked up, never iterated"
)]

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::arrow::Arrow;
use super::collapse::cast;
use super::definition::{Content, GraphDefinition, ViewDefinition, views};
use super::describe::describe_graph;
use super::node::nodes;
use super::project::{Projection, Scene, project};
use super::selection::{Selected, select_components};
use super::sequence::sequence;
use super::{Collapse, Edge, Node, NodeSubject, SequenceView, ViewGraph};
use crate::diagnostic::Diagnostics;
use crate::graph::ArchGraph;
use crate::model::{FlowId, Mark, Model};

/// A view that is ready to be drawn.
#[derive(Clone, Debug)]
pub enum View<'m> {
    /// Components and flows.
    Graph(ViewGraph<'m>),
    /// The messages of a scenario.
    Sequence(SequenceView<'m>),
}

impl View<'_> {
    /// The id, which names the files.
    pub fn id(&self) -> &str {
        match self {
            Self::Graph(view) => &view.id,
            Self::Sequence(view) => &view.id,
        }
    }

    /// The heading.
    pub fn title(&self) -> &str {
        match self {
            Self::Graph(view) => &view.title,
            Self::Sequence(view) => &view.title,
        }
    }

    /// The word for lists: `diagram` or `sequence`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Graph(_) => "diagram",
            Self::Sequence(_) => "sequence",
        }
    }
}

/// Builds a view.
pub fn build<'m>(
    definition: &ViewDefinition<'m>,
    model: &'m Model<'m>,
    graph: &ArchGraph,
    out: &mut Diagnostics,
) -> View<'m> {
    match &definition.content {
        Content::Scenario(id) => View::Sequence(sequence(definition, model, *id)),
        Content::Graph(content) => {
            let selected = select_components(&content.selection, model, graph, out);
            View::Graph(view_graph(definition, content, model, &selected))
        }
    }
}

pub(super) fn view_graph<'m>(
    definition: &ViewDefinition<'m>,
    content: &GraphDefinition<'_>,
    model: &'m Model<'m>,
    selected: &Selected,
) -> ViewGraph<'m> {
    let collapse = content.collapse;
    let cast = cast(model, selected, collapse);
    let scene = Scene {
        model,
        selected,
        cast: &cast,
        collapse,
    };
    drawn(definition, content, &scene, project(&scene, content.topics))
}

/// The view of what is projected.
pub(super) fn drawn<'m>(
    definition: &ViewDefinition<'m>,
    content: &GraphDefinition<'_>,
    scene: &Scene<'_, 'm>,
    projection: Projection<'m>,
) -> ViewGraph<'m> {
    let (groups, nodes) = nodes(scene, &projection);
    let edges = edges(projection.arrows, &nodes, scene.model);
    let mut view = ViewGraph {
        id: definition.id.clone(),
        title: definition.title.clone(),
        description: definition.description.clone(),
        direction: content.direction,
        groups,
        nodes,
        edges,
    };
    if view.description.is_none() {
        view.description = Some(describe_graph(&view, scene.model).into());
    }
    view
}

/// A view of at most `limit` nodes in place of one with more: outermost parents, or
/// layers. `None` if folding does not help.
pub(crate) fn reduced<'m>(
    view: &ViewGraph<'m>,
    limit: usize,
    model: &'m Model<'m>,
) -> Option<ViewGraph<'m>> {
    if view.nodes.len() <= limit {
        return None;
    }
    // What the definition says was reported when the view was built.
    let silent = &mut Diagnostics::default();
    let definitions = views(model, silent);
    let definition = definitions
        .iter()
        .find(|definition| definition.id == view.id)?;
    let Content::Graph(content) = &definition.content else {
        return None;
    };
    let graph = ArchGraph::build(model);
    let selected = select_components(&content.selection, model, &graph, silent);
    let folded = [Collapse::Parents, Collapse::Layers].map(|collapse| {
        let content = GraphDefinition {
            collapse,
            ..content.clone()
        };
        view_graph(definition, &content, model, &selected)
    });
    let [parents, layers] = folded;
    let (mut best, what) = if parents.nodes.len() <= limit {
        (parents, "outermost parent")
    } else {
        (layers, "layer")
    };
    // No number here: views that differ in topics only fold to the same picture.
    let told = format!(
        "Folded together for its size: one card for each {what}. `archviz render --full` draws every card."
    );
    best.description = Some(match best.description {
        Some(words) => format!("{words}\n{told}").into(),
        None => told.into(),
    });
    (best.nodes.len() < view.nodes.len()).then_some(best)
}

/// Arrows with the indices of nodes as ends.
fn edges<'m>(arrows: Vec<Arrow<'m>>, nodes: &[Node], model: &Model<'_>) -> Vec<Edge<'m>> {
    let subjects = nodes.iter().map(|node| node.subject);
    let places: HashMap<NodeSubject, usize, FxBuildHasher> = subjects.zip(0..).collect();
    let edge = |arrow: Arrow<'m>| {
        Some(Edge {
            from: *places.get(&arrow.ends.0)?,
            to: *places.get(&arrow.ends.1)?,
            label: arrow.label,
            is_async: arrow.is_async,
            is_bidirectional: arrow.is_bidirectional,
            mark: mark(&arrow.flows, model),
            flows: arrow.flows,
            topics: arrow.topics,
        })
    };
    arrows.into_iter().filter_map(edge).collect()
}

/// The mark that all flows have.
fn mark(flows: &[FlowId], model: &Model<'_>) -> Option<Mark> {
    let mut marks = flows.iter().map(|id| model.marks.flow(*id));
    let first = marks.next().flatten();
    first.filter(|_| marks.all(|mark| mark == first))
}
