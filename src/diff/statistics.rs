//! Counts before and after that close: before + added - removed + moved in - moved out = after.
//!
//! In: two models and their matching. Out: [`Statistics`], from which every sentence of a
//! report takes its numbers. Refuses to know: the changes.

use std::collections::BTreeMap;

use super::matching::Matching;
use crate::model::{Component, Model};

/// The counts of both versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// All components.
    pub components: Row,
    /// Components by category, in the order of the new version.
    pub by_category: Vec<Row>,
    /// Components by layer, in the order of the new version.
    pub by_layer: Vec<Row>,
    /// Components by kind.
    pub by_kind: Vec<Row>,
    /// Layers.
    pub layers: Row,
    /// Topics.
    pub topics: Row,
    /// All flows.
    pub flows: Row,
    /// Flows that are written, and flows that topics imply.
    pub by_origin: Vec<Row>,
    /// Scenarios.
    pub scenarios: Row,
}

/// A count before and after, and what lies between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The element's id; empty for the row of those that have none.
    pub id: String,
    /// The element's name.
    pub name: String,
    /// How many there were.
    pub before: usize,
    /// How many are new.
    pub added: usize,
    /// How many are gone.
    pub removed: usize,
    /// How many came from another row.
    pub moved_in: usize,
    /// How many went to another row.
    pub moved_out: usize,
    /// How many there are.
    pub after: usize,
}

impl Row {
    /// Whether the numbers add up.
    pub fn is_closed(&self) -> bool {
        self.before + self.added + self.moved_in == self.after + self.removed + self.moved_out
    }

    fn named(id: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            ..Self::default()
        }
    }

    fn plus(mut self, other: &Self) -> Self {
        self.before += other.before;
        self.added += other.added;
        self.removed += other.removed;
        self.moved_in += other.moved_in;
        self.moved_out += other.moved_out;
        self.after += other.after;
        self
    }
}

impl Statistics {
    /// Whether every row adds up, and every list of rows adds up to its total.
    pub fn is_closed(&self) -> bool {
        let totals = [
            &self.components,
            &self.layers,
            &self.topics,
            &self.flows,
            &self.scenarios,
        ];
        let parts = [
            (&self.components, &self.by_category),
            (&self.components, &self.by_layer),
            (&self.components, &self.by_kind),
            (&self.flows, &self.by_origin),
        ];
        let sums = |(total, rows): (&Row, &Vec<Row>)| {
            let sum = rows.iter().fold(Row::default(), Row::plus);
            rows.is_empty()
                || (sum.before, sum.added, sum.removed, sum.after)
                    == (total.before, total.added, total.removed, total.after)
                    && sum.moved_in == sum.moved_out
        };
        let rows = parts.iter().flat_map(|(_, rows)| rows.iter());
        totals.into_iter().chain(rows).all(Row::is_closed)
            && parts.iter().all(|(total, rows)| sums((total, rows)))
    }
}

pub(super) fn statistics(base: &Model<'_>, head: &Model<'_>, matching: &Matching) -> Statistics {
    Statistics {
        components: total(
            (base.components.len(), head.components.len()),
            (
                matching.components.added().count(),
                matching.components.removed().count(),
            ),
            "Components",
        ),
        by_category: by_category(base, head, matching),
        by_layer: by_layer(base, head, matching),
        by_kind: by_kind(base, head, matching),
        layers: total(
            (base.layers.len(), head.layers.len()),
            (
                matching.layers.added().count(),
                matching.layers.removed().count(),
            ),
            "Layers",
        ),
        topics: total(
            (base.topics.len(), head.topics.len()),
            (
                matching.topics.added().count(),
                matching.topics.removed().count(),
            ),
            "Topics",
        ),
        flows: total(
            (base.flows.len(), head.flows.len()),
            (
                matching.flows.added().count(),
                matching.flows.removed().count(),
            ),
            "Flows",
        ),
        by_origin: by_origin(base, head, matching),
        scenarios: total(
            (base.scenarios.len(), head.scenarios.len()),
            (
                matching.scenarios.added().count(),
                matching.scenarios.removed().count(),
            ),
            "Scenarios",
        ),
    }
}

fn total((before, after): (usize, usize), (added, removed): (usize, usize), name: &str) -> Row {
    Row {
        before,
        added,
        removed,
        after,
        ..Row::named("", name)
    }
}

/// Rows in the order in which their places are first seen.
struct Tally {
    rows: Vec<Row>,
    places: BTreeMap<String, usize>,
}

