//! Events that are consumed before anything publishes them.

use std::collections::BTreeSet;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::ComponentId;
use crate::model::{Action, Model, Scenario, Step, TopicId};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "consume-before-publish",
        severity: Severity::Warning,
        group: Group::Scenario,
        summary: "a consume step of a topic that no earlier step published to",
        explanation: "Where does the event come from? In this story nothing publishes it before it is read. \
            The publish step was forgotten, stands too late, or something outside the story \
            publishes.\n\nAdd the publish step, move it up, or name the topic in the scenario's \
            `trigger`. A scenario with a trigger may begin with the events that set it off.",
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

fn check_scenario(model: &Model<'_>, scenario: &Scenario<'_>, out: &mut Diagnostics) {
    let mut known: BTreeSet<TopicId> = BTreeSet::new();
    let mut called: BTreeSet<ComponentId> = BTreeSet::new();
    let mut has_begun = scenario.written.trigger.is_none();
    for (position, step) in scenario.steps.iter().enumerate() {
        match step.action {
            Action::Publish { topic, .. } => {
                known.insert(topic);
            }
            Action::Consume { topic, .. } => {
                let by_call = model[topic]
                    .broker
                    .is_some_and(|broker| called.contains(&broker));
                let is_given = by_call || !has_begun || is_in_trigger(model, scenario, topic);
                if known.insert(topic) && !is_given {
                    let later = later_publish(&scenario.steps[position..], topic);
                    out.push(consume_before_publish(model, step, topic, later));
                }
                continue;
            }
            // A call to a broker may stand for publishing to any of its topics.
            Action::Call { to, .. } => {
                called.insert(to);
            }
            Action::Return { .. } | Action::Note { .. } => {}
        }
        has_begun |= !matches!(step.action, Action::Note { .. });
    }
}

fn is_in_trigger(model: &Model<'_>, scenario: &Scenario<'_>, topic: TopicId) -> bool {
    let topic = &model[topic];
    let trigger = scenario.written.trigger;
    trigger.is_some_and(|trigger| {
        trigger.value.contains(topic.id.value) || trigger.value.contains(&*topic.name)
    })
}

fn later_publish<'m, 's>(steps: &'m [Step<'s>], wanted: TopicId) -> Option<&'m Step<'s>> {
    let publishes =
        |step: &&Step<'_>| matches!(step.action, Action::Publish { topic, .. } if topic == wanted);
    steps.iter().find(publishes)
}

fn consume_before_publish(
    model: &Model<'_>,
    step: &Step<'_>,
    topic: TopicId,
    later: Option<&Step<'_>>,
) -> Diagnostic {
    let topic = model[topic].id.value;
    let message = format!(
        "step {}: `{topic}` is consumed before anything publishes to it",
        step.number
    );
    let diagnostic = Diagnostic::new(
        &RULE.code,
        message,
        step.span,
        "where does the event come from?",
    )
    .subject("topic", topic);
    match later {
        Some(later) => diagnostic
            .also(later.span, "published here, too late")
            .help(format!("move step {} before this one", later.number)),
        None => {
            diagnostic.help("add the `publish` step, or name the topic in the scenario's `trigger`")
        }
    }
}
