//! Steps and flows that speak a language their store does not understand.

use crate::check::store_language::Language;
use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, Component, ComponentId, Model};
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
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    // Few labels are written in a language, so they are asked before the stores.
    let spoken = labels(model).filter(|(_, label)| Language::of_text(label.value).is_some());
    for (store, label) in spoken {
        let store = &model[store];
        if let Some((spoken, used)) = Language::conflict(Language::of_store(store), label.value) {
            out.push(store_language_mismatch(store, label, spoken, used));
        }
    }
}

/// The labels of steps and flows, with where they lead.
fn labels<'s>(model: &Model<'s>) -> impl Iterator<Item = (ComponentId, Text<'s>)> {
    let steps = model.scenarios.iter().flat_map(|scenario| &scenario.steps);
    let calls = steps.filter_map(|step| match step.action {
        Action::Call { to, .. } => Some((to, step.label?)),
        _ => None,
    });
    let flows = model.flows.iter();
    calls.chain(flows.filter_map(|flow| Some((flow.to, flow.written.as_ref()?.label?))))
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
