//! Producers and consumers that are named twice.

use std::collections::BTreeMap;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::source::Span;
use crate::spec::{Participant, Subscription, Text};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "party-repeated",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a producer, consumer or subscription that is listed twice",
        explanation: "A list names one component, or one topic, twice. What the second entry says about \
            trigger, purpose or label is lost.\n\nRemove one; merge what both say.",
    },
    checks: &[Check::Model(on_topics), Check::Component(on_component)],
};

fn on_topics(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        let owner = ("topic", topic.id.value);
        for list in [&topic.written.producers, &topic.written.consumers] {
            check_list(owner, parties(list.as_deref()), out);
        }
    }
}

fn on_component(component: &Component<'_>, out: &mut Diagnostics) {
    let owner = ("component", component.id.value);
    for list in [&component.written.publishes, &component.written.consumes] {
        check_list(owner, topics(list.as_deref()), out);
    }
}

fn parties<'s>(list: Option<&[Participant<'s>]>) -> impl Iterator<Item = Text<'s>> {
    list.unwrap_or_default()
        .iter()
        .filter_map(|it| it.component)
}

fn topics<'s>(list: Option<&[Subscription<'s>]>) -> impl Iterator<Item = Text<'s>> {
    list.unwrap_or_default().iter().filter_map(|it| it.topic)
}

fn check_list<'s>(
    owner: (&str, &str),
    list: impl Iterator<Item = Text<'s>>,
    out: &mut Diagnostics,
) {
    let mut listed: BTreeMap<&str, Span> = BTreeMap::new();
    for name in list {
        let first = *listed.entry(name.value).or_insert(name.span);
        if first != name.span {
            out.push(party_repeated(owner, first, name));
        }
    }
}

fn party_repeated((noun, id): (&str, &str), first: Span, second: Text<'_>) -> Diagnostic {
    let message = format!("{noun} `{id}` lists `{}` twice", second.value);
    Diagnostic::new(&RULE.code, message, second.span, "again here")
        .also(first, "first here")
        .help("remove one, and merge what both say")
        .subject(noun, id)
}
