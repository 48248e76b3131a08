//! What it means when a component or topic goes away: parties, owners, scenarios, documents.
//!
//! In: a model, what is asked about, and the texts of documents. Out: everybody who feels it,
//! the worst first. Refuses to know: how harm spreads.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::harm::{Harm, Hurt, harms};
use super::mention::mentions;
use super::report::{Report, Section, counted};
use super::subject::{named, owner, shown, topic_owner};
use super::{Answer, Picture};
use crate::graph::Place;
use crate::model::{Action, ComponentId, Kind, Model, Scenario, Step};
use crate::view::{NodeSubject, Part, TopicProjection};

pub use super::mention::Mention as Mentioned;

/// Lines that are named for one document at most.
const MAX_LINES: usize = 8;

/// A component that is hurt.
type Party<'h> = (ComponentId, &'h Harm);

/// What happens when `start` goes away; `documents` are names and texts.
pub fn impact(model: &Model<'_>, start: Place, documents: &[(String, String)]) -> Answer {
    let harms = harms(model, start);
    let mut parties: Vec<Party<'_>> = harms.iter().map(|(id, harm)| (*id, harm)).collect();
    parties.retain(|(id, _)| Place::Component(*id) != start);
    parties.sort_by_key(|(id, harm)| (std::cmp::Reverse(harm.hurt), harm.distance, *id));
    let owners = owners(model, start, &parties);
    let scenarios = scenarios(model, start, &harms);
    let mentions = mentions(&names(model, start), documents);
    let count = |hurt: Hurt| parties.iter().filter(|(_, harm)| harm.hurt == hurt).count();
    let kinds = [Hurt::Breaks, Hurt::Starves, Hurt::Partly, Hurt::CannotSend];
    let counts = kinds.iter().map(|hurt| (*hurt, count(*hurt)));
    let counts: Vec<String> = counts
        .filter(|(_, count)| *count > 0)
        .map(|(hurt, count)| format!("{count} {}", hurt.verb(count)))
        .collect();
    let lead = if parties.is_empty() {
        "Nobody depends on it.".to_owned()
    } else {
        let many = if parties.len() == 1 { "feels" } else { "feel" };
        let who = counted(parties.len(), "component");
        format!("{who} {many} it: {}.", counts.join(", "))
    };
    Answer {
        json: json!({
            "version": 1,
            "question": "impact",
            "of": named(model, start),
            "components": parties.iter().map(|(id, harm)| json!({
                "id": model[*id].id.value, "owner": owner(model, *id), "hurt": harm.hurt.word(),
                "distance": harm.distance, "why": harm.why, "through": named(model, harm.through),
            })).collect::<Value>(),
            "owners": owners.iter().map(|(owner, ids)| json!({ "id": owner, "components": ids })).collect::<Value>(),
            "scenarios": scenarios.iter().map(|(id, step, why)| json!({ "id": id, "step": step, "why": why })).collect::<Value>(),
            "documents": mentions.iter().map(|one| json!({ "file": one.file, "lines": one.lines })).collect::<Value>(),
        }),
        picture: Some(picture(model, start, &parties)),
        holds: true,
        report: Report {
            title: format!("When {} goes away", shown(model, start)),
            lead: vec![lead],
            sections: vec![
                parties_section(model, &parties),
                Section {
                    heading: "Owners to ask".to_owned(),
                    columns: &["owner", "components"],
                    rows: owners
                        .into_iter()
                        .map(|(owner, ids)| vec![owner.to_owned(), ids.join(", ")])
                        .collect(),
                },
                Section {
                    heading: "Scenarios that no longer work".to_owned(),
                    columns: &["scenario", "from step", "because"],
                    rows: scenarios
                        .into_iter()
                        .map(|(id, step, why)| vec![id.to_owned(), step.to_string(), why])
                        .collect(),
                },
                mentions_section(&mentions),
            ],
        },
    }
}

fn parties_section(model: &Model<'_>, parties: &[Party<'_>]) -> Section {
    let row = |(id, harm): &Party<'_>| {
        vec![
            model[*id].id.value.to_owned(),
            harm.hurt.word().to_owned(),
            harm.distance.to_string(),
            harm.why.clone(),
            owner(model, *id).to_owned(),
        ]
    };
    Section {
        heading: "Components".to_owned(),
        columns: &[
            "component",
            "what happens",
            "steps away",
            "because it",
            "owner",
        ],
        rows: parties.iter().map(row).collect(),
    }
}

