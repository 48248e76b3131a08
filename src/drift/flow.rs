//! Flows: who talks to whom.
//!
//! In: the pairs, and the flows of both sides. Out: facts. Refuses to know: topics; the flows
//! that follow from them are flows like others here.
//!
//! A source shows who opens a connection, a specification which way data goes. They agree if
//! the flow starts at the one who opens it, or names that one as `initiator`, or is a delivery
//! of a broker. A flow between two components also stands for what they contain.

use std::collections::BTreeMap;

use super::component::WHOLE;
use super::pair::Pairs;
use super::{Fact, Kind, Verdict};
use crate::import::{Component, Confidence, Evidence, Imported};
use crate::model::{ComponentId, FlowId, Model, Origin};
use crate::source::Span;

type Ends = (ComponentId, ComponentId);

/// Sources whose settings name whom a component talks to.
const CONFIGURED: &[&str] = &["compose", "kubernetes"];

/// Adds the facts about flows.
pub(super) fn compare(
    model: &Model<'_>,
    imported: &Imported,
    pairs: &Pairs<'_>,
    facts: &mut Vec<Fact>,
) {
    let real = real_flows(imported, pairs);
    let stated = Stated::index(model);
    let mut met: BTreeMap<Ends, &Evidence> = BTreeMap::new();
    for (ends, evidence) in &real {
        facts.extend(stated.meet(model, *ends, evidence, &mut met));
    }
    for (ends, evidence) in of_topics(model, imported, pairs) {
        if stated.by_ends.contains_key(&ends) && !met.contains_key(&ends) {
            met.insert(ends, evidence);
            let fact = stated.fact(model, ends, Verdict::Confirmed);
            facts.push(fact.reality(shown(model, ends), evidence));
        }
    }
    let seen = Seen {
        model,
        imported,
        pairs,
        named_by: named_by(&real),
    };
    for ends in stated.by_ends.keys() {
        if !met.contains_key(ends) {
            facts.push(seen.unmet(&stated, *ends));
        }
    }
}

/// What reality shows between components of the specification, with its surest evidence.
fn real_flows<'i>(imported: &'i Imported, pairs: &Pairs<'_>) -> BTreeMap<Ends, &'i Evidence> {
    let mut found: BTreeMap<Ends, &Evidence> = BTreeMap::new();
    for flow in &imported.flows {
        let ends = (pairs.end(&flow.from), pairs.end(&flow.to));
        let (Some(from), Some(to)) = ends else {
            continue;
        };
        let surest = flow
            .evidence
            .iter()
            .max_by_key(|evidence| evidence.confidence);
        let Some(evidence) = surest.filter(|_| from != to) else {
            continue;
        };
        let known = found.entry((from, to)).or_insert(evidence);
        if known.confidence < evidence.confidence {
            *known = evidence;
        }
    }
    found
}

/// Flows to and from brokers that follow from the parties of real topics.
fn of_topics<'i>(
    model: &Model<'_>,
    imported: &'i Imported,
    pairs: &Pairs<'_>,
) -> BTreeMap<Ends, &'i Evidence> {
    let topics = model.topics.iter();
    let brokers: BTreeMap<&str, ComponentId> = topics
        .filter_map(|topic| Some((topic.id.value, topic.broker?)))
        .collect();
    let mut found = BTreeMap::new();
    for topic in &imported.topics {
        let Some(broker) = brokers.get(topic.name.as_str()) else {
            continue;
        };
        for party in &topic.producers {
            if let Some(producer) = pairs.end(&party.value.who) {
                found.entry((producer, *broker)).or_insert(&party.evidence);
            }
        }
        for party in &topic.consumers {
            if let Some(consumer) = pairs.end(&party.value.who) {
                found.entry((*broker, consumer)).or_insert(&party.evidence);
            }
        }
    }
    found
}

/// The flows of the specification by their ends.
struct Stated {
    by_ends: BTreeMap<Ends, Vec<FlowId>>,
}

