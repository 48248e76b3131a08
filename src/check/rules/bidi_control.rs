//! Invisible characters that reorder text.

use crate::check::signs::Signs;
use crate::check::texts::Place;
use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "bidi-control",
        severity: Severity::Error,
        group: Group::Hygiene,
        summary: "a control character that changes the direction of text",
        explanation: "Overrides and isolates of the Unicode bidirectional algorithm change the order in which \
            text is shown. What a reviewer reads is not what the file says. Text in Arabic or Hebrew \
            does not need them here.\n\nRemove the character.",
    },
    checks: &[Check::Text(check)],
};

fn check(place: &Place<'_>) -> Option<Diagnostic> {
    if !place.signs.has(Signs::FOREIGN) {
        return None;
    }
    control(place.text.value).map(|(at, found)| bidi_control(place, at, found))
}

fn control(text: &str) -> Option<(usize, char)> {
    let is_control = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.char_indices().find(|(_, c)| is_control(c))
}

fn bidi_control(place: &Place<'_>, at: usize, found: char) -> Diagnostic {
    let code = u32::from(found);
    let message = format!(
        "{} holds U+{code:04X}, which reorders text",
        place.describe()
    );
    place
        .finding(
            &RULE.code,
            message,
            place.part(at, found.len_utf8()),
            "invisible, and reorders what follows",
        )
        .help("remove the character")
}
