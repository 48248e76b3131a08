//! Descriptions that only repeat the name.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "description-repeats-name",
        severity: Severity::Note,
        group: Group::Hygiene,
        summary: "a purpose or description that says no more than the name",
        explanation: "Readers look at the purpose when the name does not tell them enough. Here they learn \
            nothing.\n\nSay what the element does, or remove the text.",
    },
    checks: &[Check::Component(on_component), Check::Model(elsewhere)],
};

fn on_component(component: &Component<'_>, out: &mut Diagnostics) {
    let (id, written) = (component.id.value, &component.written);
    for text in [written.purpose, written.description] {
        check(("component", id), &component.name, text, out);
    }
}

fn elsewhere(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for topic in &context.model.topics {
        let subject = ("topic", topic.id.value);
        check(subject, &topic.name, topic.written.description, out);
    }
    for layer in &context.model.layers {
        let subject = ("layer", layer.id.value);
        check(subject, &layer.name, layer.written.description, out);
    }
}

fn check((noun, id): (&str, &str), name: &str, text: Option<Text<'_>>, out: &mut Diagnostics) {
    let Some(text) = text else { return };
    let repeats = |other: &str| fold(text.value).eq(fold(other));
    let may_repeat = |other: &str| first(text.value).is_some() && first(text.value) == first(other);
    if [name, id]
        .iter()
        .any(|other| may_repeat(other) && repeats(other))
    {
        out.push(description_repeats_name(noun, id, text));
    }
}

/// The first letter or digit. Most texts begin with another one than the name.
fn first(text: &str) -> Option<char> {
    fold(text).next()
}

/// Letters and digits alone.
fn fold(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

fn description_repeats_name(noun: &str, id: &str, text: Text<'_>) -> Diagnostic {
    let message = format!("text about {noun} `{id}` repeats its name");
    Diagnostic::new(&RULE.code, message, text.span, "says no more than the name")
        .help(format!("say what the {noun} is for, or remove the text"))
        .subject(noun, id)
}