fn mentions_section(mentions: &[Mentioned]) -> Section {
    let row = |mention: &Mentioned| {
        let lines = mention
            .lines
            .iter()
            .take(MAX_LINES)
            .map(ToString::to_string);
        let mut lines: Vec<String> = lines.collect();
        if mention.lines.len() > MAX_LINES {
            lines.push("…".to_owned());
        }
        vec![mention.file.clone(), lines.join(", ")]
    };
    Section {
        heading: "Documents that speak of it".to_owned(),
        columns: &["document", "lines"],
        rows: mentions.iter().map(row).collect(),
    }
}

/// Names that documents call it by.
fn names<'m>(model: &'m Model<'_>, start: Place) -> Vec<&'m str> {
    match start {
        Place::Component(id) => {
            let component = &model[id];
            let aliases = component.written.aliases.iter().map(|alias| alias.value);
            [component.id.value, &*component.name]
                .into_iter()
                .chain(aliases)
                .collect()
        }
        Place::Topic(id) => vec![model[id].id.value, &*model[id].name],
    }
}

/// Owners with what they own of what is hurt or gone.
fn owners<'m>(
    model: &'m Model<'_>,
    start: Place,
    parties: &[Party<'_>],
) -> BTreeMap<&'m str, Vec<String>> {
    let mut owners: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let own = match start {
        Place::Component(id) => owner(model, id),
        Place::Topic(id) => topic_owner(model, id),
    };
    owners.entry(own).or_default().push(shown(model, start));
    for (id, _) in parties {
        let list = owners.entry(owner(model, *id)).or_default();
        list.push(model[*id].id.value.to_owned());
    }
    owners.remove("");
    owners
}

/// Scenarios with the first step that can't happen any more, and why.
fn scenarios<'m>(
    model: &'m Model<'_>,
    start: Place,
    harms: &BTreeMap<ComponentId, Harm>,
) -> Vec<(&'m str, usize, String)> {
    let hit = |scenario: &'m Scenario<'_>| {
        let mut steps = scenario.steps.iter();
        let (step, why) = steps.find_map(|step| Some((step, lost(model, start, harms, step)?)))?;
        Some((scenario.id.value, step.number, why))
    };
    model.scenarios.iter().filter_map(hit).collect()
}

/// Why a step can't happen: what it needs is gone or broken, or its topic is.
fn lost(
    model: &Model<'_>,
    start: Place,
    harms: &BTreeMap<ComponentId, Harm>,
    step: &Step<'_>,
) -> Option<String> {
    let (components, topic) = match step.action {
        Action::Call { from, to, .. } | Action::Return { from, to, .. } => (vec![from, to], None),
        Action::Publish { from, topic } => (vec![from], Some(topic)),
        Action::Consume { by, topic } => (vec![by], Some(topic)),
        Action::Note { on } => (vec![on], None),
    };
    if let Some(id) = topic {
        let broker = model[id].broker.map(Place::Component);
        if Place::Topic(id) == start || broker == Some(start) {
            return Some(format!("needs `{}`", model[id].id.value));
        }
    }
    components.into_iter().find_map(|id| {
        let harm = harms.get(&id).filter(|harm| harm.hurt >= Hurt::Breaks)?;
        let name = model[id].id.value;
        Some(match harm.hurt {
            Hurt::Gone => format!("needs `{name}`"),
            _ => format!("`{name}` {}", harm.why),
        })
    })
}

/// What is asked about, with everybody who feels it.
fn picture(model: &Model<'_>, start: Place, parties: &[Party<'_>]) -> Picture {
    let name = match start {
        Place::Component(id) => &model[id].name,
        Place::Topic(id) => &model[id].name,
    };
    let mut part = Part::new("impact", format!("When {name} goes away"));
    part.show(super::paths::subject(start));
    let topics: BTreeSet<Place> = parties.iter().map(|(_, harm)| harm.through).collect();
    for (id, _) in parties {
        part.show(NodeSubject::Component(*id));
    }
    for topic in topics {
        part.show(super::paths::subject(topic));
    }
    let is_broker = matches!(start, Place::Component(id) if model[id].kind == Kind::Broker);
    if is_broker {
        part.topics = TopicProjection::Hub;
    }
    Picture::Part(part)
}
