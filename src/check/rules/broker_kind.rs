//! Topics on a component that is no broker.

use std::collections::BTreeMap;

use crate::check::places::counted;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, Kind};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "broker-kind",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a topic that lives on a component of another kind than broker",
        explanation: "The flows of a topic lead through its broker. The component that `broker:` names is of \
            a kind that carries no topics: the name is wrong, or the component was given no \
            kind.\n\nState `kind: broker`, or name the broker. Caches with streams, platforms and \
            external systems are accepted.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut places: BTreeMap<_, Vec<Span>> = BTreeMap::new();
    for topic in &context.model.topics {
        if let (Some(broker), Some(name)) = (topic.broker, topic.written.broker)
            && !can_carry_topics(context.model[broker].kind)
        {
            places.entry(broker).or_default().push(name.span);
        }
    }
    for (broker, places) in places {
        if let Some(place) = places.first() {
            out.push(broker_kind(&context.model[broker], *place, places.len()));
        }
    }
}

fn can_carry_topics(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Broker
            | Kind::Cache
            | Kind::External
            | Kind::Platform
            | Kind::System
            | Kind::Container
            | Kind::Component
    )
}

fn broker_kind(component: &Component<'_>, place: Span, topics: usize) -> Diagnostic {
    let (id, kind) = (component.id, component.kind.name());
    let message = format!(
        "`{}` carries {} and is of kind `{kind}`",
        id.value,
        counted(topics, "topic")
    );
    let diagnostic = Diagnostic::new(&RULE.code, message, place, "named as broker here");
    let diagnostic = match component.written.kind {
        Some(kind) => diagnostic.also(kind.span, "its kind"),
        None => diagnostic.also(id.span, format!("no kind stated, so `{kind}`")),
    };
    diagnostic
        .help("state `kind: broker`, or name the component that carries the topics")
        .subject("component", id.value)
}
