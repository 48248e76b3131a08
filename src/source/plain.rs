//! The fast reader for plain block YAML, the form most specifications have.
//!
//! In: text. Out: the same [`Tree`] that the full reader makes, or `None` as soon
//! as anything unusual appears: anchors, tags, escapes, block scalars, texts over
//! several lines, tabs, several documents. Refuses to know: errors; whatever it
//! does not understand is left to the full reader, which says what is wrong.
//!
//! One pass over the bytes, line by line, with a stack of open collections; a
//! property test holds it to the full reader's result.

use super::{Tree, TreeBuilder};

const MAX_DEPTH: usize = 64;
/// Longer keys are left to the full reader, which limits them.
const MAX_KEY: usize = 900;

/// Printable ASCII that means nothing inside a plain or quoted text, in brackets or not.
static LETTER: [bool; 256] = letters();

const fn letters() -> [bool; 256] {
    let mut letters = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        letters[byte as usize] = !matches!(
            byte,
            b':' | b'#' | b',' | b'[' | b']' | b'{' | b'}' | b'"' | b'\'' | b'\\'
        );
        byte += 1;
    }
    letters
}

/// What a plain scalar may start with, in the narrow sense of this reader.
static START: [bool; 256] = starts();

const fn starts() -> [bool; 256] {
    let mut starts = [false; 256];
    let mut byte = 0_u8;
    loop {
        starts[byte as usize] = byte.is_ascii_alphanumeric()
            || byte >= 0x80
            || matches!(
                byte,
                b'-' | b'_' | b'.' | b'/' | b'+' | b'(' | b'$' | b'<' | b'~' | b'=' | b'^' | b';'
            );
        if byte == u8::MAX {
            return starts;
        }
        byte += 1;
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Mapping,
    Sequence,
}

/// What stands on a line behind its indentation and dash.
enum Content {
    /// A key, whose colon is at this byte, and its value.
    Entry(usize),
    /// A value alone.
    Value,
}

struct Open {
    shape: Shape,
    indent: usize,
}

struct Reader<'s> {
    bytes: &'s [u8],
    builder: TreeBuilder,
    stack: Vec<Open>,
    /// A key or dash at the end of a line waits for its value below.
    pending: bool,
}

/// Reads `text` if it is plain block YAML.
pub(super) fn parse(text: &str) -> Option<Tree> {
    let bytes = text.as_bytes();
    let builder = TreeBuilder::with_capacity(bytes.len() / 8);
    let mut reader = Reader {
        bytes,
        builder,
        stack: Vec::new(),
        pending: false,
    };
    let mut at = 0;
    while at < bytes.len() {
        at = reader.line(at)?;
    }
    if reader.pending {
        reader.absent_value()?;
    }
    Some(reader.builder.finish())
}

