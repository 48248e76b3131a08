//! Prose as it is read: lower case, without emphasis, with single blanks.
//!
//! In: a document with its outline, and what is generated in it. Out: its words with the place
//! of each character, and the numbers in them. Refuses to know: what the numbers should be.

use std::ops::Range;

use super::outline::Outline;

/// Number words, from zero on.
const WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The words of a document.
pub(super) struct Prose {
    chars: Vec<char>,
    /// The byte that each character comes from.
    places: Vec<usize>,
}

/// A number in prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: usize,
    /// Its bytes in the document.
    pub(super) range: Range<usize>,
    /// Its characters in the prose.
    chars: Range<usize>,
    is_word: bool,
}

impl Number {
    /// Another number in the same form.
    pub(super) fn spelled(&self, value: usize) -> String {
        match WORDS.get(value) {
            Some(word) if self.is_word => (*word).to_owned(),
            _ => value.to_string(),
        }
    }
}

impl Prose {
    /// The prose of a document, less what is code or generated.
    pub(super) fn of(text: &str, outline: &Outline, generated: &[Range<usize>]) -> Self {
        let mut prose = Self {
            chars: Vec::new(),
            places: Vec::new(),
        };
        let mut skipped = generated.iter().peekable();
        let mut hidden_to = 0;
        let mut blank_lines = 0;
        for (at, c) in text.char_indices() {
            // Ranges may lie in one another.
            while let Some(range) = skipped.next_if(|range| range.start <= at) {
                hidden_to = hidden_to.max(range.end);
            }
            if at < hidden_to || outline.is_code(at) {
                prose.push('\u{fffc}', at);
                continue;
            }
            match c {
                '*' | '_' => {}
                '\n' => {
                    blank_lines += 1;
                    // A blank line ends what a phrase can be part of.
                    prose.push(if blank_lines > 1 { '\n' } else { ' ' }, at);
                    continue;
                }
                c if c.is_whitespace() => {
                    prose.push(' ', at);
                    continue;
                }
                c => c.to_lowercase().for_each(|c| prose.push(c, at)),
            }
            blank_lines = 0;
        }
        prose
    }

    fn push(&mut self, c: char, at: usize) {
        let is_blank = |c: char| c == ' ' || c == '\n';
        match self.chars.last_mut() {
            Some(last) if is_blank(*last) && is_blank(c) => {
                if c == '\n' {
                    *last = '\n';
                }
            }
            Some('\u{fffc}') if c == '\u{fffc}' => {}
            _ => {
                self.chars.push(c);
                self.places.push(at);
            }
        }
    }

    /// Every number, in order.
    pub(super) fn numbers(&self, text: &str) -> Vec<Number> {
        let mut numbers = Vec::new();
        let mut at = 0;
        while at < self.chars.len() {
            let start = at;
            let is_part = |c: char| c.is_alphanumeric() || c == ',' || c == '.';
            while at < self.chars.len() && is_part(self.chars[at]) {
                at += 1;
            }
            numbers.extend(self.number(start..at, text));
            at = at.max(start + 1);
        }
        numbers
    }

    /// The number that a run of letters and digits is: `14`, `1,234` or `fourteen`.
    fn number(&self, chars: Range<usize>, text: &str) -> Option<Number> {
        let run: String = self.chars.get(chars.clone())?.iter().collect();
        let trimmed = run.trim_end_matches([',', '.']);
        let is_grouped = trimmed.split(',').skip(1).all(|part| part.len() == 3);
        let digits: String = trimmed.chars().filter(|c| *c != ',').collect();
        let before = chars.start.checked_sub(1).map(|before| self.chars[before]);
        // Part of a version, a range, a date, a price or an address.
        if before
            .is_some_and(|c| matches!(c, '-' | '/' | ':' | '#' | '$' | '€' | '+' | '.' | '<' | '>'))
        {
            return None;
        }
        let (value, is_word) =
            if is_grouped && !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit()) {
                (digits.parse().ok()?, false)
            } else {
                (WORDS.iter().position(|word| *word == trimmed)?, true)
            };
        let end = chars.start + trimmed.chars().count();
        let last = *self.places.get(end - 1)?;
        let length = text[last..].chars().next().map_or(1, char::len_utf8);
        Some(Number {
            value,
            range: self.places[chars.start]..last + length,
            chars: chars.start..end,
            is_word,
        })
    }

    /// Whether a phrase stands around a number: what comes before it, and what follows.
    pub(super) fn is_around(&self, number: &Number, (before, after): (&[char], &[char])) -> bool {
        let head = &self.chars[..number.chars.start];
        let tail = &self.chars[number.chars.end..];
        let continues = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
        let starts_whole = before.is_empty()
            || !continues(before.first())
            || !continues(
                head.get(..head.len().saturating_sub(before.len()))
                    .and_then(<[char]>::last),
            );
        let ends_whole = !continues(after.last()) || !continues(tail.get(after.len()));
        head.ends_with(before) && tail.starts_with(after) && starts_whole && ends_whole
    }
}

/// A phrase in the form of prose.
pub(super) fn folded(phrase: &str) -> Vec<char> {
    let mut folded: Vec<char> = Vec::new();
    for c in phrase.chars().filter(|c| !matches!(c, '*' | '_')) {
        if !c.is_whitespace() {
            folded.extend(c.to_lowercase());
        } else if folded.last() != Some(&' ') {
            folded.push(' ');
        }
    }
    folded
}
