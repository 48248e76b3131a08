//! Items that a list holds twice.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::spec::Text;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "repeated-item",
        severity: Severity::Note,
        group: Group::Hygiene,
        summary: "the same text twice in one list",
        explanation: "Tags, functions, operations and calls are sets; the second adds nothing. Often \
            another item was meant.\n\nRemove or correct one. Fields and events of topics have \
            rules of their own.",
    },
    checks: &[Check::Component(on_component), Check::Model(on_topics)],
};

fn on_component(component: &Component<'_>, out: &mut Diagnostics) {
    let (subject, written) = (("component", component.id.value), &component.written);
    check_list(subject, "tags", &written.tags, out);
    check_list(subject, "aliases", &written.aliases, out);
    check_list(subject, "functions", &written.functions, out);
    for (_, texts) in &written.operations {
        check_list(subject, "operations", texts, out);
    }
    for (_, texts) in &written.api_calls {
        check_list(subject, "api_calls", texts, out);
    }
}

fn on_topics(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        check_list(("topic", topic.id.value), "tags", &topic.written.tags, out);
    }
}

fn check_list(subject: (&str, &str), key: &str, items: &[Text<'_>], out: &mut Diagnostics) {
    if items.len() < 2 {
        return;
    }
    let mut first: BTreeMap<&str, Text<'_>> = BTreeMap::new();
    for item in items {
        match first.entry(item.value) {
            Entry::Vacant(place) => {
                place.insert(*item);
            }
            Entry::Occupied(known) => {
                out.push(repeated_item(subject, key, *item, *known.get()));
            }
        }
    }
}

fn repeated_item(
    (noun, id): (&str, &str),
    key: &str,
    item: Text<'_>,
    first: Text<'_>,
) -> Diagnostic {
    let message = format!("`{key}` of {noun} `{id}` holds `{}` twice", item.value);
    Diagnostic::new(&RULE.code, message, item.span, "again here")
        .also(first.span, "first here")
        .help("remove or correct one")
        .subject(noun, id)
}
