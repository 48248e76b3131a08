//! Integration points: components that publish or consume what they did not before.
//!
//! In: a summary. Out: rows by component, with its topics and when or why. Refuses to know:
//! flows.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use super::super::row::{list, numbered};
use super::Summary;
use crate::model::{ComponentId, Model, Party, Topic, TopicId};

/// One end of topics.
type End = for<'t, 's> fn(&'t Topic<'s>) -> &'t Vec<Party<'s>>;

pub(super) fn producers(summary: &Summary<'_>) -> Value {
    added(summary, |topic| &topic.producers)
}

pub(super) fn consumers(summary: &Summary<'_>) -> Value {
    added(summary, |topic| &topic.consumers)
}

/// Those who publish or consume something no longer, topics that are gone included.
pub(super) fn former(summary: &Summary<'_>) -> Value {
    let ends: [(&str, End); 2] = [
        ("publishes", |topic| &topic.producers),
        ("consumes", |topic| &topic.consumers),
    ];
    let matching = &summary.diff.matching;
    let mut rows = Vec::new();
    for (verb, end) in ends {
        let gone = parties(summary.base, end, |topic, party| {
            let component = matching.components.head_of(party.component);
            let topic = matching.topics.head_of(topic);
            component
                .zip(topic)
                .is_none_or(|(component, topic)| !has(end(&summary.head[topic]), component))
        });
        rows.extend(gone.into_iter().map(|(component, row)| {
            // Who goes on is called what they are called now.
            let kept = matching.components.head_of(component);
            let now = kept.map_or(&summary.base[component], |kept| &summary.head[kept]);
            context! { verb => verb, name => &*now.name, ..self::row(summary.base, component, &row) }
        }));
    }
    Value::from(rows)
}

fn added(summary: &Summary<'_>, end: End) -> Value {
    let matching = &summary.diff.matching;
    let new = parties(summary.head, end, |topic, party| {
        let component = matching.components.base_of(party.component);
        let topic = matching.topics.base_of(topic);
        component
            .zip(topic)
            .is_none_or(|(component, topic)| !has(end(&summary.base[topic]), component))
    });
    list(numbered(new.iter().map(|(component, row)| {
        context! {
            is_new => matching.components.base_of(*component).is_none(),
            ..self::row(summary.head, *component, row)
        }
    })))
}

fn has(parties: &[Party<'_>], component: ComponentId) -> bool {
    parties.iter().any(|party| party.component == component)
}

/// The topics of one component, and why.
#[derive(Default)]
struct PartyRow<'m> {
    topics: Vec<TopicId>,
    patterns: Vec<&'m str>,
    why: Vec<(&'m str, Vec<TopicId>)>,
}

/// Components in the order in which topics name them.
fn parties<'m>(
    model: &'m Model<'m>,
    end: End,
    is_wanted: impl Fn(TopicId, &Party<'_>) -> bool,
) -> Vec<(ComponentId, PartyRow<'m>)> {
    let mut rows: Vec<(ComponentId, PartyRow<'m>)> = Vec::new();
    let mut places = BTreeMap::new();
    for (id, topic) in model.topics() {
        for party in end(topic).iter().filter(|party| is_wanted(id, party)) {
            let place = *places.entry(party.component).or_insert_with(|| {
                rows.push((party.component, PartyRow::default()));
                rows.len() - 1
            });
            let row = &mut rows[place].1;
            row.topics.push(id);
            let pattern = party.on_component.map(|pattern| pattern.value);
            let pattern =
                pattern.filter(|pattern| pattern.contains('*') && !row.patterns.contains(pattern));
            row.patterns.extend(pattern);
            if let Some(why) = party.purpose.or(party.trigger) {
                match row.why.iter_mut().find(|(known, _)| *known == why.value) {
                    Some((_, topics)) => topics.push(id),
                    None => row.why.push((why.value, vec![id])),
                }
            }
        }
    }
    rows
}

fn row(model: &Model<'_>, component: ComponentId, row: &PartyRow<'_>) -> Value {
    let ids = |topics: &[TopicId]| {
        list(
            topics
                .iter()
                .map(|topic| Value::from(model[*topic].id.value)),
        )
    };
    let external = model
        .topics
        .iter()
        .filter(|topic| !topic.is_internal())
        .count();
    context! {
        name => &*model[component].name,
        icon => super::catalog::icon(model[component].written.icon),
        topics => ids(&row.topics),
        is_all => external > 1 && row.topics.len() >= external,
        patterns => list(row.patterns.iter().map(|pattern| Value::from(*pattern))),
        // One reason for everything needs no topics beside it.
        why => list(row.why.iter().map(|(why, topics)| context! {
            text => *why,
            topics => if row.why.len() == 1 { list::<Value>([]) } else { ids(topics) },
        })),
    }
}
