//! Layers numbered in another order than written.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Layer;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "order-contradicts-file",
        severity: Severity::Note,
        group: Group::Layer,
        summary: "layers written in another order than they are numbered",
        explanation: "Layers are drawn by `order:`, so whoever reads the file from top to bottom pictures \
            another architecture than the diagram shows.\n\nMove the layers so that the numbers \
            ascend; then the numbers can go.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut written: Vec<&Layer<'_>> = context.model.layers.iter().collect();
    written.sort_by_key(|layer| layer.id.span);
    for pair in written.windows(2) {
        // The order of files is not chosen by whoever writes a layer.
        let is_one_file = pair[0].id.span.file == pair[1].id.span.file;
        if is_one_file && pair[1].order < pair[0].order {
            out.push(order_contradicts_file(pair[0], pair[1]));
        }
    }
}

fn order_contradicts_file(before: &Layer<'_>, layer: &Layer<'_>) -> Diagnostic {
    let span = layer
        .written
        .order
        .map_or(layer.id.span, |order| order.span);
    let other = before
        .written
        .order
        .map_or(before.id.span, |order| order.span);
    let message = format!(
        "layer `{}` is drawn above `{}` and written below it",
        layer.id.value, before.id.value
    );
    Diagnostic::new(&RULE.code, message, span, format!("order {}", layer.order))
        .also(other, format!("order {}", before.order))
        .help("move the layer up, so that the file reads like the diagram")
        .subject("layer", layer.id.value)
}
