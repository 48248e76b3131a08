//! Scenarios that tell nothing.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Scenario;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "scenario-without-steps",
        severity: Severity::Warning,
        group: Group::Scenario,
        summary: "a scenario without steps",
        explanation: "The scenario has a name and no story; its diagram would be empty.\n\nAdd steps, or \
            remove it.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for scenario in &context.model.scenarios {
        if scenario.steps.is_empty() && !scenario.is_partial {
            out.push(scenario_without_steps(scenario));
        }
    }
}

fn scenario_without_steps(scenario: &Scenario<'_>) -> Diagnostic {
    let id = scenario.id;
    let message = format!("scenario `{}` has no steps", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "tells nothing")
        .help("add steps, such as `a -> b: what happens`, or remove the scenario")
        .subject("scenario", id.value)
}
