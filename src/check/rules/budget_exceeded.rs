//! Scenarios whose latencies add up to more than their budget.

use std::collections::BTreeMap;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, ComponentId, Model, Scenario, Step, TopicId};
use crate::spec::Text;
use crate::spec::duration::{self, Duration};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "budget-exceeded",
        severity: Severity::Warning,
        group: Group::Scenario,
        summary: "stated latencies that exceed the scenario's budget",
        explanation: "Along the slowest way through the steps the stated latencies add up to more than the \
            `budget`. A step without a latency of its own takes that of its flow; consumers of one \
            event work at the same time; a caller waits for answers that are told.\n\nCorrect the \
            figures, raise the budget, or find a shorter way.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for scenario in &model.scenarios {
        let Some(budget) = scenario
            .written
            .budget
            .as_ref()
            .and_then(|budget| budget.latency)
        else {
            continue;
        };
        let total = total(model, scenario);
        if let Some(Duration::Micros(limit)) = duration::parse(budget.value)
            && total > limit
        {
            out.push(budget_exceeded(model, scenario, budget, (limit, total)));
        }
    }
}

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

fn total(model: &Model<'_>, scenario: &Scenario<'_>) -> u64 {
    let mut clock = Clock::default();
    let times = scenario
        .steps
        .iter()
        .map(|step| clock.play(step, latency(model, step)));
    times.max().unwrap_or(0)
}

/// A step's own latency, or that of the flow that it calls through.
fn latency(model: &Model<'_>, step: &Step<'_>) -> u64 {
    let of_flow = match step.action {
        Action::Call {
            flow: Some(flow), ..
        } => model[flow]
            .written
            .as_ref()
            .and_then(|written| written.latency),
        _ => None,
    };
    match step
        .latency
        .or(of_flow)
        .map(|text| duration::parse(text.value))
    {
        Some(Some(Duration::Micros(micros))) => micros,
        _ => 0,
    }
}

fn budget_exceeded(
    model: &Model<'_>,
    scenario: &Scenario<'_>,
    budget: Text<'_>,
    (limit, total): (u64, u64),
) -> Diagnostic {
    let (all, over) = (duration::display(total), duration::display(total - limit));
    let message = format!(
        "scenario `{}` takes {all}, {over} over its budget",
        scenario.id.value
    );
    let diagnostic = Diagnostic::new(
        &RULE.code,
        message,
        budget.span,
        format!("the stated latencies add up to {all}"),
    )
    .help("correct the latencies, raise the budget, or find a shorter way")
    .subject("scenario", scenario.id.value);
    let slowest = scenario
        .steps
        .iter()
        .max_by_key(|step| latency(model, step));
    match slowest {
        Some(step) => diagnostic.also(
            step.span,
            format!(
                "the slowest step: {}",
                duration::display(latency(model, step))
            ),
        ),
        None => diagnostic,
    }
}
