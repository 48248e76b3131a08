//! Kinds of events that are listed twice.

use std::collections::BTreeMap;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "event-kind-repeated",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a kind of event that is listed twice",
        explanation: "The list of events names one kind twice, so it counts one too many, or the second was \
            to be another.\n\nRemove one, or correct it.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        let mut listed = BTreeMap::new();
        for event in &topic.written.events {
            let first: &Text<'_> = listed.entry(event.value).or_insert(event);
            if first.span != event.span {
                out.push(event_kind_repeated(topic.id.value, *first, *event));
            }
        }
    }
}

fn event_kind_repeated(topic: &str, first: Text<'_>, second: Text<'_>) -> Diagnostic {
    let message = format!("topic `{topic}` lists event `{}` twice", second.value);
    Diagnostic::new(&RULE.code, message, second.span, "again here")
        .also(first.span, "first here")
        .help("remove one, or correct it")
        .subject("topic", topic)
}
