//! Cleaning: any text goes in; the same text comes out with one kind of line break and without the
//! characters that no output can carry. Borrowed when there is nothing to do.
//!
//! It knows no output language: what it drops is what XML 1.0 forbids or what no tool ever shows.

use std::borrow::Cow;

/// The text with line feeds as its only line breaks, blanks for tabs, and no control characters.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    // Nearly all texts are plain ASCII, which is checked faster by bytes.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || text.chars().all(is_clean) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        if !(c == '\n' && after_return) {
            out.extend(cleaned(c));
        }
        after_return = c == '\r';
    }
    Cow::Owned(out)
}

/// The lines of a clean text without the blanks around them.
pub(crate) fn trimmed_lines(clean: &str) -> impl Iterator<Item = &str> {
    clean.split('\n').map(str::trim)
}

/// The trimmed lines that hold something, with one blank between them.
pub(crate) fn on_one_line(text: &str) -> String {
    let clean = clean(text);
    let mut line = String::with_capacity(clean.len());
    for part in trimmed_lines(&clean).filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// Whether a character passes as it is.
fn is_clean(c: char) -> bool {
    cleaned(c) == Some(c)
}

/// What a character becomes; a byte order mark and everything XML forbids become nothing.
fn cleaned(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => None,
        _ => Some(c),
    }
}
