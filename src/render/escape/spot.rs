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
/// looked at, most of it here, eight bytes at a time.
fn is_words(bytes: &[u8]) -> bool {
    let [first, .., last] = bytes else {
        return false;
    };
    if !(IS_WORD[usize::from(*first)] && IS_WORD[usize::from(*last)]) {
        return false;
    }
    let Some(tail) = bytes.last_chunk() else {
        let mut pairs = bytes.iter().zip(&bytes[1..]);
        return pairs
            .all(|(byte, next)| IS_WORD[usize::from(*byte)] || (*byte == b' ' && *next != b' '));
    };
    let (mut found, mut before) = (0, 0);
    for chunk in bytes
        .chunks_exact(8)
        .filter_map(|chunk| chunk.first_chunk())
    {
        let (odd, blanks) = look(*chunk);
        found |= odd | (blanks & ((blanks << 8) | before));
        before = blanks >> 56;
    }
    let (odd, blanks) = look(*tail);
    found | odd | (blanks & (blanks << 8)) == 0
}

/// The same byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The high bits of bytes that are neither letters, digits nor blanks, and those of blanks.
///
/// A byte below 128 plus 128 less a limit has its high bit set from the limit on, and never
/// reaches into the next byte (Warren, "Hacker's Delight", 2012, section 6-1).
fn look(bytes: [u8; 8]) -> (u64, u64) {
    const HIGH: u64 = each(128);
    let word = u64::from_le_bytes(bytes);
    let ascii = word & !HIGH;
    let from = |word: u64, limit: u8| word + each(128 - limit);
    let lower = ascii | each(0x20);
    let letters = from(lower, b'a') & !from(lower, b'z' + 1);
    let digits = from(ascii, b'0') & !from(ascii, b'9' + 1);
    let blanks = !from(ascii ^ each(b' '), 1) & !word & HIGH;
    let odd = (word | !(letters | digits | blanks)) & HIGH;
    (odd, blanks)
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

#[cfg(test)]
mod tests {
    use super::{IS_WORD, is_words};

    /// What [`is_words`] means, byte by byte.
    fn is_words_slowly(bytes: &[u8]) -> bool {
        let is_fine = |pair: &[u8]| IS_WORD[usize::from(pair[0])] || pair[0] == b' ';
        let ends = [bytes.first(), bytes.last()];
        let has_words = ends
            .iter()
            .all(|end| end.is_some_and(|byte| IS_WORD[usize::from(*byte)]));
        has_words
            && bytes.len() > 1
            && bytes.chunks(1).all(is_fine)
            && !bytes.windows(2).any(|pair| pair == b"  ")
    }

    #[track_caller]
    fn check(bytes: &[u8]) {
        assert_eq!(is_words(bytes), is_words_slowly(bytes), "{bytes:?}");
    }

    #[test]
    fn every_byte_at_every_place_is_seen() {
        for length in [0, 1, 2, 7, 8, 9, 16, 19] {
            let mut bytes: Vec<u8> = (0..length).map(|at| b"word Digit9 "[at % 12]).collect();
            check(&bytes);
            for at in 0..length {
                let kept = bytes[at];
                for byte in 0..=255 {
                    bytes[at] = byte;
                    check(&bytes);
                }
                bytes[at] = kept;
            }
        }
    }
}
