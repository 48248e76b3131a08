//! Layers without a color among layers with one.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Layer;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "missing-color",
        severity: Severity::Warning,
        group: Group::Layer,
        summary: "a layer without color where others have one",
        explanation: "Diagrams color the layers, and a layer without a color of its own gets the default, \
            next to layers that were given one on purpose. It usually means that a new layer was \
            added in a hurry.\n\nState `color:`, or leave it out of all layers.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let layers = &context.model.layers;
    if layers.iter().all(|layer| layer.written.color.is_none()) {
        return;
    }
    for layer in layers {
        if layer.written.color.is_none() {
            out.push(missing_color(layer));
        }
    }
}

fn missing_color(layer: &Layer<'_>) -> Diagnostic {
    let id = layer.id;
    let message = format!("layer `{}` has no color", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "other layers have one")
        .help("state `color`, or leave it out of all layers")
        .subject("layer", id.value)
}
