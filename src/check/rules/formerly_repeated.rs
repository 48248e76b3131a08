//! Former ids that two elements claim.

use std::collections::BTreeMap;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "formerly-repeated",
        severity: Severity::Warning,
        group: Group::Reference,
        summary: "a former id that two elements claim",
        explanation: "Two elements say that they were renamed from the same id, so a comparison can't tell \
            which of them is the old element.\n\nLeave the entry where most of the old element \
            went.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let layers = model.layers.iter();
    let components = model.components.iter();
    let topics = model.topics.iter();
    check_kind("layer", layers.flat_map(|it| &it.written.formerly), out);
    check_kind(
        "component",
        components.flat_map(|it| &it.written.formerly),
        out,
    );
    check_kind("topic", topics.flat_map(|it| &it.written.formerly), out);
}

fn check_kind<'m, 's: 'm>(
    noun: &str,
    former: impl Iterator<Item = &'m Text<'s>>,
    out: &mut Diagnostics,
) {
    let mut claimed = BTreeMap::new();
    for old in former {
        let first: &Text<'_> = claimed.entry(old.value).or_insert(old);
        if first.span != old.span {
            out.push(formerly_repeated(noun, *first, *old));
        }
    }
}

fn formerly_repeated(noun: &str, first: Text<'_>, second: Text<'_>) -> Diagnostic {
    let message = format!("two {noun}s were formerly `{}`", second.value);
    Diagnostic::new(&RULE.code, message, second.span, "again here")
        .also(first.span, "first here")
        .help("leave the entry where most of the old element went")
        .subject(noun, second.value)
}
