//! The statistics as tables: before, added, removed, moved, after, and who that is.
//!
//! In: a summary. Out: rows with the numbers of the diff's statistics, nothing counted anew.
//! Refuses to know: how they are laid out.

use minijinja::{Value, context};

use super::super::row::{list, syntax};
use super::Summary;
use crate::diff::Row;
use crate::model::{Component, ComponentId, Model};

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
        tables => list(tables.map(|(title, rows, place)| context! {
            title => title,
            rows => list(rows.iter().map(|counted| context! {
                who => who(summary, &counted.id, place),
                ..row(counted)
            })),
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
fn who(summary: &Summary<'_>, id: &str, place: Place) -> Value {
    let (base, head, components) = (
        summary.base,
        summary.head,
        &summary.diff.matching.components,
    );
    let is_in_head = |component: &ComponentId| place(head, &head[*component]) == id;
    let was_in_base = |component: &ComponentId| place(base, &base[*component]) == id;
    let names = |ids: &mut dyn Iterator<Item = ComponentId>, model: &Model<'_>| {
        list(ids.map(|id| Value::from(&*model[id].name)))
    };
    let changed = |came: bool| {
        move |(old, new): &(ComponentId, ComponentId)| {
            let (was, is) = (place(base, &base[*old]), place(head, &head[*new]));
            was != is && (if came { is } else { was }) == id
        }
    };
    context! {
        added => names(&mut components.added().filter(is_in_head), head),
        removed => names(&mut components.removed().filter(was_in_base), base),
        moved_in => names(&mut components.kept().filter(changed(true)).map(|(_, new)| new), head),
        moved_out => names(&mut components.kept().filter(changed(false)).map(|(_, new)| new), head),
    }
}
