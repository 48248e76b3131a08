//! Topics and components that disagree about who consumes what.

use crate::check::sides::{End, disagreements};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostics, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "consumer-mismatch",
        severity: Severity::Error,
        group: Group::Topic,
        summary: "a topic and a component that disagree about a consumer",
        explanation: "Who consumes a topic can be stated on the topic (`consumers:`) or on the component \
            (`consumes:`, with wildcards). A side that is stated is complete; here both are, and \
            they disagree. One of them is wrong, and the flows drawn hold what either side \
            says.\n\nCorrect the side that is wrong, or state the fact on one side only.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for finding in disagreements(context.model, End::Consumer, &RULE.code) {
        out.push(finding);
    }
}
