//! Replacement: a text and a spelling per character go in; the text comes out with every character
//! that has a spelling replaced. It knows no language and looks at no neighbors.

/// Appends the text; characters without a spelling are copied in runs, not one by one.
pub(super) fn replace(
    text: &str,
    spelling: impl Fn(char) -> Option<&'static str>,
    out: &mut String,
) {
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        if let Some(spelling) = spelling(c) {
            out.push_str(&text[copied..at]);
            out.push_str(spelling);
            copied = at + c.len_utf8();
        }
    }
    out.push_str(&text[copied..]);
}
