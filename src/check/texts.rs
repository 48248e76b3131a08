//! Every text that people wrote about an element, with its place.
//!
//! In: a model, and functions that look at [`Place`]s. Out: their findings. Refuses to know:
//! what is looked for. Ids and references are left out: resolution has its own findings.

use std::collections::BTreeSet;

use super::signs::Signs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Component, Flow, Model, Scenario, Topic};
use crate::source::{Node, NodeKind, Span};
use crate::spec::{Deprecation, Free, Text};

/// A text and what it says something about.
#[derive(Clone, Copy)]
pub(crate) struct Place<'s> {
    pub(crate) text: Text<'s>,
    /// The kinds of signs in it.
    pub(crate) signs: Signs,
    /// What kind of element: `component`, `topic`, …
    pub(crate) noun: &'static str,
    /// Its id; empty for elements without one.
    pub(crate) id: &'s str,
    /// The key that the text stands under.
    pub(crate) key: &'s str,
}

impl Place<'_> {
    /// As in "`purpose` of component `kafka`".
    pub(crate) fn describe(&self) -> String {
        match self.id {
            "" => format!("`{}` of the {}", self.key, self.noun),
            id => format!("`{}` of {} `{id}`", self.key, self.noun),
        }
    }

    /// A finding about the text, or about a part of it.
    pub(crate) fn finding(
        &self,
        code: &'static Code,
        message: String,
        span: Span,
        label: &str,
    ) -> Diagnostic {
        let finding = Diagnostic::new(code, message, span, label);
        match self.id {
            "" => finding,
            id => finding.subject(self.noun, id),
        }
    }

    /// The place of a part of the text, if the text is written as it reads.
    pub(crate) fn part(&self, start: usize, length: usize) -> Span {
        let (written, read) = (self.text.span.range().len(), self.text.value.len());
        // The same length is plain text; two more are quotes around a text without escapes.
        let lead = match written.checked_sub(read) {
            Some(0) => 0,
            Some(2) if !self.text.value.contains(['\n', '\\', '\'', '"']) => 1,
            _ => return self.text.span,
        };
        let offset = |at: usize| u32::try_from(at).unwrap_or(0);
        let start = self.text.span.start + offset(start + lead);
        Span {
            start,
            end: start + offset(length),
            ..self.text.span
        }
    }
}

/// Looks at texts with every function; each place is reported once by each, however often
/// merge keys repeat it.
pub(crate) struct Texts<'c> {
    checks: &'c [fn(&Place<'_>) -> Option<Diagnostic>],
    reported: BTreeSet<(usize, Span)>,
}

impl<'c> Texts<'c> {
    pub(crate) fn new(checks: &'c [fn(&Place<'_>) -> Option<Diagnostic>]) -> Self {
        let reported = BTreeSet::new();
        Self { checks, reported }
    }

    /// The texts of a component.
    pub(crate) fn in_component(&mut self, component: &Component<'_>, out: &mut Diagnostics) {
        visit_component(component, &mut |place| self.look(&place, out));
    }

    /// The texts of a flow.
    pub(crate) fn in_flow(&mut self, flow: &Flow<'_>, out: &mut Diagnostics) {
        visit_flow(flow, &mut |place| self.look(&place, out));
    }

    /// All other texts of a model.
    pub(crate) fn elsewhere(&mut self, model: &Model<'_>, out: &mut Diagnostics) {
        visit_others(model, &mut |place| self.look(&place, out));
    }

    fn look(&mut self, place: &Place<'_>, out: &mut Diagnostics) {
        for (number, check) in self.checks.iter().enumerate() {
            if let Some(finding) = check(place)
                && self.reported.insert((number, place.text.span))
            {
                out.push(finding);
            }
        }
    }
}

fn visit_others<'s>(model: &Model<'s>, sink: &mut dyn FnMut(Place<'s>)) {
    let mut platform = Walk::new("specification", "", sink);
    platform.one("version", model.version);
    platform.one("description", model.description);
    platform.free(model.metadata);
    visit_groups(model, sink);
    for topic in &model.topics {
        visit_topic(topic, sink);
    }
    for heading in &model.flow_groups {
        Walk::new("group of flows", heading.value, sink).one("heading", Some(*heading));
    }
    for scenario in &model.scenarios {
        visit_scenario(scenario, sink);
    }
    visit_documents(model, sink);
    visit_settings(model, sink);
}

