//! New topics, by group, with everybody who writes and reads them.
//!
//! In: a summary. Out: rows. Refuses to know: what changed in topics that were there before.

use minijinja::{Value, context};

use super::super::catalog;
use super::super::row::list;
use super::Summary;
use crate::model::{Model, Party, TopicId};

/// New topics under their groups, numbered throughout; `name` is empty for those without.
pub(super) fn groups(summary: &Summary<'_>) -> Value {
    let head = summary.head;
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for (index, id) in summary.diff.matching.topics.added().enumerate() {
        let name = head[id].written.group.map_or("", |group| group.value);
        let row = topic(head, id, index + 1);
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((name, vec![row])),
        }
    }
    let group = |(name, topics): (&str, Vec<Value>)| context! { name => name, topics => Value::from(topics) };
    list(groups.into_iter().map(group))
}

fn topic(head: &Model<'_>, id: TopicId, number: usize) -> Value {
    let topic = &head[id];
    context! {
        number => number,
        written_by => list(topic.producers.iter().map(|party| self::party(head, party))),
        read_by => list(topic.consumers.iter().map(|party| self::party(head, party))),
        ..catalog::topic_row(head, topic)
    }
}

pub(super) fn removed(base: &Model<'_>, id: TopicId) -> Value {
    let topic = &base[id];
    context! {
        written_by => list(topic.producers.iter().map(|party| self::party(base, party))),
        read_by => list(topic.consumers.iter().map(|party| self::party(base, party))),
        ..catalog::topic_row(base, topic)
    }
}

/// A component with the pattern through which it has the topic, and why.
pub(super) fn party(model: &Model<'_>, party: &Party<'_>) -> Value {
    let pattern = party.on_component.map(|pattern| pattern.value);
    let pattern = pattern.filter(|pattern| party.on_topic.is_none() && pattern.contains('*'));
    context! {
        name => &*model[party.component].name,
        pattern => pattern.unwrap_or(""),
        why => super::text(party.purpose.or(party.trigger)),
    }
}
