//! Fields of events that are listed twice.

use std::collections::BTreeMap;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::source::Span;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "field-repeated",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a field of an event that is listed twice",
        explanation: "An event has each field once; the second is left over from an edit, or was to be \
            another.\n\nRemove one, or correct it.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        let mut listed: BTreeMap<&str, Span> = BTreeMap::new();
        for name in topic.written.data.iter().filter_map(|field| field.name) {
            let first = *listed.entry(name.value).or_insert(name.span);
            if first != name.span {
                out.push(field_repeated(topic.id.value, first, name));
            }
        }
    }
}

fn field_repeated(topic: &str, first: Span, second: Text<'_>) -> Diagnostic {
    let message = format!("topic `{topic}` lists field `{}` twice", second.value);
    Diagnostic::new(&RULE.code, message, second.span, "again here")
        .also(first, "first here")
        .help("remove one, or correct it")
        .subject("topic", topic)
}
