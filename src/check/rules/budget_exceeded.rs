//! Scenarios whose latencies add up to more than their budget.

use crate::check::{Check, Context, Rule, timing};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Model, Scenario};
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
        let total = timing::total(model, scenario);
        if let Some(Duration::Micros(limit)) = duration::parse(budget.value)
            && total > limit
        {
            out.push(budget_exceeded(model, scenario, budget, (limit, total)));
        }
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
        .max_by_key(|step| timing::latency(model, step));
    match slowest {
        Some(step) => diagnostic.also(
            step.span,
            format!(
                "the slowest step: {}",
                duration::display(timing::latency(model, step))
            ),
        ),
        None => diagnostic,
    }
}
