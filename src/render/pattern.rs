//! Patterns write a whole row at once: text with the places of what the row says.
//!
//! In: patterns, a row and further values. Out: text in the spelling of the template, which is
//! not encoded again. Refuses to know: what rows say.
//!
//! A template could say the same value by value. Each costs about a thousand instructions, a
//! place in a pattern about a fifth of that (docs/decisions/0014-rows-by-pattern.md).

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value, ValueKind};
use minijinja::{Error, ErrorKind, Output, State};

use super::escape::Context;
use super::field::{Field, Row, push_text, push_value};
use super::table::{Column, Rows, Texts};
use super::template::{defined, place};

/// Room for the texts of a row, in bytes.
const ROOM: usize = 200;
/// What stands between the texts of a list.
const SEPARATOR: &str = ", ";

/// `{% set line = pattern('{from} -> {to:dot_id} [{0}]') %}`, and then `{{ line(row, more) }}`:
/// `{key}` is the row's text at a key in the spelling of the template, `{key:encoder}` in that of
/// an encoder, `{0}` the first of the values that follow the row. `{key?—}` says what stands for
/// nothing, `{key/<br>}` what stands between the texts of a list. A brace that opens anything
/// else stands for itself.
///
/// A list of patterns is written one after another, without those that have nothing to say at
/// one of their places. Called with a list of rows, each is written on a line of its own.
pub(super) fn pattern(stated: &Value) -> Result<Value, Error> {
    let patterns = if let Some(text) = stated.as_str() {
        Patterns::One(Pattern::read(text)?)
    } else {
        let read = |text: Value| Pattern::read(text.as_str().unwrap_or_default());
        let patterns = stated.try_iter()?.map(read);
        Patterns::Some(patterns.collect::<Result<_, _>>()?)
    };
    Ok(Value::from_object(patterns))
}

/// What a template calls with a row.
#[derive(Debug)]
enum Patterns {
    /// It is always written.
    One(Pattern),
    /// Those that have nothing to say are left out.
    Some(Vec<Pattern>),
}

impl Object for Patterns {
    fn call(self: &Arc<Self>, state: &mut State<'_, '_>, values: &[Value]) -> Result<Value, Error> {
        let Some((subject, more)) = values.split_first() else {
            let message = "a pattern is called with a row";
            return Err(Error::new(ErrorKind::MissingArgument, message));
        };
        if subject.kind() == ValueKind::Seq {
            return Ok(Value::from_object(Lines {
                patterns: Arc::clone(self),
                rows: subject.clone(),
                more: more.to_vec(),
                place: place(state),
            }));
        }
        let mut filling = Filling {
            place: place(state),
            more,
            out: String::with_capacity(ROOM),
        };
        filling.row(self, Row::new(subject))?;
        Ok(Value::from_safe_string(filling.out))
    }
}

/// Rows that are written when a template comes to write them, each on a line of its own: a table
/// of thousands is never held as a text beside the text that it becomes a part of.
#[derive(Debug)]
struct Lines {
    patterns: Arc<Patterns>,
    rows: Value,
    more: Vec<Value>,
    place: Option<Context>,
}

impl Object for Lines {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&mut |text| out.write_str(text).map_err(Error::from))
            .map_err(|_| fmt::Error)
    }
}

impl Lines {
    fn write(&self, out: &mut dyn FnMut(&str) -> Result<(), Error>) -> Result<(), Error> {
        let mut filling = Filling {
            place: self.place,
            more: &self.more,
            out: String::with_capacity(ROOM),
        };
        let mut line = |row: Row<'_>| {
            filling.row(&self.patterns, row)?;
            out(&filling.out)?;
            filling.out.clear();
            filling.out.push('\n');
            Ok(())
        };
        match self.rows.downcast_object_ref::<Rows>() {
            Some(rows) => rows.iter().try_for_each(|row| line(Row::Table(&row))),
            None => self
                .rows
                .try_iter()?
                .try_for_each(|row| line(Row::new(&row))),
        }
    }
}

/// Writes rows that were left to be written; nothing if the value is another one.
pub(super) fn write_lines(value: &Value, out: &mut Output<'_>) -> Option<Result<(), Error>> {
    let lines = value.downcast_object_ref::<Lines>()?;
    Some(lines.write(&mut |text| out.write_str(text).map_err(Error::from)))
}

