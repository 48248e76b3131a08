//! Replacements that are deprecated themselves.

use std::collections::BTreeMap;

use crate::check::deprecation::Deprecated;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "deprecated-replacement",
        severity: Severity::Warning,
        group: Group::Reference,
        summary: "a replacement that is itself deprecated",
        explanation: "`deprecated: { use: … }` sends people to something that is going away as well, so they \
            migrate twice.\n\nName what remains.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let all: BTreeMap<(&str, &str), &Deprecated<'_, '_>> = context
        .deprecated
        .iter()
        .map(|element| ((element.noun, element.id.value), element))
        .collect();
    for element in &context.deprecated {
        let Some(replacement) = element.written.replacement else {
            continue;
        };
        if let Some(target) = all.get(&(element.noun, replacement.value)) {
            out.push(deprecated_replacement(element, replacement, target));
        }
    }
}

fn deprecated_replacement(
    element: &Deprecated<'_, '_>,
    replacement: Text<'_>,
    target: &Deprecated<'_, '_>,
) -> Diagnostic {
    let (noun, id) = (element.noun, element.id.value);
    let message = format!(
        "`{}`, which replaces {noun} `{id}`, is deprecated itself",
        replacement.value
    );
    let further = target.written.replacement.map(|text| text.value);
    let further = further.filter(|further| *further != id && *further != replacement.value);
    Diagnostic::new(&RULE.code, message, replacement.span, "")
        .also(target.id.span, "deprecated here")
        .help("name what remains")
        .maybe_help(further.map(|further| format!("name what replaces it in turn: `{further}`")))
        .subject(noun, id)
}
