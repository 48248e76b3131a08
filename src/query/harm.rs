//! Who is hurt when a component or topic goes away, and why.
//!
//! In: a model and what goes away. Out: the components that feel it, with the nearest cause
//! and how far away it is. Refuses to know: owners, scenarios and documents.
//!
//! Who calls what is gone or broken is broken. Who gets no more events starves, and so do
//! those who get theirs from it. A topic with another producer still has events. Who only
//! sends to what is gone loses nothing but the receiver. A flow that states which topics it
//! feeds starves those topics alone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::check::arrow::caller_and_callee;
use crate::graph::Place;
use crate::model::{ComponentId, Flow, Model, Origin, TopicId};

/// How badly a component is hurt; worse is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hurt {
    /// It has nowhere to send to.
    CannotSend,
    /// It gets some of its events still.
    Partly,
    /// It gets no more of some data.
    Starves,
    /// It calls what does not answer.
    Breaks,
    /// It goes away.
    Gone,
}

impl Hurt {
    /// The word for so many, as in "2 starve".
    pub(super) fn verb(self, count: usize) -> &'static str {
        match self {
            Self::Partly if count != 1 => "get less",
            Self::Starves if count != 1 => "starve",
            Self::Breaks if count != 1 => "break",
            Self::Gone if count != 1 => "go away",
            _ => self.word(),
        }
    }

    /// The word in reports.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::CannotSend => "cannot send",
            Self::Partly => "gets less",
            Self::Starves => "starves",
            Self::Breaks => "breaks",
            Self::Gone => "goes away",
        }
    }
}

/// What happens to one component.
#[derive(Clone, Debug)]
pub(super) struct Harm {
    pub(super) hurt: Hurt,
    /// Steps from what goes away.
    pub(super) distance: usize,
    /// In words, as in "calls `kafka`".
    pub(super) why: String,
    /// The nearest cause.
    pub(super) through: Place,
}

/// Flows by their ends, so that each is looked at once.
struct Links<'m, 's> {
    model: &'m Model<'s>,
    /// Synchronous flows by the one that is called.
    callers: BTreeMap<ComponentId, Vec<ComponentId>>,
    /// Declared asynchronous flows by sender and by receiver.
    sent: BTreeMap<ComponentId, Vec<&'m Flow<'s>>>,
    received: BTreeMap<ComponentId, Vec<&'m Flow<'s>>>,
    produced: BTreeMap<ComponentId, Vec<TopicId>>,
    lives_on: BTreeMap<ComponentId, Vec<TopicId>>,
}

/// Everybody who is hurt, what goes away included.
pub(super) fn harms(model: &Model<'_>, start: Place) -> BTreeMap<ComponentId, Harm> {
    let links = Links::of(model);
    let mut spread = Spread {
        links: &links,
        harms: BTreeMap::new(),
        lost: BTreeSet::new(),
        waiting: VecDeque::new(),
    };
    match start {
        Place::Topic(id) => spread.topic_gone(id, 0),
        Place::Component(id) => {
            let mut inside = vec![id];
            while let Some(one) = inside.pop() {
                let why = if one == id {
                    String::new()
                } else {
                    format!("part of `{}`", model[id].id.value)
                };
                spread.hurt(
                    one,
                    Harm {
                        hurt: Hurt::Gone,
                        distance: 0,
                        why,
                        through: start,
                    },
                );
                inside.extend(
                    model[one]
                        .children
                        .iter()
                        .filter(|child| !spread.harms.contains_key(child)),
                );
            }
        }
    }
    while let Some((id, hurt)) = spread.waiting.pop_front() {
        // A component that was hurt worse since is looked at again in its turn.
        if spread.harms.get(&id).is_some_and(|harm| harm.hurt == hurt) {
            spread.pass_on(id);
        }
    }
    spread.harms
}

impl<'m, 's> Links<'m, 's> {
    fn of(model: &'m Model<'s>) -> Self {
        let mut links = Self {
            model,
            callers: BTreeMap::new(),
            sent: BTreeMap::new(),
            received: BTreeMap::new(),
            produced: BTreeMap::new(),
            lives_on: BTreeMap::new(),
        };
        for flow in &model.flows {
            if !matches!(flow.origin, Origin::Declared(_)) {
                continue;
            }
            if flow.is_async {
                links.sent.entry(flow.from).or_default().push(flow);
                links.received.entry(flow.to).or_default().push(flow);
            } else {
                let (caller, callee) = caller_and_callee(model, flow);
                links.callers.entry(callee).or_default().push(caller);
            }
        }
        for (id, topic) in model.topics() {
            for party in &topic.producers {
                links.produced.entry(party.component).or_default().push(id);
            }
            if let Some(broker) = topic.broker {
                links.lives_on.entry(broker).or_default().push(id);
            }
        }
        links
    }
}

