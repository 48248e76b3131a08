//! Changes of components: presence, place, version, ports, protocols.
//!
//! In: the differences of a component. Out: changes. Refuses to know: topics.

use serde_json::Value;

use super::{About, Changes, Context, by_key, by_table, consequence, deprecation, presence};
use crate::diff::change::{Change, Element, Subject, SubjectKind};
use crate::diff::class::Class;
use crate::diff::document::Group;
use crate::diff::edit::Action;
use crate::diff::kinds;
use crate::diff::walk::Difference;
use crate::diff::wording::{list, name, quoted, set};
use crate::model::{ComponentId, Model};

pub(super) fn classify(context: &Context<'_, '_>, about: &About, group: Group, out: &mut Changes) {
    for (key, differences) in by_key(group.differences) {
        if key.is_empty() {
            let kinds = (kinds::COMPONENT_ADDED, kinds::COMPONENT_REMOVED);
            presence(about, kinds, differences, out);
            if let (Some(Element::Component(id)), None) = (about.base, about.head) {
                judge_removal(context, id, out);
            }
        } else if let Some(rest) = by_table("Component", &key, about, differences, out) {
            decide(context, about, &key, rest, out);
        }
    }
}

fn decide(
    context: &Context<'_, '_>,
    about: &About,
    key: &str,
    differences: Vec<Difference>,
    out: &mut Changes,
) {
    match key {
        "kind" | "layer" | "category" => out.push(placed(context, about, key, differences)),
        "version" => out.push(version(about, differences)),
        "ports" => ports(context, about, differences, out),
        "protocols" => protocols(about, differences, out),
        "deprecated" => deprecation::classify(about, differences, out),
        _ => {}
    }
}

/// The component in both versions.
fn both(about: &About) -> Option<(ComponentId, ComponentId)> {
    match (about.base, about.head) {
        (Some(Element::Component(base)), Some(Element::Component(head))) => Some((base, head)),
        _ => None,
    }
}

/// What may be left to a default: kind, layer and category mean the same or not.
fn placed(
    context: &Context<'_, '_>,
    about: &About,
    key: &str,
    differences: Vec<Difference>,
) -> Change {
    let Some((base, head)) = both(about) else {
        return about.change(kinds::RESTATED, differences);
    };
    let (is_same, kind) = match key {
        "kind" => (
            context.base[base].kind == context.head[head].kind,
            kinds::COMPONENT_KIND_CHANGED,
        ),
        "layer" => (
            is_in_same_layer(context, base, head),
            kinds::COMPONENT_LAYER_CHANGED,
        ),
        _ => (
            is_in_same_category(context, base, head),
            kinds::COMPONENT_CATEGORY_CHANGED,
        ),
    };
    about.change(if is_same { kinds::RESTATED } else { kind }, differences)
}

fn is_in_same_layer(context: &Context<'_, '_>, base: ComponentId, head: ComponentId) -> bool {
    let before = context.base[base].layer;
    let kept = before.and_then(|layer| context.matching.layers.head_of(layer));
    kept == context.head[head].layer && kept.is_some() == before.is_some()
}

fn is_in_same_category(context: &Context<'_, '_>, base: ComponentId, head: ComponentId) -> bool {
    let before = context.base[base].category;
    let kept = before.and_then(|category| context.matching.categories.head_of(category));
    kept == context.head[head].category && kept.is_some() == before.is_some()
}

/// Risky if the first number is another.
fn version(about: &About, differences: Vec<Difference>) -> Change {
    let mut change = about.change(kinds::COMPONENT_VERSION_CHANGED, differences);
    let major = |value: &Value| {
        let text = value
            .as_str()
            .unwrap_or_default()
            .trim_start_matches(['v', 'V']);
        text.split(|c: char| !c.is_ascii_digit())
            .next()
            .map(str::to_owned)
    };
    if change.before.is_null() || change.after.is_null() {
        change.class = Class::Docs;
    } else if major(&change.before) != major(&change.after) {
        change.class = Class::Risky;
        change.because = Some("the first number of the version is another".to_owned());
    }
    change
}

fn ports(
    context: &Context<'_, '_>,
    about: &About,
    differences: Vec<Difference>,
    out: &mut Changes,
) {
    let mut by_port: Vec<(String, Vec<Difference>)> = Vec::new();
    for difference in differences {
        let port = difference.edit.path.get(3).cloned().unwrap_or_default();
        match by_port.last_mut().filter(|(last, _)| *last == port) {
            Some((_, list)) => list.push(difference),
            None => by_port.push((port, vec![difference])),
        }
    }
    for (port, differences) in by_port {
        let change = match differences[0].edit.action {
            Action::Add { .. } => about.change(kinds::PORT_ADDED, differences),
            Action::Remove { .. } => port_removed(context, about, &port, differences),
            _ => port_changed(about, differences),
        };
        out.push(change);
    }
}

fn port_removed(
    context: &Context<'_, '_>,
    about: &About,
    port: &str,
    differences: Vec<Difference>,
) -> Change {
    let mut change = about.change(kinds::PORT_REMOVED, differences);
    let Some((base, head)) = both(about) else {
        return change;
    };
    let inbound: Vec<_> = context
        .head
        .flows
        .iter()
        .filter(|flow| flow.to == head)
        .collect();
    let names_port = |flow: &&&crate::model::Flow<'_>| {
        let stated = flow.written.as_ref().and_then(|written| written.port);
        stated.is_some_and(|stated| stated.value.to_string() == port)
    };
    let callers = |flows: &[&crate::model::Flow<'_>]| {
        let ids = flows.iter().map(|flow| context.head[flow.from].id.value);
        list(ids)
    };
    let users: Vec<_> = inbound.iter().filter(names_port).copied().collect();
    let had_others = context.base[base].written.ports.len() > 1;
    if !users.is_empty() {
        change.class = Class::Breaking;
        change.because = Some(format!("a flow goes to this port from {}", callers(&users)));
    } else if !had_others && context.head[head].written.ports.is_empty() && !inbound.is_empty() {
        change.class = Class::Breaking;
        change.because = Some(format!(
            "it was the only port, and flows come from {}",
            callers(&inbound)
        ));
    }
    change
}

