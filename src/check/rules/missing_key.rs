//! Topics without a key among topics with one.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Topic;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "missing-key",
        severity: Severity::Note,
        group: Group::Topic,
        summary: "a topic without key where others state one",
        explanation: "The key decides which events stay in order and where they are stored. At least a \
            third of the topics, and two of them, state theirs, so the specification means to.\n\nState `key:`; if events \
            have none, say so with `key: none`.",
    },
    checks: &[Check::Model(check)],
};

/// One topic with a key is an exception, not a habit.
const MIN_STATED: usize = 2;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let expected = || context.model.topics.iter().filter(|it| !it.is_internal());
    let stated = expected().filter(|it| it.written.key.is_some()).count();
    if stated < MIN_STATED || stated * 3 < expected().count() {
        return;
    }
    for topic in expected() {
        if topic.written.key.is_none() && !is_compacted(topic) && !topic.is_partial {
            out.push(missing_key(topic));
        }
    }
}

/// `compact-without-key` reports those.
fn is_compacted(topic: &Topic<'_>) -> bool {
    let cleanup = topic.written.cleanup;
    cleanup.is_some_and(|cleanup| cleanup.value.contains("compact"))
}

fn missing_key(topic: &Topic<'_>) -> Diagnostic {
    let message = format!("topic `{}` states no key", topic.id.value);
    Diagnostic::new(&RULE.code, message, topic.id.span, "others state one")
        .help("state what events are keyed by with `key: …`, or `key: none`")
        .subject("topic", topic.id.value)
}
