//! Several sources become one model: the same service seen twice is one component.
//!
//! In: what each importer found. Out: one [`Imported`] whose ends are components wherever
//! they could be found. Refuses to know: file formats.
//!
//! Two components of different sources are one if their names are the same but for case and
//! separators, or if they answer to the same name on the network. Components of one source
//! are never joined: their author told them apart.

use std::collections::{BTreeMap, BTreeSet};

use super::address;
use super::model::{
    Address, Component, Confidence, End, Evidence, Fact, Flow, Imported, Party, Port, Topic,
    Unknown,
};
use crate::diagnostic::{Diagnostic, Diagnostics, IMPORT_CONFLICT};
use crate::model::Kind;

/// A component that is called on more ports than this has no use for a list of them.
const MAX_PORTS: usize = 64;

/// Joins what the importers found.
pub(super) fn join(parts: Vec<Imported>, out: &mut Diagnostics) -> Imported {
    let mut joined = Joined::default();
    for part in parts {
        joined.add(part, out);
    }
    joined.finish()
}

#[derive(Default)]
struct Joined {
    whole: Imported,
    /// Components by folded name, and by address.
    names: BTreeMap<String, usize>,
    addresses: BTreeMap<String, usize>,
    keys: BTreeMap<String, usize>,
}

impl Joined {
    fn add(&mut self, part: Imported, out: &mut Diagnostics) {
        self.whole.name = self.whole.name.take().or(part.name);
        let before = self.whole.components.len();
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        for component in part.components {
            let key = component.key.clone();
            let at = match self.same_as(&component, before) {
                Some(at) => {
                    merge_component(&mut self.whole.components[at], component, out);
                    at
                }
                None => self.push(component),
            };
            renamed.insert(key, self.whole.components[at].key.clone());
        }
        for at in 0..self.whole.components.len() {
            self.index(at);
        }
        let end = |end: &mut End| {
            if let End::Component(key) = end
                && let Some(new) = renamed.get(key)
            {
                key.clone_from(new);
            }
        };
        for component in &mut self.whole.components[before..] {
            if let Some(parent) = &mut component.parent {
                end(&mut parent.value);
            }
        }
        for mut flow in part.flows {
            end(&mut flow.from);
            end(&mut flow.to);
            self.whole.flows.push(flow);
        }
        for mut topic in part.topics {
            ends_of(&mut topic, &end);
            self.whole.topics.push(topic);
        }
        for mut unknown in part.unknowns {
            if let Some(new) = renamed.get(&unknown.subject) {
                unknown.subject.clone_from(new);
            }
            self.whole.unknowns.push(unknown);
        }
    }

    /// The component of an earlier source that this one is.
    fn same_as(&self, component: &Component, before: usize) -> Option<usize> {
        let by_name = self.names.get(&fold(&component.name)).copied();
        let by_address = || {
            let mut known = component.addresses.iter();
            known.find_map(|address| self.addresses.get(address).copied())
        };
        let at = by_name.or_else(by_address).filter(|at| *at < before)?;
        can_be_one(&self.whole.components[at], component).then_some(at)
    }

    fn push(&mut self, mut component: Component) -> usize {
        let at = self.whole.components.len();
        // The place is a number that no other component has.
        if self.keys.contains_key(&component.key) {
            component.key = format!("{}~{at}", component.key);
        }
        self.keys.insert(component.key.clone(), at);
        self.whole.components.push(component);
        at
    }

    fn index(&mut self, at: usize) {
        let component = &self.whole.components[at];
        self.names.entry(fold(&component.name)).or_insert(at);
        for address in &component.addresses {
            self.addresses.entry(address.clone()).or_insert(at);
        }
    }

    fn finish(mut self) -> Imported {
        let mut flows = std::mem::take(&mut self.whole.flows);
        flows.retain_mut(|flow| {
            let evidence = flow.evidence.first().cloned();
            self.settle(&mut flow.from, evidence.as_ref())
                && self.settle(&mut flow.to, evidence.as_ref())
                && flow.from != flow.to
        });
        self.whole.flows = merge_flows(flows);
        self.learn_ports();
        let mut topics = merge_topics(std::mem::take(&mut self.whole.topics));
        self.expand_patterns(&mut topics);
        for topic in &mut topics {
            self.settle_topic(topic);
        }
        let brokers = brokers_by_user(&self.whole);
        for topic in topics.iter_mut().filter(|topic| topic.broker.is_none()) {
            topic.broker = broker_of(topic, &brokers);
        }
        for topic in &mut topics {
            // A broker knows its own topics.
            let broker = topic.broker.as_ref().map(|broker| broker.value.clone());
            topic
                .known_by
                .retain(|known| Some(&known.value) != broker.as_ref());
        }
        self.whole.topics = topics;
        self.whole
    }

