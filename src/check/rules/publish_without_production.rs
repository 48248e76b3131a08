//! Steps that publish what their component does not produce.

use crate::check::sides::End;
use crate::check::told::unbacked;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostics, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "publish-without-production",
        severity: Severity::Error,
        group: Group::Scenario,
        summary: "a publish step by a component that is no producer of the topic",
        explanation: "The step says that the component writes the topic; neither the topic nor the component \
            says so. A side that is stated is complete, so the story contradicts the \
            architecture.\n\nName the component among the topic's `producers`, or correct the step.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for finding in unbacked(context.model, End::Producer, &RULE.code) {
        out.push(finding);
    }
}
