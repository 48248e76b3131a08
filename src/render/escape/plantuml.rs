//! `PlantUML` 2020 to 2026: a text goes in; a name, a note body, a tooltip or a URL comes out. It
//! knows Creole, the preprocessor and which entities older versions crash on; it knows nothing
//! about the statements around it.
//!
//! No user text ever starts a source line unencoded, and `@ ! % '` never survive in it, so neither
//! `@enduml` nor `!include` nor `%date()` can be smuggled in. Tooltips, which know no entities, are
//! never at the start of a line and keep a word joiner behind every such sign.

use std::fmt::Write as _;

use super::link::{self, UrlSyntax};
use super::spot::{Spot, is_plain, spots};
use crate::text::clean::{clean, on_one_line, trimmed_lines};

/// What `PlantUML` shows for an empty line; nothing at all would be a syntax error.
const BLANK: &str = "&#160;";
/// A word joiner: shown as nothing, it separates what `PlantUML` would read as one.
const JOINER: &str = "&#8288;";

/// A text on one source line: names in `"…"`, titles, arrow and message texts. Never empty.
pub(crate) fn inline(text: &str, out: &mut String) {
    let clean = clean(text);
    if clean.trim().is_empty() {
        out.push_str(BLANK);
    } else {
        lines(&clean, "\\n", out);
    }
}

/// The body of a note or legend: one source line per line of text. Never empty.
pub(crate) fn block(text: &str, out: &mut String) {
    lines(&clean(text), "\n", out);
}

/// A tooltip inside `{…}` of a link, where entities are not decoded: what ends it is left out.
pub(crate) fn tooltip(text: &str, out: &mut String) {
    let line = on_one_line(text);
    for spot in spots(&line) {
        if !matches!(spot.char, '{' | '}' | '[' | ']' | '"') {
            out.push(spot.char);
        }
        if starts_replacement(spot) {
            out.push('\u{2060}');
        }
    }
}

/// The address of a link; with the brackets, parentheses go too so that `%date()` stays text.
pub(crate) fn url(text: &str, out: &mut String) {
    link::encode(
        text,
        &UrlSyntax {
            encoded: "[]",
            ampersand: "&",
        },
        out,
    );
}

fn lines(clean: &str, line_break: &str, out: &mut String) {
    for (number, line) in trimmed_lines(clean).enumerate() {
        if number > 0 {
            out.push_str(line_break);
        }
        if line.is_empty() {
            out.push_str(BLANK);
        } else {
            push_line(line, out);
        }
    }
}

/// A line that shows `PlantUML` no letter or digit, such as a single emoji, is a syntax error in a
/// title: then every character is encoded.
fn push_line(line: &str, out: &mut String) {
    if is_plain(line) {
        return out.push_str(line);
    }
    let is_readable = spots(line).any(shows_letter_or_digit);
    for spot in spots(line) {
        if is_readable && needs_joiner(spot) {
            out.push_str(JOINER);
        }
        if needs_code(spot) || (!is_readable && spot.char != ' ') {
            push_code(spot.char, out);
        } else {
            out.push(spot.char);
        }
    }
}

/// A decimal entity counts as well, since it is made of digits.
fn shows_letter_or_digit(spot: Spot<'_>) -> bool {
    spot.char.is_ascii_alphanumeric() || (needs_code(spot) && !is_hexadecimal(spot.char))
}

/// Curly quotes count as quotes and guillemets as stereotypes, an en dash becomes a hyphen, and the
/// private use area is used by `PlantUML` itself.
fn needs_code(spot: Spot<'_>) -> bool {
    match spot.char {
        '"'
        | '#'
        | '*'
        | '~'
        | '\\'
        | '<'
        | '>'
        | '&'
        | '%'
        | '$'
        | '!'
        | '|'
        | '@'
        | '\''
        | '\u{201c}'..='\u{201f}'
        | '«'
        | '»'
        | '–'
        | '\u{e000}'..='\u{f8ff}' => true,
        '-' | '_' | '/' | '=' | '[' | ']' | '{' | '}' | '+' | ':' => {
            spot.is_first() || spot.is_last() || spot.is_doubled()
        }
        '(' | ')' | '.' | ',' | ';' | '?' | '`' | '^' => spot.is_first() || spot.is_doubled(),
        _ => false,
    }
}

/// `]]>` is written to SVG as it is; up to 2026.2 decodes `<U+…>` twice and then reads `\n`;
/// text that is wrapped is decoded twice by every version.
fn needs_joiner(spot: Spot<'_>) -> bool {
    match spot.char {
        '>' => spot.before.ends_with("]]"),
        '+' => spot.before.ends_with("<U"),
        '#' => spot.before.ends_with('&'),
        'n' | 'l' | 'r' | 't' => spot.before.ends_with('\\'),
        _ => false,
    }
}

fn push_code(c: char, out: &mut String) {
    let code = u32::from(c);
    // Writing to a string cannot fail.
    let _ = if is_hexadecimal(c) {
        write!(out, "<U+{code:04X}>")
    } else {
        write!(out, "&#{code};")
    };
}

/// `&#92;` and `&#36;` crash versions up to 2026.2; before 2022 entities have only 16 bits.
fn is_hexadecimal(c: char) -> bool {
    matches!(c, '\\' | '$') || c > '\u{ffff}'
}

/// `%name`, `$name`, `\n` and `<U+…>` are replaced and `/'` starts a comment, even in a tooltip.
fn starts_replacement(spot: Spot<'_>) -> bool {
    match spot.char {
        '%' | '$' => spot
            .next()
            .is_some_and(|next| next.is_ascii_alphabetic() || next == '_'),
        '\\' => matches!(spot.next(), Some('n' | 'l' | 'r' | 't')),
        '<' => spot.after.starts_with("U+"),
        '/' => spot.next() == Some('\''),
        _ => false,
    }
}