/// Whether a flow of the specification is what reality shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Match {
    Same,
    Turned,
}

impl Stated {
    fn index(model: &Model<'_>) -> Self {
        let mut by_ends: BTreeMap<Ends, Vec<FlowId>> = BTreeMap::new();
        for (id, flow) in model.flows() {
            if flow.from != flow.to {
                by_ends.entry((flow.from, flow.to)).or_default().push(id);
            }
        }
        Self { by_ends }
    }

    /// The fact about a flow of reality; the flows that it confirms count as met.
    fn meet<'e>(
        &self,
        model: &Model<'_>,
        (from, to): Ends,
        evidence: &'e Evidence,
        met: &mut BTreeMap<Ends, &'e Evidence>,
    ) -> Vec<Fact> {
        let mut turned = None;
        let mut same = Vec::new();
        for start in with_ancestors(model, from) {
            for end in with_ancestors(model, to) {
                for ends in [(start, end), (end, start)] {
                    match self.holds(model, ends, start) {
                        Some(Match::Same) => same.push(ends),
                        Some(Match::Turned) => turned = turned.or(Some(ends)),
                        None => {}
                    }
                }
            }
        }
        for ends in &same {
            met.entry(*ends).or_insert(evidence);
        }
        if !same.is_empty() {
            let facts = same.into_iter().map(|ends| {
                self.fact(model, ends, Verdict::Confirmed)
                    .reality(shown(model, (from, to)), evidence)
            });
            return facts.collect();
        }
        let is_weak = evidence.confidence <= Confidence::StartupOrder;
        if let Some(ends) = turned {
            met.entry(ends).or_insert(evidence);
            let verdict = if is_weak {
                Verdict::Unknown
            } else {
                Verdict::Contradicted
            };
            let fact = self
                .fact(model, ends, verdict)
                .reality(shown(model, (from, to)), evidence)
                .why(format!("`{}` opens the connection", model[from].id.value));
            return vec![fact];
        }
        let subject = format!("flow:{}", shown(model, (from, to)));
        let fact = if is_weak {
            Fact::new(Kind::Flow, subject, Verdict::Unknown)
                .why("one starts after the other, which is no data flow")
        } else {
            Fact::new(Kind::Flow, subject, Verdict::MissingInModel)
        };
        vec![
            fact.reality(shown(model, (from, to)), evidence)
                .at(model[from].id.span),
        ]
    }

    /// Whether a flow between these ends is one that `dialer` opens.
    fn holds(&self, model: &Model<'_>, ends: Ends, dialer: ComponentId) -> Option<Match> {
        let flows = self.by_ends.get(&ends)?;
        let is_same = flows.iter().any(|id| {
            let flow = &model[*id];
            let initiator = flow.written.as_ref().and_then(|written| written.initiator);
            match (flow.origin, initiator) {
                (Origin::Produced | Origin::Consumed, _) => true,
                (Origin::Declared(_), Some(named)) => {
                    flow.is_bidirectional() || is_named(model, dialer, named.value)
                }
                (Origin::Declared(_), None) => flow.is_bidirectional() || flow.from == dialer,
            }
        });
        Some(if is_same { Match::Same } else { Match::Turned })
    }

    fn fact(&self, model: &Model<'_>, ends: Ends, verdict: Verdict) -> Fact {
        let span = self.span(model, ends);
        Fact::new(Kind::Flow, format!("flow:{}", shown(model, ends)), verdict)
            .model(shown(model, ends), span)
    }

    fn span(&self, model: &Model<'_>, ends: Ends) -> Span {
        let first = self.by_ends.get(&ends).and_then(|flows| flows.first());
        first.map_or_else(Span::default, |id| model[*id].span)
    }
}

fn is_named(model: &Model<'_>, id: ComponentId, name: &str) -> bool {
    let component = &model[id];
    let mut aliases = component.written.aliases.iter();
    component.id.value == name || aliases.any(|alias| alias.value == name)
}

