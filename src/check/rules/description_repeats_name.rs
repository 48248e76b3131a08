//! Descriptions that only repeat the name.

use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Model;
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
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for (noun, id, name, text) in descriptions(context.model) {
        let repeats = |other: &str| fold(text.value).eq(fold(other));
        let says_something = fold(text.value).next().is_some();
        if says_something && (repeats(name) || repeats(id)) {
            out.push(description_repeats_name(noun, id, text));
        }
    }
}

/// Noun, id, name and each text about it.
fn descriptions<'m, 's>(
    model: &'m Model<'s>,
) -> impl Iterator<Item = (&'static str, &'s str, &'m str, Text<'s>)> {
    let components = model.components.iter().flat_map(|element| {
        let texts = [element.written.purpose, element.written.description];
        texts
            .into_iter()
            .flatten()
            .map(move |text| ("component", element.id.value, &*element.name, text))
    });
    let topics = model.topics.iter().filter_map(|element| {
        Some((
            "topic",
            element.id.value,
            &*element.name,
            element.written.description?,
        ))
    });
    let layers = model.layers.iter().filter_map(|element| {
        Some((
            "layer",
            element.id.value,
            &*element.name,
            element.written.description?,
        ))
    });
    components.chain(topics).chain(layers)
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