    /// Who may use `orders.*` may use every topic that is called so.
    fn expand_patterns(&mut self, topics: &mut Vec<Topic>) {
        let patterns: Vec<Topic> = topics
            .iter()
            .filter(|topic| topic.is_pattern && topic.name.ends_with('*'))
            .cloned()
            .collect();
        for pattern in patterns {
            let prefix = pattern.name.trim_end_matches('*').to_owned();
            let mut is_known = false;
            for topic in topics.iter_mut().filter(|topic| !topic.is_pattern) {
                if !topic.is_internal && topic.name.starts_with(&prefix) {
                    is_known = true;
                    merge_parties(topic, pattern.producers.clone(), pattern.consumers.clone());
                }
            }
            if is_known {
                topics.retain(|topic| topic.name != pattern.name);
                self.note_pattern(&pattern);
            }
        }
    }

    fn note_pattern(&mut self, pattern: &Topic) {
        for party in pattern.producers.iter().chain(&pattern.consumers) {
            if let End::Component(key) = &party.value.who {
                self.whole.unknowns.push(Unknown {
                    subject: key.clone(),
                    what: format!("all topics of `{}`", pattern.name),
                    why: "the source names a pattern; topics that are known were taken".into(),
                    evidence: party.evidence.clone(),
                });
            }
        }
    }

    /// Who is called on a port listens there, even if only its callers say so.
    fn learn_ports(&mut self) {
        for flow in &mut self.whole.flows {
            let (End::Component(key), Some(port)) = (&flow.to, flow.port) else {
                continue;
            };
            let at = self.keys.get(key).copied();
            let component = at.and_then(|at| self.whole.components.get_mut(at));
            let (Some(component), Some(evidence)) = (component, flow.evidence.first()) else {
                continue;
            };
            if component.ports.iter().any(|known| known.value.port == port) {
                continue;
            }
            if component.ports.len() < MAX_PORTS {
                let port = Port {
                    port,
                    host: None,
                    name: None,
                    protocol: None,
                };
                component.ports.push(Fact::new(port, evidence.clone()));
            } else {
                flow.port = None;
            }
        }
    }

    /// Finds the component that answers at an address. Public ones become external systems;
    /// others are unknown, and what leads there is left out.
    fn settle(&mut self, end: &mut End, evidence: Option<&Evidence>) -> bool {
        let End::Address(address) = end else {
            return true;
        };
        let found = self.at_address(address).or_else(|| {
            let is_public = address::is_public(&address.host);
            let evidence = evidence.filter(|evidence| evidence.confidence >= Confidence::EnvUrl)?;
            is_public.then(|| self.external(address, evidence))
        });
        if let Some(at) = found {
            *end = End::Component(self.whole.components[at].key.clone());
            return true;
        }
        if let Some(evidence) = evidence {
            self.whole.unknowns.push(Unknown {
                subject: String::new(),
                what: address.host.clone(),
                why: "no file here says what answers at this name".into(),
                evidence: evidence.clone(),
            });
        }
        false
    }

    fn at_address(&self, address: &Address) -> Option<usize> {
        let host = address.host.as_str();
        let with_port = address.port.map(|port| format!("{host}:{port}"));
        with_port
            .and_then(|exact| self.addresses.get(&exact))
            .or_else(|| self.addresses.get(host))
            .copied()
    }

    fn external(&mut self, address: &Address, evidence: &Evidence) -> usize {
        let host = &address.host;
        let mut component =
            Component::new(format!("external/{host}"), host.clone(), evidence.clone());
        component.kind = Some(Fact::new(Kind::External, evidence.clone()));
        component.deployment = Some(Fact::new("external".to_owned(), evidence.clone()));
        component.addresses = vec![host.clone()];
        let at = self.push(component);
        self.index(at);
        at
    }

    fn settle_topic(&mut self, topic: &mut Topic) {
        if let Some(mut broker) = topic.broker.take()
            && self.settle(&mut broker.value, Some(&broker.evidence))
        {
            topic.broker = Some(broker);
        }
        if let Some(mut source) = topic.source.take()
            && self.settle(&mut source.value.0, Some(&source.evidence))
        {
            topic.source = Some(source);
        }
        for parties in [&mut topic.producers, &mut topic.consumers] {
            parties.retain_mut(|party| self.settle(&mut party.value.who, Some(&party.evidence)));
        }
        topic
            .known_by
            .retain_mut(|known| self.settle(&mut known.value, Some(&known.evidence)));
    }
}

