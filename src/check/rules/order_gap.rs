//! Numbers left out between layers.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Layer;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "order-gap",
        severity: Severity::Note,
        group: Group::Layer,
        summary: "a number left out between the orders of layers",
        explanation: "The layers are numbered one after another, and a number is missing: a layer was \
            removed without renumbering, or was never written. Numbers in steps, such as 10, 20, \
            30, are fine.\n\nRenumber the layers below, or leave `order:` out and write the layers \
            from top to bottom.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let layers = &context.model.layers;
    let is_consecutive = |pair: &[Layer<'_>]| pair[1].order.checked_sub(pair[0].order) == Some(1);
    if !layers.windows(2).any(is_consecutive) {
        return;
    }
    for pair in layers.windows(2) {
        if let Some(order) = pair[1].written.order
            && order.value.saturating_sub(pair[0].order) > 1
        {
            out.push(order_gap(&pair[0], &pair[1]));
        }
    }
}

fn order_gap(above: &Layer<'_>, below: &Layer<'_>) -> Diagnostic {
    let span = below
        .written
        .order
        .map_or(below.id.span, |order| order.span);
    let message = format!("layer orders jump from {} to {}", above.order, below.order);
    let diagnostic = Diagnostic::new(
        &RULE.code,
        message,
        span,
        format!("the next below `{}`", above.id.value),
    );
    let diagnostic = match above.written.order {
        Some(order) => diagnostic.also(order.span, "the one above"),
        None => diagnostic,
    };
    diagnostic
        .help("renumber the layers below, or leave `order` out and rely on the order written")
        .subject("layer", below.id.value)
}
