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
    if is_words(bytes) {
        return true;
    }
    // Nearly all lines start with a letter, so that this ends at once.
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let mut has_word = false;
    for (at, byte) in bytes.iter().copied().enumerate() {
        if IS_WORD[usize::from(byte)] {
            has_word = true;
        } else if !passes(bytes, at, digits) {
            return false;
        }
    }
    has_word
        && !bytes
            .last()
            .is_some_and(|last| matches!(last, b' ' | b'.' | b'-' | b'_'))
}

/// Whether there are only words with single blanks between them. Every text that is written is
/// looked at, most of it here.
fn is_words(bytes: &[u8]) -> bool {
    let [first, .., last] = bytes else {
        return false;
    };
    if !(IS_WORD[usize::from(*first)] && IS_WORD[usize::from(*last)]) {
        return false;
    }
    let Some(last_window) = bytes.last_chunk::<WINDOW>() else {
        let pairs = bytes.iter().zip(&bytes[1..]);
        return !pairs.fold(false, |found, (byte, next)| found | is_odd(*byte, *next));
    };
    // Windows overlap by the byte that is the next one of the last; the last window by more.
    let mut rest = bytes;
    while let Some(window) = rest.first_chunk::<WINDOW>() {
        if has_odd(window) {
            return false;
        }
        rest = &rest[WINDOW - 1..];
    }
    !has_odd(last_window)
}

/// Sixteen bytes, and the one after them.
const WINDOW: usize = 17;

/// A loop of fixed length without branches, so that the compiler takes all bytes at once.
fn has_odd(window: &[u8; WINDOW]) -> bool {
    let mut found = false;
    for at in 0..WINDOW - 1 {
        found |= is_odd(window[at], window[at + 1]);
    }
    found
}

/// Whether a byte is neither part of a word nor a blank, or a blank before another one.
fn is_odd(byte: u8, next: u8) -> bool {
    let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let is_word = is_letter || byte.wrapping_sub(b'0') < 10;
    let is_blank = byte == b' ';
    (!is_word && !is_blank) || (is_blank && next == b' ')
}

/// Whether a sign is plain at this spot of a line that starts with so many digits.
fn passes(bytes: &[u8], at: usize, digits: usize) -> bool {
    let previous = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
    let is_after_word = IS_WORD[usize::from(previous)];
    let is_joint = matches!(previous, b'.' | b'-' | b'_');
    match bytes[at] {
        b'-' | b'_' => is_after_word,
        b'.' => is_after_word && !previous.eq_ignore_ascii_case(&b'w') && digits < at,
        b' ' => previous != b' ' && !is_joint,
        MIDDLE_DOT_START => bytes.get(at + 1) == Some(&MIDDLE_DOT_END) && !is_joint,
        MIDDLE_DOT_END => previous == MIDDLE_DOT_START,
        _ => false,
    }
}

/// ASCII letters and digits: a look into a table is cheaper than three comparisons.
static IS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

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
