//! Steps that consume what their component does not subscribe to.

use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, ComponentId, Model, Step, TopicId};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "consume-without-subscription",
        severity: Severity::Error,
        group: Group::Scenario,
        summary: "a consume step by a component that is no consumer of the topic",
        explanation: "The step says that the component reads the topic; neither the topic nor the component \
            says so. A side that is stated is complete, so the story contradicts the \
            architecture.\n\nName the component among the topic's `consumers`, or correct the step.",
    },
    check,
};

/// Others are named up to this many.
const MAX_NAMED: usize = 5;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for step in model.scenarios.iter().flat_map(|scenario| &scenario.steps) {
        if let Action::Consume { by, topic } = step.action
            && !model[by].is_partial
            && !model[topic].is_partial
            && !model[topic]
                .consumers
                .iter()
                .any(|party| party.component == by)
        {
            out.push(consume_without_subscription(model, step, by, topic));
        }
    }
}

fn consume_without_subscription(
    model: &Model<'_>,
    step: &Step<'_>,
    by: ComponentId,
    topic: TopicId,
) -> Diagnostic {
    let (id, topic_id) = (model[by].id.value, model[topic].id);
    let message = format!(
        "step {}: `{id}` does not consume `{}`",
        step.number, topic_id.value
    );
    Diagnostic::new(&RULE.code, message, step.span, "nothing backs this")
        .also(topic_id.span, consumers(model, topic))
        .help(format!(
            "name `{id}` among the topic's `consumers`, or correct the step"
        ))
        .subject("component", id)
        .subject("topic", topic_id.value)
}

/// As in "its consumers are a, b".
fn consumers(model: &Model<'_>, topic: TopicId) -> String {
    let parties = &model[topic].consumers;
    let named = parties.iter().take(MAX_NAMED);
    let names: Vec<&str> = named.map(|party| model[party.component].id.value).collect();
    match parties.len() {
        0 => "it has no consumer".to_owned(),
        1 => format!("its consumer is {}", names.join("")),
        count if count <= MAX_NAMED => format!("its consumers are {}", names.join(", ")),
        count => format!(
            "its consumers are {} and {} more",
            names.join(", "),
            count - MAX_NAMED
        ),
    }
}
