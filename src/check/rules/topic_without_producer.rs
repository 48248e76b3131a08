//! Topics that nobody writes.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Topic;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "topic-without-producer",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a topic that is consumed and that no component produces",
        explanation: "Components wait for events that nobody sends: a producer was forgotten in the \
            specification, or is gone.\n\nName the producers under `producers:`, or the topic \
            under a component's `publishes:`. If the producer is outside the model, add it with \
            `kind: external`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        if topic.producers.is_empty()
            && !topic.consumers.is_empty()
            && !topic.is_partial
            && !topic.is_internal()
        {
            out.push(topic_without_producer(topic));
        }
    }
}

fn topic_without_producer(topic: &Topic<'_>) -> Diagnostic {
    let message = format!("topic `{}` has no producer", topic.id.value);
    Diagnostic::new(&RULE.code, message, topic.id.span, "nobody writes this")
        .help("name its producers; one outside of the model is a component of `kind: external`")
        .subject("topic", topic.id.value)
}
