//! Wildcards of other systems.

use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, has_foreign_wildcard};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "bad-wildcard",
        severity: Severity::Error,
        group: Group::Topic,
        summary: "a wildcard that is not one of this language",
        explanation: "`*` is the only wildcard: it stands for any run of characters, dots included, and \
            alone for every topic that is not internal. `+` and `#` are those of MQTT, `**` and \
            `?` those of file globs, and regular expressions are not read at all.\n\nWrite `*` in \
            their place: `db.changes.*`.",
    },
    checks: &[Check::Component(check)],
};

fn check(component: &Component<'_>, out: &mut Diagnostics) {
    let consumes = component.written.consumes.iter().flatten();
    let publishes = component.written.publishes.iter().flatten();
    for pattern in consumes.chain(publishes).filter_map(|stated| stated.topic) {
        if has_foreign_wildcard(pattern.value) || pattern.value.contains("**") {
            out.push(bad_wildcard(component.id.value, pattern));
        }
    }
}

fn bad_wildcard(component: &str, pattern: Text<'_>) -> Diagnostic {
    let message = format!("`{}` is no pattern of topics", pattern.value);
    let diagnostic = Diagnostic::new(&RULE.code, message, pattern.span, reason(pattern.value))
        .subject("component", component);
    match translated(pattern.value) {
        Some(better) => diagnostic.help(format!("write `{better}`")),
        None => diagnostic.help("write `*` for any run of characters, as in `db.changes.*`"),
    }
}

fn reason(pattern: &str) -> &'static str {
    if is_regular_expression(pattern) {
        "regular expressions are not read"
    } else if pattern.contains(['+', '#']) {
        "a wildcard of MQTT"
    } else {
        "a wildcard of file globs"
    }
}

fn is_regular_expression(pattern: &str) -> bool {
    let signs = ['\\', '^', '$', '(', ')', '[', ']', '{', '}', '|'];
    pattern.contains(&signs[..]) || matches!(pattern, ".+" | ".?")
}

/// The same in this language, unless it is a regular expression.
fn translated(pattern: &str) -> Option<String> {
    if is_regular_expression(pattern) {
        return None;
    }
    let mut better = pattern.replace(['+', '#', '?'], "*");
    while better.contains("**") {
        better = better.replace("**", "*");
    }
    Some(better)
}
