//! Colors that can not be read.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity, did_you_mean};
use crate::spec::Text;
use crate::spec::color::Color;
use crate::spec::color_names::NAMES;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "bad-color",
        severity: Severity::Error,
        group: Group::Layer,
        summary: "a color that is neither `#RGB`, `#RRGGBB` nor a CSS name",
        explanation: "The color goes into every diagram format, and each of them would do something else \
            with a text that is no color.\n\nWrite `#RGB`, `#RRGGBB` in quotes, or one of the 148 \
            color names of CSS, such as `lavender`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for layer in &context.model.layers {
        if let Some(color) = layer.written.color
            && Color::parse(color.value).is_none()
        {
            out.push(bad_color(layer.id.value, color));
        }
    }
}

fn bad_color(layer: &str, color: Text<'_>) -> Diagnostic {
    let message = format!("color `{}` of layer `{layer}` can't be read", color.value);
    let digits = color.value.trim_start_matches('#');
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let label = if color.value.starts_with('#') && is_hexadecimal {
        format!("{} digits", digits.len())
    } else {
        String::new()
    };
    let meant = did_you_mean(color.value, NAMES.iter().map(|(name, _)| *name))
        .filter(|_| !color.value.starts_with('#'))
        .map(|name| format!("did you mean `{name}`?"));
    let is_bare = digits.len() == color.value.len();
    let bare = (is_bare && is_hexadecimal && matches!(digits.len(), 3 | 6))
        .then(|| format!("write `\"#{}\"`", color.value));
    Diagnostic::new(&RULE.code, message, color.span, label)
        .help("write `#RGB`, `#RRGGBB` or a CSS color name")
        .maybe_help(meant)
        .maybe_help(bare)
        .subject("layer", layer)
}
