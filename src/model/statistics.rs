//! Counts that documents quote, made in one place.
//!
//! In: a model. Out: [`Statistics`]. Each partition sums to its total: what has no
//! category or layer is counted under a row of its own.

use super::{Action, Kind, Model};

/// A number under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The element's id; empty for the row of those that have none.
    pub id: String,
    /// The element's name.
    pub name: String,
    /// How many.
    pub count: usize,
}

/// How many of everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// Components.
    pub components: usize,
    /// Components by category; sums to all components if there are categories.
    pub by_category: Vec<Count>,
    /// Components by layer; sums to all components if there are layers.
    pub by_layer: Vec<Count>,
    /// Components by kind; sums to all components.
    pub by_kind: Vec<Count>,
    /// Layers.
    pub layers: usize,
    /// Topics.
    pub topics: usize,
    /// Flows, declared and derived.
    pub flows: usize,
    /// Flows written by hand.
    pub declared_flows: usize,
    /// Flows that topics imply.
    pub derived_flows: usize,
    /// Scenarios.
    pub scenarios: usize,
    /// Messages in all scenarios.
    pub messages: usize,
}

impl Statistics {
    /// Counts a model.
    pub fn of(model: &Model<'_>) -> Self {
        let components = model.components.len();
        let by_category = model
            .categories
            .iter()
            .map(|category| count(category.id.value, &category.name, category.components.len()));
        let by_layer = model
            .layers
            .iter()
            .map(|layer| count(layer.id.value, &layer.name, layer.components.len()));
        let derived_flows = model.flows.iter().filter(|flow| flow.is_derived()).count();
        let steps = model.scenarios.iter().flat_map(|scenario| &scenario.steps);
        Self {
            components,
            by_category: closed(by_category.collect(), components, "No category"),
            by_layer: closed(by_layer.collect(), components, "No layer"),
            by_kind: by_kind(model),
            layers: model.layers.len(),
            topics: model.topics.len(),
            flows: model.flows.len(),
            declared_flows: model.flows.len() - derived_flows,
            derived_flows,
            scenarios: model.scenarios.len(),
            messages: steps
                .filter(|step| !matches!(step.action, Action::Note { .. }))
                .count(),
        }
    }
}

fn count(id: &str, name: &str, count: usize) -> Count {
    Count {
        id: id.to_owned(),
        name: name.to_owned(),
        count,
    }
}

/// Adds the row of those that are in none, so that the rows sum to the total.
fn closed(mut counts: Vec<Count>, total: usize, name: &str) -> Vec<Count> {
    let counted: usize = counts.iter().map(|count| count.count).sum();
    if counted < total && !counts.is_empty() {
        counts.push(count("", name, total - counted));
    }
    counts
}

fn by_kind(model: &Model<'_>) -> Vec<Count> {
    let number = |kind: Kind| {
        model
            .components
            .iter()
            .filter(|component| component.kind == kind)
            .count()
    };
    let rows = Kind::ALL
        .iter()
        .map(|(word, kind)| count(word, word, number(*kind)));
    rows.filter(|row| row.count > 0).collect()
}
