//! What a question is about, found by the name that the user typed.
//!
//! In: an id or an alias. Out: a component, topic or scenario, or what was probably meant.
//! Refuses to know: the question.

use anyhow::{Result, anyhow};

use crate::check::arrow::answers_to;
use crate::diagnostic::did_you_mean;
use crate::graph::Place;
use crate::model::{ComponentId, Model, ScenarioId, TopicId};

/// A component or topic.
pub type Subject = Place;

/// The component or topic of a name.
pub fn find_component_or_topic(model: &Model<'_>, name: &str) -> Result<Subject> {
    if let Some((id, _)) = model.components().find(|(_, one)| answers_to(one, name)) {
        return Ok(Place::Component(id));
    }
    if let Some((id, _)) = model.topics().find(|(_, one)| one.id.value == name) {
        return Ok(Place::Topic(id));
    }
    let components = model.components.iter().map(|one| one.id.value);
    let topics = model.topics.iter().map(|one| one.id.value);
    Err(unknown(
        name,
        "component or topic",
        components.chain(topics),
    ))
}

/// The scenario of a name.
pub fn find_scenario(model: &Model<'_>, name: &str) -> Result<ScenarioId> {
    let place = model.scenarios.iter().position(|one| one.id.value == name);
    let ids = model.scenarios.iter().map(|one| one.id.value);
    place
        .map(ScenarioId::new)
        .ok_or_else(|| unknown(name, "scenario", ids))
}

fn unknown<'c>(
    name: &str,
    noun: &str,
    known: impl Iterator<Item = &'c str> + Clone,
) -> anyhow::Error {
    match did_you_mean(name, known) {
        Some(meant) => anyhow!("there is no {noun} `{name}`; did you mean `{meant}`?"),
        None => anyhow!("there is no {noun} `{name}`; `archviz list` shows what there is"),
    }
}

/// The id of a place; a topic in brackets, so that the two can be told apart.
pub(super) fn shown(model: &Model<'_>, place: Place) -> String {
    match place {
        Place::Component(id) => model[id].id.value.to_owned(),
        Place::Topic(id) => format!("[{}]", model[id].id.value),
    }
}

/// The place as programs read it: `component:kafka`, `topic:orders`.
pub(super) fn named(model: &Model<'_>, place: Place) -> String {
    match place {
        Place::Component(id) => format!("component:{}", model[id].id.value),
        Place::Topic(id) => format!("topic:{}", model[id].id.value),
    }
}

/// The owner of a component; empty if none is stated.
pub(super) fn owner<'m>(model: &'m Model<'_>, id: ComponentId) -> &'m str {
    model[id].owner.map_or("", |owner| model[owner].id.value)
}

/// The owner of a topic; empty if none is stated.
pub(super) fn topic_owner<'m>(model: &'m Model<'_>, id: TopicId) -> &'m str {
    model[id].owner.map_or("", |owner| model[owner].id.value)
}
