//! Events that a story publishes and forgets.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, Kind, Model, Scenario, Step, TopicId};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "published-not-consumed",
        severity: Severity::Note,
        group: Group::Scenario,
        summary: "a publish step whose event no later step consumes",
        explanation: "The topic has consumers, and the story goes on without any of them: readers don't learn \
            what the event sets off. An event at the very end of a story is fine.\n\nAdd a `consume` \
            step, or end the story with the event.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for scenario in model
        .scenarios
        .iter()
        .filter(|scenario| !scenario.is_partial)
    {
        check_scenario(model, scenario, out);
    }
}

/// Goes backwards, so that what comes later is known.
fn check_scenario(model: &Model<'_>, scenario: &Scenario<'_>, out: &mut Diagnostics) {
    let mut consumed: BTreeSet<TopicId> = BTreeSet::new();
    let (mut is_end, mut is_delivered) = (true, false);
    for step in scenario.steps.iter().rev() {
        match step.action {
            Action::Consume { topic, .. } => {
                consumed.insert(topic);
            }
            // A call by a broker may stand for any delivery.
            Action::Call { from, .. } => is_delivered |= model[from].kind == Kind::Broker,
            Action::Publish { topic, .. } => {
                let is_read = consumed.contains(&topic) || is_delivered || is_end;
                if !is_read && !model[topic].consumers.is_empty() {
                    out.push(published_not_consumed(model, step, topic));
                }
                // Several events at the end of a story are its end together.
                continue;
            }
            Action::Return { .. } | Action::Note { .. } => continue,
        }
        is_end = false;
    }
}

fn published_not_consumed(model: &Model<'_>, step: &Step<'_>, topic: TopicId) -> Diagnostic {
    let topic = &model[topic];
    let consumers = topic.consumers.iter().take(3);
    let names: Vec<String> = consumers
        .map(|party| format!("`{}`", model[party.component].id.value))
        .collect();
    let message = format!(
        "step {}: the story publishes to `{}` and nobody in it consumes that",
        step.number, topic.id.value
    );
    Diagnostic::new(&RULE.code, message, step.span, "what does this set off?")
        .help(format!(
            "add a `consume` step, by {} for example, or end the story here",
            names.join(" or ")
        ))
        .subject("topic", topic.id.value)
}
