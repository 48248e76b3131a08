//! Topics: that they exist, and their settings on the broker.
//!
//! In: the topics of both sides. Out: facts. Refuses to know: producers and consumers, which
//! `party` compares.
//!
//! Topics that a tool keeps for itself count only if the specification has them. A topic that
//! no source names is missing only if the sources define topics one by one.

use std::collections::BTreeMap;

use super::pair::Pairs;
use super::party;
use super::{Fact, Kind, Verdict};
use crate::import::{Confidence, Fact as Real, Imported, Topic as RealTopic};
use crate::model::{Model, Topic, TopicId, glob_matches};
use crate::source::Span;
use crate::spec::duration;

/// The topics of both sides by name.
pub(super) struct Topics<'i> {
    /// For each topic of the specification, the real ones of its name.
    pub(super) of_model: Vec<Vec<&'i RealTopic>>,
    /// For each topic of the specification, patterns of reality that match it.
    pub(super) patterns: Vec<Vec<&'i RealTopic>>,
    /// Real topics that the specification does not have.
    unlisted: Vec<&'i RealTopic>,
}

impl<'i> Topics<'i> {
    fn index(model: &Model<'_>, imported: &'i Imported) -> Self {
        let mut names: BTreeMap<&str, TopicId> = BTreeMap::new();
        for (id, topic) in model.topics() {
            names.insert(topic.id.value, id);
            if let Some(name) = topic.written.name {
                names.entry(name.value).or_insert(id);
            }
        }
        let mut topics = Self {
            of_model: vec![Vec::new(); model.topics.len()],
            patterns: vec![Vec::new(); model.topics.len()],
            unlisted: Vec::new(),
        };
        for real in &imported.topics {
            if let Some(id) = names.get(real.name.as_str()) {
                topics.of_model[id.index()].push(real);
                continue;
            }
            let pattern = as_glob(&real.name);
            let mut is_known = false;
            if real.is_pattern {
                for (id, topic) in model.topics() {
                    if glob_matches(&pattern, topic.id.value) {
                        topics.patterns[id.index()].push(real);
                        is_known = true;
                    }
                }
            }
            if !is_known {
                topics.unlisted.push(real);
            }
        }
        topics
    }
}

/// A pattern of a source as a glob: `{id}` stands for any text.
fn as_glob(name: &str) -> String {
    let mut glob = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((head, tail)) = rest.split_once('{') {
        glob.push_str(head.trim_end_matches('$'));
        glob.push('*');
        rest = tail.split_once('}').map_or("", |(_, rest)| rest);
    }
    glob.push_str(rest);
    glob
}

/// Adds the facts about topics.
pub(super) fn compare(
    model: &Model<'_>,
    imported: &Imported,
    pairs: &Pairs<'_>,
    facts: &mut Vec<Fact>,
) {
    let topics = Topics::index(model, imported);
    let is_defined = imported
        .topics
        .iter()
        .any(|topic| topic.partitions.is_some());
    for (id, topic) in model.topics() {
        let found = &topics.of_model[id.index()];
        let patterns = &topics.patterns[id.index()];
        facts.push(exists(topic, found, patterns, is_defined));
        settings(topic, found, facts);
    }
    for real in &topics.unlisted {
        facts.extend(unlisted(real));
    }
    party::compare(model, imported, pairs, &topics, facts);
}

fn subject(topic: &Topic<'_>) -> String {
    format!("topic:{}", topic.id.value)
}

fn exists(
    topic: &Topic<'_>,
    found: &[&RealTopic],
    patterns: &[&RealTopic],
    is_defined: bool,
) -> Fact {
    let fact = |verdict| {
        Fact::new(Kind::Topic, subject(topic), verdict).model(topic.id.value, topic.id.span)
    };
    let surest = |topics: &[&RealTopic]| {
        let evidence = topics.iter().flat_map(|topic| &topic.evidence);
        evidence.max_by_key(|evidence| evidence.confidence).cloned()
    };
    if let Some(evidence) = surest(found) {
        return fact(Verdict::Confirmed).reality(topic.id.value, &evidence);
    }
    if let (Some(first), Some(evidence)) = (patterns.first(), surest(patterns)) {
        let is_guess = evidence.confidence == Confidence::NameGuess;
        let verdict = if is_guess {
            Verdict::Unknown
        } else {
            Verdict::Confirmed
        };
        return fact(verdict).reality(first.name.clone(), &evidence);
    }
    if is_defined {
        fact(Verdict::MissingInReality).why("the sources define topics, and not this one")
    } else {
        fact(Verdict::Unknown).why("no source names it")
    }
}

