//! Steps and flows that speak a language their store does not understand.

use crate::check::store_language::Language;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, Component, Flow};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "store-language-mismatch",
        severity: Severity::Warning,
        group: Group::Scenario,
        summary: "a label in a language that the store does not understand",
        explanation: "SQL goes to a document database, or a MongoDB call to a relational one: either the store \
            or the label is wrong, and whoever builds from this document builds one of the \
            two.\n\nCorrect the label, or send the step to the store that is meant. Stores whose \
            language is not certain are left alone.",
    },
    checks: &[Check::Model(on_steps), Check::Flow(on_flow)],
};

fn on_steps(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let scenarios = context.model.scenarios.iter();
    for step in scenarios.flat_map(|scenario| &scenario.steps) {
        if let Action::Call { to, .. } = step.action {
            check(&context.model[to], step.label, out);
        }
    }
}

fn on_flow(context: &Context<'_, '_>, flow: &Flow<'_>, out: &mut Diagnostics) {
    if let Some(written) = &flow.written {
        check(&context.model[flow.to], written.label, out);
    }
}

/// Few labels are written in a language, so they are asked before the store that they lead to.
fn check(store: &Component<'_>, label: Option<Text<'_>>, out: &mut Diagnostics) {
    if let Some(label) = label
        && Language::of_text(label.value).is_some()
        && let Some((spoken, used)) = Language::conflict(Language::of_store(store), label.value)
    {
        out.push(store_language_mismatch(store, label, spoken, used));
    }
}

fn store_language_mismatch(
    store: &Component<'_>,
    label: Text<'_>,
    spoken: Language,
    used: Language,
) -> Diagnostic {
    let id = store.id.value;
    let message = format!(
        "`{id}` understands {}, and the label is {}",
        spoken.name(),
        used.name()
    );
    Diagnostic::new(&RULE.code, message, label.span, used.name())
        .also(store.id.span, format!("understands {}", spoken.name()))
        .help("correct the label, or name the store that is meant")
        .subject("component", id)
}
