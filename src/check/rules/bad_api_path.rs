//! Paths of requests that no server understands.

use crate::check::http;
use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "bad-api-path",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "a request with a wildcard of MQTT or an open bracket in its path",
        explanation: "`+` and `#` between slashes are wildcards of MQTT topics. In the path of an HTTP request \
            they are plain characters, and a `#` is not even sent. A bracket that is not closed \
            names no parameter.\n\nWrite `{name}` for what varies.",
    },
    checks: &[Check::Component(check)],
};

fn check(component: &Component<'_>, out: &mut Diagnostics) {
    let calls = component.written.api_calls.iter();
    for call in calls.flat_map(|(_, texts)| texts) {
        if let Some((_, path)) = http::path(call.value)
            && let Some(what) = defect(path)
        {
            out.push(bad_api_path(component, *call, path, what));
        }
    }
}

/// What is wrong with a path.
fn defect(path: &str) -> Option<&'static str> {
    if path.split('/').any(|part| part == "+" || part == "#") {
        return Some("a wildcard of MQTT");
    }
    let opened = path.matches('{').count();
    (opened != path.matches('}').count()).then_some("a bracket without its partner")
}

fn bad_api_path(
    component: &Component<'_>,
    call: Text<'_>,
    path: &str,
    what: &'static str,
) -> Diagnostic {
    let id = component.id.value;
    let message = format!("path `{path}` in a call by `{id}` has {what}");
    Diagnostic::new(&RULE.code, message, call.span, what)
        .help("write `{name}` for what varies")
        .subject("component", id)
}
