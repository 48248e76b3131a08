//! Steps that publish to a topic or consume it without being at that end of it.
//!
//! In: a model and an end. Out: findings. Refuses to know: levels.

use crate::check::sides::End;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentId, Model, Step, TopicId};

/// Others are named up to this many.
const MAX_NAMED: usize = 5;

/// One finding for each step that neither its topic nor its component backs.
pub(crate) fn unbacked(model: &Model<'_>, end: End, code: &'static Code) -> Vec<Diagnostic> {
    let steps = model.scenarios.iter().flat_map(|scenario| &scenario.steps);
    let finding = |step| {
        let (component, topic) = end.told(step)?;
        let is_partial = model[component].is_partial || model[topic].is_partial;
        let mut parties = end.parties(&model[topic]).iter();
        let is_backed = is_partial || parties.any(|party| party.component == component);
        (!is_backed).then(|| not_backed(model, step, (component, topic), end, code))
    };
    steps.filter_map(finding).collect()
}

fn not_backed(
    model: &Model<'_>,
    step: &Step<'_>,
    (component, topic): (ComponentId, TopicId),
    end: End,
    code: &'static Code,
) -> Diagnostic {
    let (id, topic_id) = (model[component].id.value, model[topic].id);
    let message = format!(
        "step {}: `{id}` does not {} `{}`",
        step.number,
        end.infinitive(),
        topic_id.value
    );
    let key = end.topic_key();
    Diagnostic::new(code, message, step.span, "nothing backs this")
        .also(topic_id.span, parties(model, topic, end))
        .help(format!(
            "name `{id}` among the topic's `{key}`, or correct the step"
        ))
        .subject("component", id)
        .subject("topic", topic_id.value)
}

/// As in "its consumers are a, b".
fn parties(model: &Model<'_>, topic: TopicId, end: End) -> String {
    let (noun, parties) = (end.noun(), end.parties(&model[topic]));
    let named = parties.iter().take(MAX_NAMED);
    let names: Vec<&str> = named.map(|party| model[party.component].id.value).collect();
    let names = names.join(", ");
    match parties.len() {
        0 => format!("it has no {noun}"),
        1 => format!("its {noun} is {names}"),
        count if count <= MAX_NAMED => format!("its {noun}s are {names}"),
        count => format!("its {noun}s are {names} and {} more", count - MAX_NAMED),
    }
}
