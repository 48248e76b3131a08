//! Patterns that no topic matches.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{has_foreign_wildcard, is_pattern, topic_pattern_matches};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "wildcard-matches-nothing",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a pattern that matches no topic",
        explanation: "A component states a pattern and no declared topic matches it: a topic is missing, or \
            the prefix is misspelled. `*` alone matches every topic that is not \
            internal.\n\nCorrect the pattern, or declare the topics.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for component in &context.model.components {
        let consumes = component.written.consumes.iter().flatten();
        let publishes = component.written.publishes.iter().flatten();
        for pattern in consumes.chain(publishes).filter_map(|stated| stated.topic) {
            let is_ours = is_pattern(pattern.value) && !has_foreign_wildcard(pattern.value);
            let matches = |topic| topic_pattern_matches(pattern.value, topic);
            if is_ours && !context.model.topics.iter().any(matches) {
                out.push(wildcard_matches_nothing(component.id.value, pattern));
            }
        }
    }
}

fn wildcard_matches_nothing(component: &str, pattern: Text<'_>) -> Diagnostic {
    let message = format!("pattern `{}` matches no topic", pattern.value);
    Diagnostic::new(&RULE.code, message, pattern.span, "")
        .help("correct the pattern, or declare the topics that it stands for")
        .subject("component", component)
}