fn port_changed(about: &About, differences: Vec<Difference>) -> Change {
    let is = |key: &str| {
        let ends = |one: &Difference| one.edit.path.last().is_some_and(|last| last == key);
        differences
            .iter()
            .any(|one| ends(one) && !one.before.is_null())
    };
    let class = if is("protocol") {
        Class::Breaking
    } else if is("host") {
        Class::Risky
    } else if differences
        .iter()
        .all(|one| one.edit.path.last().is_some_and(|last| last == "name"))
    {
        Class::Docs
    } else {
        Class::Safe
    };
    Change {
        class,
        ..about.change(kinds::PORT_CHANGED, differences)
    }
}

/// The inbound protocols that came and went; `protocols:` may have come or gone as a whole.
fn protocols(about: &About, differences: Vec<Difference>, out: &mut Changes) {
    let side = |value: &Value, key: &str| -> Vec<String> {
        let list = value.get(key).and_then(Value::as_array);
        let texts = list.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    };
    let mut inbound_added = Vec::new();
    let mut inbound_removed = Vec::new();
    let mut others = Vec::new();
    for difference in differences {
        let is_inbound = difference
            .edit
            .path
            .get(3)
            .is_some_and(|key| key == "inbound");
        let (came, went) = (
            side(&difference.after, "inbound").len(),
            side(&difference.before, "inbound").len(),
        );
        match &difference.edit.action {
            Action::Add { .. } if is_inbound => inbound_added.push(difference),
            Action::Remove { .. } if is_inbound => inbound_removed.push(difference),
            Action::Set { .. } if went > 0 => inbound_removed.push(difference),
            Action::Set { .. } if came > 0 => inbound_added.push(difference),
            _ => others.push(difference),
        }
    }
    for (kind, found) in [
        (kinds::PROTOCOL_REMOVED, inbound_removed),
        (kinds::PROTOCOL_ADDED, inbound_added),
        (kinds::OUTBOUND_PROTOCOL_CHANGED, others),
    ] {
        if !found.is_empty() {
            out.push(about.change(kind, found));
        }
    }
}

/// A removed component hurts those that are still there and referred to it.
fn judge_removal(context: &Context<'_, '_>, id: ComponentId, out: &mut Changes) {
    let base = context.base;
    let survives = |other: ComponentId| context.matching.components.head_of(other).is_some();
    let mut left: Vec<&str> = Vec::new();
    let users = context.dependents.users(id).filter(|user| survives(*user));
    left.extend(users.map(|user| base[user].id.value));
    let topics = context.dependents.topics(id);
    left.extend(topics.map(|topic| base[topic].id.value));
    let children = base[id].children.iter().filter(|child| survives(**child));
    left.extend(children.map(|child| base[*child].id.value));
    left.sort_unstable();
    left.dedup();
    let Some(change) = out.list.last_mut() else {
        return;
    };
    if left.is_empty() {
        return;
    }
    change.class = Class::Breaking;
    change.because = Some(format!(
        "something still there depended on it: {}",
        list(left.into_iter())
    ));
    let (subject, place) = (change.subject.clone(), change.base);
    if base[id].written.deprecated.is_none() {
        out.push(deprecation::missing(subject, place));
    }
}

/// Components whose layer or category follows from a parent that changed.
pub(super) fn consequences(context: &Context<'_, '_>, out: &mut Changes) {
    for (base, head) in context.matching.components.kept() {
        if !is_in_same_layer(context, base, head) {
            let (before, after) = (
                context.base[base].layer.map(|id| &*context.base[id].name),
                context.head[head].layer.map(|id| &*context.head[id].name),
            );
            follow(
                context,
                head,
                kinds::COMPONENT_LAYER_CHANGED,
                ("layer", before, after),
                out,
            );
        }
        if !is_in_same_category(context, base, head) {
            let (before, after) = (
                context.base[base]
                    .category
                    .map(|id| &*context.base[id].name),
                context.head[head]
                    .category
                    .map(|id| &*context.head[id].name),
            );
            follow(
                context,
                head,
                kinds::COMPONENT_CATEGORY_CHANGED,
                ("category", before, after),
                out,
            );
        }
    }
}

fn follow(
    context: &Context<'_, '_>,
    head: ComponentId,
    kind: &'static kinds::ChangeKind,
    (what, before, after): (&str, Option<&str>, Option<&str>),
    out: &mut Changes,
) {
    let component = &context.head[head];
    let subject = Subject::new(SubjectKind::Component, component.id.value);
    if out.has(kind, &subject) {
        return;
    }
    let (before, after) = (Value::from(before), Value::from(after));
    let text = format!("{}: {}", name(&subject), set(what, &before, &after));
    let because = because_of_parent(context.head, head, what);
    out.push(Change {
        before,
        after,
        because: Some(because),
        head: Some(component.id.span),
        head_element: Some(Element::Component(head)),
        base_element: context
            .matching
            .components
            .base_of(head)
            .map(Element::Component),
        ..consequence(kind, subject, text)
    });
}

fn because_of_parent(model: &Model<'_>, id: ComponentId, what: &str) -> String {
    match model[id].parent {
        Some(parent) => format!(
            "the {what} of {} counts for what is in it",
            quoted(model[parent].id.value)
        ),
        None => format!("the {what} itself is another one"),
    }
}