impl Reader<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    /// Skips letters; returns where the first other byte is.
    fn letters(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let count = rest.iter().position(|byte| !LETTER[usize::from(*byte)]);
        at + count.unwrap_or(rest.len())
    }

    /// Reads the line at `start`; returns where the next one begins.
    fn line(&mut self, start: usize) -> Option<usize> {
        let mut at = start;
        while self.byte(at) == b' ' {
            at += 1;
        }
        match self.byte(at) {
            b'\n' => return Some(at + 1),
            b'#' => return self.comment(at),
            _ => {}
        }
        let indent = at - start;
        if indent == 0 && matches!(self.bytes.get(start..start + 3), Some(b"---" | b"...")) {
            return None;
        }
        let is_item = self.byte(at) == b'-' && matches!(self.byte(at + 1), b' ' | b'\n');
        self.place(indent, is_item, at)?;
        if is_item {
            self.item(at, indent)
        } else {
            self.entry(at)
        }
    }

    /// Skips a comment, whose text must be printable; returns the next line's start.
    fn comment(&self, mut at: usize) -> Option<usize> {
        while self.byte(at) != b'\n' {
            at += self.ordinary(at)?;
        }
        Some(at + 1)
    }

    /// The length of the character at `at`, if no reader treats it specially.
    fn ordinary(&self, at: usize) -> Option<usize> {
        match self.byte(at) {
            b' '..=b'~' => Some(1),
            0xC2 if self.byte(at + 1) < 0xA0 => None,
            0xC2..=0xDF => Some(2),
            0xE2 if self.byte(at + 1) == 0x80 && matches!(self.byte(at + 2), 0xA8 | 0xA9) => None,
            0xE0..=0xEE => Some(3),
            0xF0..=0xF4 => Some(4),
            _ => None,
        }
    }

    /// Opens and closes collections so that a line with this indentation fits.
    fn place(&mut self, indent: usize, is_item: bool, at: usize) -> Option<()> {
        let top = self.stack.last().map(|open| open.indent);
        if self.pending {
            let parent = self.stack.last()?;
            let nests = indent > parent.indent
                || (indent == parent.indent && is_item && parent.shape == Shape::Mapping);
            if nests {
                self.pending = false;
                return self.open(
                    if is_item {
                        Shape::Sequence
                    } else {
                        Shape::Mapping
                    },
                    indent,
                    at,
                );
            }
            self.absent_value()?;
        } else if top.is_none() {
            if !self.builder.is_empty() {
                return None;
            }
            return self.open(
                if is_item {
                    Shape::Sequence
                } else {
                    Shape::Mapping
                },
                indent,
                at,
            );
        }
        while self.stack.last().is_some_and(|open| {
            open.indent > indent
                || (open.indent == indent && open.shape == Shape::Sequence && !is_item)
        }) {
            self.close();
        }
        let open = self.stack.last()?;
        let shape = if is_item {
            Shape::Sequence
        } else {
            Shape::Mapping
        };
        (open.indent == indent && open.shape == shape).then_some(())
    }

    fn open(&mut self, shape: Shape, indent: usize, at: usize) -> Option<()> {
        match shape {
            Shape::Mapping => self.builder.open_mapping(at),
            Shape::Sequence => self.builder.open_sequence(at),
        }
        self.stack.push(Open { shape, indent });
        (self.stack.len() < MAX_DEPTH).then_some(())
    }

    fn close(&mut self) {
        self.builder.close(None);
        self.stack.pop();
    }

    /// The key before has no value. An empty list item is left to the full reader.
    fn absent_value(&mut self) -> Option<()> {
        self.pending = false;
        if self.stack.last()?.shape == Shape::Sequence {
            return None;
        }
        let end = self.builder.last_end();
        self.builder.plain(end, end);
        Some(())
    }

    fn item(&mut self, dash: usize, indent: usize) -> Option<usize> {
        let mut at = dash + 1;
        while self.byte(at) == b' ' {
            at += 1;
        }
        match self.byte(at) {
            b'\n' | b'#' => {
                self.pending = true;
                return self.comment(at);
            }
            b'-' if matches!(self.byte(at + 1), b' ' | b'\n') => return None,
            _ => {}
        }
        if matches!(self.classify(at)?, Content::Entry(_)) {
            self.open(Shape::Mapping, indent + at - dash, at)?;
            return self.entry(at);
        }
        self.value(at)
    }

    /// What the text from `at` up to the line's end is; `None` for what this reader leaves.
    fn classify(&self, at: usize) -> Option<Content> {
        let first = self.byte(at);
        if matches!(first, b'"' | b'\'') {
            let end = self.quoted_end(at)?;
            let is_key = self.byte(end) == b':' && matches!(self.byte(end + 1), b' ' | b'\n');
            return Some(if is_key {
                Content::Entry(end)
            } else {
                Content::Value
            });
        }
        if matches!(first, b'[' | b'{') {
            return Some(Content::Value);
        }
        let mut end = at;
        loop {
            end = self.letters(end);
            match self.byte(end) {
                b'\n' => return Some(Content::Value),
                b':' if matches!(self.byte(end + 1), b' ' | b'\n') => {
                    return Some(Content::Entry(end));
                }
                b'#' if end > at && self.byte(end - 1) == b' ' => return Some(Content::Value),
                _ => end += self.ordinary(end)?,
            }
        }
    }

    fn entry(&mut self, at: usize) -> Option<usize> {
        let Content::Entry(colon) = self.classify(at)? else {
            return None;
        };
        if colon - at > MAX_KEY {
            return None;
        }
        match self.byte(at) {
            b'"' | b'\'' => self.builder.quoted(at, colon),
            _ => {
                self.plain_start(at)?;
                let end = self.trimmed(at, colon);
                self.builder.plain(at, end);
            }
        }
        let mut value = colon + 1;
        while self.byte(value) == b' ' {
            value += 1;
        }
        match self.byte(value) {
            b'\n' => {
                self.pending = true;
                Some(value + 1)
            }
            b'#' => {
                self.pending = true;
                self.comment(value)
            }
            _ => self.value(value),
        }
    }

    fn trimmed(&self, start: usize, mut end: usize) -> usize {
        while end > start && self.bytes[end - 1] == b' ' {
            end -= 1;
        }
        end
    }

    /// Whether a plain scalar may start here, in the narrow sense of this reader.
    fn plain_start(&self, at: usize) -> Option<()> {
        let (first, second) = (self.byte(at), self.byte(at + 1));
        let is_syntax = match first {
            b'-' => matches!(second, b' ' | b'\n'),
            // A merge key has a meaning of its own only to later phases, but stays rare.
            b'<' => second == b'<',
            _ => false,
        };
        (START[usize::from(first)] && !is_syntax).then_some(())
    }

    /// A value that ends on its line; returns the next line's start.
    fn value(&mut self, at: usize) -> Option<usize> {
        let end = match self.byte(at) {
            b'"' | b'\'' => {
                let end = self.quoted_end(at)?;
                self.builder.quoted(at, end);
                end
            }
            b'[' | b'{' => self.flow(at, 0)?,
            _ => return self.plain_value(at),
        };
        self.line_end(end)
    }

    /// Only blanks and a comment may follow.
    fn line_end(&self, mut at: usize) -> Option<usize> {
        let end = at;
        while self.byte(at) == b' ' {
            at += 1;
        }
        match self.byte(at) {
            b'\n' => Some(at + 1),
            b'#' if at > end => self.comment(at),
            _ => None,
        }
    }

    fn plain_value(&mut self, start: usize) -> Option<usize> {
        self.plain_start(start)?;
        let mut at = start;
        loop {
            at = self.letters(at);
            match self.byte(at) {
                b'\n' => {
                    let end = self.trimmed(start, at);
                    self.builder.plain(start, end);
                    return Some(at + 1);
                }
                b':' if matches!(self.byte(at + 1), b' ' | b'\n') => return None,
                b'#' if self.byte(at - 1) == b' ' => {
                    let end = self.trimmed(start, at);
                    self.builder.plain(start, end);
                    return self.comment(at);
                }
                _ => at += self.ordinary(at)?,
            }
        }
    }

    /// One past the closing quote of a text without escapes.
    fn quoted_end(&self, start: usize) -> Option<usize> {
        let quote = self.byte(start);
        let mut at = start + 1;
        loop {
            at = self.letters(at);
            match self.byte(at) {
                byte if byte == quote => break,
                b'\\' if quote == b'"' => return None,
                b'\n' => return None,
                _ => at += self.ordinary(at)?,
            }
        }
        (self.byte(at + 1) != quote).then_some(at + 1)
    }

    /// A `[…]` or `{…}` on one line; returns one past its closing bracket.
    fn flow(&mut self, start: usize, depth: usize) -> Option<usize> {
        if depth > 8 {
            return None;
        }
        let is_mapping = self.byte(start) == b'{';
        let closer = if is_mapping { b'}' } else { b']' };
        if is_mapping {
            self.builder.open_mapping(start);
        } else {
            self.builder.open_sequence(start);
        }
        let mut at = self.blanks(start + 1);
        if self.byte(at) == closer {
            self.builder.close(Some(at + 1));
            return Some(at + 1);
        }
        loop {
            if is_mapping {
                at = self.flow_scalar(at)?;
                if self.byte(at) != b':' || self.byte(at + 1) != b' ' {
                    return None;
                }
                at = self.blanks(at + 1);
            }
            at = match self.byte(at) {
                b'[' | b'{' => self.flow(at, depth + 1)?,
                _ => self.flow_scalar(at)?,
            };
            at = self.blanks(at);
            match self.byte(at) {
                b',' if self.byte(at + 1) == b' ' => at = self.blanks(at + 1),
                byte if byte == closer => {
                    self.builder.close(Some(at + 1));
                    return Some(at + 1);
                }
                _ => return None,
            }
        }
    }

    fn blanks(&self, mut at: usize) -> usize {
        while self.byte(at) == b' ' {
            at += 1;
        }
        at
    }

    /// A scalar inside brackets; returns one past it.
    fn flow_scalar(&mut self, start: usize) -> Option<usize> {
        if matches!(self.byte(start), b'"' | b'\'') {
            let end = self.quoted_end(start)?;
            self.builder.quoted(start, end);
            return Some(end);
        }
        self.plain_start(start)?;
        if self.byte(start) == b'-'
            && matches!(self.byte(start + 1), b',' | b'[' | b']' | b'{' | b'}')
        {
            return None;
        }
        let mut at = start;
        loop {
            at = self.letters(at);
            match self.byte(at) {
                b',' | b']' | b'}' => break,
                b':' if self.byte(at + 1) == b' ' => break,
                b'[' | b'{' | b'#' | b':' | b'"' | b'\n' => return None,
                _ => at += self.ordinary(at)?,
            }
        }
        let end = self.trimmed(start, at);
        self.builder.plain(start, end);
        (end == at || self.byte(at) != b':').then_some(at)
    }
}
