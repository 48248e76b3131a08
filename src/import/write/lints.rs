//! What the rules are told about an import: what is not known is no mistake.
//!
//! In: what was imported and written. Out: exceptions with their reasons. Refuses to know:
//! how rules work; exceptions name single elements, so that new ones are checked.

use std::collections::BTreeSet;

use super::scalar::list;
use super::{Entry, FlowEntry, Writer};

/// The exceptions of an import.
pub(super) fn entries(
    writer: &Writer<'_>,
    flows: &[FlowEntry],
    stand_in: Option<&str>,
) -> Vec<Entry> {
    let topics = &writer.imported.topics;
    let id = |name: &str| writer.ids.topic(name).to_owned();
    let without = |test: &dyn Fn(bool, bool) -> bool| -> Vec<String> {
        topics
            .iter()
            .filter(|topic| test(topic.producers.is_empty(), topic.consumers.is_empty()))
            .map(|topic| id(&topic.name))
            .collect()
    };
    let who = "the sources do not say who does";
    let rows = [
        (
            "topic-without-parties",
            without(&|writes, reads| writes && reads),
            who,
        ),
        (
            "topic-without-producer",
            without(&|writes, reads| writes && !reads),
            who,
        ),
        (
            "topic-without-consumer",
            without(&|writes, reads| !writes && reads),
            who,
        ),
        (
            "orphan-component",
            alone(writer, flows, stand_in),
            "the sources do not say what these talk to",
        ),
    ];
    let rows = rows.into_iter().filter(|(_, ids, _)| !ids.is_empty());
    rows.map(|(rule, ids, reason)| Entry {
        id: rule.to_owned(),
        lines: vec![format!(
            "{rule}: {{ except: {}, reason: {reason} }}",
            list(&ids)
        )],
    })
    .collect()
}

/// Components that nothing is said to reach or leave.
fn alone(writer: &Writer<'_>, flows: &[FlowEntry], stand_in: Option<&str>) -> Vec<String> {
    let mut joined: BTreeSet<&str> = BTreeSet::new();
    for flow in flows {
        joined.extend([flow.from.as_str(), flow.to.as_str()]);
    }
    let only = super::topic::only_broker(writer);
    for topic in &writer.imported.topics {
        let parties = topic.producers.iter().chain(&topic.consumers);
        let ends: Vec<&str> = parties
            .filter_map(|party| writer.ids.end(&party.value.who))
            .collect();
        if !ends.is_empty() {
            let stated = topic
                .broker
                .as_ref()
                .and_then(|broker| writer.ids.end(&broker.value));
            joined.extend(stated.or(only).or(stand_in));
        }
        joined.extend(ends);
    }
    for component in &writer.imported.components {
        if let Some(parent) = component
            .parent
            .as_ref()
            .and_then(|parent| writer.ids.end(&parent.value))
        {
            joined.extend([parent, writer.ids.component(&component.key)]);
        }
    }
    let components = writer.imported.components.iter();
    let ids = components.map(|component| writer.ids.component(&component.key));
    let all = ids.chain(stand_in);
    all.filter(|id| !joined.contains(id))
        .map(ToOwned::to_owned)
        .collect()
}
