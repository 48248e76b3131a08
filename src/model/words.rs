//! Names for elements that state none.

use std::borrow::Cow;

/// An id in words: `kafka_connect` becomes `Kafka Connect`.
pub(crate) fn in_words(id: &str) -> Cow<'_, str> {
    let words = id.split(['_', '-']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut chars = word.chars();
        let first = chars
            .next()
            .map(|c| c.to_uppercase().to_string())
            .unwrap_or_default();
        first + chars.as_str()
    };
    let text = words.map(capital).collect::<Vec<_>>().join(" ");
    if text == id {
        Cow::Borrowed(id)
    } else {
        Cow::Owned(text)
    }
}
