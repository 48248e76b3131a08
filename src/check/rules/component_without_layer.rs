//! Components that are in no layer.

use crate::check::partition::left_out;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;

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
    for component in left_out(context.model, |component| component.layer.is_some()) {
        out.push(component_without_layer(component));
    }
}

fn component_without_layer(component: &Component<'_>) -> Diagnostic {
    let id = component.id;
    let message = format!("component `{}` is in no layer", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "others are in one")
        .help("state `layer: …`")
        .subject("component", id.value)
}
