//! Cleanup policies that do not exist.

use crate::check::kafka::{POLICIES, wrong_cleanup};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity, did_you_mean};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unknown-cleanup-policy",
        severity: Severity::Error,
        group: Group::Topic,
        summary: "a cleanup policy that does not exist",
        explanation: "Events are removed by age or size (`delete`), or all but the newest of each key \
            (`compact`), or both.\n\nWrite `delete`, `compact` or `compact, delete`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        let Some(cleanup) = topic.written.cleanup else {
            continue;
        };
        if let Some(part) = wrong_cleanup(cleanup.value) {
            out.push(unknown_cleanup_policy(topic.id.value, cleanup, part));
        }
    }
}

fn unknown_cleanup_policy(topic: &str, cleanup: Text<'_>, part: &str) -> Diagnostic {
    let message = format!("`{part}` is no cleanup policy");
    let meant = did_you_mean(part, POLICIES.iter().copied());
    Diagnostic::new(&RULE.code, message, cleanup.span, "")
        .help("write `delete`, `compact` or `compact, delete`")
        .maybe_help(meant.map(|meant| format!("did you mean `{meant}`?")))
        .subject("topic", topic)
}
