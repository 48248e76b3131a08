//! Retentions of no time.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;
use crate::spec::duration::{self, Duration};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "retention-zero",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a retention of no time at all",
        explanation: "Events that are kept for no time may be gone before anybody reads them.\n\nState how \
            long they are kept; `forever` if without end.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        if let Some(retention) = topic.written.retention
            && duration::parse(retention.value) == Some(Duration::Micros(0))
        {
            out.push(retention_zero(topic.id.value, retention));
        }
    }
}

fn retention_zero(topic: &str, retention: Text<'_>) -> Diagnostic {
    let message = format!("events of topic `{topic}` are kept for no time");
    Diagnostic::new(&RULE.code, message, retention.span, "")
        .help("state how long they are kept, or `forever`")
        .subject("topic", topic)
}
