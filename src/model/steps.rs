//! Scenario steps with their ends resolved and the flows that back them.
//!
//! In: scenarios as written, the model's flows. Out: messages and notes in order.
//! Refuses to know: whether an unbacked step is a mistake; a rule says so.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::id::{ComponentId, FlowId};
use super::names::Names;
use super::{Action, Model, Scenario, Step, in_words};
use crate::source::Span;
use crate::spec::decode::Record;
use crate::spec::{self, Entries, Hop};

/// The first flow from one component to another.
type Backing = BTreeMap<(ComponentId, ComponentId), FlowId>;

pub(super) fn resolve_scenarios<'s>(
    model: &mut Model<'s>,
    scenarios: Entries<'s, spec::Scenario<'s>>,
    names: &mut Names<'s>,
) {
    if scenarios.is_empty() {
        return;
    }
    let backing = backing(model);
    for (id, mut written) in scenarios {
        let mut resolver = Resolver {
            names,
            backing: &backing,
            steps: Vec::new(),
            is_partial: written.unread() != 0,
        };
        for (number, step) in (1..).zip(std::mem::take(&mut written.steps)) {
            resolver.step(number, step);
        }
        let name = written
            .name
            .map_or_else(|| in_words(id.value), |name| Cow::Borrowed(name.value));
        let (steps, is_partial) = (resolver.steps, resolver.is_partial);
        model.scenarios.push(Scenario {
            id,
            name,
            steps,
            is_partial,
            written,
        });
    }
}

fn backing(model: &Model<'_>) -> Backing {
    let mut backing = Backing::new();
    for (id, flow) in model.flows() {
        backing.entry((flow.from, flow.to)).or_insert(id);
        if flow.is_bidirectional() {
            backing.entry((flow.to, flow.from)).or_insert(id);
        }
    }
    backing
}

struct Resolver<'r, 's> {
    names: &'r mut Names<'s>,
    backing: &'r Backing,
    steps: Vec<Step<'s>>,
    is_partial: bool,
}

impl<'s> Resolver<'_, 's> {
    fn step(&mut self, number: usize, step: spec::Step<'s>) {
        match step {
            spec::Step::Hops(span, hops) => {
                for hop in hops {
                    self.call(number, span, &hop);
                }
            }
            spec::Step::Return(span, hop) => self.answer(number, span, &hop),
            spec::Step::Publish(step) => {
                let from = step
                    .from
                    .and_then(|name| self.names.component(name, "step"));
                let topic = step.topic.and_then(|name| self.names.topic(name, "step"));
                let action = from
                    .zip(topic)
                    .map(|(from, topic)| Action::Publish { from, topic });
                self.push(number, step.span, action, (step.label, step.latency));
            }
            spec::Step::Consume(step) => {
                let by = step.by.and_then(|name| self.names.component(name, "step"));
                let topic = step.topic.and_then(|name| self.names.topic(name, "step"));
                let action = by
                    .zip(topic)
                    .map(|(by, topic)| Action::Consume { by, topic });
                self.push(number, step.span, action, (step.label, step.latency));
            }
            spec::Step::Note(step) => {
                let on = step.on.and_then(|name| self.names.component(name, "step"));
                self.push(
                    number,
                    step.span,
                    on.map(|on| Action::Note { on }),
                    (step.text, None),
                );
            }
        }
    }

    fn ends(&mut self, hop: &Hop<'s>) -> Option<(ComponentId, ComponentId)> {
        let from = self.names.component(hop.from, "step");
        let to = self.names.component(hop.to, "step");
        from.zip(to)
    }

    fn call(&mut self, number: usize, span: Span, hop: &Hop<'s>) {
        let ends = self.ends(hop);
        let place = hop.from.span.to(hop.to.span);
        let span = if hop.from.span == hop.to.span {
            span
        } else {
            place
        };
        let flow = ends.and_then(|ends| self.backing.get(&ends).copied());
        let action = ends.map(|(from, to)| Action::Call { from, to, flow });
        self.push(number, span, action, (hop.label, hop.latency));
        if let (Some(reply), Some((from, to))) = (hop.reply, ends) {
            let action = Action::Return {
                from: to,
                to: from,
                flow,
            };
            self.push(number, reply.span, Some(action), (Some(reply), None));
        }
    }

    fn answer(&mut self, number: usize, span: Span, hop: &Hop<'s>) {
        let ends = self.ends(hop);
        let flow = ends.and_then(|(from, to)| self.backing.get(&(to, from)).copied());
        let action = ends.map(|(from, to)| Action::Return { from, to, flow });
        self.push(number, span, action, (hop.label, hop.latency));
    }

    fn push(
        &mut self,
        number: usize,
        span: Span,
        action: Option<Action>,
        (label, latency): (Option<spec::Text<'s>>, Option<spec::Text<'s>>),
    ) {
        match action {
            Some(action) => self.steps.push(Step {
                number,
                span,
                action,
                label,
                latency,
            }),
            None => self.is_partial = true,
        }
    }
}
