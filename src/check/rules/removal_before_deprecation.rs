//! Things that are removed before they are deprecated.

use crate::check::version;
use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Model;
use crate::spec::{Deprecation, Text};

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
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for (noun, id, deprecation) in deprecations(context.model) {
        let Some((since, remove_by)) = deprecation.since.zip(deprecation.remove_by) else {
            continue;
        };
        let versions = version::parse(since.value).zip(version::parse(remove_by.value));
        if versions.is_some_and(|(since, remove_by)| remove_by <= since) {
            out.push(removal_before_deprecation(noun, id, since, remove_by));
        }
    }
}

fn deprecations<'m, 's>(
    model: &'m Model<'s>,
) -> impl Iterator<Item = (&'static str, Text<'s>, &'m Deprecation<'s>)> {
    let components = model.components.iter();
    let of_components =
        components.map(|element| ("component", element.id, &element.written.deprecated));
    let topics = model.topics.iter();
    let of_topics = topics.map(|element| ("topic", element.id, &element.written.deprecated));
    of_components
        .chain(of_topics)
        .filter_map(|(noun, id, deprecation)| Some((noun, id, deprecation.as_deref()?)))
}

fn removal_before_deprecation(
    noun: &str,
    id: Text<'_>,
    since: Text<'_>,
    remove_by: Text<'_>,
) -> Diagnostic {
    let message = format!(
        "{noun} `{}` is removed by {}, but deprecated since {}",
        id.value, remove_by.value, since.value
    );
    Diagnostic::new(&RULE.code, message, remove_by.span, "not later")
        .also(since.span, "deprecated since this version")
        .help("correct one of the two versions")
        .subject(noun, id.value)
}
