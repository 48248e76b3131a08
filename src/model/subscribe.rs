//! Topics and who is at their two ends, from both sides of the specification.
//!
//! In: topics as written, and what components say they consume and publish to.
//! Out: topics with producers and consumers, wildcards expanded.
//! Refuses to know: whether the two sides agree; a rule compares them.

#![expect(
    clippy::disallowed_types,
    reason = "the map is looked up, never iterated"
)]

use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxBuildHasher;

use super::id::{ComponentId, TopicId};
use super::names::Names;
use super::resolve::owner_of;
use super::{Component, Kind, Model, Party, Topic};
use crate::diagnostic::{Diagnostic, Diagnostics, NO_BROKER};
use crate::spec::decode::Record;
use crate::spec::{self, Entries, Participant, Subscription, Text};

/// Which end of a topic a component is at.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    Producer,
    Consumer,
}

pub(super) fn resolve_topics<'s>(
    model: &mut Model<'s>,
    topics: Entries<'s, spec::Topic<'s>>,
    names: &mut Names<'s>,
    out: &mut Diagnostics,
) {
    let owners_declared = model.owners.iter().any(|owner| owner.written.is_some());
    let sole_broker = sole_broker(model);
    let mut without_broker = Vec::new();
    for (id, mut written) in topics {
        // What is stated is complete; what is read in part is not stated.
        if written.is_unread("producers") {
            written.producers = None;
        }
        if written.is_unread("consumers") {
            written.consumers = None;
        }
        let broker = match written.broker {
            Some(name) => names.component(name, "broker"),
            None => sole_broker,
        };
        if broker.is_none() && written.broker.is_none() {
            without_broker.push(id);
        }
        let source_name = written.source.as_ref().and_then(|source| source.component);
        let source = source_name.and_then(|name| names.component(name, "source"));
        let mut is_partial = written.unread() != 0
            || (written.broker.is_some() && broker.is_none())
            || (source_name.is_some() && source.is_none());
        let producers = parties(
            written.producers.as_deref_mut(),
            "producer",
            names,
            &mut is_partial,
        );
        let consumers = parties(
            written.consumers.as_deref_mut(),
            "consumer",
            names,
            &mut is_partial,
        );
        let owner = written
            .owner
            .and_then(|owner| owner_of(model, owner, owners_declared, out));
        let name = written.name.map_or(id.value, |name| name.value).into();
        model.topics.push(Topic {
            id,
            name,
            broker,
            producers,
            consumers,
            source,
            owner,
            is_partial,
            written,
        });
    }
    if !without_broker.is_empty() {
        out.push(no_broker(&without_broker, model));
    }
    join_subscriptions(model, names);
}

/// The only component of kind broker, if there is exactly one.
fn sole_broker(model: &Model<'_>) -> Option<ComponentId> {
    let mut brokers = model
        .components()
        .filter(|(_, component)| component.kind == Kind::Broker);
    let first = brokers.next().map(|(id, _)| id);
    if brokers.next().is_some() {
        None
    } else {
        first
    }
}

fn no_broker(topics: &[Text<'_>], model: &Model<'_>) -> Diagnostic {
    let brokers = model
        .components
        .iter()
        .filter(|component| component.kind == Kind::Broker)
        .count();
    let (first, rest) = (topics[0], &topics[1..]);
    let message = match rest.len() {
        0 => format!("topic `{}` has no broker", first.value),
        more => format!("topic `{}` and {more} more have no broker", first.value),
    };
    let help = if brokers == 0 {
        "add a component with `kind: broker`, or state `broker:`".to_owned()
    } else {
        format!("state `broker:`; {brokers} components are of kind broker")
    };
    let diagnostic = Diagnostic::new(NO_BROKER, message, first.span, "").help(help);
    rest.iter().take(3).fold(diagnostic, |diagnostic, topic| {
        diagnostic.also(topic.span, "nor has this")
    })
}

fn parties<'s>(
    written: Option<&mut [Participant<'s>]>,
    role: &str,
    names: &mut Names<'s>,
    is_partial: &mut bool,
) -> Vec<Party<'s>> {
    let mut parties: Vec<Party<'s>> = Vec::new();
    let mut named = BTreeSet::new();
    for participant in written.unwrap_or_default() {
        let Some(name) = participant.component else {
            *is_partial = true;
            continue;
        };
        let Some(component) = names.component(name, role) else {
            *is_partial = true;
            continue;
        };
        if !named.insert(component) {
            continue;
        }
        parties.push(Party {
            component,
            on_topic: Some(name.span),
            on_component: None,
            trigger: participant.trigger,
            purpose: participant.purpose,
            label: participant.label,
            group: participant.group,
        });
    }
    parties
}

