//! Links that are no web or mail addresses.

use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Model;
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
    check,
};

const SCHEMES: &[&str] = &["https", "http", "mailto"];

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for link in links(context.model) {
        if let Some(scheme) = scheme(link.value)
            && !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str())
        {
            out.push(link_scheme(link, scheme));
        }
    }
}

fn links<'s>(model: &Model<'s>) -> impl Iterator<Item = Text<'s>> {
    let components = model
        .components
        .iter()
        .flat_map(|component| &component.written.links);
    let topics = model.topics.iter().flat_map(|topic| &topic.written.links);
    let owners = model
        .owners
        .iter()
        .filter_map(|owner| owner.written.as_ref()?.link);
    components
        .chain(topics)
        .map(|(_, link)| *link)
        .chain(owners)
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
