//! Spots: one line goes in; each of its characters comes out with the text on both sides of it, so
//! that an encoder can say "a colon before a slash" without a regular expression.
//!
//! It knows no language. Questions answered here look at a bounded number of characters, which
//! keeps every encoder linear in the length of the line.

/// Whether a trimmed line is made of plain words, which no language needs to encode: letters and
/// digits with single blanks and dots in the middle between them, and inside a word `.`, `-` and
/// `_` that are neither part of a number at the start nor of an address.
pub(super) fn is_plain(line: &str) -> bool {
    let bytes = line.as_bytes();
    let (mut is_number, mut has_word, mut previous) = (true, false, b' ');
    for (at, byte) in bytes.iter().copied().enumerate() {
        let is_after_word = previous.is_ascii_alphanumeric();
        let is_joint = matches!(previous, b'.' | b'-' | b'_');
        let is_plain = match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => true,
            b'-' | b'_' => is_after_word,
            b'.' => is_after_word && !is_number && !previous.eq_ignore_ascii_case(&b'w'),
            b' ' => previous != b' ' && !is_joint,
            MIDDLE_DOT_START => bytes.get(at + 1) == Some(&MIDDLE_DOT_END) && !is_joint,
            MIDDLE_DOT_END => previous == MIDDLE_DOT_START,
            _ => false,
        };
        if !is_plain {
            return false;
        }
        is_number &= byte.is_ascii_digit();
        has_word |= byte.is_ascii_alphanumeric();
        previous = byte;
    }
    has_word && !matches!(previous, b' ' | b'.' | b'-' | b'_')
}

/// The two bytes of `·`.
const MIDDLE_DOT_START: u8 = 0xC2;
const MIDDLE_DOT_END: u8 = 0xB7;

/// A character and what surrounds it on its line.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) before: &'a str,
    pub(super) char: char,
    pub(super) after: &'a str,
    /// How many ASCII digits the whole line starts with.
    digits: usize,
}

/// The characters of a line from left to right.
pub(super) fn spots(line: &str) -> impl Iterator<Item = Spot<'_>> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line.char_indices().map(move |(at, char)| Spot {
        before: &line[..at],
        char,
        after: &line[at + char.len_utf8()..],
        digits,
    })
}

impl<'a> Spot<'a> {
    pub(super) fn previous(self) -> Option<char> {
        self.before.chars().next_back()
    }

    pub(super) fn next(self) -> Option<char> {
        self.after.chars().next()
    }

    pub(super) fn is_first(self) -> bool {
        self.before.is_empty()
    }

    pub(super) fn is_last(self) -> bool {
        self.after.is_empty()
    }

    /// Whether one of the neighbors is the same character.
    pub(super) fn is_doubled(self) -> bool {
        self.previous() == Some(self.char) || self.next() == Some(self.char)
    }

    /// Whether both neighbors are letters or digits.
    pub(super) fn is_inside_word(self) -> bool {
        self.previous().is_some_and(is_word) && self.next().is_some_and(is_word)
    }

    /// Whether everything before it is a number, as in `1.` or `12)`.
    pub(super) fn follows_number(self) -> bool {
        self.digits > 0 && self.before.len() == self.digits
    }

    /// Whether the text before it ends with an ASCII word in any case.
    pub(super) fn follows(self, word: &str) -> bool {
        self.start_of(word).is_some()
    }

    /// The text before an ASCII word, in any case, that ends right before this character.
    pub(super) fn start_of(self, word: &str) -> Option<&'a str> {
        let (head, tail) = self
            .before
            .split_at_checked(self.before.len().checked_sub(word.len())?)?;
        tail.eq_ignore_ascii_case(word).then_some(head)
    }
}

/// Letters and digits of any script.
///
/// Circled and squared letters count as alphabetic in Unicode but as symbols in Markdown, where an
/// underscore beside them starts emphasis.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}
