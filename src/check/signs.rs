//! Which kinds of signs a text holds: one look that spares most rules theirs.
//!
//! In: a text. Out: [`Signs`]. Refuses to know: what the rules look for.

/// Kinds of signs, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signs(u8);

impl Signs {
    /// Anything that is not ASCII.
    pub(crate) const FOREIGN: Self = Self(1);
    /// ASCII that can be seen.
    pub(crate) const VISIBLE: Self = Self(1 << 1);
    /// ASCII blanks and controls.
    pub(crate) const BLANK: Self = Self(1 << 2);
    /// `@`
    pub(crate) const AT: Self = Self(1 << 3);
    /// `=`
    pub(crate) const EQUALS: Self = Self(1 << 4);
    /// `-`
    pub(crate) const DASH: Self = Self(1 << 5);
    /// `[`
    pub(crate) const BRACKET: Self = Self(1 << 6);
    /// `:`, `(`, and the letter that Latin filler texts start with.
    pub(crate) const MARK: Self = Self(1 << 7);

    /// The kinds that a text holds.
    pub(crate) fn of(text: &str) -> Self {
        let add = |signs: u8, byte: &u8| signs | KINDS[usize::from(*byte)];
        Self(text.as_bytes().iter().fold(0, add))
    }

    /// Whether there is a sign of this kind.
    pub(crate) fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }
}

static KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [Signs::FOREIGN.0; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        let kind = match byte {
            b'@' => Signs::AT,
            b'=' => Signs::EQUALS,
            b'-' => Signs::DASH,
            b'[' => Signs::BRACKET,
            b':' | b'(' | b'L' => Signs::MARK,
            _ => Signs(0),
        };
        let class = if byte > b' ' && byte < 0x7F {
            Signs::VISIBLE
        } else {
            Signs::BLANK
        };
        kinds[byte as usize] = kind.0 | class.0;
        byte += 1;
    }
    kinds
}