fn visit_groups<'s>(model: &Model<'s>, sink: &mut dyn FnMut(Place<'s>)) {
    for layer in &model.layers {
        let mut walk = Walk::new("layer", layer.id.value, sink);
        walk.one("name", layer.written.name);
        walk.one("description", layer.written.description);
        walk.free(layer.written.metadata);
    }
    for category in &model.categories {
        let mut walk = Walk::new("category", category.id.value, sink);
        walk.one("name", category.written.name);
        walk.one("badge", category.written.badge);
        walk.one("description", category.written.description);
    }
    for owner in &model.owners {
        let Some(written) = &owner.written else {
            continue;
        };
        let mut walk = Walk::new("owner", owner.id.value, sink);
        walk.one("name", written.name);
        walk.one("contact", written.contact);
        walk.one("link", written.link);
    }
    for (id, deployment) in &model.deployments {
        let mut walk = Walk::new("deployment", id.value, sink);
        walk.one("name", deployment.name);
        walk.one("badge", deployment.badge);
    }
}

fn visit_component<'s>(component: &Component<'s>, sink: &mut dyn FnMut(Place<'s>)) {
    let written = &component.written;
    let mut walk = Walk::new("component", component.id.value, sink);
    walk.one("name", written.name);
    walk.all("aliases", &written.aliases);
    walk.one("type", written.type_name);
    walk.one("technology", written.technology);
    walk.one("version", written.version);
    walk.one("purpose", written.purpose);
    walk.one("description", written.description);
    for port in &written.ports {
        walk.one("ports", port.name);
        walk.one("ports", port.protocol);
    }
    if let Some(protocols) = &written.protocols {
        walk.all("protocols", &protocols.inbound);
        walk.all("protocols", &protocols.outbound);
    }
    for (key, texts) in &written.operations {
        walk.one("operations", Some(*key));
        walk.all("operations", texts);
    }
    walk.all("functions", &written.functions);
    for (key, texts) in &written.api_calls {
        walk.one("api_calls", Some(*key));
        walk.all("api_calls", texts);
    }
    let subscriptions = [
        ("consumes", &written.consumes),
        ("publishes", &written.publishes),
    ];
    for (key, subscription) in subscriptions
        .into_iter()
        .flat_map(|(key, list)| list.iter().flatten().map(move |item| (key, item)))
    {
        walk.one(key, subscription.purpose);
        walk.one(key, subscription.trigger);
        walk.one(key, subscription.label);
    }
    walk.all("tags", &written.tags);
    walk.entries("links", &written.links);
    walk.one("since", written.since);
    walk.deprecation(written.deprecated.as_deref());
    walk.free(written.metadata);
}

fn visit_topic<'s>(topic: &Topic<'s>, sink: &mut dyn FnMut(Place<'s>)) {
    let written = &topic.written;
    let mut walk = Walk::new("topic", topic.id.value, sink);
    walk.one("name", written.name);
    walk.one("group", written.group);
    let sides = [
        ("producers", &written.producers),
        ("consumers", &written.consumers),
    ];
    for (key, party) in sides
        .into_iter()
        .flat_map(|(key, list)| list.iter().flatten().map(move |item| (key, item)))
    {
        walk.one(key, party.trigger);
        walk.one(key, party.purpose);
        walk.one(key, party.label);
        walk.one(key, party.group);
    }
    walk.one(
        "source",
        written.source.as_ref().and_then(|source| source.object),
    );
    walk.all("events", &written.events);
    for field in &written.data {
        walk.one("data", field.name);
        walk.one("data", field.type_name);
        walk.one("data", field.description);
    }
    walk.one("key", written.key);
    walk.one("retention", written.retention);
    walk.one("schema", written.schema);
    walk.one("description", written.description);
    walk.one("label", written.label);
    walk.all("tags", &written.tags);
    walk.entries("links", &written.links);
    walk.one("since", written.since);
    walk.deprecation(written.deprecated.as_deref());
    walk.free(written.metadata);
}

fn visit_flow<'s>(flow: &Flow<'s>, sink: &mut dyn FnMut(Place<'s>)) {
    let Some(written) = &flow.written else { return };
    let mut walk = Walk::new("flow", "", sink);
    walk.one("label", written.label);
    walk.one("protocol", written.protocol);
    walk.one("latency", written.latency);
    walk.one("description", written.description);
    walk.all("tags", &written.tags);
    walk.free(written.metadata);
}