/// Adds what the components state to the topics.
fn join_subscriptions<'s>(model: &mut Model<'s>, names: &mut Names<'s>) {
    let mut known = Known::of(model);
    for index in 0..model.components.len() {
        let id = ComponentId::new(index);
        let written = &mut model.components[index].written;
        if written.consumes.is_none() && written.publishes.is_none() {
            continue;
        }
        let (consumes, publishes) = (written.consumes.take(), written.publishes.take());
        for subscription in consumes.iter().flatten() {
            join(model, id, subscription, End::Consumer, (names, &mut known));
        }
        for subscription in publishes.iter().flatten() {
            join(model, id, subscription, End::Producer, (names, &mut known));
        }
        let written = &mut model.components[index].written;
        (written.consumes, written.publishes) = (consumes, publishes);
    }
    // What could not be read may name any topic.
    let is_unread = |component: &Component<'_>| {
        let written = &component.written;
        written.is_unread("consumes") || written.is_unread("publishes")
    };
    if model.components.iter().any(is_unread) {
        let topics = model.topics.iter_mut();
        topics.for_each(|topic| topic.is_partial = true);
    }
}

/// Where each party stands among the parties of its topic: one topic may have all components.
struct Known {
    places: HashMap<(End, TopicId, ComponentId), usize, FxBuildHasher>,
}

impl Known {
    fn of(model: &Model<'_>) -> Self {
        let mut places = HashMap::default();
        for (id, topic) in model.topics() {
            for (end, parties) in [
                (End::Producer, &topic.producers),
                (End::Consumer, &topic.consumers),
            ] {
                let place =
                    |(place, party): (usize, &Party<'_>)| ((end, id, party.component), place);
                places.extend(parties.iter().enumerate().map(place));
            }
        }
        Self { places }
    }
}

fn join<'s>(
    model: &mut Model<'s>,
    component: ComponentId,
    subscription: &Subscription<'s>,
    end: End,
    (names, known): (&mut Names<'s>, &mut Known),
) {
    let Some(pattern) = subscription.topic else {
        return;
    };
    let fact = (component, pattern, subscription);
    if !is_pattern(pattern.value) {
        // A wildcard of another system is no name; a rule says what to write instead.
        if has_foreign_wildcard(pattern.value) {
            model.components[component.index()].is_partial = true;
            return;
        }
        let role = if end == End::Consumer {
            "consumed topic"
        } else {
            "published topic"
        };
        match names.topic(pattern, role) {
            Some(topic) => add(model, (end, topic), fact, known),
            None => model.components[component.index()].is_partial = true,
        }
        return;
    }
    let matching: Vec<TopicId> = model
        .topics()
        .filter(|(_, topic)| topic_pattern_matches(pattern.value, topic))
        .map(|(id, _)| id)
        .collect();
    for topic in matching {
        add(model, (end, topic), fact, known);
    }
}

fn add<'s>(
    model: &mut Model<'s>,
    (end, id): (End, TopicId),
    (component, pattern, subscription): (ComponentId, Text<'s>, &Subscription<'s>),
    known: &mut Known,
) {
    let topic = &mut model.topics[id.index()];
    let parties = if end == End::Consumer {
        &mut topic.consumers
    } else {
        &mut topic.producers
    };
    let place = *known
        .places
        .entry((end, id, component))
        .or_insert(parties.len());
    if let Some(party) = parties.get_mut(place) {
        party.on_component = party.on_component.or(Some(pattern));
        party.trigger = party.trigger.or(subscription.trigger);
        party.purpose = party.purpose.or(subscription.purpose);
        party.label = party.label.or(subscription.label);
        return;
    }
    parties.push(Party {
        component,
        on_topic: None,
        on_component: Some(pattern),
        trigger: subscription.trigger,
        purpose: subscription.purpose,
        label: subscription.label,
        group: None,
    });
}

/// Whether a text holds a wildcard.
pub(crate) fn is_pattern(text: &str) -> bool {
    text.contains('*')
}

/// Whether a text holds signs that other systems use as wildcards or in regular expressions.
pub(crate) fn has_foreign_wildcard(text: &str) -> bool {
    text.contains(
        &[
            '+', '#', '?', '\\', '^', '$', '(', ')', '[', ']', '{', '}', '|',
        ][..],
    )
}

/// Whether a pattern matches a topic: `*` alone is every topic that is not internal,
/// elsewhere it stands for any run of characters.
pub(crate) fn topic_pattern_matches(pattern: &str, topic: &Topic<'_>) -> bool {
    if pattern == "*" {
        return !topic
            .written
            .internal
            .is_some_and(|internal| internal.value);
    }
    glob_matches(pattern, topic.id.value)
}

/// Matches `*` against any run of characters, in linear time for each star.
pub(crate) fn glob_matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}
