//! Things that are removed before they are deprecated.

use crate::check::deprecation::Deprecated;
use crate::check::version;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "removal-before-deprecation",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "a `remove_by` version that is not after the `since` version",
        explanation: "Something is deprecated in one version and removed in a later one, so that its users \
            have time to move. Here both are versions, and the second is not later.\n\nCorrect one \
            of the two.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for element in &context.deprecated {
        let written = element.written;
        let Some((since, remove_by)) = written.since.zip(written.remove_by) else {
            continue;
        };
        let versions = version::parse(since.value).zip(version::parse(remove_by.value));
        if versions.is_some_and(|(since, remove_by)| remove_by <= since) {
            out.push(removal_before_deprecation(element, since, remove_by));
        }
    }
}

fn removal_before_deprecation(
    element: &Deprecated<'_, '_>,
    since: Text<'_>,
    remove_by: Text<'_>,
) -> Diagnostic {
    let (noun, id) = (element.noun, element.id);
    let message = format!(
        "{noun} `{}` is removed by {}, but deprecated since {}",
        id.value, remove_by.value, since.value
    );
    Diagnostic::new(&RULE.code, message, remove_by.span, "not later")
        .also(since.span, "deprecated since this version")
        .help("correct one of the two versions")
        .subject(noun, id.value)
}
