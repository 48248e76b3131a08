//! Ids that differ in case and separators alone.

#![expect(
    clippy::disallowed_types,
    reason = "the maps are looked up, never iterated"
)]

use std::collections::HashMap;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::check::kafka::{is_on_kafka, metric_name};
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Model, Topic};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "case-or-separator-variant",
        severity: Severity::Warning,
        group: Group::Reference,
        summary: "two ids that differ in case or separators alone",
        explanation: "`kafka_connect` and `kafka-connect` are two components to the program and one to \
            everybody else. Most likely one of them is a slip.\n\nKeep one; state the other under \
            `formerly:` if it was renamed. If both exist, give them names that people can tell \
            apart.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let components = &context.model.components;
    // Hashes stand for the normal forms of a hundred thousand ids.
    let mut first: HashMap<u64, Text<'_>, FxBuildHasher> =
        HashMap::with_capacity_and_hasher(components.len(), FxBuildHasher);
    let mut form = String::new();
    for id in components.iter().map(|component| component.id) {
        normalize(id.value, &mut form);
        let known = *first.entry(FxBuildHasher.hash_one(&form)).or_insert(id);
        if known.span != id.span && normal(known.value) == form {
            out.push(variant("component", known, id));
        }
    }
    check_topics(context.model, out);
}

fn check_topics(model: &Model<'_>, out: &mut Diagnostics) {
    let mut topics = HashMap::with_hasher(FxBuildHasher);
    for topic in &model.topics {
        let first: &Topic<'_> = topics.entry(normal(topic.id.value)).or_insert(topic);
        if first.id.span != topic.id.span && !is_collision(model, first, topic) {
            out.push(variant("topic", first.id, topic.id));
        }
    }
}

/// `topic-name-collision` reports what Kafka itself confuses.
fn is_collision(model: &Model<'_>, first: &Topic<'_>, second: &Topic<'_>) -> bool {
    first.broker == second.broker
        && metric_name(first) == metric_name(second)
        && is_on_kafka(model, first)
}

/// Letters in lower case without separators; those between digits count: `v1.1` is not `v11`.
fn normalize(id: &str, form: &mut String) {
    form.clear();
    let mut is_separated = false;
    for c in id.chars() {
        if matches!(c, '_' | '-' | '.') {
            is_separated = true;
            continue;
        }
        if is_separated && c.is_ascii_digit() && form.ends_with(|c: char| c.is_ascii_digit()) {
            form.push('_');
        }
        is_separated = false;
        if c.is_ascii() {
            form.push(c.to_ascii_lowercase());
        } else {
            form.extend(c.to_lowercase());
        }
    }
}

fn normal(id: &str) -> String {
    let mut form = String::with_capacity(id.len());
    normalize(id, &mut form);
    form
}

fn variant(noun: &str, first: Text<'_>, second: Text<'_>) -> Diagnostic {
    let message = format!(
        "{noun} ids `{}` and `{}` differ in case or separators alone",
        first.value, second.value
    );
    Diagnostic::new(&RULE.code, message, second.span, "nearly the same id")
        .also(first.span, "first written so")
        .help("keep one of them, or choose names that people can tell apart")
        .subject(noun, second.value)
}
