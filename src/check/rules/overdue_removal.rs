//! Things that should be gone by now.

use crate::check::deprecation::Deprecated;
use crate::check::version;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "overdue-removal",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "something whose `remove_by` version is reached and that is still there",
        explanation: "The platform has the version by which this was to be removed. Dates are left alone: what \
            a check says must not depend on the day it runs.\n\nRemove it, or state a later version.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let Some(platform) = context.model.version else {
        return;
    };
    let Some(current) = version::parse(platform.value) else {
        return;
    };
    for element in &context.deprecated {
        let Some(remove_by) = element.written.remove_by else {
            continue;
        };
        if version::parse(remove_by.value).is_some_and(|limit| limit <= current) {
            out.push(overdue_removal(element, remove_by, platform));
        }
    }
}

fn overdue_removal(
    element: &Deprecated<'_, '_>,
    remove_by: Text<'_>,
    platform: Text<'_>,
) -> Diagnostic {
    let (noun, id) = (element.noun, element.id);
    let message = format!(
        "{noun} `{}` was to be removed by {}",
        id.value, remove_by.value
    );
    Diagnostic::new(&RULE.code, message, remove_by.span, "reached")
        .also(
            platform.span,
            format!("the platform is at {}", platform.value),
        )
        .help(format!("remove the {noun}, or state a later version"))
        .subject(noun, id.value)
}
