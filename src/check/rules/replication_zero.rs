//! Topics with no replica.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::At;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "replication-zero",
        severity: Severity::Error,
        group: Group::Topic,
        summary: "a topic with zero replicas",
        explanation: "Every event is kept at least once, so there is at least one replica.\n\nState how many \
            there are, or leave `replication:` out.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        if let Some(count) = topic.written.replication
            && count.value == 0
        {
            out.push(replication_zero(topic.id.value, count));
        }
    }
}

fn replication_zero(topic: &str, count: At<u64>) -> Diagnostic {
    let message = format!("topic `{topic}` has no replica");
    Diagnostic::new(&RULE.code, message, count.span, "at least 1")
        .help("state 1 or more, or leave `replication` out")
        .subject("topic", topic)
}
