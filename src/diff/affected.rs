//! Who is concerned by a change that may hurt: those who use the element, the scenarios that
//! go through it, and those who depend on them in turn.
//!
//! In: a change and both models. Out: [`Affected`] parties, direct ones first. Refuses to
//! know: the classes.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Affected, Change, Element, Subject, SubjectKind};
use super::class::{Audience, Class};
use super::wording::quoted;
use crate::model::{Action, ComponentId, FlowId, Model, Party, ScenarioId, TopicId};

/// Parties named with one change at most; the rest is a number.
const MAX_AFFECTED: usize = 100;
/// How far dependence is followed.
const MAX_DEPTH: usize = 3;
/// Parties that depend on others, named with one change at most.
const MAX_TRANSITIVE: usize = 20;

/// Adds the affected parties to every change that may hurt.
pub(super) fn affected(base: &Model<'_>, head: &Model<'_>, changes: &mut [Change]) {
    if changes.iter().all(|change| change.class < Class::Risky) {
        return;
    }
    let (old, new) = (Index::of(base), Index::of(head));
    for change in changes
        .iter_mut()
        .filter(|change| change.class >= Class::Risky)
    {
        // Whoever followed the old version may be hurt; a wholly new element has only users of its own.
        let (index, element) = match (change.base_element, change.head_element) {
            (Some(element), _) => (&old, element),
            (None, Some(element)) => (&new, element),
            (None, None) => continue,
        };
        let mut found = index.parties(element, change.kind.audience);
        change.affected_more = found.len().saturating_sub(MAX_AFFECTED);
        found.truncate(MAX_AFFECTED);
        change.affected = found;
    }
}

type Uses<I> = BTreeMap<I, Vec<(ScenarioId, usize)>>;

/// Who uses what in one version.
struct Index<'m, 's> {
    model: &'m Model<'s>,
    /// For each component who depends on it: callers, and consumers of what it writes.
    dependents: Vec<Vec<ComponentId>>,
    /// Declared flows by the component that they reach, sorted.
    reaching: Vec<(ComponentId, FlowId)>,
    of_component: Uses<ComponentId>,
    of_topic: Uses<TopicId>,
    of_flow: Uses<FlowId>,
}

impl<'m, 's> Index<'m, 's> {
    fn of(model: &'m Model<'s>) -> Self {
        let mut index = Self {
            model,
            dependents: vec![Vec::new(); model.components.len()],
            reaching: reaching(model),
            of_component: Uses::new(),
            of_topic: Uses::new(),
            of_flow: Uses::new(),
        };
        for flow in model.flows.iter().filter(|flow| !flow.is_derived()) {
            index.dependents[flow.to.index()].push(flow.from);
        }
        for topic in &model.topics {
            for producer in topic.producers.iter().take(MAX_TRANSITIVE) {
                let consumers = topic.consumers.iter().take(MAX_TRANSITIVE);
                let consumers = consumers.map(|party| party.component);
                index.dependents[producer.component.index()].extend(consumers);
            }
        }
        for (place, scenario) in model.scenarios.iter().enumerate() {
            let id = ScenarioId::new(place);
            for step in &scenario.steps {
                index.note(step.action, (id, step.number));
            }
        }
        index
    }

    fn note(&mut self, action: Action, at: (ScenarioId, usize)) {
        let components: &[ComponentId] = match &action {
            Action::Call { from, to, flow } | Action::Return { from, to, flow } => {
                if let Some(flow) = flow {
                    self.of_flow.entry(*flow).or_default().push(at);
                }
                &[*from, *to]
            }
            Action::Publish { from: one, topic } | Action::Consume { by: one, topic } => {
                self.of_topic.entry(*topic).or_default().push(at);
                &[*one]
            }
            Action::Note { on } => &[*on],
        };
        for id in components {
            let uses = self.of_component.entry(*id).or_default();
            if uses.last() != Some(&at) {
                uses.push(at);
            }
        }
    }

    fn parties(&self, element: Element, audience: &[Audience]) -> Vec<Affected> {
        let mut found = Found::default();
        let mut scenarios: &[(ScenarioId, usize)] = &[];
        match element {
            Element::Topic(id) => {
                let topic = &self.model[id];
                if audience.contains(&Audience::Producers) {
                    self.at_end(&topic.producers, "produces", |_| None, &mut found);
                }
                self.at_end(&topic.consumers, "consumes", Some, &mut found);
                scenarios = self.of_topic.get(&id).map_or(&[], Vec::as_slice);
            }
            Element::Component(id) => {
                self.own(id, &mut found);
                self.senders(id, &mut found);
                scenarios = self.of_component.get(&id).map_or(&[], Vec::as_slice);
            }
            Element::Flow(id) => {
                let flow = &self.model[id];
                found.add(
                    self.component(flow.from, "sends it".to_owned()),
                    Some(flow.from),
                );
                found.add(self.component(flow.to, "receives it".to_owned()), None);
                scenarios = self.of_flow.get(&id).map_or(&[], Vec::as_slice);
            }
            Element::Layer(_) | Element::Category(_) | Element::Scenario(_) => {}
        }
        self.transitive(&mut found);
        self.in_scenarios(scenarios, &mut found);
        found.list
    }

