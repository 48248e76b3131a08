//! Merges included files into one specification.
//!
//! In: two specs. Out: one with the parts of both. A thing that both define is a
//! conflict with both places. Refuses to know: what the parts mean.

use std::collections::BTreeMap;

use super::decode::{At, Entries, Record, Text};
use super::{FlowGroup, Spec};
use crate::diagnostic::{Diagnostic, Diagnostics, MULTI_FILE_CONFLICT};
use crate::source::Span;

/// Adds `other` to `base`.
pub(super) fn merge<'s>(mut base: Spec<'s>, other: Spec<'s>, out: &mut Diagnostics) -> Spec<'s> {
    base.add_unread(other.unread());
    let one = &mut One { out };
    one.text("name", &mut base.name, other.name);
    one.text("version", &mut base.version, other.version);
    one.text("description", &mut base.description, other.description);
    one.other("outputs", &mut base.outputs, other.outputs, |outputs| {
        outputs.span
    });
    one.other(
        "documents",
        &mut base.documents,
        other.documents,
        |documents| documents.span,
    );
    one.other("summary", &mut base.summary, other.summary, |summary| {
        summary.span
    });
    one.other("metadata", &mut base.metadata, other.metadata, |free| {
        free.node().span()
    });
    one.entries("layer", &mut base.layers, other.layers);
    one.entries("category", &mut base.categories, other.categories);
    one.entries("owner", &mut base.owners, other.owners);
    one.entries("deployment", &mut base.deployments, other.deployments);
    one.entries("component", &mut base.components, other.components);
    one.entries("topic", &mut base.topics, other.topics);
    one.entries("scenario", &mut base.scenarios, other.scenarios);
    one.entries("view", &mut base.views, other.views);
    one.entries("lint", &mut base.lints, other.lints);
    one.entries("change", &mut base.changes, other.changes);
    lists(&mut base.facts, other.facts);
    groups(&mut base.flows.groups, other.flows.groups);
    base.configuration.extend(other.configuration);
    base.policies.extend(other.policies);
    base.sources.extend(other.sources);
    if let Some(other) = other.drift {
        match &mut base.drift {
            Some(drift) => drift.accept.extend(other.accept),
            None => base.drift = Some(other),
        }
    }
    base
}

struct One<'d> {
    out: &'d mut Diagnostics,
}

impl One<'_> {
    fn text<'s>(&mut self, key: &str, base: &mut Option<Text<'s>>, other: Option<Text<'s>>) {
        self.other(key, base, other, |text: &At<&str>| text.span);
    }

    fn other<T>(
        &mut self,
        key: &str,
        base: &mut Option<T>,
        other: Option<T>,
        span: fn(&T) -> Span,
    ) {
        match (base.as_ref(), other.as_ref()) {
            (Some(first), Some(second)) => {
                self.out
                    .push(conflict(&format!("`{key}`"), span(first), span(second)));
            }
            (None, Some(_)) => *base = other,
            _ => {}
        }
    }

    fn entries<'s, T>(&mut self, noun: &str, base: &mut Entries<'s, T>, other: Entries<'s, T>) {
        if other.is_empty() {
            return;
        }
        let known: BTreeMap<&str, Span> =
            base.iter().map(|(key, _)| (key.value, key.span)).collect();
        for (key, value) in other {
            match known.get(key.value) {
                Some(first) => self.out.push(conflict(
                    &format!("{noun} `{}`", key.value),
                    *first,
                    key.span,
                )),
                None => base.push((key, value)),
            }
        }
    }
}

fn conflict(what: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(
        MULTI_FILE_CONFLICT,
        format!("{what} is defined in two files"),
        second,
        "defined again here",
    )
    .also(first, "first defined here")
    .help("keep one of them; included files are merged and none overrides another")
}

/// Groups of one name are joined.
fn lists<'s, T>(base: &mut Entries<'s, Vec<T>>, other: Entries<'s, Vec<T>>) {
    for (key, items) in other {
        match base.iter_mut().find(|(known, _)| known.value == key.value) {
            Some((_, list)) => list.extend(items),
            None => base.push((key, items)),
        }
    }
}

fn groups<'s>(base: &mut Vec<FlowGroup<'s>>, other: Vec<FlowGroup<'s>>) {
    let name = |group: &FlowGroup<'s>| group.heading.map(|heading| heading.value);
    for group in other {
        match base.iter_mut().find(|known| name(known) == name(&group)) {
            Some(known) => known.flows.extend(group.flows),
            None => base.push(group),
        }
    }
}
