//! Retentions that can not be read.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;
use crate::spec::duration;

const SIZES: &[&str] = &["kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "bytes"];

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "bad-retention",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a retention that is no duration",
        explanation: "How long events are kept is a number with a unit. A number alone may mean milliseconds \
            to one reader and days to another.\n\nWrite `7d`, `36h`, `2 weeks` or `forever`; a \
            size such as `50GB` is fine where events are kept by size.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        if let Some(retention) = topic.written.retention
            && !is_retention(retention.value)
        {
            out.push(bad_retention(topic.id.value, retention));
        }
    }
}

/// A duration, a size, Kafka's `-1`, or several of them: `7d or 50GB`.
fn is_retention(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower
        .split([',', '/', '|'])
        .flat_map(|part| part.split(" or "))
        .map(str::trim)
        .all(|part| part == "-1" || is_size(part) || duration::parse(part).is_some())
}

fn is_size(text: &str) -> bool {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    end > 0 && SIZES.contains(&text[end..].trim())
}

fn bad_retention(topic: &str, retention: Text<'_>) -> Diagnostic {
    let is_number = retention.value.bytes().all(|byte| byte.is_ascii_digit());
    let (what, label) = if is_number {
        ("has no unit", "milliseconds or days?")
    } else {
        ("is no duration", "")
    };
    let message = format!("retention `{}` of topic `{topic}` {what}", retention.value);
    Diagnostic::new(&RULE.code, message, retention.span, label)
        .help("write a number with a unit, such as `7d` or `36h`, or `forever`")
        .subject("topic", topic)
}
