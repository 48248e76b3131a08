//! Layers without components.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Layer;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "empty-layer",
        severity: Severity::Warning,
        group: Group::Layer,
        summary: "a layer without components",
        explanation: "The layer is counted and has a place in every legend, and no component is in it: its \
            components were moved or never written.\n\nPut components there, or remove it.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    if context.model.components.is_empty() {
        return;
    }
    for layer in &context.model.layers {
        if layer.components.is_empty() && !layer.is_partial {
            out.push(empty_layer(layer));
        }
    }
}

fn empty_layer(layer: &Layer<'_>) -> Diagnostic {
    let id = layer.id;
    let message = format!("layer `{}` has no component", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "")
        .help(format!(
            "put components there with `layer: {}`, or remove it",
            id.value
        ))
        .subject("layer", id.value)
}
