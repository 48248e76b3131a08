//! Texts that were to be replaced.

use crate::check::texts::{self, Place};
use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "placeholder-text",
        severity: Severity::Warning,
        group: Group::Hygiene,
        summary: "a text that says TODO, `[[ NAME ]]` or the like",
        explanation: "The text was meant to be written later, and readers of every diagram and page now see \
            the placeholder.\n\nWrite what is meant, or remove the key until it is known.",
    },
    check,
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

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for place in texts::find(context.model, |place| {
        placeholder(place.text.value).is_some()
    }) {
        if let Some((start, length)) = placeholder(place.text.value) {
            out.push(placeholder_text(&place, start, length));
        }
    }
}

/// Where the placeholder is, and how long.
fn placeholder(text: &str) -> Option<(usize, usize)> {
    let trimmed = text.trim();
    let whole = trimmed.trim_end_matches('.');
    let is_whole = |known: &&&str| known.eq_ignore_ascii_case(whole) || **known == trimmed;
    if WHOLE.iter().any(|known| is_whole(&known)) {
        return Some((0, text.len()));
    }
    // All marks have one of these.
    if !text
        .bytes()
        .any(|byte| matches!(byte, b':' | b'(' | b'L' | b'['))
    {
        return None;
    }
    let mark = MARKS
        .iter()
        .find_map(|mark| text.find(mark).map(|at| (at, mark.len())));
    mark.or_else(|| slot(text))
}

/// `[[ NAME ]]`, in capitals.
fn slot(text: &str) -> Option<(usize, usize)> {
    if !text.contains('[') {
        return None;
    }
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
