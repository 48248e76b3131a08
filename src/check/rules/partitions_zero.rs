//! Topics with no partition.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::At;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "partitions-zero",
        severity: Severity::Error,
        group: Group::Topic,
        summary: "a topic with zero partitions",
        explanation: "A topic keeps its events in partitions, so it has at least one.\n\nState how many \
            there are, or leave `partitions:` out.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        if let Some(count) = topic.written.partitions
            && count.value == 0
        {
            out.push(partitions_zero(topic.id.value, count));
        }
    }
}

fn partitions_zero(topic: &str, count: At<u64>) -> Diagnostic {
    let message = format!("topic `{topic}` has no partition");
    Diagnostic::new(&RULE.code, message, count.span, "at least 1")
        .help("state 1 or more, or leave `partitions` out")
        .subject("topic", topic)
}