/// Texts, each before a place, and the text after the last place.
#[derive(Debug, Default)]
struct Pattern {
    slots: Vec<(String, Slot)>,
    end: String,
}

/// A place in a pattern.
#[derive(Debug)]
struct Slot {
    key: String,
    /// Where the key was found last.
    column: Column,
    /// The number of a value after the row, in place of a key.
    number: Option<usize>,
    encoder: Option<Context>,
    separator: String,
    alternative: String,
}

impl Pattern {
    fn read(text: &str) -> Result<Self, Error> {
        let mut pattern = Self::default();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            pattern.end.push_str(before);
            rest = after;
            match Slot::read(after) {
                Some((slot, after)) => {
                    let before = std::mem::take(&mut pattern.end);
                    pattern.slots.push((before, slot?));
                    rest = after;
                }
                None => pattern.end.push('{'),
            }
        }
        pattern.end.push_str(rest);
        Ok(pattern)
    }
}

impl Slot {
    /// Reads what stands after a brace; returns the rest of the pattern too.
    fn read(text: &str) -> Option<(Result<Self, Error>, &str)> {
        let key = name(text);
        let mut rest = &text[key.len()..];
        let (mut place, mut separator, mut alternative) = (None, SEPARATOR, "");
        if let Some(after) = rest.strip_prefix(':') {
            place = Some(name(after));
            rest = &after[name(after).len()..];
        }
        if let Some(after) = rest.strip_prefix('/') {
            (separator, rest) = after.split_at(after.find(['?', '}'])?);
        }
        if let Some(after) = rest.strip_prefix('?') {
            (alternative, rest) = after.split_at(after.find('}')?);
        }
        let rest = rest.strip_prefix('}').filter(|_| !key.is_empty())?;
        let slot = |encoder| Self {
            key: key.to_owned(),
            column: Column::default(),
            number: key.parse().ok(),
            encoder,
            separator: separator.to_owned(),
            alternative: alternative.to_owned(),
        };
        Some((place.map(encoder).transpose().map(slot), rest))
    }

    fn unknown(&self) -> Error {
        let message = format!("there is no value for `{{{}}}` of the pattern", self.key);
        Error::new(ErrorKind::UndefinedError, message)
    }
}

/// Rows on their way into patterns.
struct Filling<'r> {
    place: Option<Context>,
    more: &'r [Value],
    out: String,
}

impl Filling<'_> {
    fn row(&mut self, patterns: &Patterns, row: Row<'_>) -> Result<(), Error> {
        match patterns {
            Patterns::One(pattern) => self.write(pattern, row),
            Patterns::Some(patterns) => patterns
                .iter()
                .try_for_each(|pattern| self.write_if_whole(pattern, row)),
        }
    }

    fn write(&mut self, pattern: &Pattern, row: Row<'_>) -> Result<(), Error> {
        for (before, slot) in &pattern.slots {
            self.out.push_str(before);
            self.fill(slot, row)?;
        }
        self.out.push_str(&pattern.end);
        Ok(())
    }

    /// Writes a pattern, if there is a text for each of its places.
    fn write_if_whole(&mut self, pattern: &Pattern, row: Row<'_>) -> Result<(), Error> {
        let start = self.out.len();
        for (before, slot) in &pattern.slots {
            self.out.push_str(before);
            if !self.fill(slot, row)? {
                self.out.truncate(start);
                return Ok(());
            }
        }
        self.out.push_str(&pattern.end);
        Ok(())
    }

    /// Writes a text; returns whether there was one.
    #[inline]
    fn fill(&mut self, slot: &Slot, row: Row<'_>) -> Result<bool, Error> {
        let start = self.out.len();
        let place = slot.encoder.or(self.place);
        let field = match slot.number {
            None => row.field(&slot.key, &slot.column)?,
            Some(number) => {
                let value = self.more.get(number).map(Field::Shared);
                value.ok_or_else(|| slot.unknown())?
            }
        };
        match field {
            Field::Text("") => {}
            Field::Digits(digits) => self.out.push_str(digits),
            Field::Text(text) => push_text(place, text, &mut self.out),
            Field::Texts(texts) => push_texts(place, &texts, &slot.separator, &mut self.out),
            Field::Shared(value) => push_any(place, value, slot, &mut self.out)?,
            Field::Own(value) => push_any(place, &value, slot, &mut self.out)?,
        }
        if self.out.len() == start {
            self.out.push_str(&slot.alternative);
        }
        Ok(self.out.len() > start)
    }
}

