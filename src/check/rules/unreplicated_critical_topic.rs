//! Critical topics that are kept once.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::{At, Text};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unreplicated-critical-topic",
        severity: Severity::Note,
        group: Group::Topic,
        summary: "a topic tagged `critical` with a single replica",
        explanation: "The topic is tagged `critical`, and its events are kept on one broker alone: when that \
            broker's disk is lost, so are they.\n\nRaise `replication:` to 2 or more, or remove \
            the tag.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        let tag = topic
            .written
            .tags
            .iter()
            .find(|tag| tag.value == "critical");
        let single = topic.written.replication.filter(|count| count.value == 1);
        if let (Some(tag), Some(replication)) = (tag, single) {
            out.push(unreplicated_critical_topic(
                topic.id.value,
                *tag,
                replication,
            ));
        }
    }
}

fn unreplicated_critical_topic(topic: &str, tag: Text<'_>, replication: At<u64>) -> Diagnostic {
    let message = format!("critical topic `{topic}` has a single replica");
    Diagnostic::new(&RULE.code, message, replication.span, "kept once")
        .also(tag.span, "tagged here")
        .help("raise `replication` to 2 or more, or remove the tag")
        .subject("topic", topic)
}
