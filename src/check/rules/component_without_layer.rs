//! Components that are in no layer.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, ComponentId, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "component-without-layer",
        severity: Severity::Warning,
        group: Group::Layer,
        summary: "a component without layer where others have one",
        explanation: "The specification has layers, and this component is in none, so diagrams draw it \
            outside of all of them and counts by layer show it apart.\n\nState `layer:`. A \
            component inside another is in the layer of that one, and a container needs none if \
            everything in it has one.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    if model
        .components
        .iter()
        .all(|component| component.layer.is_none())
    {
        return;
    }
    for (id, component) in model.components() {
        if component.layer.is_none() && !is_excused(model, id) {
            out.push(component_without_layer(component));
        }
    }
}

/// A misspelled layer may be inherited; a container may span several.
fn is_excused(model: &Model<'_>, id: ComponentId) -> bool {
    let children = &model[id].children;
    let is_covered = |child: &ComponentId| model[*child].layer.is_some();
    model[id].is_partial
        || model
            .ancestors(id)
            .any(|ancestor| model[ancestor].is_partial)
        || (!children.is_empty() && children.iter().all(is_covered))
}

fn component_without_layer(component: &Component<'_>) -> Diagnostic {
    let id = component.id;
    let message = format!("component `{}` is in no layer", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "others are in one")
        .help("state `layer: …`")
        .subject("component", id.value)
}
