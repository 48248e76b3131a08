//! Answers that come before their question.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, ComponentId, Model, Step};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "return-before-call",
        severity: Severity::Warning,
        group: Group::Scenario,
        summary: "a return whose call is not told earlier in the scenario",
        explanation: "The flow exists, but in this story nobody called before the answer comes. The call was \
            forgotten, or the steps are in the wrong order.\n\nTell the call first, or put the \
            answer into its `reply`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for scenario in model
        .scenarios
        .iter()
        .filter(|scenario| !scenario.is_partial)
    {
        let mut calls = BTreeSet::new();
        for step in &scenario.steps {
            match step.action {
                Action::Call { from, to, .. } => {
                    calls.insert((from, to));
                }
                Action::Return {
                    from,
                    to,
                    flow: Some(_),
                } if !calls.contains(&(to, from)) => {
                    out.push(return_before_call(model, step, from, to));
                }
                _ => {}
            }
        }
    }
}

fn return_before_call(
    model: &Model<'_>,
    step: &Step<'_>,
    from: ComponentId,
    to: ComponentId,
) -> Diagnostic {
    let (start, end) = (model[from].id.value, model[to].id.value);
    let message = format!(
        "step {}: `{start}` answers, but `{end}` has not called it",
        step.number
    );
    Diagnostic::new(&RULE.code, message, step.span, "no call before this")
        .help(format!("tell the call first: `{end} -> {start}: …`"))
        .subject("component", start)
        .subject("component", end)
}