fn push_any(
    place: Option<Context>,
    value: &Value,
    slot: &Slot,
    out: &mut String,
) -> Result<(), Error> {
    defined(value).map_err(|_| slot.unknown())?;
    if value.as_object().is_some() {
        push_list(place, value, &slot.separator, out)
    } else {
        push_value(place, value, out);
        Ok(())
    }
}

/// `texts|joined(", ")`: the texts of a list with a separator between them, in the spelling of
/// the template or of the encoder that is named.
pub(super) fn joined(
    state: &State<'_, '_>,
    texts: &Value,
    separator: &str,
    named: Option<&str>,
) -> Result<Value, Error> {
    let place = match named {
        None => place(state),
        Some(name) => Some(encoder(name)?),
    };
    let mut out = String::new();
    push_list(place, texts, separator, &mut out)?;
    Ok(Value::from_safe_string(out))
}

fn push_list(
    place: Option<Context>,
    list: &Value,
    separator: &str,
    out: &mut String,
) -> Result<(), Error> {
    if let Some(texts) = list.downcast_object_ref::<Texts>() {
        push_texts(place, texts, separator, out);
        return Ok(());
    }
    for (index, text) in list.try_iter()?.enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        defined(&text)?;
        push_value(place, &text, out);
    }
    Ok(())
}

fn push_texts(place: Option<Context>, texts: &Texts, separator: &str, out: &mut String) {
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        push_text(place, text, out);
    }
}

/// The encoder of this name.
fn encoder(name: &str) -> Result<Context, Error> {
    Context::from_name(name).ok_or_else(|| {
        let message = format!("there is no encoder `{name}`");
        Error::new(ErrorKind::InvalidOperation, message)
    })
}

/// The letters, digits and underscores that a text starts with.
fn name(text: &str) -> &str {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    &text[..text.bytes().take_while(is_part).count()]
}

#[cfg(test)]
mod tests {
    use minijinja::{Environment, context};

    use super::pattern;

    #[track_caller]
    fn check(patterns: &str, expected: &str) {
        let mut environment = Environment::new();
        environment.add_function("pattern", pattern);
        let row = context! { name => "Kafka", topics => ["a", "b"], owner => "", port => 9092 };
        let template = format!("{{% set line = pattern({patterns}) %}}{{{{ line(row, 'more') }}}}");
        let context = context! { row => row };
        let written = environment.render_str(&template, context);
        let written = written.unwrap_or_else(|error| error.detail().unwrap_or("").to_owned());
        assert_eq!(written, expected);
    }

    #[test]
    fn a_pattern_is_filled_with_the_texts_of_a_row() {
        check("'{name} on {port}: {0}'", "Kafka on 9092: more");
        check("'{name:markdown_code}'", "`Kafka`");
        check("'{owner?nobody} {name?nobody}'", "nobody Kafka");
        check(
            "'{topics} {topics/<br>} {topics:json/;?—}'",
            "a, b a<br>b a;b",
        );
    }

    #[test]
    fn other_braces_stand_for_themselves() {
        check("'{ {name} } {} {name'", "{ Kafka } {} {name");
        check("'{{name}}'", "{Kafka}");
    }

    #[test]
    fn what_has_nothing_to_say_is_left_out_of_a_list() {
        check("['{name}', ', owned by {owner}', ', {0}']", "Kafka, more");
        check(
            "['{name}', ', owned by {owner?nobody}']",
            "Kafka, owned by nobody",
        );
    }

    #[test]
    fn rows_are_written_on_lines_of_their_own() {
        let mut environment = Environment::new();
        environment.add_function("pattern", pattern);
        let rows = vec![context! { name => "a" }, context! { name => "b" }];
        let template = "{{ pattern('- {name}')(rows) }}.{{ pattern('- {name}')([]) }}";
        let written = environment.render_str(template, context! { rows => rows });
        assert_eq!(written.unwrap_or_default(), "- a\n- b.");
    }

    #[test]
    fn what_a_row_does_not_have_is_named() {
        check("'{size}'", "there is no value for `{size}` of the pattern");
        check("'{7}'", "there is no value for `{7}` of the pattern");
        check("'{name:latin}'", "there is no encoder `latin`");
    }
}
