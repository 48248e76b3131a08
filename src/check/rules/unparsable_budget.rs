//! Budgets that can't be read.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Scenario;
use crate::spec::Text;
use crate::spec::duration;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unparsable-budget",
        severity: Severity::Warning,
        group: Group::Scenario,
        summary: "a latency budget that is no duration",
        explanation: "A budget is a number with a unit. What can't be read is not checked.\n\nWrite `200ms`, \
            `5s` or `2 min`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for scenario in &context.model.scenarios {
        let budget = scenario
            .written
            .budget
            .as_ref()
            .and_then(|budget| budget.latency);
        if let Some(budget) = budget.filter(|budget| !budget.value.is_empty())
            && duration::parse(budget.value).is_none()
        {
            out.push(unparsable_budget(scenario, budget));
        }
    }
}

fn unparsable_budget(scenario: &Scenario<'_>, budget: Text<'_>) -> Diagnostic {
    let message = format!("budget `{}` is no duration", budget.value);
    Diagnostic::new(&RULE.code, message, budget.span, "not checked")
        .help("write a number with a unit, such as `200ms` or `5s`")
        .subject("scenario", scenario.id.value)
}
