//! Flows and scenarios as they are compared: what was written, with what the model made of it.
//!
//! In: a resolved flow or scenario. Out: [`Data`]. Refuses to know: the other version.

use serde_json::{Value, json};

use super::references::References;
use crate::model::{Action, ComponentId, Flow, Model, Origin, Scenario, Step, TopicId};
use crate::spec::written::{Content, Data, Emptiness, Written};
use crate::spec::{self, Text};

/// A declared flow with the heading it stands under.
pub(super) struct FlowEntry<'a, 's> {
    written: &'a spec::Flow<'s>,
    heading: Option<Text<'s>>,
}

impl<'a, 's> FlowEntry<'a, 's> {
    /// `None` for a derived flow.
    pub(super) fn new(model: &Model<'s>, flow: &'a Flow<'s>) -> Option<Self> {
        Some(Self {
            written: flow.written.as_deref()?,
            heading: heading(model, flow),
        })
    }
}

impl<'s> Written<'s> for FlowEntry<'_, 's> {
    fn says_same(&self, other: &Self) -> bool {
        self.heading.says_same(&other.heading) && self.written.says_same(other.written)
    }
    fn data(&self) -> Data<'s> {
        let mut data = self.written.data();
        if let Content::Record(_, keys) = &mut data.content {
            keys.push(("heading", self.heading.data()));
        }
        data
    }
}

/// The heading that a flow stands under.
fn heading<'s>(model: &Model<'s>, flow: &Flow<'s>) -> Option<Text<'s>> {
    match flow.origin {
        Origin::Declared(Some(group)) => model.flow_groups.get(group).copied(),
        _ => None,
    }
}

/// What a flow is called: its ends and its label.
pub(super) fn flow_key(model: &Model<'_>, flow: &Flow<'_>, names: &References<'_>) -> String {
    let end = |id: ComponentId| names.component(model[id].id.value);
    let ends = [end(flow.from), " -> ", end(flow.to)];
    match &flow.label {
        Some(label) => [&ends[..], &[": ", label]].concat().concat(),
        None => ends.concat(),
    }
}

/// A scenario with its resolved steps.
pub(super) struct ScenarioEntry<'a, 's> {
    pub(super) model: &'a Model<'s>,
    pub(super) scenario: &'a Scenario<'s>,
}

/// What happens in a step: the word, the component, the other component or the topic.
type Happening<'s> = (&'static str, &'s str, Option<&'s str>, Option<&'s str>);

impl<'s> ScenarioEntry<'_, 's> {
    fn happening(&self, step: &Step<'s>) -> Happening<'s> {
        let component = |id: ComponentId| self.model[id].id.value;
        let topic = |id: TopicId| self.model[id].id.value;
        match step.action {
            Action::Call { from, to, .. } => ("call", component(from), Some(component(to)), None),
            Action::Return { from, to, .. } => {
                ("return", component(from), Some(component(to)), None)
            }
            Action::Publish { from, topic: id } => {
                ("publish", component(from), None, Some(topic(id)))
            }
            Action::Consume { by, topic: id } => ("consume", component(by), None, Some(topic(id))),
            Action::Note { on } => ("note", component(on), None, None),
        }
    }

    /// Whether a step goes on with the one before, as the hops of a chain do.
    fn is_joined(&self, place: usize) -> bool {
        let steps = &self.scenario.steps;
        place > 0 && steps[place - 1].number == steps[place].number
    }

    fn step(&self, place: usize) -> Data<'s> {
        let step = &self.scenario.steps[place];
        let (kind, from, to, topic) = self.happening(step);
        let text = |text: Option<&'s str>| {
            text.map_or(Data::NOTHING, |text| {
                Data::new(Content::Text(text), step.span)
            })
        };
        let joined = if self.is_joined(place) {
            json!(true)
        } else {
            Value::Null
        };
        let keys = vec![
            ("kind", text(Some(kind))),
            ("from", text(Some(from))),
            ("to", text(to)),
            ("topic", text(topic)),
            ("label", step.label.data()),
            ("latency", step.latency.data()),
            ("joined", Data::new(Content::Scalar(joined), step.span)),
        ];
        Data::new(Content::Record("Step", keys), step.span)
    }
}

impl<'s> Written<'s> for ScenarioEntry<'_, 's> {
    fn says_same(&self, other: &Self) -> bool {
        let (old, new) = (&self.scenario.steps, &other.scenario.steps);
        let same = |place: usize| {
            old[place].label.says_same(&new[place].label)
                && old[place].latency.says_same(&new[place].latency)
                && self.is_joined(place) == other.is_joined(place)
                && self.happening(&old[place]) == other.happening(&new[place])
        };
        self.scenario.written.says_same(&other.scenario.written)
            && old.len() == new.len()
            && (0..old.len()).all(same)
    }
    fn data(&self) -> Data<'s> {
        let mut data = self.scenario.written.data();
        if let Content::Record(_, keys) = &mut data.content
            && let Some((_, steps)) = keys.iter_mut().find(|(key, _)| *key == "steps")
        {
            let all = (0..self.scenario.steps.len()).map(|place| self.step(place));
            steps.content = Content::List(all.collect(), Emptiness::SaysNothing);
        }
        data
    }
}
