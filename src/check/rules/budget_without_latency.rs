//! Budgets that nothing is held against.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, Model, Scenario, Step};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "budget-without-latency",
        severity: Severity::Note,
        group: Group::Scenario,
        summary: "a latency budget in a scenario that states no latency",
        explanation: "No step of the scenario states a latency, and no flow that it goes through does. So the \
            budget is a wish: nothing can exceed it.\n\nState `latency:` on the flows or steps that \
            take time.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for scenario in &model.scenarios {
        let budget = scenario
            .written
            .budget
            .as_ref()
            .and_then(|budget| budget.latency);
        let is_timed = scenario.steps.iter().any(|step| has_latency(model, step));
        if let Some(budget) = budget
            && !is_timed
            && !scenario.steps.is_empty()
            && !scenario.is_partial
        {
            out.push(budget_without_latency(scenario, budget));
        }
    }
}

fn has_latency(model: &Model<'_>, step: &Step<'_>) -> bool {
    let of_flow = match step.action {
        Action::Call {
            flow: Some(flow), ..
        } => model[flow]
            .written
            .as_ref()
            .and_then(|written| written.latency),
        _ => None,
    };
    step.latency.or(of_flow).is_some()
}

fn budget_without_latency(scenario: &Scenario<'_>, budget: Text<'_>) -> Diagnostic {
    let message = format!(
        "nothing in scenario `{}` is held against its budget",
        scenario.id.value
    );
    Diagnostic::new(
        &RULE.code,
        message,
        budget.span,
        "no step and no flow on the way states a latency",
    )
    .help("state `latency` on the flows or steps that take time")
    .subject("scenario", scenario.id.value)
}