fn unlisted(real: &RealTopic) -> Option<Fact> {
    let evidence = real
        .evidence
        .iter()
        .max_by_key(|evidence| evidence.confidence)?;
    if real.is_internal {
        return None;
    }
    let is_guess = evidence.confidence <= Confidence::EnvName;
    let verdict = if is_guess {
        Verdict::Unknown
    } else {
        Verdict::MissingInModel
    };
    let fact = Fact::new(Kind::Topic, format!("topic:{}", real.name), verdict);
    Some(fact.reality(real.name.clone(), evidence))
}

/// A setting: what the specification states, and when two values are the same.
type Setting = (Kind, Option<(String, Span)>, fn(&str, &str) -> bool);

/// The settings that the specification states.
fn settings(topic: &Topic<'_>, found: &[&RealTopic], facts: &mut Vec<Fact>) {
    let written = &topic.written;
    let number = |stated: Option<crate::spec::At<u64>>| {
        stated.map(|number| (number.value.to_string(), number.span))
    };
    let text = |stated: Option<crate::spec::Text<'_>>| {
        stated.map(|text| (text.value.to_owned(), text.span))
    };
    let shown = |fact: &Option<Real<u64>>| {
        fact.as_ref().map(|fact| Real {
            value: fact.value.to_string(),
            evidence: fact.evidence.clone(),
        })
    };
    let rows: [Setting; 4] = [
        (Kind::Partitions, number(written.partitions), same_text),
        (Kind::Replication, number(written.replication), same_text),
        (Kind::Retention, text(written.retention), same_duration),
        (Kind::Cleanup, text(written.cleanup), same_list),
    ];
    for (kind, stated, is_same) in rows {
        let Some((stated, span)) = stated else {
            continue;
        };
        let real = found.iter().find_map(|real| match kind {
            Kind::Partitions => shown(&real.partitions),
            Kind::Replication => shown(&real.replication),
            Kind::Retention => real.retention.clone(),
            _ => real.cleanup.clone(),
        });
        let Some(real) = real else {
            continue;
        };
        let verdict = if is_same(&stated, &real.value) {
            Verdict::Confirmed
        } else {
            Verdict::Contradicted
        };
        let fact = Fact::new(kind, subject(topic), verdict).model(stated, span);
        facts.push(fact.reality(real.value, &real.evidence));
    }
}

fn same_text(stated: &str, real: &str) -> bool {
    stated == real
}

fn same_duration(stated: &str, real: &str) -> bool {
    match (duration::parse(stated), duration::parse(real)) {
        (Some(stated), Some(real)) => stated == real,
        _ => stated == real,
    }
}

fn same_list(stated: &str, real: &str) -> bool {
    let sorted = |list: &str| {
        let mut items: Vec<String> = list.split(',').map(|item| item.trim().to_owned()).collect();
        items.sort();
        items
    };
    sorted(stated) == sorted(real)
}

#[cfg(test)]
mod tests {
    use super::{as_glob, same_duration, same_list};

    #[test]
    fn settings_are_compared_by_meaning() {
        assert!(same_duration("7d", "168h"));
        assert!(same_duration("forever", "forever"));
        assert!(!same_duration("7d", "forever"));
        assert!(same_list("compact,delete", "delete, compact"));
    }

    #[test]
    fn parameters_are_wildcards() {
        assert_eq!(as_glob("a.{id}.b"), "a.*.b");
        assert_eq!(as_glob("${routed}.events"), "*.events");
        assert_eq!(as_glob("a.{"), "a.*");
    }
}
