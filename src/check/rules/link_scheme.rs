//! Links that are no web or mail addresses.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "link-scheme",
        severity: Severity::Error,
        group: Group::Detail,
        summary: "a link with a scheme other than https, http or mailto",
        explanation: "Links are written into pages and pictures for people to click. Schemes such as \
            `javascript:` run something instead, and formats leave such links out.\n\nWrite an \
            `https://`, `http://` or `mailto:` address, or a relative path.",
    },
    checks: &[Check::Component(on_component), Check::Model(elsewhere)],
};

const SCHEMES: &[&str] = &["https", "http", "mailto"];

fn on_component(component: &Component<'_>, out: &mut Diagnostics) {
    for (_, link) in &component.written.links {
        check(*link, out);
    }
}

fn elsewhere(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for (_, link) in model.topics.iter().flat_map(|topic| &topic.written.links) {
        check(*link, out);
    }
    let owners = model.owners.iter();
    for link in owners.filter_map(|owner| owner.written.as_ref()?.link) {
        check(link, out);
    }
}

fn check(link: Text<'_>, out: &mut Diagnostics) {
    if let Some(scheme) = scheme(link.value)
        && !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str())
    {
        out.push(link_scheme(link, scheme));
    }
}

/// What stands before the first colon, if that is before any slash, question mark or hash.
fn scheme(link: &str) -> Option<&str> {
    let (scheme, _) = link.trim_start().split_once(':')?;
    let is_path = scheme.contains(['/', '?', '#']);
    (!is_path).then_some(scheme)
}

fn link_scheme(link: Text<'_>, scheme: &str) -> Diagnostic {
    let message = format!("links can't have the scheme `{scheme}`");
    Diagnostic::new(
        &RULE.code,
        message,
        link.span,
        "left out of pages and pictures",
    )
    .help("write an `https:`, `http:` or `mailto:` address, or a relative path")
}