/// Changes every end that a topic names.
pub(super) fn ends_of(topic: &mut Topic, change: &dyn Fn(&mut End)) {
    if let Some(broker) = &mut topic.broker {
        change(&mut broker.value);
    }
    if let Some(source) = &mut topic.source {
        change(&mut source.value.0);
    }
    for party in topic.producers.iter_mut().chain(&mut topic.consumers) {
        change(&mut party.value.who);
    }
    for known in &mut topic.known_by {
        change(&mut known.value);
    }
}

/// A name without case and separators.
fn fold(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A broker is no database, whatever they are called.
fn can_be_one(a: &Component, b: &Component) -> bool {
    let class = |component: &Component| {
        let kind = component.kind.as_ref()?;
        let is_sure = kind.evidence.confidence > Confidence::NameGuess;
        is_sure.then_some(match kind.value {
            Kind::Broker => 1,
            kind if kind.is_store() => 2,
            Kind::Person => 3,
            _ => 4,
        })
    };
    match (class(a), class(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Keeps the surer fact; of two that are as sure, the first.
fn take_surer<T>(known: &mut Option<Fact<T>>, new: Option<Fact<T>>) {
    let Some(new) = new else { return };
    let is_surer = known
        .as_ref()
        .is_none_or(|known| new.evidence.confidence > known.evidence.confidence);
    if is_surer {
        *known = Some(new);
    }
}

fn merge_component(known: &mut Component, new: Component, out: &mut Diagnostics) {
    if let (Some(a), Some(b)) = (&known.version, &new.version)
        && a.value != b.value
    {
        out.push(conflict(&known.name, "version", a, b));
    }
    if known.is_named_only && !new.is_named_only {
        known.is_named_only = false;
        known.name.clone_from(&new.name);
        known.evidence = new.evidence.clone();
    }
    take_surer(&mut known.title, new.title);
    take_surer(&mut known.kind, new.kind);
    take_surer(&mut known.category, new.category);
    take_surer(&mut known.technology, new.technology);
    take_surer(&mut known.version, new.version);
    take_surer(&mut known.image, new.image);
    take_surer(&mut known.deployment, new.deployment);
    take_surer(&mut known.group, new.group);
    take_surer(&mut known.parent, new.parent);
    take_surer(&mut known.description, new.description);
    take_surer(&mut known.owner, new.owner);
    take_surer(&mut known.deprecated, new.deprecated);
    known.origins.extend(new.origins);
    for port in new.ports {
        let same = known.ports.iter_mut().find(|old| {
            old.value.is_same(&port.value)
                || port.value.host.is_none() && old.value.port == port.value.port
        });
        match same {
            Some(old) => old.value.host = old.value.host.or(port.value.host),
            None => known.ports.push(port),
        }
    }
    for address in new.addresses {
        if !known.addresses.contains(&address) {
            known.addresses.push(address);
        }
    }
    for tag in new.tags {
        if !known.tags.iter().any(|old| old.value == tag.value) {
            known.tags.push(tag);
        }
    }
    for link in new.links {
        if !known.links.iter().any(|old| old.value.0 == link.value.0) {
            known.links.push(link);
        }
    }
}

/// One flow for each pair of ends and label; what has no label joins what has one.
fn merge_flows(flows: Vec<Flow>) -> Vec<Flow> {
    let mut merged: Vec<Flow> = Vec::new();
    let mut places: BTreeMap<(End, End), Vec<usize>> = BTreeMap::new();
    for flow in flows {
        let pair = (flow.from.clone(), flow.to.clone());
        let known = places.entry(pair).or_default();
        let same = known.iter().copied().find(|at| {
            let old = &merged[*at];
            old.label == flow.label || old.label.is_none() || flow.label.is_none()
        });
        if let Some(at) = same {
            merge_flow(&mut merged[at], flow);
        } else {
            known.push(merged.len());
            merged.push(flow);
        }
    }
    for flow in &mut merged {
        flow.evidence
            .sort_by_key(|evidence| std::cmp::Reverse(evidence.confidence));
    }
    merged
}

fn merge_flow(known: &mut Flow, new: Flow) {
    let surest = |flow: &Flow| {
        flow.evidence
            .iter()
            .map(|evidence| evidence.confidence)
            .max()
    };
    let is_surer = surest(&new) > surest(known);
    let choose = |old: &mut Option<String>, new: Option<String>| {
        if old.is_none() || (is_surer && new.is_some()) {
            *old = new;
        }
    };
    choose(&mut known.label, new.label);
    choose(&mut known.protocol, new.protocol);
    choose(&mut known.description, new.description);
    if known.port.is_none() || (is_surer && new.port.is_some()) {
        known.port = new.port;
    }
    known.is_async |= new.is_async;
    for topic in new.topics {
        if !known.topics.contains(&topic) {
            known.topics.push(topic);
        }
    }
    known.evidence.extend(new.evidence);
}

fn merge_topics(topics: Vec<Topic>) -> Vec<Topic> {
    let mut merged: Vec<Topic> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for topic in topics {
        match places.get(&topic.name).copied() {
            None => {
                places.insert(topic.name.clone(), merged.len());
                merged.push(topic);
            }
            Some(at) => merge_topic(&mut merged[at], topic),
        }
    }
    for topic in &mut merged {
        topic
            .evidence
            .sort_by_key(|evidence| std::cmp::Reverse(evidence.confidence));
    }
    merged
}

fn merge_topic(known: &mut Topic, new: Topic) {
    take_surer(&mut known.broker, new.broker);
    take_surer(&mut known.partitions, new.partitions);
    take_surer(&mut known.replication, new.replication);
    take_surer(&mut known.retention, new.retention);
    take_surer(&mut known.cleanup, new.cleanup);
    take_surer(&mut known.key, new.key);
    take_surer(&mut known.schema, new.schema);
    take_surer(&mut known.description, new.description);
    take_surer(&mut known.source, new.source);
    known.is_internal &= new.is_internal;
    known.is_pattern &= new.is_pattern;
    known.events.extend(new.events);
    merge_parties(known, new.producers, new.consumers);
    for end in new.known_by {
        if !known.known_by.iter().any(|old| old.value == end.value) {
            known.known_by.push(end);
        }
    }
    known.evidence.extend(new.evidence);
}

fn merge_parties(known: &mut Topic, producers: Vec<Fact<Party>>, consumers: Vec<Fact<Party>>) {
    for (old, new) in [
        (&mut known.producers, producers),
        (&mut known.consumers, consumers),
    ] {
        for party in new {
            match old.iter_mut().find(|old| old.value.who == party.value.who) {
                Some(old) => {
                    let value = &mut old.value;
                    value.group = value.group.take().or(party.value.group);
                    value.purpose = value.purpose.take().or(party.value.purpose);
                }
                None => old.push(party),
            }
        }
    }
}

/// For each component, the broker that it talks to by the surest evidence.
fn brokers_by_user(whole: &Imported) -> BTreeMap<End, Fact<End>> {
    let is_broker = |component: &&Component| {
        let kind = component.kind.as_ref();
        kind.is_some_and(|kind| kind.value == Kind::Broker)
    };
    let brokers: BTreeSet<End> = whole
        .components
        .iter()
        .filter(is_broker)
        .map(|component| End::Component(component.key.clone()))
        .collect();
    let mut found: BTreeMap<End, Fact<End>> = BTreeMap::new();
    for flow in whole.flows.iter().filter(|flow| brokers.contains(&flow.to)) {
        let Some(evidence) = flow.evidence.first() else {
            continue;
        };
        let mut known = found.remove(&flow.from);
        take_surer(
            &mut known,
            Some(Fact::new(flow.to.clone(), evidence.clone())),
        );
        found.extend(known.map(|known| (flow.from.clone(), known)));
    }
    for broker in brokers {
        let evidence = whole
            .component(&broker)
            .map(|component| component.evidence.clone());
        let own = evidence.map(|evidence| Fact::new(broker.clone(), evidence));
        found.extend(own.map(|own| (broker, own)));
    }
    // What runs inside something talks to the same broker.
    for component in &whole.components {
        let parent = component.parent.as_ref();
        let inherited = parent.and_then(|parent| found.get(&parent.value).cloned());
        if let Some(inherited) = inherited {
            let own = End::Component(component.key.clone());
            found.entry(own).or_insert(inherited);
        }
    }
    found
}

/// The broker that those who use the topic talk to.
fn broker_of(topic: &Topic, brokers: &BTreeMap<End, Fact<End>>) -> Option<Fact<End>> {
    let parties = topic.producers.iter().chain(&topic.consumers);
    let known_by = topic.known_by.iter().map(|known| &known.value);
    let mut users = parties.map(|party| &party.value.who).chain(known_by);
    users.find_map(|user| brokers.get(user).cloned())
}

fn conflict(name: &str, what: &str, a: &Fact<String>, b: &Fact<String>) -> Diagnostic {
    let message = format!(
        "{what} of `{name}` is `{}` here and `{}` elsewhere; the first one was taken",
        a.value, b.value
    );
    Diagnostic::new(IMPORT_CONFLICT, message, b.evidence.span, "")
        .also(a.evidence.span, "the other one")
        .help("say in the specification what is meant")
}
