//! One text for many: what rows say stands in one string, and rows know where.
//!
//! In: texts. Out: a [`Piece`] for each, a third of the size of a string and without an
//! allocation of its own. Refuses to know: what the texts are.

/// A part of a [`Pool`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Piece {
    start: u32,
    end: u32,
}

/// The texts of many rows.
#[derive(Debug, Default)]
pub(super) struct Pool {
    text: String,
}

impl Pool {
    /// Makes room for texts of so many bytes.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes);
    }

    /// Keeps a text.
    pub(super) fn add(&mut self, text: &str) -> Piece {
        let start = self.end();
        self.text.push_str(text);
        Piece {
            start,
            end: self.end(),
        }
    }

    /// Keeps the texts that are not empty, with a separator between them.
    pub(super) fn join(&mut self, separator: &str, first: Piece, second: Piece) -> Piece {
        if first.is_empty() {
            return second;
        }
        if second.is_empty() {
            return first;
        }
        let start = self.end();
        self.text.extend_from_within(first.range());
        self.text.push_str(separator);
        self.text.extend_from_within(second.range());
        Piece {
            start,
            end: self.end(),
        }
    }

    /// The text of a piece.
    pub(super) fn get(&self, piece: Piece) -> &str {
        self.text.get(piece.range()).unwrap_or("")
    }

    fn end(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

impl Piece {
    pub(super) fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// This piece, or another one if it is empty.
    pub(super) fn or(self, other: Self) -> Self {
        if self.is_empty() { other } else { self }
    }

    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}
