//! The statistics as tables: before, added, removed, moved, after, and who that is.
//!
//! In: a summary. Out: rows with the numbers of the diff's statistics, nothing counted anew.
//! Refuses to know: how they are laid out.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use super::super::row::{list, syntax};
use super::Summary;
use crate::diff::Row;
use crate::model::{Component, Model};

/// Which row of a table a component counts under.
type Place = for<'m> fn(&'m Model<'m>, &Component<'m>) -> &'m str;

pub(super) fn counts(summary: &Summary<'_>) -> Value {
    let statistics = &summary.diff.statistics;
    let tables: [(&str, &[Row], Place); 3] = [
        ("Category", &statistics.by_category, |model, component| {
            component.category.map_or("", |id| model[id].id.value)
        }),
        ("Layer", &statistics.by_layer, |model, component| {
            component.layer.map_or("", |id| model[id].id.value)
        }),
        ("Kind", &statistics.by_kind, |_, component| {
            component.kind.name()
        }),
    ];
    let tables = tables.into_iter().filter(|(_, rows, _)| !rows.is_empty());
    context! {
        components => row(&statistics.components),
        layers => row(&statistics.layers),
        topics => row(&statistics.topics),
        flows => row(&statistics.flows),
        scenarios => row(&statistics.scenarios),
        by_origin => list(statistics.by_origin.iter().map(row)),
        tables => list(tables.map(|(title, rows, place)| {
            let mut moves = moves(summary, place);
            context! {
                title => title,
                rows => list(rows.iter().map(|counted| context! {
                    who => moves.remove(&*counted.id).unwrap_or_default().names(),
                    ..row(counted)
                })),
            }
        })),
    }
}

fn row(row: &Row) -> Value {
    context! {
        name => &*row.name,
        before => row.before,
        added => row.added,
        removed => row.removed,
        moved_in => row.moved_in,
        moved_out => row.moved_out,
        after => row.after,
        change => syntax(signed(row.after, row.before)),
    }
}

/// `+5`, `−2` or `±0`.
fn signed(after: usize, before: usize) -> String {
    match after.cmp(&before) {
        std::cmp::Ordering::Greater => format!("+{}", after - before),
        std::cmp::Ordering::Less => format!("−{}", before - after),
        std::cmp::Ordering::Equal => "±0".to_owned(),
    }
}

/// The components behind the numbers of a row, by what happened to them.
#[derive(Default)]
struct Moves {
    added: Vec<Value>,
    removed: Vec<Value>,
    moved_in: Vec<Value>,
    moved_out: Vec<Value>,
}

impl Moves {
    fn names(self) -> Value {
        context! {
            added => list(self.added),
            removed => list(self.removed),
            moved_in => list(self.moved_in),
            moved_out => list(self.moved_out),
        }
    }
}

/// What happened in each row of a table.
fn moves<'m>(summary: &Summary<'m>, place: Place) -> BTreeMap<&'m str, Moves> {
    let (base, head) = (summary.base, summary.head);
    let components = &summary.diff.matching.components;
    let name = |component: &Component<'_>| Value::from(&*component.name);
    let mut rows: BTreeMap<&str, Moves> = BTreeMap::new();
    for component in components.added().map(|id| &head[id]) {
        let row = rows.entry(place(head, component)).or_default();
        row.added.push(name(component));
    }
    for component in components.removed().map(|id| &base[id]) {
        let row = rows.entry(place(base, component)).or_default();
        row.removed.push(name(component));
    }
    for (old, new) in components.kept() {
        let (was, is) = (place(base, &base[old]), place(head, &head[new]));
        if was != is {
            let row = rows.entry(is).or_default();
            row.moved_in.push(name(&head[new]));
            rows.entry(was)
                .or_default()
                .moved_out
                .push(name(&base[old]));
        }
    }
    rows
}
