//! Changes of topics: presence, key, partitions, retention, events, fields.
//!
//! In: the differences of a topic. Out: changes; those of its producers and consumers are set
//! aside for `party`. Refuses to know: wildcards.
//!
//! What hurts only consumers hurts nobody if nobody consumed the topic.

use serde_json::Value;

use super::party::{End, Parties};
use super::{About, Changes, Context, by_key, by_table, deprecation, for_consumers, presence};
use crate::diff::change::{Change, Element};
use crate::diff::class::{Audience, Class};
use crate::diff::document::Group;
use crate::diff::edit::Action;
use crate::diff::kinds::{self, ChangeKind};
use crate::diff::walk::Difference;
use crate::diff::wording::list;
use crate::model::TopicId;
use crate::spec::duration;

pub(super) fn classify(
    context: &Context<'_, '_>,
    about: &About,
    group: Group,
    parties: &mut Parties,
    out: &mut Changes,
) {
    for (key, differences) in by_key(group.differences) {
        match key.as_str() {
            "" => {
                let kinds = (kinds::TOPIC_ADDED, kinds::TOPIC_REMOVED);
                presence(about, kinds, differences, out);
                if let (Some(Element::Topic(id)), None) = (about.base, about.head) {
                    judge_removal(context, id, out);
                }
            }
            "producers" => parties.add(about.head, End::Producer, differences),
            "consumers" => parties.add(about.head, End::Consumer, differences),
            "deprecated" => deprecation::classify(about, differences, out),
            _ => {
                if let Some(rest) = by_table("Topic", &key, about, differences, out) {
                    let start = out.list.len();
                    decide(context, about, &key, rest, out);
                    soften(context, about, &mut out.list[start..]);
                }
            }
        }
    }
}

