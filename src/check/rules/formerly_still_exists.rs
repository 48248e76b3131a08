//! Former ids that still exist.

use std::collections::BTreeMap;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::source::Span;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "formerly-still-exists",
        severity: Severity::Warning,
        group: Group::Reference,
        summary: "a former id that still is an id",
        explanation: "`formerly:` says that an element was renamed, so that comparisons with older versions \
            show one element that changed its id. The old id is still there, so comparisons would \
            take two elements for one.\n\nRemove the old element, or the `formerly:` entry.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let layers = model.layers.iter();
    let components = model.components.iter();
    let topics = model.topics.iter();
    let layers: Vec<_> = layers.map(|it| (it.id, &*it.written.formerly)).collect();
    let components: Vec<_> = components
        .map(|it| (it.id, &*it.written.formerly))
        .collect();
    let topics: Vec<_> = topics.map(|it| (it.id, &*it.written.formerly)).collect();
    check_kind("layer", &layers, out);
    check_kind("component", &components, out);
    check_kind("topic", &topics, out);
}

fn check_kind(noun: &str, elements: &[(Text<'_>, &[Text<'_>])], out: &mut Diagnostics) {
    if elements.iter().all(|(_, formerly)| formerly.is_empty()) {
        return;
    }
    let ids: BTreeMap<&str, Span> = elements.iter().map(|(id, _)| (id.value, id.span)).collect();
    for (id, formerly) in elements {
        for old in *formerly {
            if let Some(place) = ids.get(old.value) {
                out.push(formerly_still_exists(noun, *id, *old, *place));
            }
        }
    }
}

fn formerly_still_exists(noun: &str, id: Text<'_>, old: Text<'_>, place: Span) -> Diagnostic {
    let diagnostic = if id.value == old.value {
        let message = format!("{noun} `{}` names itself as its former id", id.value);
        Diagnostic::new(&RULE.code, message, old.span, "its present id")
            .help("write the id that it had before, or remove the entry")
    } else {
        let message = format!(
            "{noun} `{}` was formerly `{}`, which still exists",
            id.value, old.value
        );
        Diagnostic::new(&RULE.code, message, old.span, "not renamed, it seems")
            .also(place, "still here")
            .help(format!("remove the old {noun}, or this entry"))
    };
    diagnostic.subject(noun, id.value)
}
