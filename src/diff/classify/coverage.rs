//! Wildcards that match other topics than before, although nobody touched them.
//!
//! In: the patterns that components state in both versions, and the topics that came, went,
//! or became internal. Out: one change for each component and pattern. Refuses to know:
//! patterns that changed; what they match is reported at the topics.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{Change, Changes, Context, consequence};
use crate::diff::change::{Element, Subject, SubjectKind};
use crate::diff::class::Class;
use crate::diff::kinds;
use crate::diff::wording::{list, quoted};
use crate::model::{ComponentId, Topic, is_pattern, topic_pattern_matches};
use crate::spec::{Subscription, Text};

/// Topics that a pattern matches now and did not before, and the other way around.
#[derive(Clone, Debug, Default)]
struct Shift<'m> {
    gained: Vec<&'m str>,
    lost: Vec<&'m str>,
}

pub(super) fn classify(context: &Context<'_, '_>, out: &mut Changes) {
    let candidates = candidates(context);
    if candidates.is_empty() {
        return;
    }
    let mut known: BTreeMap<String, Shift<'_>> = BTreeMap::new();
    for (base, head) in context.matching.components.kept() {
        let (old, new) = (&context.base[base].written, &context.head[head].written);
        for (before, after, end) in [
            (old.consumes.as_ref(), new.consumes.as_ref(), End::Consumes),
            (
                old.publishes.as_ref(),
                new.publishes.as_ref(),
                End::Publishes,
            ),
        ] {
            for pattern in unchanged(before, after) {
                let shift = known
                    .entry(pattern.value.to_owned())
                    .or_insert_with(|| shift(pattern.value, &candidates));
                if !shift.gained.is_empty() || !shift.lost.is_empty() {
                    tell(context, (base, head), pattern, end, shift, out);
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Consumes,
    Publishes,
}

/// A topic in both versions; patterns may match it in one of them alone.
type Candidate<'m, 's> = (Option<&'m Topic<'s>>, Option<&'m Topic<'s>>);

fn candidates<'c, 's>(context: &Context<'c, 's>) -> Vec<Candidate<'c, 's>> {
    let topics = &context.matching.topics;
    let came = topics.added().map(|id| (None, Some(&context.head[id])));
    let went = topics.removed().map(|id| (Some(&context.base[id]), None));
    let kept = topics.kept().filter_map(|(base, head)| {
        let (old, new) = (&context.base[base], &context.head[head]);
        let may_differ = old.is_internal() != new.is_internal() || old.id.value != new.id.value;
        may_differ.then_some((Some(old), Some(new)))
    });
    came.chain(went).chain(kept).collect()
}

/// Patterns with a wildcard that both versions state.
fn unchanged<'s>(
    before: Option<&Vec<Subscription<'_>>>,
    after: Option<&Vec<Subscription<'s>>>,
) -> Vec<Text<'s>> {
    let old: BTreeSet<&str> = before
        .into_iter()
        .flatten()
        .filter_map(|subscription| Some(subscription.topic?.value))
        .collect();
    let new = after.into_iter().flatten();
    let new = new.filter_map(|subscription| subscription.topic);
    new.filter(|pattern| is_pattern(pattern.value) && old.contains(pattern.value))
        .collect()
}

fn shift<'m>(pattern: &str, candidates: &[Candidate<'m, '_>]) -> Shift<'m> {
    let mut shift = Shift::default();
    for (old, new) in candidates {
        let matches = |topic: Option<&Topic<'_>>| {
            topic.is_some_and(|topic| topic_pattern_matches(pattern, topic))
        };
        match (matches(*old), matches(*new)) {
            (false, true) => shift.gained.extend(new.map(|topic| topic.id.value)),
            (true, false) => shift.lost.extend(old.map(|topic| topic.id.value)),
            _ => {}
        }
    }
    shift
}

fn tell(
    context: &Context<'_, '_>,
    (base, head): (ComponentId, ComponentId),
    pattern: Text<'_>,
    end: End,
    shift: &Shift<'_>,
    out: &mut Changes,
) {
    let component = &context.head[head];
    let subject = Subject::new(SubjectKind::Component, component.id.value);
    let verb = if end == End::Consumes {
        "receive"
    } else {
        "send"
    };
    let mut parts = Vec::new();
    if !shift.gained.is_empty() {
        let topics = list(shift.gained.iter().copied());
        parts.push(format!("will now also {verb} {topics}"));
    }
    if !shift.lost.is_empty() {
        let topics = list(shift.lost.iter().copied());
        parts.push(format!("will no longer {verb} {topics}"));
    }
    let text = format!(
        "{} ({}) {}",
        quoted(component.id.value),
        pattern.value,
        parts.join(" and ")
    );
    let class = if end == End::Consumes {
        Class::Risky
    } else {
        Class::Safe
    };
    out.push(Change {
        class,
        before: json!(shift.lost),
        after: json!(shift.gained),
        because: Some(format!(
            "its pattern {} did not change",
            quoted(pattern.value)
        )),
        base: Some(context.base[base].id.span),
        head: Some(pattern.span),
        base_element: Some(Element::Component(base)),
        head_element: Some(Element::Component(head)),
        ..consequence(kinds::WILDCARD_COVERAGE_CHANGED, subject, text)
    });
}
