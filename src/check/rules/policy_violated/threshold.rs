//! Policies about numbers: `threshold`.
//!
//! In: a policy, what it selects and what it counts. Out: a breach for each number out of
//! bounds. Refuses to know: levels, and how numbers are counted.

use super::breach::{Breach, Parties, flags};
use super::measure::{MEASURES, Measure, Of};
use crate::check::Context;
use crate::model::{ComponentId, TopicId, topic_pattern_matches};
use crate::spec::{Policy, PolicyThreshold};

/// Components and topics whose number is too large or too small.
pub(super) fn exceeding(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Breach> {
    let Some(threshold) = policy.threshold.as_ref() else {
        return Vec::new();
    };
    let word = threshold.measure.map_or("", |measure| measure.value);
    let Some(measure) = MEASURES.iter().find(|measure| measure.name == word) else {
        return Vec::new();
    };
    match measure.of {
        Of::Components => components(context, policy, threshold, measure),
        Of::Topics => topics(context, policy, threshold, measure),
    }
}

fn components(
    context: &Context<'_, '_>,
    policy: &Policy<'_>,
    threshold: &PolicyThreshold<'_>,
    measure: &Measure,
) -> Vec<Breach> {
    let model = context.model;
    let Some(selector) = threshold.components else {
        return Vec::new();
    };
    let counts = (measure.count)(model);
    let selected = flags(context, selector).into_iter().zip(counts).enumerate();
    let out_of_bounds = selected.filter_map(|(index, (is_selected, count))| {
        let bound = bound(threshold, count.filter(|_| is_selected)?)?;
        Some((ComponentId::new(index), count?, bound))
    });
    let breach = |(id, count, bound): (ComponentId, u64, String)| {
        let name = model[id].id;
        let what = format!("component `{}` with {} {count}", name.value, measure.name);
        let parties = Parties::Components(vec![id]);
        let help = format!("`{}` counts {}", measure.name, measure.summary);
        Breach::new(policy, &what, name.span, &bound, parties).finish(model, &help, &[id])
    };
    out_of_bounds.map(breach).collect()
}

fn topics(
    context: &Context<'_, '_>,
    policy: &Policy<'_>,
    threshold: &PolicyThreshold<'_>,
    measure: &Measure,
) -> Vec<Breach> {
    let model = context.model;
    let Some(pattern) = threshold.topics else {
        return Vec::new();
    };
    let counts = (measure.count)(model);
    let out_of_bounds =
        model
            .topics
            .iter()
            .zip(counts)
            .enumerate()
            .filter_map(|(index, (topic, count))| {
                let is_selected = topic_pattern_matches(pattern.value, topic);
                let bound = bound(threshold, count.filter(|_| is_selected)?)?;
                Some((index, count?, bound))
            });
    let breach = |(index, count, bound): (usize, u64, String)| {
        let name = model.topics[index].id;
        let what = format!("topic `{}` with {} {count}", name.value, measure.name);
        let parties = Parties::Topic(TopicId::new(index));
        let mut breach = Breach::new(policy, &what, name.span, &bound, parties);
        let help = format!("`{}` counts {}", measure.name, measure.summary);
        breach.finding = breach.finding.help(help).subject("topic", name.value);
        breach
    };
    out_of_bounds.map(breach).collect()
}

/// The bound that a number is beyond.
fn bound(threshold: &PolicyThreshold<'_>, count: u64) -> Option<String> {
    let over = threshold.max.filter(|max| count > max.value);
    let under = threshold.min.filter(|min| count < min.value);
    over.map(|max| format!("at most {} allowed", max.value))
        .or_else(|| under.map(|min| format!("at least {} needed", min.value)))
}
