//! Producers and consumers of topics, by access rules, connectors and AsyncAPI.
//!
//! In: the topics of both sides. Out: facts. Refuses to know: settings of topics.
//!
//! A source that names topics of a component names all of that side: an application's AsyncAPI
//! document, a connector's tables, the access rules of a user. Only then can a party of the
//! specification be missing in reality. What a pattern allows is not what is used, so a
//! pattern confirms and never adds.

use std::collections::{BTreeMap, BTreeSet};

use super::pair::Pairs;
use super::topic::Topics;
use super::{Fact, Kind, Verdict};
use crate::import::{
    Component, Confidence, Evidence, Fact as Real, Imported, Party as RealParty, Topic,
};
use crate::model::{ComponentId, Model, Party, TopicId};

/// One of the two sides of a topic.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Producers,
    Consumers,
}

impl Side {
    fn kind(self) -> Kind {
        match self {
            Self::Producers => Kind::Producer,
            Self::Consumers => Kind::Consumer,
        }
    }

    fn of_real(self, topic: &Topic) -> &[Real<RealParty>] {
        match self {
            Self::Producers => &topic.producers,
            Self::Consumers => &topic.consumers,
        }
    }

    fn of_model<'m, 's>(self, model: &'m Model<'s>, id: TopicId) -> &'m [Party<'s>] {
        match self {
            Self::Producers => &model[id].producers,
            Self::Consumers => &model[id].consumers,
        }
    }
}

/// Adds the facts about parties.
pub(super) fn compare(
    model: &Model<'_>,
    imported: &Imported,
    pairs: &Pairs<'_>,
    topics: &Topics<'_>,
    facts: &mut Vec<Fact>,
) {
    for side in [Side::Producers, Side::Consumers] {
        let known = known(imported, pairs, side);
        for (id, _) in model.topics() {
            let real = real_parties(pairs, topics, id, side);
            let sides = Sides { model, id, side };
            sides.compare(&real, &known, facts);
        }
    }
}

/// A party that a source names.
struct Found<'i> {
    evidence: &'i Evidence,
    /// Whether a pattern of topics names it, not this topic.
    by_pattern: bool,
}

/// The parties of one topic by component.
fn real_parties<'i>(
    pairs: &Pairs<'_>,
    topics: &Topics<'i>,
    id: TopicId,
    side: Side,
) -> BTreeMap<ComponentId, Found<'i>> {
    let mut found: BTreeMap<ComponentId, Found<'i>> = BTreeMap::new();
    let by_name = topics.of_model[id.index()]
        .iter()
        .map(|topic| (topic, false));
    let by_pattern = topics.patterns[id.index()]
        .iter()
        .map(|topic| (topic, true));
    for (topic, by_pattern) in by_name.chain(by_pattern) {
        for party in side.of_real(topic) {
            if let Some(component) = pairs.end(&party.value.who) {
                let evidence = &party.evidence;
                found.entry(component).or_insert(Found {
                    evidence,
                    by_pattern,
                });
            }
        }
    }
    found
}

/// Components whose topics of a side a source names, with the first place that does.
fn known<'i>(
    imported: &'i Imported,
    pairs: &Pairs<'_>,
    side: Side,
) -> BTreeMap<ComponentId, &'i Evidence> {
    let mut known = BTreeMap::new();
    let mut guessed = BTreeSet::new();
    for topic in imported.topics.iter().filter(|topic| !topic.is_internal) {
        for party in side.of_real(topic) {
            let Some(at) = pairs.at(&party.value.who) else {
                continue;
            };
            let Some(component) = pairs.model_of(at) else {
                continue;
            };
            if party.evidence.confidence < Confidence::EnvUrl {
                // One guess means that there may be more.
                guessed.insert(component);
            } else if names_all(&imported.components[at], &party.evidence) {
                known.entry(component).or_insert(&party.evidence);
            }
        }
    }
    known.retain(|component, _| !guessed.contains(component));
    known
}

/// Whether the source that names one topic of a component names all of that side.
fn names_all(component: &Component, evidence: &Evidence) -> bool {
    let is_of = |kind: &&str| {
        component
            .origins
            .iter()
            .any(|origin| origin.importer == *kind)
    };
    ["asyncapi", "connect"].iter().any(is_of) || evidence.pointer.contains("acls")
}

struct Sides<'a, 's> {
    model: &'a Model<'s>,
    id: TopicId,
    side: Side,
}

impl Sides<'_, '_> {
    fn compare(
        &self,
        real: &BTreeMap<ComponentId, Found<'_>>,
        known: &BTreeMap<ComponentId, &Evidence>,
        facts: &mut Vec<Fact>,
    ) {
        let stated = self.side.of_model(self.model, self.id);
        for party in stated {
            let name = self.model[party.component].id.value;
            let fact = |verdict| self.fact(verdict).model(name, party.span());
            let met = self.family(party.component).find_map(|id| real.get(&id));
            facts.push(match (met, known.get(&party.component)) {
                (Some(found), _) => fact(Verdict::Confirmed).reality(name, found.evidence),
                (None, Some(evidence)) => fact(Verdict::MissingInReality)
                    .why(format!(
                        "the sources name topics of `{name}`, and not this one"
                    ))
                    .shown_by(Some(evidence)),
                (None, None) => fact(Verdict::Unknown).why("no source names its topics"),
            });
        }
        for (component, found) in real {
            let is_stated = stated
                .iter()
                .any(|party| self.family(party.component).any(|id| id == *component));
            let is_sure = found.evidence.confidence > Confidence::EnvName;
            if !is_stated && is_sure && !found.by_pattern {
                let name = self.model[*component].id.value;
                let fact = self
                    .fact(Verdict::MissingInModel)
                    .reality(name, found.evidence);
                facts.push(fact.at(self.model[self.id].id.span));
            }
        }
    }

    fn fact(&self, verdict: Verdict) -> Fact {
        let subject = format!("topic:{}", self.model[self.id].id.value);
        Fact::new(self.side.kind(), subject, verdict)
    }

    /// A component, what contains it, and what it contains directly.
    fn family(&self, id: ComponentId) -> impl Iterator<Item = ComponentId> {
        let children = self.model[id].children.iter().copied();
        std::iter::once(id)
            .chain(self.model.ancestors(id))
            .chain(children)
    }
}
