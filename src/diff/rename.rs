//! Elements that go on under another id.
//!
//! In: two models. Out: [`Rename`]s. Refuses to know: what changed besides the id.

use super::change::SubjectKind;

/// An element that has another id than before.
#[derive(Clone, Debug, PartialEq)]
pub struct Rename {
    /// What it is.
    pub kind: SubjectKind,
    /// The id it had.
    pub from: String,
    /// The id it has.
    pub to: String,
    /// How sure that is.
    pub certainty: Certainty,
}

/// How sure a rename is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Certainty {
    /// The new version says so under `formerly`.
    Declared,
    /// Everything but the id is the same, and nothing else is like it.
    Structure,
    /// A guess; of 100 marks it has so many.
    Likely(u8),
}
