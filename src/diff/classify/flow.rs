//! Changes of declared flows.
//!
//! In: the differences of a flow. Out: changes. Refuses to know: flows that topics imply,
//! which are reported with their topic.

use super::{About, Changes, Context, by_key, by_table, presence};
use crate::diff::change::{Change, Element};
use crate::diff::class::Class;
use crate::diff::document::Group;
use crate::diff::kinds::{self, ChangeKind};
use crate::diff::walk::Difference;
use crate::diff::wording::quoted;
use crate::model::{Flow, FlowId};

pub(super) fn classify(context: &Context<'_, '_>, about: &About, group: Group, out: &mut Changes) {
    let (ends, others): (Vec<_>, Vec<_>) = group.differences.into_iter().partition(|one| {
        let key = one.edit.path.get(2).map(String::as_str);
        matches!(key, Some("from" | "to"))
    });
    if !ends.is_empty() {
        out.push(flipped(context, about, ends));
    }
    for (key, differences) in by_key(others) {
        if key.is_empty() {
            presence(
                about,
                (kinds::FLOW_ADDED, kinds::FLOW_REMOVED),
                differences,
                out,
            );
            if let (Some(Element::Flow(id)), None) = (about.base, about.head) {
                judge_removal(context, id, out);
            }
        } else if key == "heading" {
            out.push(about.change(kinds::FLOW_GROUP_CHANGED, differences));
        } else if let Some(rest) = by_table("Flow", &key, about, differences, out) {
            out.push(decided(context, about, &key, rest));
        }
    }
}

/// The flow in both versions.
fn both<'c, 's>(context: &Context<'c, 's>, about: &About) -> Option<(&'c Flow<'s>, &'c Flow<'s>)> {
    match (about.base, about.head) {
        (Some(Element::Flow(base)), Some(Element::Flow(head))) => {
            Some((&context.base[base], &context.head[head]))
        }
        _ => None,
    }
}

/// `a <-> b` is the same from either end.
fn flipped(context: &Context<'_, '_>, about: &About, differences: Vec<Difference>) -> Change {
    let is_same = both(context, about)
        .is_some_and(|(base, head)| base.is_bidirectional() && head.is_bidirectional());
    let kind = if is_same {
        kinds::RESTATED
    } else {
        kinds::FLOW_DIRECTION_FLIPPED
    };
    about.change(kind, differences)
}

fn decided(
    context: &Context<'_, '_>,
    about: &About,
    key: &str,
    differences: Vec<Difference>,
) -> Change {
    let was_stated = differences.iter().any(|one| !one.before.is_null());
    let Some((base, head)) = both(context, about) else {
        return about.change(kinds::RESTATED, differences);
    };
    let (kind, class) = match key {
        "protocol" => stated(kinds::FLOW_PROTOCOL_CHANGED, was_stated),
        "port" => stated(kinds::FLOW_PORT_CHANGED, was_stated),
        "async" => match (base.is_async, head.is_async) {
            (false, true) => own(kinds::FLOW_BECAME_ASYNC),
            (true, false) => own(kinds::FLOW_BECAME_SYNC),
            _ => own(kinds::RESTATED),
        },
        "bidirectional" => match (base.is_bidirectional(), head.is_bidirectional()) {
            (false, true) => (kinds::FLOW_DIRECTION_CHANGED, Class::Safe),
            (true, false) => own(kinds::FLOW_DIRECTION_CHANGED),
            _ => own(kinds::RESTATED),
        },
        "initiator" => initiator(context, (base, head)),
        _ => own(kinds::RESTATED),
    };
    Change {
        class,
        ..about.change(kind, differences)
    }
}

fn own(kind: &'static ChangeKind) -> (&'static ChangeKind, Class) {
    (kind, kind.class)
}

/// What was not stated before was not promised.
fn stated(kind: &'static ChangeKind, was_stated: bool) -> (&'static ChangeKind, Class) {
    (kind, if was_stated { kind.class } else { Class::Docs })
}

/// The sender opens the connection if nobody is stated.
fn initiator(
    context: &Context<'_, '_>,
    (base, head): (&Flow<'_>, &Flow<'_>),
) -> (&'static ChangeKind, Class) {
    let stated = |flow: &Flow<'_>| {
        flow.written
            .as_ref()?
            .initiator
            .map(|name| name.value.to_owned())
    };
    let before = stated(base);
    let before = before
        .as_deref()
        .unwrap_or(context.base[base.from].id.value);
    let after = stated(head);
    let after = after.as_deref().unwrap_or(context.head[head.from].id.value);
    let is_same = context.base_names.component(before) == context.head_names.component(after);
    own(if is_same {
        kinds::RESTATED
    } else {
        kinds::FLOW_INITIATOR_CHANGED
    })
}

/// A flow is gone with its end, or it follows from a topic now; then nothing is lost by it.
fn judge_removal(context: &Context<'_, '_>, id: FlowId, out: &mut Changes) {
    let flow = &context.base[id];
    let components = &context.matching.components;
    let gone = [flow.from, flow.to]
        .into_iter()
        .find(|end| components.head_of(*end).is_none());
    let ends = components
        .head_of(flow.from)
        .zip(components.head_of(flow.to));
    let implied = ends.and_then(|(from, to)| context.derived.between(from, to));
    let implied = implied.map(|flow| &context.head[flow]);
    let because = match (gone, implied) {
        (Some(end), _) => format!("component {} is gone", quoted(context.base[end].id.value)),
        (None, Some(flow)) => {
            let topic = flow
                .topics
                .first()
                .map(|topic| context.head[*topic].id.value);
            format!("topic {} implies it now", quoted(topic.unwrap_or_default()))
        }
        _ => return,
    };
    if let Some(change) = out.list.last_mut() {
        change.class = Class::Safe;
        change.because = Some(because);
    }
}
