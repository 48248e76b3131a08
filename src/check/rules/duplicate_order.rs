//! Layers at the same place.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Layer;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "duplicate-order",
        severity: Severity::Error,
        group: Group::Layer,
        summary: "two layers with the same order",
        explanation: "`order:` is the position of a layer from the top; without it, the place in the file \
            counts. Two layers can't be at one position, and which of them is drawn first would be \
            an accident.\n\nGive each its own number, or leave `order:` out everywhere and write \
            the layers from top to bottom.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    // Layers are sorted by order, so equal ones are neighbors.
    for pair in context.model.layers.windows(2) {
        if pair[0].order == pair[1].order {
            out.push(duplicate_order(&pair[0], &pair[1]));
        }
    }
}

/// Points at a number that is written; at least one of the two is.
fn duplicate_order(first: &Layer<'_>, second: &Layer<'_>) -> Diagnostic {
    let (here, there) = match second.written.order {
        Some(_) => (second, first),
        None => (first, second),
    };
    let (span, _) = place(here);
    let (other_span, other_text) = place(there);
    let message = format!(
        "layers `{}` and `{}` both have order {}",
        first.id.value, second.id.value, first.order
    );
    Diagnostic::new(&RULE.code, message, span, "taken")
        .also(other_span, other_text)
        .help("give each layer its own order, or leave `order` out of all")
        .subject("layer", here.id.value)
}

fn place(layer: &Layer<'_>) -> (Span, String) {
    match layer.written.order {
        Some(order) => (order.span, format!("`{}` has it", layer.id.value)),
        None => (
            layer.id.span,
            format!("`{}` has it by its place in the file", layer.id.value),
        ),
    }
}
