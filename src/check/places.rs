//! Related places of a finding.
//!
//! In: a finding and many places. Out: the finding with the first few of them, and a
//! count of the rest. Refuses to know: what the places show.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// More places than this are counted, not shown.
const MAX_SHOWN: usize = 5;

/// Adds related places, each with the same text.
pub(crate) fn also_at(diagnostic: Diagnostic, places: &[Span], text: &str) -> Diagnostic {
    let shown = places
        .iter()
        .take(MAX_SHOWN)
        .fold(diagnostic, |diagnostic, place| {
            diagnostic.also(*place, text)
        });
    match places.get(MAX_SHOWN) {
        Some(place) => {
            let more = places.len() - MAX_SHOWN;
            shown.also(*place, format!("and {more} more from here on"))
        }
        None => shown,
    }
}

/// `1 flow`, `2 flows`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
