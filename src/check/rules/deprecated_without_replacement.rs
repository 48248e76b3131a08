//! Deprecations that do not say what to do instead.

use crate::check::deprecation::Deprecated;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "deprecated-without-replacement",
        severity: Severity::Note,
        group: Group::Reference,
        summary: "a deprecation that names neither a replacement nor a reason",
        explanation: "People who depend on what goes away need to know where to go, or that there is nothing \
            to go to.\n\nState `use:` with the replacement, or `reason:` if there is none.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for element in &context.deprecated {
        // `deprecated: true` reads as a reason that says nothing.
        let reason = element.written.reason.map_or("true", |reason| reason.value);
        if element.written.replacement.is_none() && matches!(reason, "true" | "yes") {
            out.push(deprecated_without_replacement(element));
        }
    }
}

fn deprecated_without_replacement(element: &Deprecated<'_, '_>) -> Diagnostic {
    let (noun, id) = (element.noun, element.id);
    let message = format!(
        "{noun} `{}` is deprecated without a replacement or reason",
        id.value
    );
    Diagnostic::new(&RULE.code, message, id.span, "")
        .help("state `deprecated: { use: … }`, or `reason:` if nothing replaces it")
        .subject(noun, id.value)
}
