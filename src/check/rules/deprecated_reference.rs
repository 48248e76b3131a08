//! Uses of deprecated components and topics.

use crate::check::deprecation::{Deprecated, advice};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, Component, ComponentId, Model, TopicId};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "deprecated-reference",
        severity: Severity::Warning,
        group: Group::Reference,
        summary: "a deprecated component or topic that flows, topics or steps still use",
        explanation: "Something is going away, and parts of the architecture still depend on it: they call \
            it, read what it publishes, or tell a story with it. What is deprecated itself does \
            not count.\n\nMove each place shown to the replacement. Consumers of a deprecated \
            topic are reported by `topic-deprecated-with-consumers`.",
    },
    checks: &[Check::Model(check)],
};

/// Where each component and each topic is used.
struct Uses {
    of_components: Vec<Vec<Span>>,
    of_topics: Vec<Vec<Span>>,
}

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    if context.deprecated.is_empty() {
        return;
    }
    let uses = Uses::of(model);
    let components = model.components.iter().zip(&uses.of_components);
    let topics = model.topics.iter().zip(&uses.of_topics);
    let by_component = components
        .filter(|(component, _)| is_deprecated(component))
        .map(|(_, places)| places);
    let by_topic = topics
        .filter(|(topic, _)| topic.written.deprecated.is_some())
        .map(|(_, places)| places);
    for (element, places) in context.deprecated.iter().zip(by_component.chain(by_topic)) {
        for place in places {
            out.push(deprecated_reference(element, *place));
        }
    }
}

fn is_deprecated(component: &Component<'_>) -> bool {
    component.written.deprecated.is_some()
}

impl Uses {
    fn of(model: &Model<'_>) -> Self {
        let mut uses = Self {
            of_components: vec![Vec::new(); model.components.len()],
            of_topics: vec![Vec::new(); model.topics.len()],
        };
        uses.in_flows(model);
        uses.in_topics(model);
        uses.in_steps(model);
        uses
    }

    /// A flow uses what it leads to.
    fn in_flows(&mut self, model: &Model<'_>) {
        for flow in &model.flows {
            let Some(written) = &flow.written else {
                continue;
            };
            let to = written.to.map_or(flow.span, |name| name.span);
            let from = written.from.map_or(flow.span, |name| name.span);
            if !is_deprecated(&model[flow.from]) {
                self.component(flow.to, to);
            }
            if flow.is_bidirectional() && !is_deprecated(&model[flow.to]) {
                self.component(flow.from, from);
            }
            for topic in &flow.topics {
                let id = model[*topic].id.value;
                let name = written.topics.iter().find(|name| name.value == id);
                self.topic(*topic, name.map_or(flow.span, |name| name.span));
            }
        }
    }

    /// A topic that is read relies on its producers, and any topic on its broker.
    fn in_topics(&mut self, model: &Model<'_>) {
        for topic in &model.topics {
            if topic.written.deprecated.is_some() {
                continue;
            }
            if !topic.consumers.is_empty() {
                for party in &topic.producers {
                    self.component(party.component, party.span());
                }
            }
            if let (Some(broker), Some(name)) = (topic.broker, topic.written.broker) {
                self.component(broker, name.span);
            }
        }
    }

    fn in_steps(&mut self, model: &Model<'_>) {
        for step in model.scenarios.iter().flat_map(|scenario| &scenario.steps) {
            match step.action {
                Action::Call { to, .. } => self.component(to, step.span),
                Action::Return { .. } => {}
                Action::Publish { from, topic } => {
                    self.component(from, step.span);
                    self.topic(topic, step.span);
                }
                Action::Consume { by, topic } => {
                    self.component(by, step.span);
                    self.topic(topic, step.span);
                }
                Action::Note { on } => self.component(on, step.span),
            }
        }
    }

    fn component(&mut self, id: ComponentId, place: Span) {
        self.of_components[id.index()].push(place);
    }

    fn topic(&mut self, id: TopicId, place: Span) {
        self.of_topics[id.index()].push(place);
    }
}

fn deprecated_reference(element: &Deprecated<'_, '_>, place: Span) -> Diagnostic {
    let (noun, id) = (element.noun, element.id);
    let message = format!("{noun} `{}` is used here and deprecated", id.value);
    Diagnostic::new(&RULE.code, message, place, "going away")
        .also(element.id.span, "deprecated")
        .help("move this to a replacement")
        .maybe_help(advice(element.written))
        .subject(noun, id.value)
}
