//! Facts that a document states under a key, with their evidence.
//!
//! In: mappings of a document. Out: [`Fact`]s. Refuses to know: what the keys mean.

use super::model::{Evidence, Fact};
use super::value::Value;

/// The way to a key below another place in the document.
pub(super) fn below(pointer: &str, key: &str) -> String {
    if pointer.is_empty() {
        key.to_owned()
    } else {
        format!("{pointer}.{key}")
    }
}

/// The text under a key, unless it is empty.
pub(super) fn text(mapping: &Value, key: &str, pointer: &str) -> Option<Fact<String>> {
    let value = mapping.get(key)?;
    let text = value
        .text()
        .map(str::trim)
        .filter(|text| !text.is_empty())?;
    let evidence = Evidence::explicit(value.span, below(pointer, key));
    Some(Fact::new(text.to_owned(), evidence))
}

/// The texts under a key: a list, one text, or a text with commas in it.
pub(super) fn texts(mapping: &Value, key: &str, pointer: &str) -> Vec<Fact<String>> {
    let Some(value) = mapping.get(key) else {
        return Vec::new();
    };
    let fact = |part: &str, item: &Value| {
        Fact::new(
            part.to_owned(),
            Evidence::explicit(item.span, below(pointer, key)),
        )
    };
    let items = value.one_or_many().iter();
    items
        .flat_map(|item| {
            let parts = item.text().unwrap_or_default().split(',').map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(move |part| (part, item))
        })
        .map(|(part, item)| fact(part, item))
        .collect()
}

/// A label that fits on an arrow; longer texts are descriptions.
pub(super) fn as_label(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let is_short = text.chars().count() <= LONGEST && !text.contains('\n');
    (is_short && !text.is_empty()).then(|| text.to_owned())
}
