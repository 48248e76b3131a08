//! Characters that nobody can see.

use crate::check::signs::Signs;
use crate::check::texts::Place;
use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "invisible-character",
        severity: Severity::Warning,
        group: Group::Hygiene,
        summary: "a character without any width",
        explanation: "Zero-width spaces and soft hyphens come from copying web pages. Two names with and \
            without one look alike and are different; searches miss one of them.\n\nRemove the \
            character. Joiners inside emoji are fine.",
    },
    checks: &[Check::Text(check)],
};

fn check(place: &Place<'_>) -> Option<Diagnostic> {
    if !place.signs.has(Signs::FOREIGN) {
        return None;
    }
    invisible(place.text.value).map(|(at, found)| invisible_character(place, at, found))
}

/// Zero-width space, word joiner, byte order mark, soft hyphen.
fn invisible(text: &str) -> Option<(usize, char)> {
    let is_invisible = |c: &char| matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    text.char_indices().find(|(_, c)| is_invisible(c))
}

fn invisible_character(place: &Place<'_>, at: usize, found: char) -> Diagnostic {
    let code = u32::from(found);
    let message = format!(
        "{} holds U+{code:04X}, which nobody can see",
        place.describe()
    );
    place
        .finding(
            &RULE.code,
            message,
            place.part(at, found.len_utf8()),
            "invisible",
        )
        .help("remove the character")
}
