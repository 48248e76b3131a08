//! Filters that write several texts at once: the cells of a row, and the texts of a list.
//!
//! In: values of a template. Out: text in the spelling of the template, which is not encoded
//! again. Refuses to know: what rows and lists say.
//!
//! A template could say the same with a loop and a condition for each text, at several times the
//! cost; documents are mostly made of cells.

use minijinja::value::Value;
use minijinja::{Error, ErrorKind, State};

use super::escape::Context;
use super::template::{defined, place};

/// Room for one cell, in bytes; most are shorter.
const CELL: usize = 24;

/// `row|markdown_cells("a", "b")`: the values of a row as cells of a Markdown table. The texts of
/// a list stand below one another; a dash stands for nothing.
pub(super) fn markdown_cells(
    state: &State<'_, '_>,
    row: &Value,
    keys: &[Value],
) -> Result<Value, Error> {
    cells(place(state), row, keys)
}

/// `row|markdown_code_cells("a", "b")`: the same, each text as code.
pub(super) fn markdown_code_cells(row: &Value, keys: &[Value]) -> Result<Value, Error> {
    cells(Some(Context::MarkdownCodeCell), row, keys)
}

fn cells(place: Option<Context>, row: &Value, keys: &[Value]) -> Result<Value, Error> {
    let mut out = String::with_capacity(keys.len() * CELL);
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            out.push_str(" | ");
        }
        let cell = row.get_attr(key.as_str().unwrap_or_default())?;
        if !cell.is_undefined() && !cell.is_true() {
            out.push('—');
        } else if cell.as_object().is_some() {
            push_list(place, &cell, "<br>", &mut out)?;
        } else {
            push(place, &cell, &mut out)?;
        }
    }
    Ok(Value::from_safe_string(out))
}

/// `texts|joined(", ")`: the texts of a list with a separator between them, in the spelling of
/// the template or of the encoder that is named.
pub(super) fn joined(
    state: &State<'_, '_>,
    texts: &Value,
    separator: &str,
    encoder: Option<&str>,
) -> Result<Value, Error> {
    let place = match encoder {
        None => place(state),
        Some(name) => Some(Context::from_name(name).ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidOperation,
                format!("there is no encoder `{name}`"),
            )
        })?),
    };
    let mut out = String::new();
    push_list(place, texts, separator, &mut out)?;
    Ok(Value::from_safe_string(out))
}

fn push_list(
    place: Option<Context>,
    texts: &Value,
    separator: &str,
    out: &mut String,
) -> Result<(), Error> {
    for (index, text) in texts.try_iter()?.enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        push(place, &text, out)?;
    }
    Ok(())
}

/// Appends a value as a template would write it there.
fn push(place: Option<Context>, value: &Value, out: &mut String) -> Result<(), Error> {
    defined(value)?;
    match (value.as_str(), place) {
        (Some(text), Some(place)) if !value.is_safe() => place.encode(text, out),
        (Some(text), _) => out.push_str(text),
        (None, Some(place)) => place.encode(&value.to_string(), out),
        (None, None) => out.push_str(&value.to_string()),
    }
    Ok(())
}
