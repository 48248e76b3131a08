//! Steps that consume what their component does not subscribe to.

use crate::check::sides::End;
use crate::check::told::unbacked;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostics, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "consume-without-subscription",
        severity: Severity::Error,
        group: Group::Scenario,
        summary: "a consume step by a component that is no consumer of the topic",
        explanation: "The step says that the component reads the topic; neither the topic nor the component \
            says so. A side that is stated is complete, so the story contradicts the \
            architecture.\n\nName the component among the topic's `consumers`, or correct the step.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for finding in unbacked(context.model, End::Consumer, &RULE.code) {
        out.push(finding);
    }
}
