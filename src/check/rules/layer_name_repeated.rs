//! Layers with the same name.

use std::collections::BTreeMap;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Layer;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "layer-name-repeated",
        severity: Severity::Warning,
        group: Group::Layer,
        summary: "two layers with the same name",
        explanation: "Diagrams and legends show names, so people see one layer twice.\n\nRename one of them, \
            or merge them.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut written: Vec<&Layer<'_>> = context.model.layers.iter().collect();
    written.sort_by_key(|layer| layer.id.span);
    let mut names = BTreeMap::new();
    for layer in written {
        let first: &Layer<'_> = names
            .entry(layer.name.trim().to_lowercase())
            .or_insert(layer);
        if first.id.span != layer.id.span {
            out.push(layer_name_repeated(first, layer));
        }
    }
}

fn layer_name_repeated(first: &Layer<'_>, second: &Layer<'_>) -> Diagnostic {
    let message = format!(
        "layers `{}` and `{}` are both named `{}`",
        first.id.value, second.id.value, second.name
    );
    Diagnostic::new(&RULE.code, message, name_span(second), "again here")
        .also(name_span(first), "first here")
        .help("rename one of them, or merge them")
        .subject("layer", second.id.value)
}

fn name_span(layer: &Layer<'_>) -> Span {
    layer.written.name.map_or(layer.id.span, |name| name.span)
}
