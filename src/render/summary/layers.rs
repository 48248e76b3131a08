//! Layers before and after: new, gone, moved, renumbered, recolored.
//!
//! In: a summary. Out: rows in the order of the new version, and counts. Refuses to know: how
//! a move is told from a renumbering.

use minijinja::{Value, context};

use super::super::document::text;
use super::super::row::list;
use super::Summary;
use crate::diff::{LayerFate, LayerRow};
use crate::model::{Layer, LayerId, Model};

pub(super) fn rows(summary: &Summary<'_>) -> Value {
    list(
        summary
            .diff
            .layers
            .rows
            .iter()
            .map(|layer| row(summary, layer)),
    )
}

pub(super) fn counts(summary: &Summary<'_>) -> Value {
    let count = |fate| summary.diff.layers.count(fate);
    context! {
        added => count(LayerFate::Added),
        removed => count(LayerFate::Removed),
        moved => count(LayerFate::Moved),
        renumbered => count(LayerFate::Renumbered),
    }
}

fn row(summary: &Summary<'_>, row: &LayerRow) -> Value {
    let (base, head) = (summary.base, summary.head);
    let old = row.base.map(|id| &base[id]);
    let Some(layer) = row.head.map(|id| &head[id]).or(old) else {
        return Value::from(());
    };
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (before, after) = (old.map(color), row.head.map(|id| color(&head[id])));
    context! {
        name => &*layer.name,
        icon => super::catalog::icon(layer.written.icon),
        description => text(layer.written.description),
        name_before => old.map(|old| &*old.name).filter(|name| *name != layer.name).unwrap_or(""),
        before => number(row.before),
        after => number(row.after),
        fate => fate(row.fate),
        color_before => before.filter(|before| Some(*before) != after).unwrap_or(""),
        color => after.unwrap_or(""),
        components => row.head.map_or_else(|| list::<Value>([]), |id| inhabitants(summary, id)),
        left => row.base.map_or_else(|| list::<Value>([]), |id| left(summary, id)),
    }
}

fn fate(fate: LayerFate) -> &'static str {
    match fate {
        LayerFate::Added => "new",
        LayerFate::Removed => "removed",
        LayerFate::Kept => "kept",
        LayerFate::Renumbered => "renumbered",
        LayerFate::Moved => "moved",
    }
}

pub(super) fn color<'m>(layer: &Layer<'m>) -> &'m str {
    layer.written.color.map_or("", |color| color.value)
}

/// The components of a layer of the new version, with where they come from.
fn inhabitants(summary: &Summary<'_>, id: LayerId) -> Value {
    let (base, head, matching) = (summary.base, summary.head, &summary.diff.matching);
    list(head[id].components.iter().map(|component| {
        let old = matching.components.base_of(*component);
        let from = old.and_then(|old| base[old].layer);
        let has_come =
            old.is_some() && from.and_then(|from| matching.layers.head_of(from)) != Some(id);
        context! {
            name => &*head[*component].name,
            is_new => old.is_none(),
            has_come => has_come,
            from => name_of(base, from.filter(|_| has_come)),
        }
    }))
}

/// The components that a layer of the old version lost to others.
fn left(summary: &Summary<'_>, id: LayerId) -> Value {
    let (base, head, matching) = (summary.base, summary.head, &summary.diff.matching);
    let same = matching.layers.head_of(id);
    let gone = base[id].components.iter().filter_map(|component| {
        let now = matching.components.head_of(*component)?;
        let to = head[now].layer;
        (same.is_none() || to != same)
            .then(|| context! { name => &*head[now].name, to => name_of(head, to) })
    });
    list(gone)
}

fn name_of<'m>(model: &'m Model<'_>, layer: Option<LayerId>) -> &'m str {
    layer.map_or("", |layer| &*model[layer].name)
}
