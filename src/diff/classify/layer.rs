//! Changes of layers: those that moved are told from those that only got another number.
//!
//! In: the differences of a layer, and the order of layers. Out: changes. Refuses to know:
//! components.

use serde_json::Value;

use super::{About, Changes, Context, by_key, by_table, consequence, presence};
use crate::diff::change::{Change, Element, Subject, SubjectKind};
use crate::diff::document::Group;
use crate::diff::edit::Action;
use crate::diff::kinds::{self, ChangeKind};
use crate::diff::layer_order::{LayerFate, LayerRow};
use crate::diff::wording::{name, set};
use crate::model::LayerId;

pub(super) fn classify(context: &Context<'_, '_>, about: &About, group: Group, out: &mut Changes) {
    let fate = match about.head {
        Some(Element::Layer(id)) => row(context, id).map(|row| row.fate),
        _ => None,
    };
    // The place in the file and the stated number are two spellings of one order.
    let is_order = |one: &crate::diff::walk::Difference| {
        let key = one.edit.path.get(2).map(String::as_str);
        key == Some("order") || (key.is_none() && matches!(one.edit.action, Action::Move { .. }))
    };
    let (order, others): (Vec<_>, Vec<_>) = group.differences.into_iter().partition(is_order);
    if !order.is_empty() {
        let kind = fate.and_then(order_kind).unwrap_or(kinds::RESTATED);
        out.push(about.change(kind, order));
    }
    for (key, differences) in by_key(others) {
        if key.is_empty() {
            presence(
                about,
                (kinds::LAYER_ADDED, kinds::LAYER_REMOVED),
                differences,
                out,
            );
        } else {
            by_table("Layer", &key, about, differences, out);
        }
    }
}

fn row<'c>(context: &'c Context<'_, '_>, id: LayerId) -> Option<&'c LayerRow> {
    context.layers.rows.iter().find(|row| row.head == Some(id))
}

fn order_kind(fate: LayerFate) -> Option<&'static ChangeKind> {
    match fate {
        LayerFate::Moved => Some(kinds::LAYER_MOVED),
        LayerFate::Renumbered => Some(kinds::LAYER_RENUMBERED),
        _ => None,
    }
}

/// Layers whose number follows from those that came and went.
pub(super) fn consequences(context: &Context<'_, '_>, out: &mut Changes) {
    for row in &context.layers.rows {
        let (Some(kind), Some(base), Some(head)) = (order_kind(row.fate), row.base, row.head)
        else {
            continue;
        };
        let layer = &context.head[head];
        let subject = Subject::new(SubjectKind::Layer, layer.id.value);
        if out.has(kind, &subject) {
            continue;
        }
        let (before, after) = (Value::from(row.before), Value::from(row.after));
        let text = format!("{}: {}", name(&subject), set("number", &before, &after));
        out.push(Change {
            before,
            after,
            base: Some(context.base[base].id.span),
            head: Some(layer.id.span),
            base_element: Some(Element::Layer(base)),
            head_element: Some(Element::Layer(head)),
            ..consequence(kind, subject, text)
        });
    }
}
