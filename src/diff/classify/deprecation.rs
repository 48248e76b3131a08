//! Changes of deprecations, and removals without one.
//!
//! In: the differences under `deprecated`. Out: changes. Refuses to know: what is deprecated.
//! Dates and versions are compared as they are written: `YYYY-MM-DD` sorts as text, versions
//! number by number; no clock is asked.

use serde_json::Value;

use super::{About, Changes, consequence};
use crate::diff::change::{Change, Subject};
use crate::diff::kinds;
use crate::diff::walk::Difference;
use crate::diff::wording::name;
use crate::source::Span;

pub(super) fn classify(about: &About, differences: Vec<Difference>, out: &mut Changes) {
    let mut others = Vec::new();
    for difference in differences {
        let is_whole = difference.edit.path.len() == 3;
        let is_date = difference
            .edit
            .path
            .last()
            .is_some_and(|key| key == "remove_by");
        let kind = match (difference.before.is_null(), difference.after.is_null()) {
            (true, _) if is_whole => kinds::DEPRECATION_ADDED,
            (_, true) if is_whole => kinds::DEPRECATION_REMOVED,
            _ if is_date && is_sooner(&difference.before, &difference.after) => {
                kinds::SUNSET_SHORTENED
            }
            _ if is_date => kinds::SUNSET_EXTENDED,
            _ => {
                others.push(difference);
                continue;
            }
        };
        out.push(about.change(kind, vec![difference]));
    }
    if !others.is_empty() {
        out.push(about.change(kinds::DEPRECATION_CHANGED, others));
    }
}

/// Whether something goes away earlier than before; without a date it never went.
fn is_sooner(before: &Value, after: &Value) -> bool {
    match (before.as_str(), after.as_str()) {
        (None, Some(_)) => true,
        (Some(before), Some(after)) => order(after) < order(before),
        _ => false,
    }
}

/// The numbers of a date or version.
pub(super) fn order(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect()
}

/// Something in use is gone that was never deprecated.
pub(super) fn missing(subject: Subject, place: Option<Span>) -> Change {
    let text = format!("{} is gone without having been deprecated", name(&subject));
    Change {
        base: place,
        ..consequence(kinds::REMOVED_WITHOUT_DEPRECATION, subject, text)
    }
}
