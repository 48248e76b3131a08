//! Components that are new, gone, elsewhere, or called otherwise.
//!
//! In: a summary. Out: rows. Refuses to know: what changed inside of components.

use minijinja::{Value, context};

use super::super::catalog;
use super::Summary;
use super::visual::badge;
use crate::diff::{Certainty, Rename};
use crate::model::{Component, ComponentId, Model};

pub(super) fn added(head: &Model<'_>, id: ComponentId) -> Value {
    let component = &head[id];
    let written = &component.written;
    let type_name = written.type_name.map_or("", |text| text.value);
    context! {
        layer => layer(head, component),
        category => component.category.map_or("", |category| &*head[category].name),
        badge => badge(head, component),
        version => version(type_name, component),
        ..catalog::summary_row(head, component)
    }
}

/// "Confluent Platform 7.5.0", where the type does not say it already.
fn version(type_name: &str, component: &Component<'_>) -> String {
    let is_new = |text: &&str| !type_name.contains(*text);
    let technology = component.written.technology.map(|text| text.value);
    let version = component.written.version.map(|text| text.value);
    let (technology, version) = (technology.filter(is_new), version.filter(is_new));
    let (technology, version) = (technology.unwrap_or(""), version.unwrap_or(""));
    let version = if technology.contains(version) {
        ""
    } else {
        version
    };
    // Without a type, the row shows the technology in its place.
    let technology = if type_name.is_empty() { "" } else { technology };
    format!("{technology} {version}").trim().to_owned()
}

pub(super) fn removed(summary: &Summary<'_>, id: ComponentId) -> Value {
    let component = &summary.base[id];
    context! {
        layer => layer(summary.base, component),
        ..catalog::summary_row(summary.base, component)
    }
}

/// Components of both versions that stand in another layer or count under another category.
pub(super) fn moved(summary: &Summary<'_>) -> Vec<Value> {
    let (base, head, matching) = (summary.base, summary.head, &summary.diff.matching);
    let mut rows = Vec::new();
    for (old, new) in matching.components.kept() {
        let same_layer = base[old]
            .layer
            .and_then(|layer| matching.layers.head_of(layer));
        let same_category = base[old]
            .category
            .and_then(|category| matching.categories.head_of(category));
        let mut row = |what: &str, before: &str, after: &str| {
            rows.push(context! { name => &*head[new].name, what => what, before => before, after => after });
        };
        if same_layer != head[new].layer || base[old].layer.is_some() != head[new].layer.is_some() {
            row("layer", layer(base, &base[old]), layer(head, &head[new]));
        }
        if same_category != head[new].category
            || base[old].category.is_some() != head[new].category.is_some()
        {
            row(
                "category",
                category(base, &base[old]),
                category(head, &head[new]),
            );
        }
    }
    rows
}

pub(super) fn rename(rename: &Rename) -> Value {
    let certainty = match rename.certainty {
        Certainty::Declared => "declared".to_owned(),
        Certainty::Structure => "everything else is the same".to_owned(),
        Certainty::Likely(score) => format!("likely ({score} of 100)"),
    };
    context! { kind => rename.kind.name(), from => &*rename.from, to => &*rename.to, certainty => certainty }
}

pub(super) fn layer<'m>(model: &'m Model<'_>, component: &Component<'_>) -> &'m str {
    component.layer.map_or("", |layer| &*model[layer].name)
}

fn category<'m>(model: &'m Model<'_>, component: &Component<'_>) -> &'m str {
    component
        .category
        .map_or("", |category| &*model[category].name)
}
