//! Layers whose colors look the same.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Layer;
use crate::spec::Text;
use crate::spec::color::Color;

/// Nobody tells more layers than this apart by color, however well they are chosen.
const MAX_COMPARED: usize = 200;
const LEAST_DIFFERENCE: f64 = 0.008;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "indistinct-color",
        severity: Severity::Warning,
        group: Group::Layer,
        summary: "two layers whose colors look the same",
        explanation: "The colors differ so little that people can't tell which layer a box belongs to. The \
            difference is measured in Oklab; below 0.008 even large areas side by side look \
            alike.\n\nChoose another hue for one of them.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut earlier: Vec<(&Layer<'_>, Text<'_>, Color)> = Vec::new();
    for layer in context.model.layers.iter().take(MAX_COMPARED) {
        let Some(text) = layer.written.color else {
            continue;
        };
        let Some(color) = Color::parse(text.value) else {
            continue;
        };
        let like = earlier
            .iter()
            .find(|(_, _, other)| other.difference(color) < LEAST_DIFFERENCE);
        if let Some((other, other_text, _)) = like {
            out.push(indistinct_color((layer, text), (other, *other_text)));
        }
        earlier.push((layer, text, color));
    }
}

fn indistinct_color(
    (layer, color): (&Layer<'_>, Text<'_>),
    (other, other_color): (&Layer<'_>, Text<'_>),
) -> Diagnostic {
    let message = format!(
        "layers `{}` and `{}` have colors that look the same",
        other.id.value, layer.id.value
    );
    Diagnostic::new(&RULE.code, message, color.span, color.value)
        .also(other_color.span, other_color.value)
        .help("choose another hue for one of them")
        .subject("layer", layer.id.value)
}
