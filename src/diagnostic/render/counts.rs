//! How many findings of each level there are.
//!
//! In: findings. Out: numbers, and the closing line for people. Refuses to know: the rest.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};

/// Findings by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Notes.
    pub note: usize,
}

impl Counts {
    /// Counts a list.
    pub fn of(list: &[Diagnostic]) -> Self {
        let mut counts = Self::default();
        for finding in list {
            match finding.severity {
                Severity::Error => counts.error += 1,
                Severity::Warning => counts.warning += 1,
                Severity::Note => counts.note += 1,
            }
        }
        counts
    }

    /// "2 errors, 1 warning": the levels that occur, worst first.
    pub fn in_words(self) -> String {
        let parts = [
            (self.error, "error"),
            (self.warning, "warning"),
            (self.note, "note"),
        ];
        let words: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
        words.join(", ")
    }
}

/// "1 file", "2 files".
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
