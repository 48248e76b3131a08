//! Compacted topics without a key.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "compact-without-key",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a compacted topic without a key",
        explanation: "Compaction keeps the newest event of each key, so events without a key are refused. \
            The specification states no key.\n\nState `key:`, or another cleanup policy.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        let Some(cleanup) = topic.written.cleanup else {
            continue;
        };
        let mut parts = cleanup.value.split([',', '+']);
        let is_compacted = parts.any(|part| part.trim() == "compact");
        let has_key = topic.written.key.is_some_and(|key| key.value != "none");
        if is_compacted && !has_key && !topic.is_internal() {
            out.push(compact_without_key(
                topic.id.value,
                cleanup,
                topic.written.key,
            ));
        }
    }
}

fn compact_without_key(topic: &str, cleanup: Text<'_>, key: Option<Text<'_>>) -> Diagnostic {
    let message = format!("topic `{topic}` is compacted and has no key");
    let diagnostic = Diagnostic::new(&RULE.code, message, cleanup.span, "needs a key");
    let diagnostic = match key {
        Some(key) => diagnostic.also(key.span, "no key"),
        None => diagnostic,
    };
    diagnostic
        .help("state what events are keyed by with `key: …`, or use `cleanup: delete`")
        .subject("topic", topic)
}
