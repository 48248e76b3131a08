//! Categories that no component counts under.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Category;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "unused-category",
        severity: Severity::Note,
        group: Group::Reference,
        summary: "a category that no component counts under",
        explanation: "A category that no component counts under shows up as a row of zero in every \
            statistic. Components were to be put there, or it is left over.\n\nPut components \
            there, or remove it.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for category in &context.model.categories {
        if category.components.is_empty() && !category.is_partial {
            out.push(unused_category(category));
        }
    }
}

fn unused_category(category: &Category<'_>) -> Diagnostic {
    let id = category.id;
    let message = format!("no component counts under category `{}`", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "")
        .help(format!(
            "put components there with `category: {}`, or remove it",
            id.value
        ))
        .subject("category", id.value)
}
