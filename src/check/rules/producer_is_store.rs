//! Databases that publish.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Kind, Party, Topic};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "producer-is-store",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a topic that a database produces",
        explanation: "A database does not publish events by itself: a connector reads its changes, or the \
            service that writes to it publishes. Without that component, nobody answers for the \
            events.\n\nName the connector as producer and the database under `source:`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        for party in &topic.producers {
            let component = &context.model[party.component];
            if component.kind == Kind::Database {
                out.push(producer_is_store(topic, party, component.id.value));
            }
        }
    }
}

fn producer_is_store(topic: &Topic<'_>, party: &Party<'_>, component: &str) -> Diagnostic {
    let message = format!("database `{component}` produces topic `{}`", topic.id.value);
    Diagnostic::new(&RULE.code, message, party.span(), "of kind database")
        .help(format!(
            "name what reads its changes as producer, and `source: {{ component: {component} }}`"
        ))
        .subject("topic", topic.id.value)
        .subject("component", component)
}
