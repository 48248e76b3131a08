//! Answers where no flow could have been asked through.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, ComponentId, Model, Scenario, Step};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "return-without-call",
        severity: Severity::Error,
        group: Group::Scenario,
        summary: "a return between components that no flow joins",
        explanation: "A `return` is the answer to an earlier hop, so it needs a flow in the other direction: \
            from the component that gets the answer to the one that gives it.\n\nCorrect the ends, \
            or add the flow. If the two are joined in the direction of the answer only, it is no \
            answer but a step of its own.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for scenario in &model.scenarios {
        let unbacked = unbacked_calls(scenario);
        for step in &scenario.steps {
            // The answer to a call that has no flow itself needs no second finding.
            if let Action::Return {
                from,
                to,
                flow: None,
            } = step.action
                && !unbacked.contains(&(to, from))
                && !model[from].is_partial
                && !model[to].is_partial
            {
                out.push(return_without_call(context, step, from, to));
            }
        }
    }
}

fn unbacked_calls(scenario: &Scenario<'_>) -> BTreeSet<(ComponentId, ComponentId)> {
    let unbacked = |step: &Step<'_>| match step.action {
        Action::Call {
            from,
            to,
            flow: None,
        } => Some((from, to)),
        _ => None,
    };
    scenario.steps.iter().filter_map(unbacked).collect()
}

fn return_without_call(
    context: &Context<'_, '_>,
    step: &Step<'_>,
    from: ComponentId,
    to: ComponentId,
) -> Diagnostic {
    let model: &Model<'_> = context.model;
    let (start, end) = (model[from].id.value, model[to].id.value);
    let is_call = context.graph.outgoing(from).any(|(_, other)| other == to);
    let help = if is_call {
        format!("the flow goes from `{start}` to `{end}`, so this is a step: `{start} -> {end}: …`")
    } else {
        format!("correct the ends, or add `{end} -> {start}: …` under `flows`")
    };
    let message = format!(
        "step {}: `{start}` answers `{end}`, but no flow goes from `{end}` to `{start}`",
        step.number
    );
    Diagnostic::new(&RULE.code, message, step.span, "nothing to answer")
        .help(help)
        .subject("component", start)
        .subject("component", end)
}
