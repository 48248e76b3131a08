//! When things happen in a scenario, by the latencies that it and its flows state.
//!
//! In: a scenario. Out: the time at the end of each step, in microseconds after the start.
//! Refuses to know: budgets.
//!
//! A step without a latency of its own takes that of its flow; consumers of one event work
//! at the same time; a caller waits for answers that are told.

use std::collections::BTreeMap;

use crate::model::{Action, ComponentId, Model, Scenario, Step, TopicId};
use crate::spec::Text;
use crate::spec::duration::{self, Duration};

/// When each component and each topic was reached, in microseconds after the start.
#[derive(Default)]
struct Clock {
    components: BTreeMap<ComponentId, u64>,
    topics: BTreeMap<TopicId, u64>,
}

impl Clock {
    fn at(&self, id: ComponentId) -> u64 {
        self.components.get(&id).copied().unwrap_or(0)
    }

    fn reach(&mut self, id: ComponentId, time: u64) -> u64 {
        let known = self.components.entry(id).or_insert(0);
        *known = time.max(*known);
        time
    }

    /// Plays a step; gives the time at its end.
    fn play(&mut self, step: &Step<'_>, latency: u64) -> u64 {
        match step.action {
            Action::Call { from, to, .. } | Action::Return { from, to, .. } => {
                self.reach(to, self.at(from).saturating_add(latency))
            }
            Action::Publish { from, topic } => {
                let time = self.at(from).saturating_add(latency);
                *self.topics.entry(topic).or_insert(time)
            }
            Action::Consume { by, topic } => {
                let published = self.topics.get(&topic).copied().unwrap_or(0);
                self.reach(by, published.max(self.at(by)).saturating_add(latency))
            }
            Action::Note { .. } => 0,
        }
    }
}

/// The time at the end of each step.
pub(crate) fn times(model: &Model<'_>, scenario: &Scenario<'_>) -> Vec<u64> {
    let mut clock = Clock::default();
    let steps = scenario.steps.iter();
    steps
        .map(|step| clock.play(step, latency(model, step)))
        .collect()
}

/// The time at the end of the slowest way through the steps.
pub(crate) fn total(model: &Model<'_>, scenario: &Scenario<'_>) -> u64 {
    times(model, scenario).into_iter().max().unwrap_or(0)
}

/// A step's latency in microseconds; 0 if none is stated.
pub(crate) fn latency(model: &Model<'_>, step: &Step<'_>) -> u64 {
    match stated(model, step).map(|text| duration::parse(text.value)) {
        Some(Some(Duration::Micros(micros))) => micros,
        _ => 0,
    }
}

/// A step's own latency, or that of the flow that it calls through.
pub(crate) fn stated<'s>(model: &Model<'s>, step: &Step<'s>) -> Option<Text<'s>> {
    let of_flow = match step.action {
        Action::Call {
            flow: Some(flow), ..
        } => model[flow]
            .written
            .as_ref()
            .and_then(|written| written.latency),
        _ => None,
    };
    step.latency.or(of_flow)
}
