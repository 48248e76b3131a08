//! Patterns that also match internal topics.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Model, Topic, has_foreign_wildcard, is_pattern, topic_pattern_matches};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "wildcard-matches-internal",
        severity: Severity::Warning,
        group: Group::Topic,
        summary: "a pattern that also matches internal topics",
        explanation: "`*` alone leaves internal topics out, other patterns do not: this one takes topics of \
            the platform itself along with the ones that were meant. A pattern that matches \
            internal topics alone is fine.\n\nNarrow the pattern, or name the topics.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let internal: Vec<&Topic<'_>> = model.topics.iter().filter(|it| it.is_internal()).collect();
    if internal.is_empty() {
        return;
    }
    for component in &model.components {
        let consumes = component.written.consumes.iter().flatten();
        let publishes = component.written.publishes.iter().flatten();
        for pattern in consumes.chain(publishes).filter_map(|stated| stated.topic) {
            if let Some(topic) = internal_match(model, &internal, pattern) {
                out.push(wildcard_matches_internal(
                    component.id.value,
                    pattern,
                    topic,
                ));
            }
        }
    }
}

/// An internal topic that the pattern matches, if it matches others as well.
fn internal_match<'m, 's>(
    model: &Model<'s>,
    internal: &[&'m Topic<'s>],
    pattern: Text<'_>,
) -> Option<&'m Topic<'s>> {
    if !is_pattern(pattern.value) || has_foreign_wildcard(pattern.value) {
        return None;
    }
    let matches = |topic: &Topic<'_>| topic_pattern_matches(pattern.value, topic);
    let found = internal.iter().find(|topic| matches(topic))?;
    let matches_others = model
        .topics
        .iter()
        .any(|topic| !topic.is_internal() && matches(topic));
    matches_others.then_some(*found)
}

fn wildcard_matches_internal(component: &str, pattern: Text<'_>, topic: &Topic<'_>) -> Diagnostic {
    let message = format!(
        "pattern `{}` also matches the internal topic `{}`",
        pattern.value, topic.id.value
    );
    Diagnostic::new(&RULE.code, message, pattern.span, "")
        .also(topic.id.span, "internal")
        .help("narrow the pattern, or name the topics; `*` alone leaves internal topics out")
        .subject("component", component)
}
