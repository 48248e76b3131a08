//! `AsciiDoc`: text in paragraphs, list items and table cells.
//!
//! In: any text. Out: the same text in which every sign that could mean something to `AsciiDoc` is
//! a character reference, which Asciidoctor restores after all its substitutions. Refuses to
//! know: where the text stands.

use crate::text::clean::{clean, trimmed_lines};

/// Text; line breaks are hard ones.
pub(crate) fn text(text: &str, out: &mut String) {
    let clean = clean(text);
    let lines = trimmed_lines(&clean).filter(|line| !line.is_empty());
    for (number, line) in lines.enumerate() {
        if number > 0 {
            out.push_str(" +\n");
        }
        for c in line.chars() {
            if c.is_ascii_punctuation() && !matches!(c, ',' | '/' | '-') || is_replaced(c, line) {
                out.push_str(&format!("&#{};", u32::from(c)));
            } else {
                out.push(c);
            }
        }
    }
}

/// Two hyphens become a dash, a slash pair an address or a comment.
fn is_replaced(c: char, line: &str) -> bool {
    match c {
        '-' => line.contains("--") || line.contains("->") || line.starts_with('-'),
        '/' => line.contains("//"),
        _ => false,
    }
}
