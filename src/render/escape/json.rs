//! JSON: a text goes in; the inside of a JSON string comes out. It knows no values but strings.
//!
//! The one encoder that does not clean: JSON can carry every text, and programs want it back whole.

use std::fmt::Write as _;

/// The inside of a string; also safe within a `<script>` element and in JavaScript.
pub(crate) fn string(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Writing to a string cannot fail.
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
}
