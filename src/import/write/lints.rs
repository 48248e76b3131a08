//! What the rules are told about an import: what is not known is no mistake.
//!
//! In: the findings on what was written. Out: exceptions with their reasons. Refuses to know:
//! how rules work. Exceptions name single elements, so that new ones are checked.

use std::collections::BTreeMap;

use super::Entry;
use super::scalar::list;
use crate::diagnostic::{Diagnostic, Severity};

/// Rules that find what sources leave open, or what is so in reality.
const OPEN: &[(&str, &str)] = &[
    (
        "topic-without-parties",
        "the sources do not say who writes and who reads",
    ),
    (
        "topic-without-producer",
        "the sources do not say who writes",
    ),
    ("topic-without-consumer", "the sources do not say who reads"),
    (
        "compact-without-key",
        "the sources do not say what events are keyed by",
    ),
    (
        "orphan-component",
        "the sources do not say what these talk to",
    ),
    ("deprecated-reference", "the sources still use these"),
    ("missing-owner", "the sources do not say who answers"),
    ("self-consuming", "the sources let these do both"),
    (
        "host-port-conflict",
        "the sources publish both; they may not run at the same time",
    ),
    ("case-or-separator-variant", "the sources have both"),
    ("topic-name-collision", "the sources have both"),
];

/// Why a finding of this rule is no mistake in an import, if it is none.
pub(crate) fn reason_of_open(rule: &str) -> Option<&'static str> {
    let row = OPEN.iter().find(|(id, _)| *id == rule);
    row.map(|(_, reason)| *reason)
}

/// The exceptions that the findings on an import call for.
pub(super) fn entries(findings: &[Diagnostic]) -> Vec<Entry> {
    let mut elements: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for finding in findings {
        let subject = finding.subjects.first();
        let id = subject.and_then(|subject| subject.split_once(':'));
        if let Some((_, id)) = id.filter(|_| finding.severity > Severity::Note) {
            let known = elements.entry(finding.code.id).or_default();
            if !known.contains(&id) {
                known.push(id);
            }
        }
    }
    let open = OPEN.iter().filter_map(|(rule, reason)| {
        let ids = elements.get(rule)?;
        Some(Entry {
            id: (*rule).to_owned(),
            lines: vec![format!(
                "{rule}: {{ except: {}, reason: {} }}",
                list(ids),
                super::scalar::scalar(reason)
            )],
        })
    });
    open.collect()
}
