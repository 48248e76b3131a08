//! Versions that can't be compared.

use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "version-format",
        severity: Severity::Note,
        group: Group::Detail,
        summary: "a version that is not a number such as 7.5.0",
        explanation: "Two versions of this document are compared by numbers; ranges and remarks can only be \
            called \"different\".\n\nState the number, such as `7.5.0`, `v2.1` or `1.4.0-rc.1`, and \
            put remarks into `description`.",
    },
    checks: &[Check::Component(check)],
};

fn check(component: &Component<'_>, out: &mut Diagnostics) {
    if let Some(version) = component.written.version
        && is_unusual(version.value)
    {
        out.push(version_format(component, version));
    }
}

/// Ranges, remarks and placeholders. One word, such as the name of a release, is a version too.
fn is_unusual(version: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '+' | '_');
    !version.is_empty()
        && (!version.chars().all(is_part)
            || version.split('.').any(|part| part == "x")
            || version.ends_with('+'))
}

fn version_format(component: &Component<'_>, version: Text<'_>) -> Diagnostic {
    let id = component.id.value;
    let message = format!("version `{}` of `{id}` can't be compared", version.value);
    Diagnostic::new(&RULE.code, message, version.span, "not one version")
        .help("state one number, such as `7.5.0`; put remarks into `description`")
        .subject("component", id)
}