fn visit_scenario<'s>(scenario: &Scenario<'s>, sink: &mut dyn FnMut(Place<'s>)) {
    let written = &scenario.written;
    let mut walk = Walk::new("scenario", scenario.id.value, sink);
    walk.one("name", written.name);
    walk.one("description", written.description);
    walk.one("trigger", written.trigger);
    for step in &scenario.steps {
        walk.one("steps", step.label);
        walk.one("latency", step.latency);
    }
    walk.one(
        "budget",
        written.budget.as_ref().and_then(|budget| budget.latency),
    );
    walk.all("tags", &written.tags);
    walk.free(written.metadata);
}

fn visit_documents<'s>(model: &Model<'s>, sink: &mut dyn FnMut(Place<'s>)) {
    for (heading, facts) in &model.facts {
        let mut walk = Walk::new("group of facts", heading.value, sink);
        walk.one("heading", Some(*heading));
        for fact in facts {
            walk.one("name", fact.name);
            walk.one("value", fact.value);
            walk.one("note", fact.note);
        }
    }
    for excerpt in &model.configuration {
        Walk::new("configuration", "", sink).one("title", excerpt.title);
    }
    let Some(summary) = &model.summary else {
        return;
    };
    let mut walk = Walk::new("summary", "", sink);
    walk.one("title", summary.title);
    walk.one("subtitle", summary.subtitle);
    for (heading, texts) in &summary.benefits {
        walk.one("benefits", Some(*heading));
        walk.all("benefits", texts);
    }
    for file in &summary.files {
        walk.one("files", file.path);
        walk.all("files", &file.notes);
    }
    walk.all("notes", &summary.notes);
    walk.one("closing", summary.closing);
}

fn visit_settings<'s>(model: &Model<'s>, sink: &mut dyn FnMut(Place<'s>)) {
    for (id, view) in &model.views {
        let mut walk = Walk::new("view", id.value, sink);
        walk.one("title", view.title);
        walk.one("description", view.description);
    }
    for (id, lint) in &model.lints {
        Walk::new("lint", id.value, sink).one("reason", lint.reason);
    }
    for policy in &model.policies {
        let id = policy.id.map_or("", |id| id.value);
        Walk::new("policy", id, sink).one("because", policy.because);
    }
}

/// Hands on the texts of one element.
struct Walk<'k, 's> {
    noun: &'static str,
    id: &'s str,
    sink: &'k mut dyn FnMut(Place<'s>),
}

impl<'k, 's> Walk<'k, 's> {
    fn new(noun: &'static str, id: &'s str, sink: &'k mut dyn FnMut(Place<'s>)) -> Self {
        Self { noun, id, sink }
    }

    fn one(&mut self, key: &'s str, text: Option<Text<'s>>) {
        if let Some(text) = text {
            let (noun, id) = (self.noun, self.id);
            (self.sink)(Place {
                text,
                signs: Signs::of(text.value),
                noun,
                id,
                key,
            });
        }
    }

    fn all(&mut self, key: &'s str, texts: &[Text<'s>]) {
        for text in texts {
            self.one(key, Some(*text));
        }
    }

    fn entries(&mut self, key: &'s str, entries: &[(Text<'s>, Text<'s>)]) {
        for (title, text) in entries {
            self.one(key, Some(*title));
            self.one(key, Some(*text));
        }
    }

    fn deprecation(&mut self, written: Option<&Deprecation<'s>>) {
        if let Some(written) = written {
            self.one("deprecated", written.since);
            self.one("deprecated", written.remove_by);
            self.one("deprecated", written.reason);
        }
    }

    /// Aliases are not followed: what they name is visited where it stands.
    fn free(&mut self, free: Option<Free<'s>>) {
        let mut open: Vec<(&'s str, Node<'s>)> = free
            .into_iter()
            .map(|free| ("metadata", free.node()))
            .collect();
        while let Some((key, node)) = open.pop() {
            if node.is_alias() {
                continue;
            }
            match node.kind() {
                NodeKind::Mapping => open.extend(
                    node.entries()
                        .map(|(name, value)| (name.text().unwrap_or(key), value)),
                ),
                NodeKind::Sequence => open.extend(node.items().map(|item| (key, item))),
                NodeKind::Plain | NodeKind::Quoted => self.scalar(key, node),
            }
        }
    }

    fn scalar(&mut self, key: &'s str, node: Node<'s>) {
        if let Some(value) = node.text().filter(|_| !node.is_null()) {
            let span = node.span();
            self.one(key, Some(Text { value, span }));
        }
    }
}
