//! Topic names that Kafka confuses.

use std::collections::BTreeMap;

use crate::check::kafka::{is_on_kafka, metric_name};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "topic-name-collision",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "two topic names that differ in `.` and `_` alone",
        explanation: "Kafka writes `.` as `_` in the names of its metrics, so `orders.placed` and \
            `orders_placed` are one series there, and the broker refuses to create the \
            second.\n\nRename one of them.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut first_of = BTreeMap::new();
    for topic in &context.model.topics {
        if !is_on_kafka(context.model, topic) {
            continue;
        }
        let first = *first_of
            .entry((topic.broker, metric_name(topic)))
            .or_insert(topic.id);
        if first.span != topic.id.span {
            out.push(topic_name_collision(first, topic.id));
        }
    }
}

fn topic_name_collision(first: Text<'_>, second: Text<'_>) -> Diagnostic {
    let message = format!(
        "topics `{}` and `{}` are one to Kafka's metrics",
        first.value, second.value
    );
    Diagnostic::new(&RULE.code, message, second.span, "`.` and `_` count alike")
        .also(first.span, "the other topic")
        .help("rename one of them")
        .subject("topic", second.value)
}
