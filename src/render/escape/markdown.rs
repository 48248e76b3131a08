//! Markdown as GitHub reads it: a text goes in; inline text, a code span or a link target comes
//! out. It knows GFM with its autolinks, emoji codes and mentions; it knows no blocks, so the same
//! text serves headings, list items and table cells.

use super::link::{self, UrlSyntax};
use super::spot::{Spot, is_plain, spots};
use crate::text::clean::{clean, on_one_line, trimmed_lines};

/// Inline text; line breaks become `<br>` and empty lines go.
pub(crate) fn text(text: &str, out: &mut String) {
    let clean = clean(text);
    let lines = trimmed_lines(&clean).filter(|line| !line.is_empty());
    for (number, line) in lines.enumerate() {
        if number > 0 {
            out.push_str("<br>");
        }
        push_line(line, out);
    }
}

/// A whole code span, with a fence longer than any run of back-ticks inside.
pub(crate) fn code(text: &str, out: &mut String) {
    if is_plain(text) {
        return out.extend(["`", text, "`"]);
    }
    push_code(&single_blanks(&on_one_line(text)), out);
}

/// A whole code span for a table cell, where parsers disagree about an escaped pipe in back-ticks.
pub(crate) fn code_cell(text: &str, out: &mut String) {
    if is_plain(text) {
        return out.extend(["`", text, "`"]);
    }
    let line = single_blanks(&on_one_line(text));
    if line.contains('|') {
        out.push_str("<code>");
        push_line(&line, out);
        out.push_str("</code>");
    } else {
        push_code(&line, out);
    }
}

/// The target inside `(…)` of a link, where entities are decoded.
pub(crate) fn url(text: &str, out: &mut String) {
    link::encode(
        text,
        &UrlSyntax {
            encoded: "",
            ampersand: "&amp;",
        },
        out,
    );
}

fn push_line(line: &str, out: &mut String) {
    if is_plain(line) {
        return out.push_str(line);
    }
    let closing = line.trim_end_matches('#').len();
    for spot in spots(line) {
        if let Some(spelling) = defused(spot) {
            out.push_str(spelling);
        } else {
            if needs_backslash(spot, closing) {
                out.push('\\');
            }
            out.push(spot.char);
        }
    }
}

/// Characters that mean something at this spot; `closing` is where the final `#`s of a line start.
fn needs_backslash(spot: Spot<'_>, closing: usize) -> bool {
    match spot.char {
        // Between two dollar signs, GitHub and others read a formula.
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
        '_' => !spot.is_inside_word(),
        '!' => spot.next() == Some('['),
        '#' => spot.is_first() || spot.before.len() >= closing,
        '>' | '-' | '+' | '=' => spot.is_first(),
        '.' | ')' => spot.follows_number() && spot.before.len() <= 9,
        _ => false,
    }
}

/// Entities, autolinks, emoji codes and mentions, which a backslash does not stop everywhere.
fn defused(spot: Spot<'_>) -> Option<&'static str> {
    match spot.char {
        '&' if starts_entity(spot.after) => Some("&amp;"),
        '.' if ends_www(spot) => Some("&#46;"),
        ':' if ends_scheme(spot) => Some("&#58;"),
        ':' if starts_emoji(spot) => Some(":\u{2060}"),
        // Mail addresses are looked for after entities are decoded.
        '@' if spot.next().is_some_and(is_name) => Some("@\u{2060}"),
        _ => None,
    }
}

fn starts_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    rest.len() < name.len() && rest.starts_with(';')
}

fn ends_www(spot: Spot<'_>) -> bool {
    spot.start_of("www")
        .is_some_and(|head| !ends_alphanumeric(head))
}

fn ends_scheme(spot: Spot<'_>) -> bool {
    let is_web = ["http", "https", "ftp"]
        .iter()
        .any(|scheme| spot.follows(scheme));
    let is_mail = spot.follows("mailto") || spot.follows("xmpp");
    (is_web && spot.next() == Some('/')) || is_mail
}

fn starts_emoji(spot: Spot<'_>) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    let rest = spot.after.trim_start_matches(name);
    rest.len() < spot.after.len() && rest.starts_with(':') && !ends_alphanumeric(spot.before)
}

fn ends_alphanumeric(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_alphanumeric())
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Encodes one trimmed line with single blanks.
fn push_code(line: &str, out: &mut String) {
    let fence = "`".repeat(longest_run(line) + 1);
    let is_padded = line.is_empty() || line.starts_with('`') || line.ends_with('`');
    let padding = if is_padded { " " } else { "" };
    out.extend([&fence, padding, line, padding, &fence]);
}

fn longest_run(line: &str) -> usize {
    line.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn single_blanks(line: &str) -> String {
    let blanks = spots(line).filter(|spot| spot.char != ' ' || spot.previous() != Some(' '));
    blanks.map(|spot| spot.char).collect()
}
