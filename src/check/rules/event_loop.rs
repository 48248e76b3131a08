//! Events that come back to where they started.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::graph::{Pairs, cycles};
use crate::model::{Model, Party};

/// Longer circles are shown in part.
const MAX_SHOWN: usize = 8;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "event-loop",
        severity: Severity::Note,
        group: Group::Topic,
        summary: "components whose events lead back to themselves",
        explanation: "Each component of the circle consumes what the one before it produces. Request and \
            reply look like this, and so does a loop that never ends: one event that always leads \
            to the next.\n\nMake sure that something stops the circle: a state that ends it, or an \
            id that is recognized. Then accept the finding with a reason.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for cycle in cycles(&edges(model), Pairs::Ignored) {
        out.push(event_loop(model, &cycle));
    }
}

/// Components come first, then topics; events go from producers to topics to consumers.
fn edges(model: &Model<'_>) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    for (number, topic) in (model.components.len()..).zip(&model.topics) {
        let producers = topic.producers.iter().map(|party| party.component.index());
        let consumers = topic.consumers.iter().map(|party| party.component.index());
        edges.extend(producers.map(|producer| (producer, number)));
        edges.extend(consumers.map(|consumer| (number, consumer)));
    }
    edges
}

fn name<'s>(model: &Model<'s>, node: usize) -> &'s str {
    match node.checked_sub(model.components.len()) {
        Some(topic) => model.topics[topic].id.value,
        None => model.components[node].id.value,
    }
}

/// Who passes the event on from one node to the next.
fn party<'m, 's>(model: &'m Model<'s>, from: usize, to: usize) -> Option<&'m Party<'s>> {
    let count = model.components.len();
    let (parties, component) = match from.checked_sub(count) {
        Some(topic) => (&model.topics[topic].consumers, to),
        None => (&model.topics[to.checked_sub(count)?].producers, from),
    };
    parties
        .iter()
        .find(|party| party.component.index() == component)
}

/// The cycle starts at a component: its smallest node.
fn event_loop(model: &Model<'_>, cycle: &[usize]) -> Diagnostic {
    let around = || {
        cycle
            .iter()
            .copied()
            .zip(cycle.iter().copied().cycle().skip(1))
    };
    let mut shown: Vec<&str> = around().map(|(node, _)| name(model, node)).collect();
    if shown.len() > MAX_SHOWN {
        shown.truncate(MAX_SHOWN);
        shown.push("…");
    }
    shown.push(name(model, cycle.first().copied().unwrap_or(0)));
    let message = format!("event loop: {}", shown.join(" -> "));
    let mut places = around()
        .take(MAX_SHOWN)
        .filter_map(|(from, to)| Some((from, to, party(model, from, to)?.span())));
    let first = places.next().map(|(.., span)| span).unwrap_or_default();
    let diagnostic = Diagnostic::new(&RULE.code, message, first, "starts here, for example");
    let diagnostic = places.fold(diagnostic, |diagnostic, (from, to, span)| {
        diagnostic.also(
            span,
            format!("`{}` -> `{}`", name(model, from), name(model, to)),
        )
    });
    cycle
        .iter()
        .filter(|node| **node < model.components.len())
        .fold(diagnostic, |diagnostic, node| {
            diagnostic.subject("component", name(model, *node))
        })
        .help("make sure that something ends the circle, then accept this with a reason")
}
