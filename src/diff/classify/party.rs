//! Producers and consumers of topics that are in both versions.
//!
//! In: who is at the ends of each topic in both models, and what was edited there. Out:
//! changes. What was edited without changing who is in says the same in another way.
//! Refuses to know: topics that are new or gone.

use std::collections::BTreeMap;

use serde_json::json;

use super::{About, Change, Changes, Context, change, consequence, for_consumers};
use crate::diff::change::{Element, Subject, SubjectKind};
use crate::diff::class::Class;
use crate::diff::edit::Action;
use crate::diff::kinds::{self, ChangeKind};
use crate::diff::walk::Difference;
use crate::diff::wording::{list, name, quoted};
use crate::model::{ComponentId, Model, Party, Topic, TopicId, is_pattern};
use crate::spec::Subscription;

/// Which end of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Producer,
    Consumer,
}

impl End {
    fn parties<'t, 's>(self, topic: &'t Topic<'s>) -> &'t [Party<'s>] {
        match self {
            Self::Producer => &topic.producers,
            Self::Consumer => &topic.consumers,
        }
    }
}

/// What was edited under `producers` and `consumers`, by topic of the new version.
#[derive(Debug, Default)]
pub(super) struct Parties {
    edits: BTreeMap<(TopicId, End), Vec<Difference>>,
}

impl Parties {
    pub(super) fn add(&mut self, topic: Option<Element>, end: End, differences: Vec<Difference>) {
        if let Some(Element::Topic(id)) = topic {
            self.edits.insert((id, end), differences);
        }
    }
}

pub(super) fn classify(context: &Context<'_, '_>, mut parties: Parties, out: &mut Changes) {
    for (base, head) in context.matching.topics.kept() {
        for end in [End::Producer, End::Consumer] {
            let edits = parties.edits.remove(&(head, end)).unwrap_or_default();
            let mut one = OneEnd {
                context,
                base: &context.base[base],
                head: &context.head[head],
                end,
                about: About {
                    subject: Subject::new(SubjectKind::Topic, context.head[head].id.value),
                    base: Some(Element::Topic(base)),
                    head: Some(Element::Topic(head)),
                },
                edits,
                out,
            };
            one.compare();
            one.leftovers();
        }
        if !super::topic::is_on_same_broker(context, base, head) {
            broker(context, base, head, out);
        }
    }
}

/// A topic on the only broker goes where that one goes.
fn broker(context: &Context<'_, '_>, base: TopicId, head: TopicId, out: &mut Changes) {
    let subject = Subject::new(SubjectKind::Topic, context.head[head].id.value);
    if out.has(kinds::BROKER_CHANGED, &subject) {
        return;
    }
    let id = |model: &Model<'_>, broker: Option<ComponentId>| {
        broker.map(|broker| model[broker].id.value.to_owned())
    };
    let before = json!(id(context.base, context.base[base].broker));
    let after = json!(id(context.head, context.head[head].broker));
    let text = format!(
        "{}: {}",
        name(&subject),
        crate::diff::wording::set("broker", &before, &after)
    );
    out.push(Change {
        before,
        after,
        base: Some(context.base[base].id.span),
        head: Some(context.head[head].id.span),
        base_element: Some(Element::Topic(base)),
        head_element: Some(Element::Topic(head)),
        because: Some("it is on the only broker there is".to_owned()),
        ..consequence(kinds::BROKER_CHANGED, subject, text)
    });
}

struct OneEnd<'o, 'c, 's> {
    context: &'o Context<'c, 's>,
    base: &'o Topic<'s>,
    head: &'o Topic<'s>,
    end: End,
    about: About,
    edits: Vec<Difference>,
    out: &'o mut Changes,
}

