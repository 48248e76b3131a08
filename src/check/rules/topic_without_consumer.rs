//! Topics that nobody reads.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Topic;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "topic-without-consumer",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a topic that no component consumes",
        explanation: "Events are written that nobody reads: a consumer was forgotten in the \
            specification, or the topic is not needed.\n\nName the consumers under `consumers:`, or \
            the topic under a component's `consumes:`. If readers are outside the model, accept the \
            finding with `# archviz: allow(topic-without-consumer) reason`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        if topic.consumers.is_empty()
            && !topic.producers.is_empty()
            && !topic.is_partial
            && !topic.is_internal()
        {
            out.push(topic_without_consumer(topic));
        }
    }
}

fn topic_without_consumer(topic: &Topic<'_>) -> Diagnostic {
    let message = format!("topic `{}` has no consumer", topic.id.value);
    Diagnostic::new(&RULE.code, message, topic.id.span, "nobody reads this")
        .help("name its consumers, or accept it with a reason")
        .subject("topic", topic.id.value)
}
