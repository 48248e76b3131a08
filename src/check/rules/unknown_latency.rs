//! Latencies that can't be read.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;
use crate::spec::duration::{self, Duration};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unknown-latency",
        severity: Severity::Warning,
        group: Group::Flow,
        summary: "a latency that is no duration",
        explanation: "A latency is a number with a unit, so that budgets of scenarios can be checked. What \
            can't be read counts as nothing.\n\nWrite `90ms`, `5s`, `2 min` or `1h 30m`. `<100ms`, \
            `p99 250ms` and `5-10ms` are fine too; of a range, the longer end counts.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let flows = model
        .flows
        .iter()
        .filter_map(|flow| flow.written.as_ref()?.latency);
    let steps = model.scenarios.iter().flat_map(|scenario| &scenario.steps);
    let latencies = flows.chain(steps.filter_map(|step| step.latency));
    for latency in latencies.filter(|latency| !latency.value.is_empty()) {
        if !matches!(duration::parse(latency.value), Some(Duration::Micros(_))) {
            out.push(unknown_latency(latency));
        }
    }
}

fn unknown_latency(latency: Text<'_>) -> Diagnostic {
    let message = format!("latency `{}` is no duration", latency.value);
    Diagnostic::new(
        &RULE.code,
        message,
        latency.span,
        "counts as nothing in budgets",
    )
    .help("write a number with a unit, such as `90ms` or `5s`")
}