fn with_ancestors(model: &Model<'_>, id: ComponentId) -> Vec<ComponentId> {
    /// Nesting deeper than this is not looked through.
    const DEEPEST: usize = 16;
    let ancestors = model.ancestors(id).take(DEEPEST);
    std::iter::once(id).chain(ancestors).collect()
}

fn shown(model: &Model<'_>, (from, to): Ends) -> String {
    format!("{} -> {}", model[from].id.value, model[to].id.value)
}

/// What is known when a flow of the specification has no evidence.
struct Seen<'a, 's, 'i> {
    model: &'a Model<'s>,
    imported: &'i Imported,
    pairs: &'a Pairs<'i>,
    /// For each component, those whose settings name it.
    named_by: BTreeMap<ComponentId, Vec<ComponentId>>,
}

fn named_by(real: &BTreeMap<Ends, &Evidence>) -> BTreeMap<ComponentId, Vec<ComponentId>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for ((from, to), evidence) in real {
        if evidence.confidence >= Confidence::EnvName {
            found.entry(*to).or_default().push(*from);
        }
    }
    found
}

impl<'i> Seen<'_, '_, 'i> {
    fn unmet(&self, stated: &Stated, ends: Ends) -> Fact {
        let fact = |verdict| stated.fact(self.model, ends, verdict);
        let (Some(from), Some(to)) = (self.first(ends.0), self.first(ends.1)) else {
            return fact(Verdict::Unknown).why("a source shows at most one of its ends");
        };
        if let Some(kind) = WHOLE.iter().find(|kind| has(from, kind) && has(to, kind)) {
            return fact(Verdict::MissingInReality)
                .why(format!("the {kind} model has both ends and no such flow"))
                .shown_by(Some(&from.evidence));
        }
        let opened_by = self.opener(stated, ends);
        let (dialer, target) = if opened_by == ends.1 {
            (to, from)
        } else {
            (from, to)
        };
        let other = if opened_by == ends.1 { ends.0 } else { ends.1 };
        let is_configured = CONFIGURED
            .iter()
            .any(|kind| has(dialer, kind) && has(target, kind));
        let named_by = self.named_by.get(&other).map_or(&[][..], Vec::as_slice);
        let others = named_by.iter().find(|from| **from != opened_by);
        let knows = !self.is_unknown(dialer);
        match others.filter(|_| is_configured && knows) {
            Some(sibling) => fact(Verdict::MissingInReality)
                .why(format!(
                    "the settings of `{}` name `{}`, those of `{}` do not",
                    self.model[*sibling].id.value,
                    self.model[other].id.value,
                    self.model[opened_by].id.value
                ))
                .shown_by(Some(&dialer.evidence)),
            None => fact(Verdict::Unknown).why("no source tells"),
        }
    }

    /// The component that opens the connection of a flow.
    fn opener(&self, stated: &Stated, ends: Ends) -> ComponentId {
        let first = stated.by_ends.get(&ends).and_then(|flows| flows.first());
        let Some(flow) = first.map(|id| &self.model[*id]) else {
            return ends.0;
        };
        let initiator = flow.written.as_ref().and_then(|written| written.initiator);
        let is_second = match (flow.origin, initiator) {
            (Origin::Consumed, _) => true,
            (_, Some(named)) => is_named(self.model, ends.1, named.value),
            _ => false,
        };
        if is_second { ends.1 } else { ends.0 }
    }

    fn first(&self, id: ComponentId) -> Option<&'i Component> {
        let at = self.pairs.reality_of(id).first()?;
        self.imported.components.get(*at)
    }

    /// Whether something about the component's settings could not be read.
    fn is_unknown(&self, component: &Component) -> bool {
        let mut unknowns = self.pairs.unknowns(&component.key).iter();
        unknowns.any(|unknown| unknown.what != "version")
    }
}

fn has(component: &Component, kind: &str) -> bool {
    component
        .origins
        .iter()
        .any(|origin| origin.importer == kind)
}
