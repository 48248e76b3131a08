//! How long a scenario takes: what its steps state, added up, beside its budget.
//!
//! In: a scenario. Out: a line of words; nothing if nothing is stated. Refuses to know:
//! whether the budget is kept; a rule says so.

use crate::model::{Model, ScenarioId};
use crate::spec::duration::{Duration, display, parse};
use crate::view::caption::{count, join, on_one_line};

/// "Stated latencies: 320ms in 4 steps · Budget: 2s".
pub(super) fn latency(model: &Model<'_>, id: ScenarioId) -> String {
    let scenario = &model[id];
    let stated = scenario.steps.iter().filter_map(|step| step.latency);
    let times: Vec<u64> = stated.filter_map(|text| micros(text.value)).collect();
    let total = times
        .iter()
        .fold(0_u64, |sum, time| sum.saturating_add(*time));
    let sum = if times.is_empty() {
        String::new()
    } else {
        format!(
            "Stated latencies: {} in {}",
            display(total),
            count(times.len(), "step")
        )
    };
    let budget = scenario
        .written
        .budget
        .as_ref()
        .and_then(|budget| budget.latency);
    let budget = budget.map_or_else(String::new, |text| {
        format!("Budget: {}", on_one_line(text.value))
    });
    join(" · ", [sum.as_str(), &budget])
}

fn micros(text: &str) -> Option<u64> {
    match parse(text)? {
        Duration::Micros(micros) => Some(micros),
        Duration::Forever => None,
    }
}
