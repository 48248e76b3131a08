//! Topics that nobody uses.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Topic;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "topic-without-parties",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a topic that nobody produces and nobody consumes",
        explanation: "Nothing writes to the topic and nothing reads from it, so it is drawn nowhere and does \
            nothing.\n\nName its producers and consumers, or remove it. A topic of the platform \
            itself is marked with `internal: true`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        if topic.producers.is_empty()
            && topic.consumers.is_empty()
            && !topic.is_partial
            && !topic.is_internal()
        {
            out.push(topic_without_parties(topic));
        }
    }
}

fn topic_without_parties(topic: &Topic<'_>) -> Diagnostic {
    let message = format!("topic `{}` has no producer and no consumer", topic.id.value);
    Diagnostic::new(&RULE.code, message, topic.id.span, "nobody uses this")
        .help("name its producers and consumers, mark it `internal: true`, or remove it")
        .subject("topic", topic.id.value)
}
