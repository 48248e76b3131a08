//! A topic's side and a component's side of the same fact, compared.
//!
//! In: a model. Out: the facts that one side states and the other, which is stated
//! and so complete, leaves out. Refuses to know: which side is right.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::{
    Action, Component, ComponentId, Model, Party, Step, Topic, TopicId, has_foreign_wildcard,
};
use crate::source::Span;
use crate::spec::{Participant, Subscription, Text};

/// Which end of a topic is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Producer,
    Consumer,
}

impl End {
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Consumer => "consumer",
        }
    }

    /// The key on the topic's side.
    pub(crate) fn topic_key(self) -> &'static str {
        match self {
            Self::Producer => "producers",
            Self::Consumer => "consumers",
        }
    }

    /// The key on the component's side.
    fn component_key(self) -> &'static str {
        match self {
            Self::Producer => "publishes",
            Self::Consumer => "consumes",
        }
    }

    pub(crate) fn infinitive(self) -> &'static str {
        match self {
            Self::Producer => "publish to",
            Self::Consumer => "consume",
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Producer => "publishes to",
            Self::Consumer => "consumes",
        }
    }

    /// What a step says about this end.
    pub(crate) fn told(self, step: &Step<'_>) -> Option<(ComponentId, TopicId)> {
        match step.action {
            Action::Publish { from, topic } if self == Self::Producer => Some((from, topic)),
            Action::Consume { by, topic } if self == Self::Consumer => Some((by, topic)),
            _ => None,
        }
    }

    pub(crate) fn parties<'m, 's>(self, topic: &'m Topic<'s>) -> &'m [Party<'s>] {
        match self {
            Self::Producer => &topic.producers,
            Self::Consumer => &topic.consumers,
        }
    }

    fn on_topic<'m, 's>(self, topic: &'m Topic<'s>) -> Option<&'m [Participant<'s>]> {
        match self {
            Self::Producer => topic.written.producers.as_deref(),
            Self::Consumer => topic.written.consumers.as_deref(),
        }
    }

    fn on_component<'m, 's>(self, component: &'m Component<'s>) -> Option<&'m [Subscription<'s>]> {
        match self {
            Self::Producer => component.written.publishes.as_deref(),
            Self::Consumer => component.written.consumes.as_deref(),
        }
    }
}

/// One finding for each topic and component whose two sides disagree.
pub(crate) fn disagreements(model: &Model<'_>, end: End, code: &'static Code) -> Vec<Diagnostic> {
    let told = told(model, end);
    let mut found = Vec::new();
    for (id, topic) in model.topics() {
        for party in end.parties(topic) {
            let finding = disagreement(model, end, topic, party, code);
            let step = told.get(&(party.component, id));
            found.extend(finding.map(|finding| match step {
                Some(span) => finding.also(*span, "this step relies on it"),
                None => finding,
            }));
        }
    }
    found
}

/// The first step of a scenario that tells each fact: a third witness.
fn told(model: &Model<'_>, end: End) -> BTreeMap<(ComponentId, TopicId), Span> {
    let mut told = BTreeMap::new();
    for step in model.scenarios.iter().flat_map(|scenario| &scenario.steps) {
        if let Some(fact) = end.told(step) {
            told.entry(fact).or_insert(step.span);
        }
    }
    told
}

fn disagreement(
    model: &Model<'_>,
    end: End,
    topic: &Topic<'_>,
    party: &Party<'_>,
    code: &'static Code,
) -> Option<Diagnostic> {
    let component = &model[party.component];
    let ids = (component.id.value, topic.id.value);
    if party.on_topic.is_none() {
        let written = end.on_topic(topic)?;
        let names: Vec<Text<'_>> = written.iter().filter_map(|item| item.component).collect();
        let is_meant = topic.is_partial && names.iter().any(|name| may_mean(*name, component));
        let place = list_start(&names, ids, topic.id.span);
        return (!is_meant).then(|| missing_on_topic(end, ids, party, &place, code));
    }
    if party.on_component.is_none() {
        let written = end.on_component(component)?;
        let names: Vec<Text<'_>> = written.iter().filter_map(|item| item.topic).collect();
        let is_meant = component.is_partial && names.iter().any(|name| may_cover(*name, topic));
        let place = list_start(&names, (ids.1, ids.0), component.id.span);
        return (!is_meant).then(|| missing_on_component(end, ids, party, &place, code));
    }
    None
}

/// Whether a name is near the component's; a misspelled one is reported by itself.
fn may_mean(name: Text<'_>, component: &Component<'_>) -> bool {
    let aliases = component.written.aliases.iter().map(|alias| alias.value);
    did_you_mean(name.value, aliases.chain([component.id.value])).is_some()
}

/// Whether a text is near the topic's name, or a pattern that can't be read.
fn may_cover(text: Text<'_>, topic: &Topic<'_>) -> bool {
    has_foreign_wildcard(text.value) || did_you_mean(text.value, [topic.id.value]).is_some()
}

/// Where a list that lacks an entry starts, or the element that has it if it is empty.
fn list_start(list: &[Text<'_>], (absent, owner): (&str, &str), element: Span) -> (Span, String) {
    match list.first() {
        Some(first) => (
            first.span,
            format!("stated for `{owner}`, without `{absent}`"),
        ),
        None => (element, format!("states an empty list, without `{absent}`")),
    }
}

fn missing_on_topic(
    end: End,
    (component, topic): (&str, &str),
    party: &Party<'_>,
    place: &(Span, String),
    code: &'static Code,
) -> Diagnostic {
    let (key, verb) = (end.topic_key(), end.verb());
    let pattern = party.on_component.map_or(topic, |pattern| pattern.value);
    let through = if pattern == topic {
        String::new()
    } else {
        format!(" through `{pattern}`")
    };
    let message =
        format!("`{component}` {verb} `{topic}`{through}, but the topic's `{key}` leave it out");
    Diagnostic::new(code, message, party.span(), "stated by the component")
        .also(place.0, format!("`{key}` {}", place.1))
        .help(format!(
            "add `{component}` to the topic's `{key}`, narrow what `{component}` {verb}, or state {key} on one side only",
        ))
        .subject("topic", topic)
        .subject("component", component)
}

fn missing_on_component(
    end: End,
    (component, topic): (&str, &str),
    party: &Party<'_>,
    place: &(Span, String),
    code: &'static Code,
) -> Diagnostic {
    let (noun, key) = (end.noun(), end.component_key());
    let message = format!(
        "topic `{topic}` names `{component}` as {noun}, but `{key}` of `{component}` does not cover it"
    );
    Diagnostic::new(code, message, party.span(), format!("named as {noun} here"))
        .also(place.0, format!("`{key}` {}", place.1))
        .help(format!(
            "add `{topic}` to `{key}` of `{component}`, remove `{component}` from the topic, or state {noun}s on one side only"
        ))
        .subject("topic", topic)
        .subject("component", component)
}