    /// Whoever has a flow to the component.
    fn senders(&self, id: ComponentId, found: &mut Found) {
        let first = self.reaching.partition_point(|(to, _)| *to < id);
        let flows = self.reaching[first..]
            .iter()
            .take_while(|(to, _)| *to == id);
        for flow in flows.map(|(_, flow)| &self.model[*flow]) {
            if flow.from == id {
                continue;
            }
            let how = match flow.label.as_deref() {
                None | Some("") => "sends to it".to_owned(),
                Some(label) => format!("sends {} to it", quoted(label)),
            };
            found.add(self.component(flow.from, how), Some(flow.from));
        }
    }

    /// Whoever answers for the component itself.
    fn own(&self, id: ComponentId, found: &mut Found) {
        if self.model[id].owner.is_some() {
            found.add(self.component(id, "the component itself".to_owned()), None);
        }
        found.known.insert(id);
    }

    /// Parties at an end of a topic; `direct` says whose dependents are looked for.
    fn at_end(
        &self,
        parties: &[Party<'_>],
        verb: &str,
        direct: fn(ComponentId) -> Option<ComponentId>,
        found: &mut Found,
    ) {
        for party in parties {
            let pattern = party.on_component.filter(|_| party.on_topic.is_none());
            let how = match pattern {
                Some(pattern) => format!("{verb} it through {}", quoted(pattern.value)),
                None => format!("{verb} it"),
            };
            found.add(
                self.component(party.component, how),
                direct(party.component),
            );
        }
    }

    fn component(&self, id: ComponentId, how: String) -> Affected {
        let component = &self.model[id];
        Affected {
            subject: Subject::new(SubjectKind::Component, component.id.value),
            name: component.name.to_string(),
            owner: component
                .owner
                .map(|owner| self.model[owner].name.to_string()),
            how,
        }
    }

    /// Those who depend on the direct parties, breadth first, with the path.
    fn transitive(&self, found: &mut Found) {
        let mut paths: Vec<Vec<ComponentId>> = found.direct.iter().map(|id| vec![*id]).collect();
        let (mut next, mut told) = (0, 0);
        while next < paths.len() && told < MAX_TRANSITIVE {
            let path = paths[next].clone();
            next += 1;
            let Some(last) = path.last().copied().filter(|_| path.len() <= MAX_DEPTH) else {
                continue;
            };
            for dependent in &self.dependents[last.index()] {
                if told == MAX_TRANSITIVE || found.known.contains(dependent) {
                    continue;
                }
                told += 1;
                found.known.insert(*dependent);
                let names: Vec<&str> = path
                    .iter()
                    .rev()
                    .map(|id| self.model[*id].id.value)
                    .collect();
                let how = format!("depends on it through {}", quoted(&names.join(" → ")));
                found.add(self.component(*dependent, how), None);
                let mut longer = path.clone();
                longer.push(*dependent);
                paths.push(longer);
            }
        }
    }

    fn in_scenarios(&self, uses: &[(ScenarioId, usize)], found: &mut Found) {
        let mut steps: BTreeMap<ScenarioId, Vec<String>> = BTreeMap::new();
        for (id, number) in uses {
            let steps = steps.entry(*id).or_default();
            let number = number.to_string();
            if steps.last() != Some(&number) {
                steps.push(number);
            }
        }
        for (id, steps) in steps {
            let scenario = &self.model[id];
            let noun = if steps.len() == 1 { "step" } else { "steps" };
            found.list.push(Affected {
                subject: Subject::new(SubjectKind::Scenario, scenario.id.value),
                name: scenario.name.to_string(),
                owner: None,
                how: format!("{noun} {}", steps.join(", ")),
            });
        }
    }
}

fn reaching(model: &Model<'_>) -> Vec<(ComponentId, FlowId)> {
    let declared = model.flows().filter(|(_, flow)| !flow.is_derived());
    let mut flows: Vec<_> = declared.map(|(id, flow)| (flow.to, id)).collect();
    flows.sort_unstable();
    flows
}

/// Parties in the order found, each component once.
#[derive(Default)]
struct Found {
    list: Vec<Affected>,
    known: BTreeSet<ComponentId>,
    direct: Vec<ComponentId>,
    names: BTreeSet<Subject>,
}

impl Found {
    fn add(&mut self, party: Affected, direct: Option<ComponentId>) {
        if let Some(id) = direct
            && self.known.insert(id)
        {
            self.direct.push(id);
        }
        if self.names.insert(party.subject.clone()) {
            self.list.push(party);
        }
    }
}
