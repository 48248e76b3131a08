//! Stores that a connector reads for no topic.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{ComponentId, Flow, Kind, Model, Topic, TopicId};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "source-without-topic",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a flow from a store into a connector that feeds no topic",
        explanation: "The connector turns what it reads into events. Every topic that it produces says where \
            its events come from, and none of them names this store: the flow is left over, a \
            topic is missing, or a source is wrong.\n\nState `topics:` on the flow or `source:` on \
            the topic, add the topic, or remove the flow.",
    },
    checks: &[Check::Model(check)],
};

/// Where the events of one connector come from.
#[derive(Default)]
struct Origins {
    /// A topic does not say; its events may come from anywhere.
    has_open: bool,
    sources: BTreeSet<ComponentId>,
    /// What contains the sources.
    around: BTreeSet<ComponentId>,
}

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let fed: BTreeSet<TopicId> = declared(model)
        .flat_map(|flow| &flow.topics)
        .copied()
        .collect();
    let origins = origins(model, &fed);
    for flow in declared(model).filter(|flow| model[flow.from].kind.is_store()) {
        if let Some(origins) = origins.get(&flow.to)
            && !states_topics(flow)
            && !origins.explain(model, flow.from)
        {
            out.push(source_without_topic(model, flow));
        }
    }
}

fn declared<'m, 's>(model: &'m Model<'s>) -> impl Iterator<Item = &'m Flow<'s>> {
    model.flows.iter().filter(|flow| !flow.is_derived())
}

fn states_topics(flow: &Flow<'_>) -> bool {
    let written = flow.written.as_ref();
    written.is_some_and(|written| !written.topics.is_empty())
}

fn origins(model: &Model<'_>, fed: &BTreeSet<TopicId>) -> BTreeMap<ComponentId, Origins> {
    let mut origins: BTreeMap<ComponentId, Origins> = BTreeMap::new();
    for (id, topic) in model.topics() {
        for party in &topic.producers {
            if model[party.component].kind == Kind::Connector {
                let origins = origins.entry(party.component).or_default();
                origins.has_open |= model[party.component].is_partial;
                origins.add(model, topic, fed.contains(&id));
            }
        }
    }
    origins
}

impl Origins {
    fn add(&mut self, model: &Model<'_>, topic: &Topic<'_>, is_fed: bool) {
        self.has_open |= topic.is_partial || (topic.written.source.is_none() && !is_fed);
        if let Some(source) = topic.source {
            self.sources.insert(source);
            self.around.extend(model.ancestors(source));
        }
    }

    fn explain(&self, model: &Model<'_>, store: ComponentId) -> bool {
        let is_source = |id: ComponentId| self.sources.contains(&id);
        self.has_open
            || is_source(store)
            || self.around.contains(&store)
            || model.ancestors(store).any(is_source)
    }
}

fn source_without_topic(model: &Model<'_>, flow: &Flow<'_>) -> Diagnostic {
    let (from, to) = (model[flow.from].id, model[flow.to].id);
    let span = flow
        .written
        .as_ref()
        .and_then(|written| written.from)
        .map_or(flow.span, |name| name.span);
    let message = format!(
        "`{}` flows into connector `{}` and feeds none of its topics",
        from.value, to.value
    );
    Diagnostic::new(&RULE.code, message, span, "no topic comes from here")
        .help("state `topics` on the flow or `source` on a topic, or remove the flow")
        .subject("component", from.value)
        .subject("component", to.value)
}