impl Tally {
    fn of(rows: impl Iterator<Item = Row>) -> Self {
        let mut tally = Self {
            rows: Vec::new(),
            places: BTreeMap::new(),
        };
        for row in rows {
            tally.places.entry(row.id.clone()).or_insert_with(|| {
                tally.rows.push(row);
                tally.rows.len() - 1
            });
        }
        tally
    }

    fn row(&mut self, id: &str) -> &mut Row {
        let known = self.places.get(id).copied();
        let place = known.unwrap_or_else(|| {
            self.places.insert(id.to_owned(), self.rows.len());
            self.rows.push(Row::named(id, id));
            self.rows.len() - 1
        });
        &mut self.rows[place]
    }

    /// Counts every component under its place in each version.
    fn count<'m>(
        mut self,
        (base, head): (&'m Model<'m>, &'m Model<'m>),
        matching: &Matching,
        place: impl Fn(Side, &'m Component<'m>) -> &'m str,
    ) -> Vec<Row> {
        for (id, component) in base.components() {
            let before = place(Side::Base, component);
            self.row(before).before += 1;
            match matching.components.head_of(id) {
                None => self.row(before).removed += 1,
                Some(head_id) => {
                    let after = place(Side::Head, &head[head_id]);
                    if before != after {
                        self.row(before).moved_out += 1;
                        self.row(after).moved_in += 1;
                    }
                }
            }
        }
        for (id, component) in head.components() {
            let row = self.row(place(Side::Head, component));
            row.after += 1;
            row.added += usize::from(matching.components.base_of(id).is_none());
        }
        self.rows
            .retain(|row| !row.id.is_empty() || row.before + row.after > 0);
        self.rows
    }
}

/// Which version an element is of.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Base,
    Head,
}

fn by_category(base: &Model<'_>, head: &Model<'_>, matching: &Matching) -> Vec<Row> {
    if base.categories.is_empty() && head.categories.is_empty() {
        return Vec::new();
    }
    let new = head.categories.iter();
    let new = new.map(|category| Row::named(category.id.value, &category.name));
    let old = matching.categories.removed();
    let old = old.map(|id| Row::named(base[id].id.value, &base[id].name));
    let none = Row::named("", "No category");
    let place = |side, component: &Component<'_>| match (side, component.category) {
        (_, None) => "",
        (Side::Head, Some(id)) => head[id].id.value,
        (Side::Base, Some(id)) => {
            let kept = matching.categories.head_of(id);
            kept.map_or(base[id].id.value, |id| head[id].id.value)
        }
    };
    Tally::of(new.chain(old).chain([none])).count((base, head), matching, place)
}

fn by_layer(base: &Model<'_>, head: &Model<'_>, matching: &Matching) -> Vec<Row> {
    if base.layers.is_empty() && head.layers.is_empty() {
        return Vec::new();
    }
    let new = head.layers.iter();
    let new = new.map(|layer| Row::named(layer.id.value, &layer.name));
    let old = matching.layers.removed();
    let old = old.map(|id| Row::named(base[id].id.value, &base[id].name));
    let none = Row::named("", "No layer");
    let place = |side, component: &Component<'_>| match (side, component.layer) {
        (_, None) => "",
        (Side::Head, Some(id)) => head[id].id.value,
        (Side::Base, Some(id)) => {
            let kept = matching.layers.head_of(id);
            kept.map_or(base[id].id.value, |id| head[id].id.value)
        }
    };
    Tally::of(new.chain(old).chain([none])).count((base, head), matching, place)
}

fn by_kind(base: &Model<'_>, head: &Model<'_>, matching: &Matching) -> Vec<Row> {
    Tally::of(std::iter::empty())
        .count((base, head), matching, |_, component| component.kind.name())
}

fn by_origin(base: &Model<'_>, head: &Model<'_>, matching: &Matching) -> Vec<Row> {
    let mut declared = Row::named("declared", "Declared");
    let mut derived = Row::named("derived", "Derived from topics");
    for (id, flow) in base.flows() {
        let row = if flow.is_derived() {
            &mut derived
        } else {
            &mut declared
        };
        row.before += 1;
        row.removed += usize::from(matching.flows.head_of(id).is_none());
    }
    for (id, flow) in head.flows() {
        let row = if flow.is_derived() {
            &mut derived
        } else {
            &mut declared
        };
        row.after += 1;
        row.added += usize::from(matching.flows.base_of(id).is_none());
    }
    vec![declared, derived]
}
