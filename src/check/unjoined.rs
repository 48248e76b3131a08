//! Details that name a component which no flow joins with the one they belong to.
//!
//! In: what components say they operate on or call. Out: findings. Refuses to know: which
//! of the sections a rule is about.

use crate::check::Context;
use crate::check::callees::Mention;
use crate::check::relations::Relations;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentId, Kind, Model};

/// Findings for the mentions without a flow; `verb` is what the component does to the other.
pub(crate) fn unjoined(
    context: &Context<'_, '_>,
    mentions: &[&Mention<'_, '_>],
    (code, verb): (&'static Code, &str),
) -> Vec<Diagnostic> {
    let model = context.model;
    if mentions.iter().all(|mention| mention.target.is_none()) {
        return Vec::new();
    }
    let relations = Relations::of(model);
    let is_joined = |one: ComponentId, other: ComponentId| {
        model[one].is_partial || model[other].is_partial || relations.are_related(one, other)
    };
    let finding = |mention: &&Mention<'_, '_>| {
        let target = mention
            .target
            .filter(|target| !is_joined(mention.component, *target))?;
        Some(without_flow(model, mention, target, (code, verb)))
    };
    mentions.iter().filter_map(finding).collect()
}

fn without_flow(
    model: &Model<'_>,
    mention: &Mention<'_, '_>,
    target: ComponentId,
    (code, verb): (&'static Code, &str),
) -> Diagnostic {
    let (id, target) = (model[mention.component].id.value, &model[target]);
    let name = target.id.value;
    let message = format!("`{id}` {verb} `{name}`, and no flow joins them");
    let help = match target.kind {
        Kind::Broker => format!("name `{id}` as producer or consumer of a topic on `{name}`"),
        _ => format!("add `{id} -> {name}: …` under `flows`, or correct the key"),
    };
    Diagnostic::new(code, message, mention.key.span, "no flow leads there")
        .help(help)
        .subject("component", id)
        .subject("component", name)
}
