//! Topic names that Kafka refuses.

use crate::check::kafka::is_on_kafka;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

const MAX_LENGTH: usize = 249;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "topic-name-too-long",
        severity: Severity::Error,
        group: Group::Topic,
        summary: "a topic name that is longer than Kafka accepts",
        explanation: "Kafka keeps each partition in a folder named after its topic and refuses names of more \
            than 249 characters. Signs that it refuses are reported as `invalid-id`.\n\nShorten \
            the name.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        if topic.id.value.len() > MAX_LENGTH && is_on_kafka(context.model, topic) {
            out.push(topic_name_too_long(topic.id));
        }
    }
}

fn topic_name_too_long(id: Text<'_>) -> Diagnostic {
    let length = id.value.len();
    let message = format!("the topic's name has {length} characters; Kafka accepts {MAX_LENGTH}");
    Diagnostic::new(&RULE.code, message, id.span, "")
        .help("shorten the name")
        .subject("topic", id.value)
}
