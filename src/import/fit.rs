//! What was found, without what the language does not take.
//!
//! In: a joined [`Imported`]. Out: the same; what is left out is a finding at its place, and
//! unknown from then on. Refuses to know: file formats. Sources are written by hand and may
//! say anything; a specification with errors would help nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Component, End, Evidence, Fact, Imported, Topic, Unknown};
use super::write::words;
use crate::check::kafka::wrong_cleanup;
use crate::diagnostic::{Diagnostic, Diagnostics, IMPORT_CYCLE, IMPORT_MALFORMED};
use crate::source::Span;

/// Leaves out what does not fit.
pub(super) fn fit(mut imported: Imported, out: &mut Diagnostics) -> Imported {
    break_circles(&mut imported.components, out);
    for component in &mut imported.components {
        component.ports.retain(|port| port.value.port > 0);
    }
    for flow in &mut imported.flows {
        flow.port = flow.port.filter(|port| *port > 0);
    }
    imported.topics.retain(|topic| has_a_name(topic, out));
    let mut unknowns = Vec::new();
    for topic in &mut imported.topics {
        let mut seen = BTreeSet::new();
        topic.events.retain(|event| {
            let name = words(&event.value);
            !name.is_empty() && seen.insert(name)
        });
        for (what, why, evidence) in settings(topic) {
            out.push(left_out(&why, evidence.span));
            unknowns.push(Unknown {
                subject: topic.name.clone(),
                what: what.to_owned(),
                why,
                evidence,
            });
        }
    }
    imported.unknowns.extend(unknowns);
    imported
}

/// Nothing contains itself: of parents in a circle, the one that closes it is dropped.
fn break_circles(components: &mut [Component], out: &mut Diagnostics) {
    let places: BTreeMap<String, usize> = (components.iter().enumerate())
        .map(|(at, component)| (component.key.clone(), at))
        .collect();
    let outer = |component: &Component| match &component.parent.as_ref()?.value {
        End::Component(key) => places.get(key).copied(),
        End::Address(_) => None,
    };
    // Each component is looked at once: the number is the walk that came by.
    let mut seen = vec![0; components.len()];
    for start in 0..components.len() {
        let walk = start + 1;
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = walk;
            let Some(next) = outer(&components[at]) else {
                break;
            };
            if seen[next] == walk {
                let parent = components[at].parent.take();
                let name = &components[at].name;
                if let Some(parent) = parent {
                    out.push(in_itself(name, parent.evidence.span));
                }
                break;
            }
            at = next;
        }
    }
}

fn has_a_name(topic: &Topic, out: &mut Diagnostics) -> bool {
    let is_named = !words(&topic.name).is_empty();
    if let Some(evidence) = topic.evidence.first().filter(|_| !is_named) {
        out.push(left_out("a topic has no name", evidence.span));
    }
    is_named
}

/// Takes the settings that no topic can have, with what is wrong with them.
fn settings(topic: &mut Topic) -> Vec<(&'static str, String, Evidence)> {
    let mut taken = Vec::new();
    for (what, number) in [
        ("partitions", &mut topic.partitions),
        ("replication", &mut topic.replication),
    ] {
        if let Some(none) = number.take_if(|number| number.value == 0) {
            taken.push((what, format!("no topic has 0 {what}"), none.evidence));
        }
    }
    let is_wrong = |cleanup: &mut Fact<String>| wrong_cleanup(&cleanup.value).is_some();
    if let Some(wrong) = topic.cleanup.take_if(is_wrong) {
        let why = format!("`{}` is no cleanup policy", wrong.value);
        taken.push(("cleanup", why, wrong.evidence));
    }
    taken
}

fn left_out(why: &str, span: Span) -> Diagnostic {
    let message = format!("{why}, so it was left out");
    Diagnostic::new(IMPORT_MALFORMED, message, span, "").help("correct the source")
}

fn in_itself(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` is a part of itself, so what contains it was left out");
    Diagnostic::new(IMPORT_CYCLE, message, span, "").help("let the outermost belong to nothing")
}
