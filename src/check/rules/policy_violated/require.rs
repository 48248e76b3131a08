//! Policies about what must be there: `require`.
//!
//! In: a policy and what its selectors select. Out: a breach for each component or topic that
//! lacks what it must have. Refuses to know: levels.

use super::breach::{Breach, Parties, flags, has};
use crate::check::Context;
use crate::check::stated::{states, topic_states};
use crate::graph::Way;
use crate::model::{Component, ComponentId, Model, Party, Topic, TopicId, topic_pattern_matches};
use crate::source::Span;
use crate::spec::{Policy, PolicyRequire, Text};

/// Components and topics that do not have what they must.
pub(super) fn lacking(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Breach> {
    let Some(required) = policy.require.as_ref() else {
        return Vec::new();
    };
    let mut breaches = Vec::new();
    if let Some(selector) = required.components {
        breaches.extend(lacking_components(context, policy, required, selector));
    }
    if let Some(pattern) = required.topics {
        breaches.extend(lacking_topics(context, policy, required, pattern));
    }
    breaches
}

/// What a component or topic lacks, as in "without `owner`", and how the policy reads.
type Lack = (String, String);

fn lacking_components(
    context: &Context<'_, '_>,
    policy: &Policy<'_>,
    required: &PolicyRequire<'_>,
    selector: Text<'_>,
) -> Vec<Breach> {
    let model = context.model;
    let selected = flags(context, selector);
    let reached = required
        .reachable_from
        .map(|from| (from, reached(context, from)));
    let mut breaches = Vec::new();
    for (id, component) in model.components().filter(|(id, _)| has(&selected, *id)) {
        let mut lacks: Vec<Lack> = Vec::new();
        lacks.extend(keys(required, |key| states(component, key)));
        if let Some(pattern) = required.publishes
            && !is_party(model, id, pattern, |topic| &topic.producers)
        {
            lacks.push(topic_lack("producing", "publish to", pattern));
        }
        if let Some(pattern) = required.consumes
            && !is_party(model, id, pattern, |topic| &topic.consumers)
        {
            lacks.push(topic_lack("consuming", "consume", pattern));
        }
        if let Some((from, reached)) = &reached
            && !has(reached, id)
        {
            let what = format!("without a way from `{}`", from.value);
            lacks.push((what, format!("flows must lead here from `{}`", from.value)));
        }
        for lack in lacks {
            breaches.push(component_breach(model, policy, (id, component), &lack));
        }
    }
    breaches
}

fn topic_lack(doing: &str, verb: &str, pattern: Text<'_>) -> Lack {
    let what = format!("not {doing} `{}`", pattern.value);
    (what, format!("it must {verb} `{}`", pattern.value))
}

fn component_breach(
    model: &Model<'_>,
    policy: &Policy<'_>,
    (id, component): (ComponentId, &Component<'_>),
    (what, text): &Lack,
) -> Breach {
    let what = format!("component `{}` {what}", component.id.value);
    let parties = Parties::Components(vec![id]);
    let help = "add what is missing, or change the policy";
    Breach::new(policy, &what, component.id.span, text, parties).finish(model, help, &[id])
}

/// The keys that are not stated, as one lack.
fn keys(required: &PolicyRequire<'_>, states: impl Fn(&str) -> Option<bool>) -> Option<Lack> {
    let missing = required
        .keys
        .iter()
        .filter(|key| states(key.value) == Some(false));
    let keys: Vec<String> = missing.map(|key| format!("`{}`", key.value)).collect();
    let keys = keys.join(", ");
    (!keys.is_empty()).then(|| (format!("without {keys}"), format!("{keys} must be stated")))
}

/// Whether the component is at an end of a topic that the pattern matches.
fn is_party(
    model: &Model<'_>,
    id: ComponentId,
    pattern: Text<'_>,
    end: for<'t, 's> fn(&'t Topic<'s>) -> &'t Vec<Party<'s>>,
) -> bool {
    let topics = model.topics.iter();
    let mut matching = topics.filter(|topic| topic_pattern_matches(pattern.value, topic));
    matching.any(|topic| end(topic).iter().any(|party| party.component == id))
}

/// Everything that flows lead to from what a selector selects.
fn reached(context: &Context<'_, '_>, from: Text<'_>) -> Vec<bool> {
    let selected = flags(context, from);
    let start: Vec<ComponentId> = (0..selected.len())
        .map(ComponentId::new)
        .filter(|id| has(&selected, *id))
        .collect();
    context.graph.reach(&start, Way::Downstream, usize::MAX)
}

fn lacking_topics(
    context: &Context<'_, '_>,
    policy: &Policy<'_>,
    required: &PolicyRequire<'_>,
    pattern: Text<'_>,
) -> Vec<Breach> {
    let model = context.model;
    let ends = [
        (
            "producer",
            required.producers.map(|one| (one, flags(context, one))),
        ),
        (
            "consumer",
            required.consumers.map(|one| (one, flags(context, one))),
        ),
    ];
    let mut breaches = Vec::new();
    for (id, topic) in model.topics() {
        if !topic_pattern_matches(pattern.value, topic) {
            continue;
        }
        let mut lacks: Vec<Lack> = Vec::new();
        lacks.extend(keys(required, |key| topic_states(topic, key)));
        for (noun, wanted) in &ends {
            let Some((selector, selected)) = wanted else {
                continue;
            };
            let parties = if *noun == "producer" {
                &topic.producers
            } else {
                &topic.consumers
            };
            if !parties.iter().any(|party| has(selected, party.component)) {
                let what = format!("without {noun} `{}`", selector.value);
                lacks.push((what, format!("`{}` must be a {noun}", selector.value)));
            }
        }
        for lack in lacks {
            breaches.push(topic_breach(
                policy,
                id,
                topic.id.value,
                topic.id.span,
                &lack,
            ));
        }
    }
    breaches
}

fn topic_breach(
    policy: &Policy<'_>,
    id: TopicId,
    name: &str,
    span: Span,
    (what, text): &Lack,
) -> Breach {
    let what = format!("topic `{name}` {what}");
    let mut breach = Breach::new(policy, &what, span, text, Parties::Topic(id));
    let help = "add what is missing, or change the policy";
    breach.finding = breach.finding.help(help).subject("topic", name);
    breach
}
