//! References that name a component by alias.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::AliasUse;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "ambiguous-name",
        severity: Severity::Note,
        group: Group::Reference,
        summary: "a reference that names a component by its alias",
        explanation: "Aliases are there for prose and labels. In flows, topics and steps they hide which \
            component is meant: a search for the id does not find the place, and renaming the \
            alias breaks it.\n\nWrite the id.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for alias in &context.model.alias_uses {
        let id = context.model[alias.component].id.value;
        out.push(ambiguous_name(alias, id));
    }
}

fn ambiguous_name(alias: &AliasUse<'_>, id: &str) -> Diagnostic {
    let (name, span) = (alias.name.value, alias.name.span);
    let message = format!("component `{id}` is named by its alias `{name}`");
    let diagnostic = Diagnostic::new(&RULE.code, message, span, "an alias")
        .help(format!("write the id `{id}`"))
        .subject("component", id);
    // Inside a quoted text the place is wider than the name.
    if span.range().len() == name.len() {
        diagnostic.fix(span, id)
    } else {
        diagnostic
    }
}
