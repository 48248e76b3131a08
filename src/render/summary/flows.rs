//! New flows by group, numbered, those that topics imply with the topics that imply them.
//!
//! In: a summary. Out: rows, and the reason why the sum is what it is. Refuses to know: how
//! flows are derived.

use minijinja::{Value, context};

use super::super::catalog;
use super::Summary;
use crate::model::{FlowId, Model, Origin};

/// The headings of flows that topics imply.
const DERIVED: [(Origin, &str); 2] = [
    (Origin::Produced, "Publishing, derived from topics"),
    (Origin::Consumed, "Consuming, derived from topics"),
];

/// New flows under their headings, numbered throughout.
pub(super) fn groups(summary: &Summary<'_>) -> Value {
    let added: Vec<FlowId> = summary.diff.matching.flows.added().collect();
    Value::from(grouped(summary.head, &added))
}

/// Flows that are gone, under their headings.
pub(super) fn removed(summary: &Summary<'_>) -> Value {
    let removed: Vec<FlowId> = summary.diff.matching.flows.removed().collect();
    Value::from(grouped(summary.base, &removed))
}

fn grouped(model: &Model<'_>, ids: &[FlowId]) -> Vec<Value> {
    let headings = model.flow_groups.iter().enumerate();
    let declared = headings.map(|(index, heading)| (Origin::Declared(Some(index)), heading.value));
    let without = std::iter::once((Origin::Declared(None), ""));
    let mut number = 0;
    let mut groups = Vec::new();
    for (origin, name) in without.chain(declared).chain(DERIVED) {
        let own = ids.iter().filter(|id| model[**id].origin == origin);
        let rows: Vec<Value> = own
            .map(|id| {
                number += 1;
                row(model, *id, number)
            })
            .collect();
        if !rows.is_empty() {
            let is_derived = matches!(origin, Origin::Produced | Origin::Consumed);
            groups.push(
                context! { name => name, is_derived => is_derived, flows => Value::from(rows) },
            );
        }
    }
    groups
}

fn row(model: &Model<'_>, id: FlowId, number: usize) -> Value {
    let flow = &model[id];
    let initiator = flow.written.as_ref().and_then(|written| written.initiator);
    let ends = [flow.from, flow.to];
    // An alias is a name already.
    let opener = initiator.map(|name| {
        let known = ends.iter().find(|end| model[**end].id.value == name.value);
        known.map_or(name.value, |end| &*model[*end].name)
    });
    context! { opener => opener.unwrap_or(""), ..catalog::flow_row(model, flow, number) }
}

/// How many new flows each reason gives; the numbers add up to that of all new flows.
pub(super) fn reasons(summary: &Summary<'_>) -> Value {
    let count = |is: fn(Origin) -> bool| {
        let added = summary.diff.matching.flows.added();
        added.filter(|id| is(summary.head[*id].origin)).count()
    };
    context! {
        declared => count(|origin| matches!(origin, Origin::Declared(_))),
        produced => count(|origin| origin == Origin::Produced),
        consumed => count(|origin| origin == Origin::Consumed),
        derived => count(|origin| !matches!(origin, Origin::Declared(_))),
    }
}
