//! Texts of users made safe for terminals and logs.
//!
//! In: any text. Out: one line without characters that move the cursor, change colors or
//! turn the reading direction. Refuses to know: what the text says.

use std::borrow::Cow;

/// The text on one line; control characters become their pictures, others a replacement.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(picture).collect())
}

/// The same for source text, whose line breaks and tabs stay and where every character
/// keeps its number of bytes, so that spans still fit.
pub(super) fn printable_source(text: &str) -> Cow<'_, str> {
    let is_wrong = |c: char| is_unsafe(c) && !c.is_ascii();
    if !text.chars().any(is_wrong) {
        return Cow::Borrowed(text);
    }
    let same_length = |c: char| match c.len_utf8() {
        _ if !is_wrong(c) => c,
        2 => '\u{bf}',
        _ => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(text.chars().map(same_length).collect())
}

fn picture(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(' '),
        '\u{7f}' => '\u{2421}',
        _ if is_unsafe(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// Controls, line separators, and everything that turns the direction of text.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{printable, printable_source};

    #[test]
    fn what_a_terminal_would_obey_becomes_visible() {
        assert_eq!(printable("a\u{1b}[31mb\n\tc\u{7f}"), "a␛[31mb␊ c␡");
        assert_eq!(
            printable("\u{9b}2J \u{202e}x\u{2069}"),
            "\u{fffd}2J \u{fffd}x\u{fffd}"
        );
        assert_eq!(printable("Größe 📨 日本"), "Größe 📨 日本");
    }

    #[test]
    fn source_text_keeps_its_length() {
        let text = "a:\t\u{9b}\u{61c}\u{202e} é\r\nb";
        let safe = printable_source(text);
        assert_eq!(safe, "a:\t\u{bf}\u{bf}\u{fffd} é\r\nb");
        assert_eq!(safe.len(), text.len());
    }
}
