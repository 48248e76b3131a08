//! Related places of a finding.
//!
//! In: a finding and many places, or many findings of one habit. Out: a finding with the
//! first few of them, and a count of the rest. Refuses to know: what the places show.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;

/// More places than this are counted, not shown.
const MAX_SHOWN: usize = 5;
/// More findings than this come from one habit, and are one finding.
const MAX_APART: usize = 10;

/// Makes findings of what was found if that is little. Of much it makes one finding, like that
/// of the first, with a message for all and the places of the others.
pub(crate) fn push_few_or_one<T: Copy>(
    found: &[T],
    finding: impl Fn(T) -> Diagnostic,
    place: impl Fn(T) -> Span,
    message: impl FnOnce(usize) -> String,
    out: &mut Diagnostics,
) {
    if found.len() <= MAX_APART {
        for item in found {
            out.push(finding(*item));
        }
        return;
    }
    let Some((first, rest)) = found.split_first() else {
        return;
    };
    let one = Diagnostic {
        message: message(found.len()),
        subjects: Vec::new(),
        ..finding(*first)
    };
    let rest: Vec<Span> = rest.iter().map(|item| place(*item)).collect();
    out.push(also_at(one, &rest, "and this"));
}

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
