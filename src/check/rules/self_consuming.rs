//! Components that read what they write.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Party, Topic};

/// Words in names of topics that components write for themselves.
const OWN_USE: &[&str] = &[
    "retry",
    "retries",
    "delay",
    "delayed",
    "changelog",
    "repartition",
    "dlq",
    "dlt",
];

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "self-consuming",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a component that both produces and consumes a topic",
        explanation: "A component that reads its own events may react to them with further events, without \
            end. It is right for retries, delays and changelogs, and surprising \
            otherwise.\n\nSeparate the topics, or remove the end that is wrong. Topics marked \
            `internal: true` or tagged `retry`, and those with `retry`, `delay`, `changelog`, \
            `repartition` or `dlq` in their names, are left alone.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        if topic.is_internal() || is_for_own_use(topic) {
            continue;
        }
        let mut producers: Vec<&Party<'_>> = topic.producers.iter().collect();
        producers.sort_by_key(|party| party.component);
        for consumer in &topic.consumers {
            let found = producers.binary_search_by_key(&consumer.component, |it| it.component);
            if let Ok(place) = found {
                let component = context.model[consumer.component].id.value;
                out.push(self_consuming(topic, component, producers[place], consumer));
            }
        }
    }
}

fn is_for_own_use(topic: &Topic<'_>) -> bool {
    let id = topic.id.value.to_lowercase();
    let mut words = id.split(|c: char| !c.is_alphanumeric());
    words.any(|word| OWN_USE.contains(&word))
        || topic.written.tags.iter().any(|tag| tag.value == "retry")
}

fn self_consuming(
    topic: &Topic<'_>,
    component: &str,
    producer: &Party<'_>,
    consumer: &Party<'_>,
) -> Diagnostic {
    let message = format!(
        "`{component}` both produces and consumes `{}`",
        topic.id.value
    );
    Diagnostic::new(&RULE.code, message, consumer.span(), "consumes here")
        .also(producer.span(), "produces here")
        .help("separate the topics, or tag the topic `retry` if it is one")
        .subject("topic", topic.id.value)
        .subject("component", component)
}
