//! A scenario in time: each step, what backs it, how long it takes, and what is left of the budget.
//!
//! In: a scenario of a model. Out: its steps with the time at the end of each. Refuses to
//! know: how time is reckoned.

use serde_json::{Value, json};

use super::report::{Report, Section, counted};
use super::{Answer, Picture};
use crate::check::timing;
use crate::model::{Action, ComponentId, FlowId, Model, ScenarioId, Step, TopicId};
use crate::source::Sources;
use crate::spec::duration::{self, Duration};

/// The steps of a scenario in time.
pub fn journey(model: &Model<'_>, sources: &Sources, id: ScenarioId) -> Answer {
    let scenario = &model[id];
    let times = timing::times(model, scenario);
    let total = times.iter().max().copied().unwrap_or(0);
    let budget = scenario.written.budget.as_ref().and_then(|one| one.latency);
    let limit = budget.and_then(|text| match duration::parse(text.value) {
        Some(Duration::Micros(limit)) => Some(limit),
        _ => None,
    });
    let steps = || scenario.steps.iter().zip(&times);
    let hops = scenario.steps.iter().filter(|step| !is_note(step));
    let (count, timed) = hops.fold((0, 0), |(count, timed), step| {
        let is_timed = timing::stated(model, step).is_some();
        (count + 1, timed + usize::from(is_timed))
    });
    let unbacked = scenario
        .steps
        .iter()
        .filter(|step| backing(model, sources, step).is_none());
    let unbacked = unbacked.count();
    let rows = steps().map(|(step, end)| row(model, sources, step, *end));
    let mut lead = vec![budget_sentence(limit, total)];
    lead.push(format!(
        "{timed} of {} state a latency.",
        counted(count, "message")
    ));
    if unbacked > 0 {
        lead.push(format!(
            "{} nothing backs; see `archviz check`.",
            counted(unbacked, "step")
        ));
    }
    let json_steps = steps().map(|(step, end)| step_json(model, sources, step, *end));
    Answer {
        report: Report {
            title: format!("Scenario {}", scenario.name),
            lead,
            sections: vec![Section {
                heading: "Steps".to_owned(),
                columns: &[
                    "step",
                    "from",
                    "to",
                    "what",
                    "latency",
                    "after",
                    "backed by",
                ],
                rows: rows.collect(),
            }],
        },
        json: json!({
            "version": 1,
            "question": "scenario",
            "scenario": scenario.id.value,
            "budget_us": limit,
            "total_us": total,
            "is_within_budget": limit.map(|limit| total <= limit),
            "messages": count,
            "messages_with_latency": timed,
            "unbacked": unbacked,
            "steps": json_steps.collect::<Value>(),
        }),
        picture: Some(Picture::Scenario(id)),
        holds: unbacked == 0 && limit.is_none_or(|limit| total <= limit),
    }
}

fn budget_sentence(limit: Option<u64>, total: u64) -> String {
    let spent = duration::display(total);
    match limit {
        None => format!("The stated latencies add up to {spent}; no budget is stated."),
        Some(limit) if total <= limit => format!(
            "The stated latencies add up to {spent} of a budget of {}: {} are left.",
            duration::display(limit),
            duration::display(limit - total),
        ),
        Some(limit) => format!(
            "The stated latencies add up to {spent}: {} over the budget of {}.",
            duration::display(total - limit),
            duration::display(limit),
        ),
    }
}

fn is_note(step: &Step<'_>) -> bool {
    matches!(step.action, Action::Note { .. })
}

/// The ids at both ends; a topic in brackets.
fn ends(model: &Model<'_>, step: &Step<'_>) -> (String, String) {
    let component = |id: ComponentId| model[id].id.value.to_owned();
    let topic = |id: TopicId| format!("[{}]", model[id].id.value);
    match step.action {
        Action::Call { from, to, .. } | Action::Return { from, to, .. } => {
            (component(from), component(to))
        }
        Action::Publish { from, topic: id } => (component(from), topic(id)),
        Action::Consume { by, topic: id } => (topic(id), component(by)),
        Action::Note { on } => (component(on), String::new()),
    }
}

/// What backs a step; `None` if nothing does.
fn backing(model: &Model<'_>, sources: &Sources, step: &Step<'_>) -> Option<String> {
    let flow = |id: FlowId| {
        let place = model[id].span;
        let (file, line) = (&sources.file(place.file).name, sources.start(place).line);
        if model[id].is_derived() {
            "a flow that a topic implies".to_owned()
        } else {
            format!("{file}:{line}")
        }
    };
    match step.action {
        Action::Call { flow: id, .. } | Action::Return { flow: id, .. } => id.map(flow),
        Action::Publish { from, topic } => {
            let mut parties = model[topic].producers.iter();
            let is_known = parties.any(|party| party.component == from);
            is_known.then(|| "a producer of the topic".to_owned())
        }
        Action::Consume { by, topic } => {
            let mut parties = model[topic].consumers.iter();
            let is_known = parties.any(|party| party.component == by);
            is_known.then(|| "a consumer of the topic".to_owned())
        }
        Action::Note { .. } => Some(String::new()),
    }
}

fn row(model: &Model<'_>, sources: &Sources, step: &Step<'_>, end: u64) -> Vec<String> {
    let (from, to) = ends(model, step);
    let latency = timing::stated(model, step).map_or("", |text| text.value);
    vec![
        step.number.to_string(),
        from,
        to,
        step.label.map_or("", |text| text.value).to_owned(),
        latency.to_owned(),
        if is_note(step) {
            String::new()
        } else {
            duration::display(end)
        },
        backing(model, sources, step).unwrap_or_else(|| "nothing".to_owned()),
    ]
}

fn step_json(model: &Model<'_>, sources: &Sources, step: &Step<'_>, end: u64) -> Value {
    let (from, to) = ends(model, step);
    json!({
        "number": step.number,
        "from": from,
        "to": to,
        "label": step.label.map(|text| text.value),
        "latency_us": timing::stated(model, step).map(|_| timing::latency(model, step)),
        "end_us": if is_note(step) { None } else { Some(end) },
        "backed_by": backing(model, sources, step),
    })
}
