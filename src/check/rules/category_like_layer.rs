//! Categories that are named like a layer and hold other components.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::places::counted;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Category, Layer};
use crate::source::Span;

/// Words that say nothing about what is meant.
const GENERIC: &[&str] = &[
    "and",
    "apis",
    "api",
    "components",
    "component",
    "layer",
    "layers",
    "microservice",
    "microservices",
    "of",
    "platform",
    "service",
    "services",
    "system",
    "systems",
    "the",
];
const ENDINGS: &[&str] = &["ing", "ers", "er", "ed", "es", "s"];

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "category-like-layer",
        severity: Severity::Note,
        group: Group::Layer,
        summary: "a category and a layer with nearly the same name and different components",
        explanation: "Two ways to sort the components use nearly the same words for different sets: a \
            document that says \"four support services\" may mean either, and figures that were \
            right become wrong by reading.\n\nRename one of the two, or make them hold the same \
            components.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut layers = BTreeMap::new();
    for layer in &context.model.layers {
        layers.entry(stems(&layer.name)).or_insert(layer);
    }
    for category in &context.model.categories {
        let Some(layer) = layers.get(&stems(&category.name)) else {
            continue;
        };
        let is_complete = !layer.is_partial && !category.is_partial;
        if is_complete && layer.components != category.components {
            out.push(category_like_layer(category, layer));
        }
    }
}

/// The words of a name less endings, and less generic words if others remain.
fn stems(name: &str) -> BTreeSet<String> {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let specific = words.iter().filter(|word| !GENERIC.contains(*word));
    let stems: BTreeSet<String> = specific.map(|word| stem(word)).collect();
    if stems.is_empty() {
        words.into_iter().map(str::to_owned).collect()
    } else {
        stems
    }
}

fn stem(word: &str) -> String {
    let shortened = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    shortened
        .filter(|stem| stem.chars().count() > 3)
        .unwrap_or(word)
        .to_owned()
}

fn category_like_layer(category: &Category<'_>, layer: &Layer<'_>) -> Diagnostic {
    let in_layer: BTreeSet<_> = layer.components.iter().collect();
    let shared = category
        .components
        .iter()
        .filter(|id| in_layer.contains(id))
        .count();
    let message = format!(
        "category `{}` ({}) and layer `{}` ({}) are named alike and share {shared}",
        category.name,
        counted(category.components.len(), "component"),
        layer.name,
        counted(layer.components.len(), "component"),
    );
    let layer_span: Span = layer.written.name.map_or(layer.id.span, |name| name.span);
    let span = category
        .written
        .name
        .map_or(category.id.span, |name| name.span);
    Diagnostic::new(&RULE.code, message, span, "the category")
        .also(layer_span, "the layer")
        .help("rename one of them, so that a number of either can't be taken for the other")
        .subject("category", category.id.value)
}
