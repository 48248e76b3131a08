//! The picture of changes: what is marked in a union of two versions, and one hop around it.
//!
//! In: a union and its graph. Out: a [`View`]. Refuses to know: how versions are compared.

use super::build::{View, view_graph};
use super::definition::{Content, GraphDefinition, Selection, ViewDefinition};
use super::selection::Selected;
use super::{Collapse, Direction, TopicProjection};
use crate::graph::{ArchGraph, Way};
use crate::model::{ComponentId, Mark, Model};

/// The id of the picture.
const ID: &str = "changes";
/// How far around what changed the picture goes.
const HOPS: usize = 1;

/// The picture; everything if nothing is marked.
pub fn changes<'m>(model: &'m Model<'m>, graph: &ArchGraph) -> View<'m> {
    let content = GraphDefinition {
        selection: Selection::Everything,
        topics: TopicProjection::Hub,
        collapse: Collapse::Nothing,
        direction: Direction::Down,
    };
    let definition = ViewDefinition {
        id: ID.to_owned(),
        written: None,
        title: format!("What changed: {}", model.name).into(),
        description: Some(description(model).into()),
        content: Content::Graph(content.clone()),
    };
    let selected = Selected {
        shown: shown(model, graph),
        excluded: vec![false; model.components.len()],
    };
    View::Graph(view_graph(&definition, &content, model, &selected))
}

/// Marked components, the ends of marked flows, and their neighbors.
fn shown(model: &Model<'_>, graph: &ArchGraph) -> Vec<bool> {
    let mut touched: Vec<ComponentId> = Vec::new();
    for (id, _) in model.components() {
        if model.marks.component(id).is_some() {
            touched.push(id);
        }
    }
    for (id, flow) in model.flows() {
        if model.marks.flow(id).is_some() {
            touched.extend([flow.from, flow.to]);
        }
    }
    for (id, layer) in model.layers() {
        if model.marks.layer(id).is_some() {
            touched.extend(&layer.components);
        }
    }
    if touched.is_empty() {
        return vec![true; model.components.len()];
    }
    touched.sort_unstable();
    touched.dedup();
    graph.reach(&touched, Way::Around, HOPS)
}

/// "Components: 5 new, 1 moved. Flows: 14 new."
fn description(model: &Model<'_>) -> String {
    let parts = [
        ("Components", &model.marks.components),
        ("Topics", &model.marks.topics),
        ("Flows", &model.marks.flows),
        ("Layers", &model.marks.layers),
    ];
    let told = parts.iter().filter_map(|(noun, marks)| {
        let counts = Mark::ALL.iter().filter_map(|mark| {
            let count = marks.iter().filter(|one| **one == Some(*mark)).count();
            (count > 0).then(|| format!("{count} {}", mark.word()))
        });
        let counts: Vec<String> = counts.collect();
        (!counts.is_empty()).then(|| format!("{noun}: {}.", counts.join(", ")))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        "Nothing changed.".to_owned()
    } else {
        told.join(" ")
    }
}
