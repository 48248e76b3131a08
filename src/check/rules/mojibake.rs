//! Texts that were read in the wrong encoding.

use crate::check::signs::Signs;
use crate::check::texts::Place;
use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "mojibake",
        severity: Severity::Warning,
        group: Group::Hygiene,
        summary: "a text that was saved or read in the wrong encoding",
        explanation: "UTF-8 was taken for another encoding somewhere on the way: `Ã©` stands for `é`, and `ðŸ` \
            or `ğŸ` for the start of an emoji. Every output shows it so.\n\nRestore the text from \
            where it came from, and save the file as UTF-8.",
    },
    checks: &[Check::Text(check)],
};

/// Starts of characters of three and four bytes, as Windows code pages show them.
const STARTS: &[&str] = &[
    "\u{fffd}", "ðŸ", "ğŸ", "â€", "â˜", "âš", "âœ", "â†", "âŒ", "ï¸", "ï»¿",
];

/// Characters of Windows code page 1252 between 0x80 and 0x9F.
const CP1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn check(place: &Place<'_>) -> Option<Diagnostic> {
    if !place.signs.has(Signs::FOREIGN) {
        return None;
    }
    defect(place.text.value).map(|(start, length)| mojibake(place, start, length))
}

/// The first place that was read wrongly.
fn defect(text: &str) -> Option<(usize, usize)> {
    let mut starts = STARTS.iter();
    let start = starts.find_map(|start| text.find(start).map(|at| (at, start.len())));
    start.or_else(|| two_bytes(text))
}

/// `Ã` or `Â` before what was the second byte of a letter.
fn two_bytes(text: &str) -> Option<(usize, usize)> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if matches!(c, 'Ã' | 'Â') && next.is_some_and(|next| matches!(next, '\u{80}'..='\u{bf}'))
        {
            return Some((at, c.len_utf8() + next.map_or(0, char::len_utf8)));
        }
    }
    None
}

/// What the text was before, if no byte was lost.
fn restored(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    String::from_utf8(bytes?).ok()
}

fn byte(c: char) -> Option<u8> {
    // Turkish code page 1254 has ğ where 1252 has ð.
    let c = if c == 'ğ' { 'ð' } else { c };
    let known = CP1252.iter().position(|known| *known == c);
    match known {
        Some(index) => u8::try_from(index + 0x80).ok(),
        None => u8::try_from(u32::from(c)).ok(),
    }
}

fn mojibake(place: &Place<'_>, start: usize, length: usize) -> Diagnostic {
    let found = place.text.value.get(start..start + length).unwrap_or("");
    let message = format!(
        "{} was read in the wrong encoding: `{found}`",
        place.describe()
    );
    let help = match restored(place.text.value) {
        Some(text) => format!("did you mean `{text}`? Save the file as UTF-8"),
        None => "restore the text from where it came from, and save the file as UTF-8".to_owned(),
    };
    place
        .finding(
            &RULE.code,
            message,
            place.part(start, length),
            "UTF-8 taken for something else",
        )
        .help(help)
}
