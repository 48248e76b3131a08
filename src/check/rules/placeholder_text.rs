//! Texts that were to be replaced.

use crate::check::signs::Signs;
use crate::check::texts::Place;
use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "placeholder-text",
        severity: Severity::Warning,
        group: Group::Hygiene,
        summary: "a text that says TODO, `[[ NAME ]]` or the like",
        explanation: "The text was meant to be written later, and readers of every diagram and page now see \
            the placeholder.\n\nWrite what is meant, or remove the key until it is known.",
    },
    checks: &[Check::Text(check)],
};

/// Texts that are nothing else.
const WHOLE: &[&str] = &[
    "todo",
    "tbd",
    "tbc",
    "tba",
    "fixme",
    "xxx",
    "???",
    "...",
    "…",
    "placeholder",
    "changeme",
    "lorem ipsum",
];

/// Longer texts are more than a placeholder, whatever stands around it.
const MAX_WHOLE: usize = 32;

/// Marks that start a remark to oneself.
const MARKS: &[&str] = &[
    "TODO:",
    "TODO(",
    "FIXME:",
    "FIXME(",
    "TBD:",
    "(TBD)",
    "Lorem ipsum",
];

fn check(place: &Place<'_>) -> Option<Diagnostic> {
    let (start, length) = placeholder(place)?;
    Some(placeholder_text(place, start, length))
}

/// Where the placeholder is, and how long.
fn placeholder(place: &Place<'_>) -> Option<(usize, usize)> {
    let (text, signs) = (place.text.value, place.signs);
    if is_whole(text) {
        return Some((0, text.len()));
    }
    let marked = if signs.has(Signs::MARK) {
        mark(text)
    } else {
        None
    };
    let has_slot = signs.has(Signs::BRACKET) && marked.is_none();
    if has_slot { slot(text) } else { marked }
}

/// Whether the text is a placeholder and nothing else.
fn is_whole(text: &str) -> bool {
    if text.len() > MAX_WHOLE {
        return false;
    }
    let trimmed = text.trim();
    let whole = trimmed.trim_end_matches('.');
    let is_whole = |known: &&str| known.eq_ignore_ascii_case(whole) || *known == trimmed;
    WHOLE.iter().any(is_whole)
}

/// The first remark to oneself.
fn mark(text: &str) -> Option<(usize, usize)> {
    let starts = text.bytes().enumerate();
    let mut starts = starts.filter(|(_, byte)| matches!(byte, b'T' | b'F' | b'L' | b'('));
    starts.find_map(|(at, _)| {
        let mark = MARKS.iter().find(|mark| text[at..].starts_with(**mark))?;
        Some((at, mark.len()))
    })
}

/// `[[ NAME ]]`, in capitals.
fn slot(text: &str) -> Option<(usize, usize)> {
    let start = text.find("[[")?;
    let inner = &text[start + 2..];
    let end = inner.find("]]")?;
    let name = inner[..end].trim();
    let is_capital =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | ' ' | '-');
    (!name.is_empty() && name.chars().all(is_capital)).then_some((start, end + 4))
}

fn placeholder_text(place: &Place<'_>, start: usize, length: usize) -> Diagnostic {
    let found = place.text.value.get(start..start + length).unwrap_or("");
    let message = format!(
        "{} holds a placeholder: `{}`",
        place.describe(),
        found.trim()
    );
    place
        .finding(
            &RULE.code,
            message,
            place.part(start, length),
            "to be written",
        )
        .help("write what is meant, or remove the key until it is known")
}
