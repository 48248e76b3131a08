//! Deprecated topics that are still read.

use crate::check::deprecation::advice;
use crate::check::places::{also_at, counted};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Party, Topic};
use crate::source::Span;
use crate::spec::Deprecation;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "topic-deprecated-with-consumers",
        severity: Severity::Note,
        group: Group::Topic,
        summary: "a deprecated topic that still has consumers",
        explanation: "The topic is going away and components still read it. They are what stands between now \
            and its removal.\n\nMove each of them to the replacement. Consumers that are \
            deprecated themselves do not count.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        let Some(deprecated) = &topic.written.deprecated else {
            continue;
        };
        let remaining = topic.consumers.iter().filter(|party| {
            let consumer = &context.model[party.component];
            consumer.written.deprecated.is_none()
        });
        let places: Vec<Span> = remaining.map(Party::span).collect();
        if !places.is_empty() {
            out.push(topic_deprecated_with_consumers(topic, deprecated, &places));
        }
    }
}

fn topic_deprecated_with_consumers(
    topic: &Topic<'_>,
    deprecated: &Deprecation<'_>,
    places: &[Span],
) -> Diagnostic {
    let id = topic.id;
    let message = format!(
        "deprecated topic `{}` still has {}",
        id.value,
        counted(places.len(), "consumer")
    );
    let diagnostic = Diagnostic::new(&RULE.code, message, id.span, "going away");
    also_at(diagnostic, places, "still consumed here")
        .help("move the consumers to a replacement")
        .maybe_help(advice(deprecated))
        .subject("topic", id.value)
}
