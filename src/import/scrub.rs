//! What was found, without secrets.
//!
//! In: a joined [`Imported`]. Out: the same; a text that holds a password, a key or a token is
//! gone, and unknown from then on. Refuses to know: what importers read. It is the one gate
//! that everything passes, whoever asks for it.

use std::collections::BTreeSet;

use super::model::{Component, End, Evidence, Fact, Flow, Imported, Topic, Unknown};
use crate::check::secret;
use crate::diagnostic::{Diagnostic, Diagnostics, IMPORT_MALFORMED};
use crate::source::Span;

/// Why something is not told.
const WHY: &str = "it holds a secret";

/// Takes every secret out.
pub(super) fn scrub(mut imported: Imported, out: &mut Diagnostics) -> Imported {
    drop_names(&mut imported, out);
    let mut unknowns = Vec::new();
    for component in &mut imported.components {
        unknowns.extend(component_facts(component));
    }
    for topic in &mut imported.topics {
        unknowns.extend(topic_facts(topic));
    }
    imported.flows.iter_mut().for_each(flow_texts);
    let is_known = |unknown: &Unknown| is_open("why", &unknown.why) && is_open("", &unknown.what);
    imported.unknowns.retain(is_known);
    imported.unknowns.extend(unknowns);
    imported.name.take_if(|name| !is_open("name", &name.value));
    imported
}

/// Whether a text may be told to anybody.
fn is_open(key: &str, text: &str) -> bool {
    secret::in_text(key, text).is_none()
}

/// What is named by a secret can't be told about at all.
fn drop_names(imported: &mut Imported, out: &mut Diagnostics) {
    let is_told = |component: &Component| {
        let origins = component.origins.iter().map(|origin| origin.name.as_str());
        let mut names = origins.chain([component.key.as_str(), component.name.as_str()]);
        names.all(|name| is_open("name", name))
    };
    let mut gone = BTreeSet::new();
    imported.components.retain(|component| {
        let is_told = is_told(component);
        if !is_told {
            out.push(left_out(component.evidence.span));
            gone.insert(End::Component(component.key.clone()));
        }
        is_told
    });
    imported.topics.retain(|topic| {
        let is_told = is_open("name", &topic.name);
        if let Some(evidence) = topic.evidence.first().filter(|_| !is_told) {
            out.push(left_out(evidence.span));
        }
        is_told
    });
    let is_there = |end: &End| !gone.contains(end);
    let flows = &mut imported.flows;
    flows.retain(|flow| is_there(&flow.from) && is_there(&flow.to));
    for flow in flows {
        flow.topics.retain(|topic| is_open("name", topic));
    }
    for component in &mut imported.components {
        component.parent.take_if(|parent| !is_there(&parent.value));
        component.addresses.retain(|address| is_open("", address));
    }
    for topic in &mut imported.topics {
        topic.broker.take_if(|broker| !is_there(&broker.value));
        topic.source.take_if(|source| !is_there(&source.value.0));
        for parties in [&mut topic.producers, &mut topic.consumers] {
            parties.retain(|party| is_there(&party.value.who));
        }
        topic.known_by.retain(|known| is_there(&known.value));
    }
}

fn component_facts(component: &mut Component) -> Vec<Unknown> {
    let subject = component.key.clone();
    let facts = [
        ("name", &mut component.title),
        ("category", &mut component.category),
        ("technology", &mut component.technology),
        ("version", &mut component.version),
        ("image", &mut component.image),
        ("deployment", &mut component.deployment),
        ("group", &mut component.group),
        ("description", &mut component.description),
        ("owner", &mut component.owner),
        ("deprecated", &mut component.deprecated),
    ];
    let unknowns = taken(&subject, facts);
    component.tags.retain(|tag| is_open("tags", &tag.value));
    component.functions.retain(|name| is_open("", &name.value));
    component.links.retain(|link| {
        let (title, address) = &link.value;
        is_open("link", title) && is_open("link", address)
    });
    for port in &mut component.ports {
        open(&mut port.value.name);
        open(&mut port.value.protocol);
    }
    unknowns
}

fn topic_facts(topic: &mut Topic) -> Vec<Unknown> {
    let subject = topic.name.clone();
    let facts = [
        ("retention", &mut topic.retention),
        ("cleanup", &mut topic.cleanup),
        ("key", &mut topic.key),
        ("schema", &mut topic.schema),
        ("description", &mut topic.description),
    ];
    let unknowns = taken(&subject, facts);
    topic.events.retain(|event| is_open("events", &event.value));
    topic
        .source
        .take_if(|source| !is_open("object", &source.value.1));
    for party in topic.producers.iter_mut().chain(&mut topic.consumers) {
        open(&mut party.value.group);
        open(&mut party.value.purpose);
    }
    unknowns
}

fn flow_texts(flow: &mut Flow) {
    open(&mut flow.label);
    open(&mut flow.protocol);
    open(&mut flow.description);
}

fn open(text: &mut Option<String>) {
    text.take_if(|text| !is_open("", text));
}

/// Takes the facts that hold secrets.
fn taken<const N: usize>(
    subject: &str,
    facts: [(&'static str, &mut Option<Fact<String>>); N],
) -> Vec<Unknown> {
    let mut unknowns = Vec::new();
    for (key, fact) in facts {
        if let Some(fact) = fact.take_if(|fact| !is_open(key, &fact.value)) {
            unknowns.push(unknown(subject, key, fact.evidence));
        }
    }
    unknowns
}

fn unknown(subject: &str, what: &str, evidence: Evidence) -> Unknown {
    Unknown {
        subject: subject.to_owned(),
        what: what.to_owned(),
        why: WHY.to_owned(),
        evidence,
    }
}

fn left_out(span: Span) -> Diagnostic {
    // The place is the start: the text itself must not be shown.
    let start = Span {
        end: span.start,
        ..span
    };
    let message = "a name that holds a secret, so it was left out";
    Diagnostic::new(IMPORT_MALFORMED, message, start, "").help("name it without the secret")
}
