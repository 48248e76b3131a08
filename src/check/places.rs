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

/// Pushes findings that are few; many become one at the first place, with a message for all.
pub(crate) fn push_few_or_one(
    found: Vec<Diagnostic>,
    message: impl FnOnce(usize) -> String,
    out: &mut Diagnostics,
) {
    if found.len() <= MAX_APART {
        for finding in found {
            out.push(finding);
        }
        return;
    }
    let count = found.len();
    let mut places = found.iter().map(Diagnostic::primary);
    let Some(first) = places.next() else { return };
    let rest: Vec<Span> = places.collect();
    let label = found[0].labels.first().map_or("", |label| &label.text);
    let one = Diagnostic::new(found[0].code, message(count), first, label);
    out.push(also_at(
        one.maybe_help(found[0].help.clone()),
        &rest,
        "and this",
    ));
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
