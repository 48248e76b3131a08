//! What a row says at a key, before a template value is made of it: a value of each text
//! costs several times what writing the text does.
//!
//! In: a row of a template and a key. Out: a field, or its text in the spelling of a place.
//! Refuses to know: what rows and keys mean.

use minijinja::Error;
use minijinja::value::Value;

use super::escape::Context;
use super::packed;
use super::table::{self, Column, Texts};

/// What a row says at a key.
#[derive(Debug)]
pub(super) enum Field<'r> {
    /// A text that a person wrote.
    Text(&'r str),
    /// Texts, one after another.
    Texts(Texts),
    /// The digits of a number.
    Digits(&'r str),
    /// A value that rows share.
    Shared(&'r Value),
    /// A value of its own.
    Own(Value),
}

/// A row that says what it says without making values.
pub(super) trait Fields {
    /// What it says at a key; nothing for a key that it does not have.
    fn field(&self, key: &str) -> Option<Field<'_>>;
}

/// A row of any kind.
#[derive(Clone, Copy)]
pub(super) enum Row<'r> {
    Table(&'r table::Row),
    Packed(&'r dyn Fields),
    Other(&'r Value),
}

impl<'r> Row<'r> {
    pub(super) fn new(value: &'r Value) -> Self {
        let row = value.downcast_object_ref().map(Self::Table);
        row.or_else(|| packed::fields(value).map(Self::Packed))
            .unwrap_or(Self::Other(value))
    }

    /// What it says at a key; an undefined value for a key that it does not have.
    #[inline]
    pub(super) fn field(self, key: &str, column: &Column) -> Result<Field<'r>, Error> {
        let field = match self {
            Self::Table(row) => row.field_in(key, column),
            Self::Packed(fields) => fields.field(key),
            Self::Other(value) => Some(Field::Own(value.get_attr(key)?)),
        };
        Ok(field.unwrap_or(Field::Own(Value::UNDEFINED)))
    }
}

impl From<bool> for Field<'_> {
    fn from(flag: bool) -> Self {
        Self::Own(Value::from(flag))
    }
}

impl From<Field<'_>> for Value {
    fn from(field: Field<'_>) -> Self {
        match field {
            Field::Text(text) => Self::from(text),
            Field::Texts(texts) => Self::from_object(texts),
            Field::Digits(digits) => Self::from(digits.parse::<usize>().unwrap_or(0)),
            Field::Shared(value) => value.clone(),
            Field::Own(value) => value,
        }
    }
}

/// Appends a text as a template would write it at a place.
pub(super) fn push_text(place: Option<Context>, text: &str, out: &mut String) {
    match place {
        Some(place) => place.encode(text, out),
        None => out.push_str(text),
    }
}

/// Appends a value as a template would write it at a place.
pub(super) fn push_value(place: Option<Context>, value: &Value, out: &mut String) {
    match value.as_str() {
        Some(text) if value.is_safe() => out.push_str(text),
        Some(text) => push_text(place, text, out),
        None => push_text(place, &value.to_string(), out),
    }
}
