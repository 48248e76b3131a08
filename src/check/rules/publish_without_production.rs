//! Steps that publish what their component does not produce.

use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, ComponentId, Model, Step, TopicId};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "publish-without-production",
        severity: Severity::Error,
        group: Group::Scenario,
        summary: "a publish step by a component that is no producer of the topic",
        explanation: "The step says that the component writes the topic; neither the topic nor the component \
            says so. A side that is stated is complete, so the story contradicts the \
            architecture.\n\nName the component among the topic's `producers`, or correct the step.",
    },
    check,
};

/// Others are named up to this many.
const MAX_NAMED: usize = 5;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for step in model.scenarios.iter().flat_map(|scenario| &scenario.steps) {
        if let Action::Publish { from, topic } = step.action
            && !model[from].is_partial
            && !model[topic].is_partial
            && !model[topic]
                .producers
                .iter()
                .any(|party| party.component == from)
        {
            out.push(publish_without_production(model, step, from, topic));
        }
    }
}

fn publish_without_production(
    model: &Model<'_>,
    step: &Step<'_>,
    from: ComponentId,
    topic: TopicId,
) -> Diagnostic {
    let (id, topic_id) = (model[from].id.value, model[topic].id);
    let message = format!(
        "step {}: `{id}` does not publish to `{}`",
        step.number, topic_id.value
    );
    Diagnostic::new(&RULE.code, message, step.span, "nothing backs this")
        .also(topic_id.span, producers(model, topic))
        .help(format!(
            "name `{id}` among the topic's `producers`, or correct the step"
        ))
        .subject("component", id)
        .subject("topic", topic_id.value)
}

/// As in "its producers are a, b".
fn producers(model: &Model<'_>, topic: TopicId) -> String {
    let parties = &model[topic].producers;
    let named = parties.iter().take(MAX_NAMED);
    let names: Vec<&str> = named.map(|party| model[party.component].id.value).collect();
    match parties.len() {
        0 => "it has no producer".to_owned(),
        1 => format!("its producer is {}", names.join("")),
        count if count <= MAX_NAMED => format!("its producers are {}", names.join(", ")),
        count => format!(
            "its producers are {} and {} more",
            names.join(", "),
            count - MAX_NAMED
        ),
    }
}
