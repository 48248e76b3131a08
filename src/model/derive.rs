//! Flows that topics imply: producer to broker, broker to consumer.
//!
//! In: topics with their parties. Out: one flow for each pair of component and broker,
//! with all the topics it carries. Refuses to know: how a view draws topics.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::id::{ComponentId, TopicId};
use super::{Flow, Model, Origin, Party};
use crate::source::Span;

/// Topic names are spelled out in a derived label up to this many.
const MAX_NAMED: usize = 2;

/// A flow while its topics are collected.
struct Draft<'s> {
    from: ComponentId,
    to: ComponentId,
    origin: Origin,
    label: Option<&'s str>,
    topics: Vec<TopicId>,
    span: Span,
}

/// Adds the derived flows to the model: those into brokers, then those out of them.
pub(super) fn derive_flows(model: &mut Model<'_>) {
    let mut drafts = collect(model, Origin::Produced);
    drafts.extend(collect(model, Origin::Consumed));
    let flows: Vec<Flow<'_>> = drafts
        .into_iter()
        .map(|draft| finish(model, draft))
        .collect();
    model.flows.extend(flows);
}

fn collect<'s>(model: &Model<'s>, origin: Origin) -> Vec<Draft<'s>> {
    let mut drafts: Vec<Draft<'s>> = Vec::new();
    let mut places = BTreeMap::new();
    for (topic_id, topic) in model.topics() {
        let Some(broker) = topic.broker else { continue };
        let parties = if origin == Origin::Produced {
            &topic.producers
        } else {
            &topic.consumers
        };
        for party in parties.iter().filter(|party| party.component != broker) {
            let place = *places.entry((party.component, broker)).or_insert_with(|| {
                drafts.push(draft(party, broker, origin));
                drafts.len() - 1
            });
            let draft: &mut Draft<'s> = &mut drafts[place];
            draft.topics.push(topic_id);
            let stated = party.label.or(topic.written.label).map(|label| label.value);
            draft.label = draft.label.or(stated);
        }
    }
    drafts
}

fn draft<'s>(party: &Party<'s>, broker: ComponentId, origin: Origin) -> Draft<'s> {
    let (from, to) = match origin {
        Origin::Consumed => (broker, party.component),
        _ => (party.component, broker),
    };
    Draft {
        from,
        to,
        origin,
        label: None,
        topics: Vec::new(),
        span: party.span(),
    }
}

fn finish<'s>(model: &Model<'s>, draft: Draft<'s>) -> Flow<'s> {
    let label = draft
        .label
        .map_or_else(|| label_of(model, &draft.topics), Cow::Borrowed);
    Flow {
        from: draft.from,
        to: draft.to,
        label: Some(label),
        is_async: true,
        is_bidirectional: false,
        origin: draft.origin,
        topics: draft.topics,
        span: draft.span,
        written: None,
    }
}

/// The topics' names, or their common group, or their number.
fn label_of<'s>(model: &Model<'s>, topics: &[TopicId]) -> Cow<'s, str> {
    if let [topic] = topics {
        return model[*topic].name.clone();
    }
    if topics.len() <= MAX_NAMED {
        return topics
            .iter()
            .map(|topic| &*model[*topic].name)
            .collect::<Vec<_>>()
            .join(", ")
            .into();
    }
    let group = |topic: &TopicId| model[*topic].written.group.map(|group| group.value);
    let first = topics.first().and_then(group);
    let is_common = first.is_some() && topics.iter().all(|topic| group(topic) == first);
    match first {
        Some(group) if is_common => format!("{group} ({})", topics.len()).into(),
        _ => format!("{} topics", topics.len()).into(),
    }
}
