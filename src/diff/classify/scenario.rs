//! Changes of scenarios and their steps.
//!
//! In: the differences of a scenario. Out: changes. Refuses to know: whether a story is told
//! well.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{About, Changes, Context, by_key, by_table, presence};
use crate::diff::change::{Change, Element};
use crate::diff::class::Class;
use crate::diff::document::Group;
use crate::diff::edit::Action;
use crate::diff::kinds;
use crate::diff::walk::Difference;
use crate::diff::wording::{name, quoted};
use crate::model::{Action as Happening, ComponentId, ScenarioId, TopicId};
use crate::spec::duration;

pub(super) fn classify(context: &Context<'_, '_>, about: &About, group: Group, out: &mut Changes) {
    for (key, differences) in by_key(group.differences) {
        match key.as_str() {
            "" => {
                let kinds = (kinds::SCENARIO_ADDED, kinds::SCENARIO_REMOVED);
                presence(about, kinds, differences, out);
            }
            "steps" => steps(context, about, differences, out),
            "budget" => out.push(budget(about, differences)),
            _ => {
                by_table("Scenario", &key, about, differences, out);
            }
        }
    }
}

/// Shorter is risky.
fn budget(about: &About, differences: Vec<Difference>) -> Change {
    let time = |value: &Value| {
        let text = value.as_str().or_else(|| value.get("latency")?.as_str())?;
        duration::parse(text)
    };
    let is_shorter = differences
        .iter()
        .any(|one| match (time(&one.before), time(&one.after)) {
            (Some(before), Some(after)) => after < before,
            _ => false,
        });
    let mut change = about.change(kinds::BUDGET_CHANGED, differences);
    if is_shorter {
        change.class = Class::Risky;
        change.because = Some("it is shorter than before".to_owned());
    }
    change
}

fn steps(
    context: &Context<'_, '_>,
    about: &About,
    differences: Vec<Difference>,
    out: &mut Changes,
) {
    let lost = lost_hops(context, about.base);
    let mut said: Vec<(String, Vec<Difference>)> = Vec::new();
    for difference in differences {
        let step = difference.edit.path.get(3).cloned().unwrap_or_default();
        let (kind, words) = match difference.edit.action {
            Action::Add { .. } => (kinds::SCENARIO_STEP_ADDED, "is new"),
            Action::Remove { .. } => (kinds::SCENARIO_STEP_REMOVED, "is gone"),
            Action::Move { .. } => (kinds::SCENARIO_STEP_MOVED, "stands elsewhere"),
            _ => {
                match said.last_mut().filter(|(last, _)| *last == step) {
                    Some((_, list)) => list.push(difference),
                    None => said.push((step, vec![difference])),
                }
                continue;
            }
        };
        let told = told(&difference, &step);
        let is_lost = lost.contains(step.split('#').next().unwrap_or_default());
        let mut change = about.change(kind, vec![difference]);
        change.text = format!("{}: step {told} {words}", name(&about.subject));
        if kind == kinds::SCENARIO_STEP_REMOVED && is_lost {
            change.class = Class::Risky;
            change.because = Some("nothing goes there any more".to_owned());
        }
        out.push(change);
    }
    for (_, differences) in said {
        out.push(about.change(kinds::SCENARIO_STEP_CHANGED, differences));
    }
}

/// What a step does, and its label.
fn told(difference: &Difference, step: &str) -> String {
    let step = step.split('#').next().unwrap_or_default();
    let value = if difference.after.is_object() {
        &difference.after
    } else {
        &difference.before
    };
    match value.get("label").and_then(Value::as_str) {
        Some(label) => quoted(&format!("{step}: {label}")),
        None => quoted(step),
    }
}

/// Hops and topic ends that had a flow in the old version and have none in the new one.
fn lost_hops(context: &Context<'_, '_>, scenario: Option<Element>) -> BTreeSet<String> {
    let Some(Element::Scenario(id)) = scenario else {
        return BTreeSet::new();
    };
    let mut lost = BTreeSet::new();
    for step in lost_steps(context, id) {
        let names = context.base_names;
        let component = |id: ComponentId| names.component(context.base[id].id.value);
        let topic = |id: TopicId| names.topic(context.base[id].id.value);
        let identity = match step {
            Happening::Call { from, to, .. } => {
                format!("call {} -> {}", component(from), component(to))
            }
            Happening::Return { from, to, .. } => {
                format!("return {} -> {}", component(from), component(to))
            }
            Happening::Publish { from, topic: of } => {
                format!("publish {} -> {}", component(from), topic(of))
            }
            Happening::Consume { by, topic: of } => {
                format!("consume {} -> {}", component(by), topic(of))
            }
            Happening::Note { .. } => continue,
        };
        lost.insert(identity);
    }
    lost
}

fn lost_steps(context: &Context<'_, '_>, id: ScenarioId) -> Vec<Happening> {
    let matching = context.matching;
    let party =
        |parties: &[crate::model::Party<'_>], id| parties.iter().any(|party| party.component == id);
    let is_lost = |action: &Happening| match *action {
        Happening::Call { flow, .. } | Happening::Return { flow, .. } => {
            flow.is_some_and(|flow| matching.flows.head_of(flow).is_none())
        }
        Happening::Publish { from, topic } => {
            let now = matching
                .components
                .head_of(from)
                .zip(matching.topics.head_of(topic));
            party(&context.base[topic].producers, from)
                && now.is_none_or(|(from, topic)| !party(&context.head[topic].producers, from))
        }
        Happening::Consume { by, topic } => {
            let now = matching
                .components
                .head_of(by)
                .zip(matching.topics.head_of(topic));
            party(&context.base[topic].consumers, by)
                && now.is_none_or(|(by, topic)| !party(&context.head[topic].consumers, by))
        }
        Happening::Note { .. } => false,
    };
    let actions = context.base[id].steps.iter().map(|step| step.action);
    actions.filter(is_lost).collect()
}
