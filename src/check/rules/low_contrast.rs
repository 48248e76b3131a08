//! Colors on which text can not be read.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;
use crate::spec::color::{Color, TEXT};

const LEAST_CONTRAST: f64 = 4.5;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "low-contrast",
        severity: Severity::Warning,
        group: Group::Layer,
        summary: "a layer color on which dark text is hard to read",
        explanation: "Names are drawn in dark gray (`#212121`) on the color of the layer. The accessibility \
            guidelines (WCAG 2.2, 1.4.3) ask for a contrast of at least 4.5:1; this color has \
            less.\n\nChoose a lighter color.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for layer in &context.model.layers {
        let Some(text) = layer.written.color else {
            continue;
        };
        let contrast = Color::parse(text.value).map(|color| color.contrast(TEXT));
        if let Some(contrast) = contrast
            && contrast < LEAST_CONTRAST
        {
            out.push(low_contrast(layer.id.value, text, contrast));
        }
    }
}

fn low_contrast(layer: &str, color: Text<'_>, contrast: f64) -> Diagnostic {
    // Rounded down, so that a value just below the limit is not shown as the limit.
    let shown = (contrast * 10.0).floor() / 10.0;
    let message = format!(
        "dark text on `{}` (layer `{layer}`) has a contrast of {shown:.1}:1",
        color.value
    );
    Diagnostic::new(&RULE.code, message, color.span, "too dark for text")
        .help("choose a lighter color; 4.5:1 or more can be read")
        .subject("layer", layer)
}
