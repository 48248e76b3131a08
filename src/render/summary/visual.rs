//! What is new to the eye: icons, colors, badges.
//!
//! In: a summary. Out: rows. Refuses to know: how anything is drawn.

use minijinja::{Value, context};

use super::super::catalog::icon;
use super::Summary;
use super::layers::color;
use crate::model::{Component, DEPLOYMENTS, Model};

pub(super) fn visual(summary: &Summary<'_>) -> Value {
    let icons = icons(summary);
    let colors = colors(summary);
    let badges = badges(summary);
    context! {
        is_empty => icons.is_empty() && colors.is_empty() && badges.is_empty(),
        icons => Value::from(icons),
        colors => Value::from(colors),
        badges => Value::from(badges),
    }
}

/// Icons of new components, and icons that others got.
fn icons(summary: &Summary<'_>) -> Vec<Value> {
    let (base, head, components) = (
        summary.base,
        summary.head,
        &summary.diff.matching.components,
    );
    let rows = head.components().filter_map(|(id, component)| {
        let now = icon(component.written.icon);
        let before = components.base_of(id).map(|old| icon(base[old].written.icon));
        let is_new = before.is_none() && now.as_str() != Some("");
        let is_other = before.as_ref().is_some_and(|before| *before != now);
        (is_new || is_other).then(|| {
            context! { name => &*component.name, now => now, before => before.unwrap_or_else(|| "".into()) }
        })
    });
    rows.collect()
}

/// Colors of new layers, and colors that others got.
fn colors(summary: &Summary<'_>) -> Vec<Value> {
    let (base, head, layers) = (summary.base, summary.head, &summary.diff.matching.layers);
    let rows = head.layers().filter_map(|(id, layer)| {
        let before = layers.base_of(id).map(|old| color(&base[old]));
        let now = color(layer);
        let is_shown = before.map_or(!now.is_empty(), |before| before != now);
        is_shown
            .then(|| context! { name => &*layer.name, now => now, before => before.unwrap_or("") })
    });
    rows.collect()
}

/// Badges of new components, and badges that others got.
fn badges(summary: &Summary<'_>) -> Vec<Value> {
    let (base, head, components) = (
        summary.base,
        summary.head,
        &summary.diff.matching.components,
    );
    let rows = head.components().filter_map(|(id, component)| {
        let old = components.base_of(id);
        let (before, now) = (
            old.map(|old| badge(base, &base[old])),
            badge(head, component),
        );
        let is_shown = before.map_or(!now.is_empty(), |before| before != now);
        is_shown.then(|| {
            context! {
                name => &*component.name,
                now => now,
                before => before.unwrap_or(""),
                deployment => component.deployment.as_deref().unwrap_or(""),
            }
        })
    });
    rows.collect()
}

/// The badge of how a component runs.
pub(super) fn badge<'m>(model: &Model<'m>, component: &Component<'m>) -> &'m str {
    let Some(word) = component.written.deployment else {
        return "";
    };
    let own = model
        .deployments
        .iter()
        .find(|(id, _)| id.value == word.value);
    if let Some(badge) = own.and_then(|(_, deployment)| deployment.badge) {
        return badge.value;
    }
    let known = DEPLOYMENTS.iter().find(|(id, ..)| *id == word.value);
    known.map_or("", |(.., badge)| badge)
}