fn soften(context: &Context<'_, '_>, about: &About, changes: &mut [Change]) {
    let Some(Element::Topic(base)) = about.base else {
        return;
    };
    let topic = &context.base[base];
    let has_consumers = topic.is_partial || !topic.consumers.is_empty();
    for change in changes {
        if change.kind.audience == [Audience::Consumers] {
            change.class = for_consumers(change.class, has_consumers);
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
    let ends = differences
        .first()
        .map(|one| (one.before.clone(), one.after.clone()));
    let (before, after) = ends.unwrap_or_default();
    let (kind, class) = match key {
        "events" => return events(about, differences, out),
        "data" => return fields(about, differences, out),
        "broker" => broker(context, about),
        "key" => own(match (before.is_null(), after.is_null()) {
            (true, _) => kinds::KEY_ADDED,
            (_, true) => kinds::KEY_REMOVED,
            _ => kinds::KEY_CHANGED,
        }),
        _ if before.is_null() => own(kinds::SETTING_STATED),
        _ if after.is_null() => own(kinds::SETTING_UNSTATED),
        "partitions" => partitions(context, about, &before, &after),
        "replication" => own(if after.as_u64() < before.as_u64() {
            kinds::REPLICATION_DECREASED
        } else {
            kinds::REPLICATION_INCREASED
        }),
        "retention" => own(retention(&before, &after)),
        "cleanup" => cleanup(&before, &after),
        "schema" => own(kinds::SCHEMA_CHANGED),
        _ => own(kinds::RESTATED),
    };
    out.push(Change {
        class,
        ..about.change(kind, differences)
    });
}

fn own(kind: &'static ChangeKind) -> (&'static ChangeKind, Class) {
    (kind, kind.class)
}

/// The only broker need not be named.
fn broker(context: &Context<'_, '_>, about: &About) -> (&'static ChangeKind, Class) {
    let (Some(Element::Topic(base)), Some(Element::Topic(head))) = (about.base, about.head) else {
        return own(kinds::RESTATED);
    };
    own(if is_on_same_broker(context, base, head) {
        kinds::RESTATED
    } else {
        kinds::BROKER_CHANGED
    })
}

pub(super) fn is_on_same_broker(context: &Context<'_, '_>, base: TopicId, head: TopicId) -> bool {
    let before = context.base[base].broker;
    let kept = before.and_then(|broker| context.matching.components.head_of(broker));
    kept == context.head[head].broker && kept.is_some() == before.is_some()
}

/// Without a key, it does not matter where an event goes.
fn partitions(
    context: &Context<'_, '_>,
    about: &About,
    before: &Value,
    after: &Value,
) -> (&'static ChangeKind, Class) {
    if after.as_u64() < before.as_u64() {
        return own(kinds::PARTITIONS_DECREASED);
    }
    let has_key = match about.base {
        Some(Element::Topic(id)) => context.base[id].written.key.is_some(),
        _ => true,
    };
    let kind = kinds::PARTITIONS_INCREASED;
    (kind, if has_key { kind.class } else { Class::Safe })
}

fn retention(before: &Value, after: &Value) -> &'static ChangeKind {
    let time = |value: &Value| duration::parse(value.as_str()?);
    match (time(before), time(after)) {
        (Some(before), Some(after)) if after < before => kinds::RETENTION_DECREASED,
        (Some(before), Some(after)) if after > before => kinds::RETENTION_INCREASED,
        (Some(_), Some(_)) => kinds::RESTATED,
        _ => kinds::RETENTION_CHANGED,
    }
}

/// A policy that does both keeps what either did, and forgets more.
fn cleanup(before: &Value, after: &Value) -> (&'static ChangeKind, Class) {
    let words = |value: &Value| -> Vec<String> {
        let text = value.as_str().unwrap_or_default();
        let mut words: Vec<String> = text.split(',').map(|word| word.trim().to_owned()).collect();
        words.sort();
        words
    };
    let (before, after) = (words(before), words(after));
    let kind = kinds::CLEANUP_POLICY_CHANGED;
    if before == after {
        own(kinds::RESTATED)
    } else if before.iter().all(|word| after.contains(word)) {
        (kind, Class::Risky)
    } else {
        own(kind)
    }
}

fn events(about: &About, differences: Vec<Difference>, out: &mut Changes) {
    let is_new = |one: &Difference| matches!(one.edit.action, Action::Add { .. });
    let (added, removed): (Vec<_>, Vec<_>) = differences.into_iter().partition(is_new);
    if !removed.is_empty() {
        out.push(about.change(kinds::EVENT_KINDS_REMOVED, removed));
    }
    if !added.is_empty() {
        out.push(about.change(kinds::EVENT_KINDS_ADDED, added));
    }
}

fn fields(about: &About, differences: Vec<Difference>, out: &mut Changes) {
    for difference in differences {
        let key = difference.edit.path.get(4).map(String::as_str);
        let is_required = |value: &Value| match value {
            Value::Bool(required) => *required,
            value => value
                .get("required")
                .and_then(Value::as_bool)
                .unwrap_or(false),
        };
        let (before, after) = (
            is_required(&difference.before),
            is_required(&difference.after),
        );
        let kind = match (&difference.edit.action, key) {
            (Action::Remove { .. }, _) => kinds::FIELD_REMOVED,
            (Action::Add { .. }, _) if after => kinds::REQUIRED_FIELD_ADDED,
            (Action::Add { .. }, _) => kinds::OPTIONAL_FIELD_ADDED,
            (_, Some("type")) if difference.before.is_null() => kinds::SETTING_STATED,
            (_, Some("type")) if difference.after.is_null() => kinds::SETTING_UNSTATED,
            (_, Some("type")) => kinds::FIELD_TYPE_CHANGED,
            (_, Some("required")) if after && !before => kinds::FIELD_BECAME_REQUIRED,
            (_, Some("required")) if before && !after => kinds::FIELD_BECAME_OPTIONAL,
            (_, Some("required")) => kinds::RESTATED,
            _ => kinds::DESCRIPTION_CHANGED,
        };
        out.push(about.change(kind, vec![difference]));
    }
}

/// Who still read it, and whether they were warned.
fn judge_removal(context: &Context<'_, '_>, id: TopicId, out: &mut Changes) {
    let topic = &context.base[id];
    let Some(change) = out.list.last_mut() else {
        return;
    };
    if topic.consumers.is_empty() && !topic.is_partial {
        change.class = Class::Safe;
        change.because = Some("nobody consumed it".to_owned());
        return;
    }
    let consumers = topic.consumers.iter();
    let consumers = consumers.map(|party| context.base[party.component].id.value);
    change.because = Some(format!("it was consumed by {}", list(consumers)));
    let (subject, place) = (change.subject.clone(), change.base);
    match &topic.written.deprecated {
        None => out.push(deprecation::missing(subject, place)),
        Some(deprecated) => {
            let version = context.head.version.map(|version| version.value);
            let due = deprecated.remove_by.map(|date| date.value);
            if let (Some(version), Some(due)) = (version, due)
                && is_version(due)
                && deprecation::order(version) >= deprecation::order(due)
            {
                change.class = Class::Safe;
                change.because = Some(format!("it was to go by version {due}"));
            }
        }
    }
}

/// `2.1.0` is a version and `2027-01-01` is a date.
fn is_version(text: &str) -> bool {
    text.contains('.') && !text.contains('-')
}
