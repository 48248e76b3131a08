//! Components that are in no category.

use crate::check::partition::left_out;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "component-without-category",
        severity: Severity::Warning,
        group: Group::Layer,
        summary: "a component without category where others have one",
        explanation: "Categories partition the components, so that the statistics of documents add up. This \
            component counts under none and gets a row of its own.\n\nState `category:`. A \
            component inside another counts under the category of that one, and a container needs \
            none if everything in it has one.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for component in left_out(context.model, |component| component.category.is_some()) {
        out.push(component_without_category(component));
    }
}

fn component_without_category(component: &Component<'_>) -> Diagnostic {
    let id = component.id;
    let message = format!("component `{}` counts under no category", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "others have one")
        .help("state `category: …`")
        .subject("component", id.value)
}