impl OneEnd<'_, '_, '_> {
    fn compare(&mut self) {
        let (base, head) = (self.end.parties(self.base), self.end.parties(self.head));
        let components = &self.context.matching.components;
        let is_in = |parties: &[Party<'_>], id: ComponentId| {
            parties.iter().any(|party| party.component == id)
        };
        let gone: Vec<&Party<'_>> = base
            .iter()
            .filter(|party| {
                let now = components.head_of(party.component);
                now.is_none_or(|now| {
                    !is_in(head, now) && !self.is_stated_by(party, now, self.context.head)
                })
            })
            .collect();
        let new: Vec<&Party<'_>> = head
            .iter()
            .filter(|party| {
                let was = components.base_of(party.component);
                was.is_none_or(|was| {
                    !is_in(base, was) && !self.is_stated_by(party, was, self.context.base)
                })
            })
            .collect();
        if self.end == End::Producer && !gone.is_empty() && head.is_empty() {
            self.starves(&gone);
        } else {
            for party in &gone {
                self.gone(party);
            }
        }
        for party in &new {
            self.new_party(party);
        }
    }

    /// Whether the pattern through which a component is a party stands in the other version
    /// as well: then it is the coverage of the pattern that changed.
    fn is_stated_by(&self, party: &Party<'_>, component: ComponentId, other: &Model<'_>) -> bool {
        let written = &other[component].written;
        let stated = match self.end {
            End::Producer => &written.publishes,
            End::Consumer => &written.consumes,
        };
        let pattern = party.on_component.filter(|_| party.on_topic.is_none());
        pattern.is_some_and(|pattern| {
            let same = |one: &Subscription<'_>| {
                one.topic.is_some_and(|topic| topic.value == pattern.value)
            };
            is_pattern(pattern.value) && stated.iter().flatten().any(same)
        })
    }

    fn gone(&mut self, party: &Party<'_>) {
        let id = self.context.base[party.component].id.value;
        let has_consumers = !self.base.consumers.is_empty() || self.base.is_partial;
        let (kind, class, words) = match self.end {
            End::Producer => (
                kinds::PRODUCER_REMOVED,
                for_consumers(Class::Risky, has_consumers),
                "no longer produced by",
            ),
            End::Consumer if self.head.consumers.is_empty() => (
                kinds::CONSUMER_REMOVED,
                Class::Risky,
                "no longer consumed by",
            ),
            End::Consumer => (
                kinds::CONSUMER_REMOVED,
                Class::Safe,
                "no longer consumed by",
            ),
        };
        let edits = self.take(self.context.base_names.component(id));
        let text = format!("{} is {words} {}", name(&self.about.subject), quoted(id));
        let because = match self.context.matching.components.head_of(party.component) {
            None => Some(format!("component {} is gone", quoted(id))),
            Some(_) if class == Class::Risky && self.end == End::Consumer => {
                Some("it was the last consumer".to_owned())
            }
            Some(_) => None,
        };
        self.push(
            kind,
            class,
            edits,
            Change {
                before: json!(id),
                because,
                base: Some(party.span()),
                ..consequence(kind, self.about.subject.clone(), text)
            },
        );
    }

    /// Nobody writes any more.
    fn starves(&mut self, gone: &[&Party<'_>]) {
        let ids: Vec<&str> = gone
            .iter()
            .map(|party| self.context.base[party.component].id.value)
            .collect();
        let mut edits = Vec::new();
        for id in &ids {
            edits.extend(self.take(self.context.base_names.component(id)));
        }
        let consumers = self.head.consumers.iter();
        let consumers = consumers.map(|party| self.context.head[party.component].id.value);
        let has_consumers = !self.head.consumers.is_empty();
        let text = format!(
            "{} lost its last producer {}",
            name(&self.about.subject),
            list(ids.iter().copied())
        );
        let because = has_consumers.then(|| format!("it is still consumed by {}", list(consumers)));
        let kind = kinds::LAST_PRODUCER_REMOVED;
        let class = for_consumers(kind.class, has_consumers);
        self.push(
            kind,
            class,
            edits,
            Change {
                before: json!(ids),
                because,
                base: gone.first().map(|party| party.span()),
                ..consequence(kind, self.about.subject.clone(), text)
            },
        );
    }

    fn new_party(&mut self, party: &Party<'_>) {
        let id = self.context.head[party.component].id.value;
        let (kind, words) = match self.end {
            End::Producer => (kinds::PRODUCER_ADDED, "also produced by"),
            End::Consumer => (kinds::CONSUMER_ADDED, "also consumed by"),
        };
        let is_second = self.end == End::Producer && !self.base.producers.is_empty();
        let class = if is_second { Class::Risky } else { Class::Safe };
        let edits = self.take(id);
        let words = if self.end.parties(self.base).is_empty() {
            words.trim_start_matches("also ")
        } else {
            words
        };
        let text = format!("{} is {words} {}", name(&self.about.subject), quoted(id));
        let pattern = party.on_component.filter(|_| party.on_topic.is_none());
        self.push(
            kind,
            class,
            edits,
            Change {
                after: json!(id),
                because: pattern.map(|pattern| format!("it states {}", quoted(pattern.value))),
                head: Some(party.span()),
                ..consequence(kind, self.about.subject.clone(), text)
            },
        );
    }

    /// The edits at one participant, as it stands in a list that was there before.
    fn take(&mut self, id: &str) -> Vec<Difference> {
        let is_here = |one: &Difference| {
            let path = &one.edit.path;
            let is_whole = matches!(one.edit.action, Action::Add { .. } | Action::Remove { .. });
            // The list may have come or gone as a whole: that goes with the first of its participants.
            path.len() == 3 || (path.len() == 4 && path[3] == id && is_whole)
        };
        self.edits.extract_if(.., |one| is_here(one)).collect()
    }

    fn push(
        &mut self,
        kind: &'static ChangeKind,
        class: Class,
        edits: Vec<Difference>,
        told: Change,
    ) {
        debug_assert_eq!(kind, told.kind);
        self.out.push(Change {
            class,
            base_element: self.about.base,
            head_element: self.about.head,
            base: told.base.or_else(|| edits.iter().find_map(|one| one.base)),
            head: told.head.or_else(|| edits.iter().find_map(|one| one.head)),
            edits: edits.into_iter().map(|one| one.edit).collect(),
            ..told
        });
    }

    /// Edits that changed nobody: what is said about a participant, or where it is said.
    fn leftovers(&mut self) {
        for difference in std::mem::take(&mut self.edits) {
            let key = difference.edit.path.get(4).map(String::as_str);
            let kind = match (&difference.edit.action, key) {
                (Action::Move { .. }, _) => kinds::ORDER_CHANGED,
                (_, Some("group")) => kinds::CONSUMER_GROUP_CHANGED,
                (_, Some(_)) => kinds::PARTICIPANT_CHANGED,
                _ => kinds::RESTATED,
            };
            let subject = self.about.subject.clone();
            self.out.push(Change {
                base_element: self.about.base,
                head_element: self.about.head,
                ..change(kind, subject, vec![difference])
            });
        }
    }
}