struct Spread<'l, 'm, 's> {
    links: &'l Links<'m, 's>,
    harms: BTreeMap<ComponentId, Harm>,
    /// Producers that a topic has lost.
    lost: BTreeSet<(TopicId, ComponentId)>,
    waiting: VecDeque<(ComponentId, Hurt)>,
}

impl Spread<'_, '_, '_> {
    /// Notes a harm, unless a worse one is known.
    fn hurt(&mut self, id: ComponentId, harm: Harm) {
        let known = self.harms.get(&id).map(|known| known.hurt);
        if known.is_some_and(|known| known >= harm.hurt) {
            return;
        }
        self.waiting.push_back((id, harm.hurt));
        self.harms.insert(id, harm);
    }

    fn pass_on(&mut self, id: ComponentId) {
        let Some(harm) = self.harms.get(&id) else {
            return;
        };
        let (hurt, distance, links) = (harm.hurt, harm.distance + 1, self.links);
        let name = links.model[id].id.value;
        let through = Place::Component(id);
        let harm = |hurt, why| Harm {
            hurt,
            distance,
            why,
            through,
        };
        if hurt >= Hurt::Breaks {
            for caller in links.callers.get(&id).into_iter().flatten() {
                self.hurt(*caller, harm(Hurt::Breaks, format!("calls `{name}`")));
            }
            for topic in links.lives_on.get(&id).into_iter().flatten() {
                self.topic_gone(*topic, distance);
            }
            for flow in links.received.get(&id).into_iter().flatten() {
                self.hurt(
                    flow.from,
                    harm(Hurt::CannotSend, format!("sends to `{name}`")),
                );
            }
        }
        if hurt >= Hurt::Starves {
            for flow in links.sent.get(&id).into_iter().flatten() {
                self.receiver_starves(flow, name, distance);
            }
            // What starves for the events of one topic goes on with those of the others.
            for topic in links.produced.get(&id).into_iter().flatten() {
                if hurt >= Hurt::Breaks || !self.is_fed_by_name(id, *topic) {
                    self.producer_lost(*topic, id, distance);
                }
            }
        }
    }

    /// Whether a flow states that it feeds the topic through the component.
    fn is_fed_by_name(&self, id: ComponentId, topic: TopicId) -> bool {
        let mut flows = self.links.received.get(&id).into_iter().flatten();
        flows.any(|flow| flow.topics.contains(&topic))
    }

    fn receiver_starves(&mut self, flow: &Flow<'_>, name: &str, distance: usize) {
        self.hurt(
            flow.to,
            Harm {
                hurt: Hurt::Starves,
                distance,
                why: format!("receives from `{name}`"),
                through: Place::Component(flow.from),
            },
        );
        for topic in &flow.topics {
            let mut producers = self.links.model[*topic].producers.iter();
            if producers.any(|party| party.component == flow.to) {
                self.producer_lost(*topic, flow.to, distance + 1);
            }
        }
    }

    /// Consumers starve when no producer is left.
    fn producer_lost(&mut self, id: TopicId, producer: ComponentId, distance: usize) {
        self.lost.insert((id, producer));
        let topic = &self.links.model[id];
        let is_left = |id_of: ComponentId| !self.lost.contains(&(id, id_of));
        let left = topic
            .producers
            .iter()
            .filter(|party| is_left(party.component))
            .count();
        let hurt = if left == 0 {
            Hurt::Starves
        } else {
            Hurt::Partly
        };
        let why = if left == 0 {
            format!("consumes `{}`", topic.id.value)
        } else {
            format!("consumes `{}`, which has other producers", topic.id.value)
        };
        for party in &topic.consumers {
            let through = Place::Topic(id);
            let harm = Harm {
                hurt,
                distance,
                why: why.clone(),
                through,
            };
            self.hurt(party.component, harm);
        }
    }

    fn topic_gone(&mut self, id: TopicId, distance: usize) {
        let topic = &self.links.model[id];
        let (through, name) = (Place::Topic(id), topic.id.value);
        let distance = distance.max(1);
        for party in &topic.producers {
            let why = format!("publishes to `{name}`");
            self.hurt(
                party.component,
                Harm {
                    hurt: Hurt::CannotSend,
                    distance,
                    why,
                    through,
                },
            );
        }
        for party in &topic.consumers {
            let why = format!("consumes `{name}`");
            self.hurt(
                party.component,
                Harm {
                    hurt: Hurt::Starves,
                    distance,
                    why,
                    through,
                },
            );
        }
    }
}
