//! Topics and components that disagree about who publishes to what.

use crate::check::sides::{End, disagreements};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostics, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "producer-mismatch",
        severity: Severity::Error,
        group: Group::Topic,
        summary: "a topic and a component that disagree about a producer",
        explanation: "Who publishes to a topic can be stated on the topic (`producers:`) or on the component \
            (`publishes:`, with wildcards). A side that is stated is complete; here both are, and \
            they disagree. One of them is wrong, and the flows drawn hold what either side \
            says.\n\nCorrect the side that is wrong, or state the fact on one side only.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for finding in disagreements(context.model, End::Producer, &RULE.code) {
        out.push(finding);
    }
}
