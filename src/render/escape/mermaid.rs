//! Mermaid 10.7 to 12: a text goes in; a flowchart label, a sequence text, a tooltip or a URL comes
//! out. It knows Mermaid's entities (`#quot;`, `#35;`) and the places where Mermaid looks inside a
//! label; it knows nothing about the statements around it.
//!
//! Mermaid shows U+2060 (word joiner) as nothing, so it separates what entities cannot defuse.

use std::fmt::Write as _;

use super::link::{self, UrlSyntax};
use super::spot::{Spot, is_plain, spots};
use crate::text::clean::{clean, on_one_line, trimmed_lines};

/// How many lines a label has; Mermaid decodes the entities of many lines too early.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

/// A flowchart text inside `"…"`: node, edge label, subgraph title. Never empty.
pub(crate) fn label(text: &str, out: &mut String) {
    let clean = clean(text);
    let lines = if clean.trim().contains('\n') {
        Lines::Many
    } else {
        Lines::One
    };
    label_lines(&clean, lines, out);
}

/// A part of a node's label: the other parts make it a label of several lines, which Mermaid
/// decodes before it looks for formulas, icons and `\n`.
pub(crate) fn node(text: &str, out: &mut String) {
    label_lines(&clean(text).replace("\\n", "\\\u{2060}n"), Lines::Many, out);
}

fn label_lines(clean: &str, lines: Lines, out: &mut String) {
    let start = out.len();
    for (number, line) in trimmed_lines(clean).enumerate() {
        if number > 0 {
            out.push_str("<br/>");
        }
        label_line(line, lines, out);
    }
    if out.len() == start {
        out.push(' ');
    }
}

/// A tooltip inside `"…"` of a `click` line: a label on one line. Never empty.
///
/// End the line with `;`: an id with `style` in it and a URL with a fragment make Mermaid drop the
/// last one of the line, which must not be the end of an entity.
pub(crate) fn tooltip(text: &str, out: &mut String) {
    label(&on_one_line(text), out);
}

/// A text raw to the end of its line: sequence participant, message, note, loop, `accTitle`. Never
/// empty.
pub(crate) fn sequence(text: &str, out: &mut String) {
    sequence_lines(text, sequence_needs_entity, out);
}

/// The title of a sequence `box`, behind its color: `rgba(…)` is read up to the last `)` of
/// the line, in versions 10 to 12.
pub(crate) fn box_title(text: &str, out: &mut String) {
    sequence_lines(
        text,
        |spot| spot.char == ')' || sequence_needs_entity(spot),
        out,
    );
}

fn sequence_lines(text: &str, needs_entity: fn(Spot<'_>) -> bool, out: &mut String) {
    let clean = clean(text);
    let start = out.len();
    for (number, line) in trimmed_lines(&clean).enumerate() {
        if number > 0 {
            out.push_str("<br/>");
        }
        sequence_line(line, needs_entity, out);
    }
    if out.len() == start {
        out.push_str("#8203;");
    }
}

/// A link target inside `"…"` of a `click` line, where `#…;` cannot be written back as an entity.
///
/// The `#` of a fragment stays: versions 10 to 12 pass it through as long as no `;` follows it.
pub(crate) fn url(text: &str, out: &mut String) {
    link::encode(
        text,
        &UrlSyntax {
            encoded: ";",
            ampersand: "&",
        },
        out,
    );
}

fn label_line(line: &str, lines: Lines, out: &mut String) {
    if is_plain(line) {
        return out.push_str(line);
    }
    let has_entity = spots(line).any(label_needs_entity);
    for spot in spots(line) {
        if label_needs_entity(spot) || (has_entity && is_style_colon(spot)) {
            push_entity(spot.char, out);
        } else {
            out.push(spot.char);
        }
        if is_placeholder(spot) || (lines == Lines::Many && starts_formula_or_icon(spot)) {
            out.push('\u{2060}');
        }
    }
}

fn sequence_line(line: &str, needs_entity: fn(Spot<'_>) -> bool, out: &mut String) {
    if is_plain(line) {
        return out.push_str(line);
    }
    let has_entity = spots(line).any(needs_entity);
    for spot in spots(line) {
        if spot.char == ' ' && spot.previous() == Some(' ') {
            continue; // Mermaid 10 crashes on runs of blanks while it measures text.
        }
        if needs_entity(spot) || (has_entity && is_style_colon(spot)) {
            push_entity(spot.char, out);
        } else {
            out.push(spot.char);
        }
        if is_placeholder(spot) {
            out.push('\u{2060}');
        }
    }
}

/// Ends of strings, HTML, entities and comments; and Markdown, which 11.0 to 11.12 read in labels.
fn label_needs_entity(spot: Spot<'_>) -> bool {
    match spot.char {
        '"' | '<' | '>' | '&' | '#' | '`' | '\\' | '*' | '~' | '$' | '[' => true,
        '_' => !spot.is_inside_word(),
        '%' => spot.is_doubled(),
        '@' => spot.is_inside_word(),
        ':' => spot.next() == Some('/') || is_icon_colon(spot),
        '-' | '+' | '=' => spot.is_first() || spot.is_doubled(),
        '.' | ')' => spot.follows_number() || spot.follows("www"),
        _ => false,
    }
}

fn sequence_needs_entity(spot: Spot<'_>) -> bool {
    match spot.char {
        '#' | ';' | '<' | '>' | '&' => true,
        '$' | '%' => spot.is_doubled(),
        '@' => spot.next() == Some('{'),
        ':' => is_wrap_keyword(spot.before.trim_end()),
        _ => false,
    }
}

/// A message that starts with `wrap:` or `nowrap:` would lose that word.
fn is_wrap_keyword(word: &str) -> bool {
    word.eq_ignore_ascii_case("wrap") || word.eq_ignore_ascii_case("nowrap")
}

/// Mermaid drops the last `;` of a line that reads `style…:…#…;`, and with it ends our entity.
fn is_style_colon(spot: Spot<'_>) -> bool {
    spot.char == ':' && spot.next().is_some_and(|next| next != ' ')
}

/// The pairs Mermaid itself puts in place of `#` and `;` while it parses.
fn is_placeholder(spot: Spot<'_>) -> bool {
    matches!(
        (spot.char, spot.next()),
        ('ﬂ', Some('°')) | ('¶', Some('ß'))
    )
}

/// `$$` of a formula and `fa:fa-` of an icon.
fn starts_formula_or_icon(spot: Spot<'_>) -> bool {
    match spot.char {
        '$' => spot.next() == Some('$'),
        ':' => spot.after.starts_with("fa-") && before_icon(spot.before).is_some(),
        _ => false,
    }
}

fn is_icon_colon(spot: Spot<'_>) -> bool {
    before_icon(spot.before).is_some_and(|head| !head.ends_with(|c: char| c.is_ascii_lowercase()))
}

/// What stands before an icon family (`fa`, `fab`, `fas`…) at the end of a text.
fn before_icon(text: &str) -> Option<&str> {
    let family = text.strip_suffix(['b', 'k', 'l', 'r', 's']).unwrap_or(text);
    family.strip_suffix("fa")
}

fn push_entity(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("#quot;"),
        '<' => out.push_str("#lt;"),
        '>' => out.push_str("#gt;"),
        '&' => out.push_str("#amp;"),
        _ => {
            // Writing to a string cannot fail.
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
}
