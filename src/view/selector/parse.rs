//! The grammar of selectors: a name or glob, `field:value`, or `function(selector, steps)`.
//!
//! In: a selector as written. Out: a [`Selector`], or a finding at the part that can't
//! be read. Refuses to know: which names exist.

use super::field::Field;
use super::{Selector, Walk};
use crate::diagnostic::{BAD_SELECTOR, Diagnostic, did_you_mean};
use crate::source::Span;
use crate::spec::{At, Text};

/// Functions are nested at most this deep.
const MAX_DEPTH: usize = 16;

/// A finding is large and rare.
type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// Reads a selector.
pub(super) fn parse(selector: Text<'_>) -> Result<Selector<'_>> {
    let mut reader = Reader {
        whole: selector,
        at: 0,
    };
    let parsed = reader.selector(0)?;
    if reader.at < selector.value.len() {
        let rest = reader.part(reader.at, selector.value.len());
        return Err(trailing_text(rest));
    }
    Ok(parsed)
}

struct Reader<'s> {
    whole: Text<'s>,
    at: usize,
}

impl<'s> Reader<'s> {
    fn selector(&mut self, depth: usize) -> Result<Selector<'s>> {
        let word = self.word();
        if self.rest().starts_with('(') {
            return self.function(word, depth);
        }
        if word.value.is_empty() {
            let is_blank = self.whole.value.trim().is_empty();
            let place = if is_blank { self.whole } else { word };
            return Err(missing_selector(place.span));
        }
        let Some(colon) = word.value.find(':') else {
            return Ok(Selector::Matching(Field::Component, word));
        };
        let start = self.at_of(word) + colon;
        let name = self.part(start - colon, start);
        let value = self.part(start + 1, start - colon + word.value.len());
        let field = Field::from_name(name.value)
            .ok_or_else(|| unknown_word("field", name, Field::ALL.iter().map(|(name, _)| *name)))?;
        if value.value.is_empty() {
            return Err(missing_value(word));
        }
        Ok(Selector::Matching(field, value))
    }

    fn function(&mut self, name: Text<'s>, depth: usize) -> Result<Selector<'s>> {
        let known = Walk::ALL.iter().find(|(word, _)| *word == name.value);
        let Some((_, walk)) = known else {
            let words = Walk::ALL.iter().map(|(word, _)| *word);
            return Err(unknown_word("function", name, words));
        };
        if depth >= MAX_DEPTH {
            return Err(too_deep(name.span));
        }
        self.at += 1;
        let inner = self.selector(depth + 1)?;
        let steps = if self.skip(',') { self.steps()? } else { 1 };
        if !self.skip(')') {
            return Err(unclosed(self.part(self.at, self.whole.value.len()), name));
        }
        Ok(Selector::Around(*walk, Box::new(inner), steps))
    }

    fn steps(&mut self) -> Result<usize> {
        let word = self.word();
        match word.value {
            "*" => Ok(usize::MAX),
            digits => digits.parse().map_err(|_| bad_steps(word)),
        }
    }

    /// The text up to the next bracket or comma, without the blanks around it.
    fn word(&mut self) -> Text<'s> {
        let start = self.at;
        let length = self.rest().find(['(', ')', ',']);
        self.at = length.map_or(self.whole.value.len(), |length| start + length);
        self.part(start, self.at)
    }

    /// Steps over a sign and the blanks after it, if it is next.
    fn skip(&mut self, sign: char) -> bool {
        let Some(rest) = self.rest().strip_prefix(sign) else {
            return false;
        };
        self.at = self.whole.value.len() - rest.trim_start().len();
        true
    }

    fn rest(&self) -> &'s str {
        self.whole.value.get(self.at..).unwrap_or("")
    }

    /// Where a part starts in the whole.
    fn at_of(&self, part: Text<'s>) -> usize {
        part.value.as_ptr().addr() - self.whole.value.as_ptr().addr()
    }

    /// The text between two bytes without the blanks around it, at its place.
    fn part(&self, start: usize, end: usize) -> Text<'s> {
        let text = self.whole.value.get(start..end).unwrap_or("");
        let lead = text.len() - text.trim_start().len();
        let value = text.trim();
        let span = place(self.whole, start + lead, value.len());
        At { value, span }
    }
}

/// The place of a part of a text; the place of the whole where escapes hide the parts.
fn place(whole: Text<'_>, offset: usize, length: usize) -> Span {
    let written = whole.span.range().len();
    let quote = match written.checked_sub(whole.value.len()) {
        Some(0) => 0,
        Some(2) if whole.value.is_ascii() => 1,
        _ => return whole.span,
    };
    let start = whole.span.start + u32::try_from(quote + offset).unwrap_or(0);
    let end = start + u32::try_from(length).unwrap_or(0);
    Span {
        start,
        end,
        ..whole.span
    }
}

fn bad(message: impl Into<String>, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(BAD_SELECTOR, message, span, label)
}

fn missing_selector(span: Span) -> Box<Diagnostic> {
    let help = "write the id of a component, a glob of ids, or `layer:` with the id of a layer";
    Box::new(bad("a selector is missing", span, "").help(help))
}

fn missing_value(word: Text<'_>) -> Box<Diagnostic> {
    let message = format!("`{}` lacks what it selects", word.value);
    Box::new(bad(message, word.span, "").help("write a name or a glob after the colon"))
}

fn unknown_word<'c>(
    noun: &str,
    word: Text<'_>,
    known: impl Iterator<Item = &'c str> + Clone,
) -> Box<Diagnostic> {
    let message = format!("`{}` is no {noun} of selectors", word.value);
    let help = match did_you_mean(word.value, known.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known: {}", known.collect::<Vec<_>>().join(", ")),
    };
    Box::new(bad(message, word.span, "").help(help))
}

fn bad_steps(word: Text<'_>) -> Box<Diagnostic> {
    let message = format!("`{}` is no number of steps", word.value);
    let help = "write a whole number, or `*` for as far as it goes";
    Box::new(bad(message, word.span, "").help(help))
}

fn unclosed(rest: Text<'_>, function: Text<'_>) -> Box<Diagnostic> {
    let message = format!("`{}(` lacks its closing bracket", function.value);
    let finding = bad(message, rest.span, "`)` is missing here");
    Box::new(finding.help(format!(
        "functions are written `{}(selector, steps)`",
        function.value
    )))
}

fn too_deep(span: Span) -> Box<Diagnostic> {
    let message = format!("functions are nested more than {MAX_DEPTH} deep");
    Box::new(bad(message, span, "").help("use a number of steps instead"))
}

fn trailing_text(rest: Text<'_>) -> Box<Diagnostic> {
    let message = format!("`{}` is left over after the selector", rest.value);
    Box::new(bad(message, rest.span, "").help("write several selectors as a list"))
}
