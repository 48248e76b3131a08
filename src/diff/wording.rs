//! The sentences of changes.
//!
//! In: a subject and its differences. Out: one sentence without a full stop. Refuses to know:
//! which kind of change it is.

use serde_json::Value;

use super::change::Subject;
use super::edit::Action;
use super::walk::Difference;

/// Texts are quoted up to this many characters.
const MAX_QUOTED: usize = 80;
/// Entries of a list are told up to this many.
const MAX_TOLD: usize = 6;

/// "component `kafka`: ports.9092.host 1 → 2; tags + `a`".
pub(super) fn tell(subject: &Subject, differences: &[Difference]) -> String {
    // A section that came or went as a whole is not spelled out.
    if let [
        Difference {
            edit,
            before,
            after,
            ..
        },
    ] = differences
        && edit.path.len() == 1
        && (before.is_object() || after.is_object())
    {
        let what = match (before.is_null(), after.is_null()) {
            (true, _) => "is new",
            (_, true) => "is gone",
            _ => "is another one",
        };
        return format!("{} {what}", name(subject));
    }
    let told = differences.iter().take(MAX_TOLD).map(difference);
    let mut text = format!("{}: {}", name(subject), told.collect::<Vec<_>>().join("; "));
    if let Some(more) = differences
        .len()
        .checked_sub(MAX_TOLD)
        .filter(|more| *more > 0)
    {
        text.push_str(&format!("; and {more} more"));
    }
    text
}

/// "component `kafka`"; what stands alone has no id.
pub(super) fn name(subject: &Subject) -> String {
    let kind = subject.kind.name().replace('-', " ");
    if subject.id.is_empty() {
        format!("the {kind}")
    } else {
        format!("{kind} {}", quoted(&subject.id))
    }
}

fn difference(difference: &Difference) -> String {
    let path = &difference.edit.path;
    let depth = path.len().min(2);
    let last = path.last().map_or("", String::as_str);
    let (around, whole) = (
        path[depth..path.len().max(depth + 1) - 1].join("."),
        path[depth..].join("."),
    );
    match &difference.edit.action {
        Action::Add { value, .. } => labelled(&around, '+', last, value),
        Action::Remove { value } => labelled(&around, '-', last, value),
        Action::Move { follows } => {
            let place = follows.as_ref().map_or_else(
                || "first".to_owned(),
                |other| format!("after {}", quoted(other)),
            );
            let what = if around.is_empty() {
                String::new()
            } else {
                format!("{around} ")
            };
            format!("{what}{} stands {place} now", quoted(last))
        }
        Action::Set { before, after } => {
            let what = if whole.is_empty() {
                last.to_owned()
            } else {
                whole
            };
            set(&what, before, after)
        }
        Action::Rename { to } => format!("is {} now", quoted(to)),
    }
}

fn labelled(around: &str, sign: char, key: &str, value: &Value) -> String {
    let what = match value {
        Value::String(text) if text == key => quoted(key),
        Value::String(text) => format!("{}: {}", quoted(key), quoted(text)),
        _ => quoted(key),
    };
    if around.is_empty() {
        format!("{sign} {what}")
    } else {
        format!("{around} {sign} {what}")
    }
}

/// "key is now `a`", "key `a` → `b`", "key is no longer `a`".
pub(super) fn set(what: &str, before: &Value, after: &Value) -> String {
    match (before.is_null(), after.is_null()) {
        (true, _) => format!("{what} is now {}", shown(after)),
        (_, true) => format!("{what} is no longer {}", shown(before)),
        _ => format!("{what} {} → {}", shown(before), shown(after)),
    }
}

/// A value in a sentence.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let items = items.iter().filter_map(Value::as_str);
            list(items)
        }
        _ => quoted(&value.to_string()),
    }
}

/// "`a`, `b` and 3 more".
pub(super) fn list<'t>(items: impl Iterator<Item = &'t str>) -> String {
    let all: Vec<&str> = items.collect();
    let told: Vec<String> = all.iter().take(MAX_TOLD).map(|item| quoted(item)).collect();
    match all.len().checked_sub(MAX_TOLD) {
        Some(more) if more > 0 => format!("{} and {more} more", told.join(", ")),
        _ => told.join(", "),
    }
}

/// A text between backticks, on one line and not too long.
pub(super) fn quoted(text: &str) -> String {
    let one_line: String = text
        .chars()
        .map(|c| match c {
            _ if c.is_whitespace() || c.is_control() => ' ',
            // Backticks tell where a text of the model begins and ends.
            '`' => '\'',
            _ => c,
        })
        .take(MAX_QUOTED + 1)
        .collect();
    match one_line.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("`{}…`", &one_line[..end]),
        None => format!("`{one_line}`"),
    }
}
