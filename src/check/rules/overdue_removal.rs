//! Things that should be gone by now.

use crate::check::version;
use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Model;
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
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let Some(platform) = context.model.version else {
        return;
    };
    let Some(current) = version::parse(platform.value) else {
        return;
    };
    for (noun, id, remove_by) in removals(context.model) {
        if version::parse(remove_by.value).is_some_and(|limit| limit <= current) {
            out.push(overdue_removal(noun, id, remove_by, platform));
        }
    }
}

fn removals<'s>(model: &Model<'s>) -> impl Iterator<Item = (&'static str, Text<'s>, Text<'s>)> {
    let components = model.components.iter();
    let of_components =
        components.map(|element| ("component", element.id, &element.written.deprecated));
    let topics = model.topics.iter();
    let of_topics = topics.map(|element| ("topic", element.id, &element.written.deprecated));
    of_components
        .chain(of_topics)
        .filter_map(|(noun, id, deprecation)| Some((noun, id, deprecation.as_ref()?.remove_by?)))
}

fn overdue_removal(
    noun: &str,
    id: Text<'_>,
    remove_by: Text<'_>,
    platform: Text<'_>,
) -> Diagnostic {
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
