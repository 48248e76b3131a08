//! What makes a change the same one in another run: kind, subject and values, never wording
//! or lines.
//!
//! In: changes. Out: their fingerprints, unique within the list. Refuses to know: files.

use std::collections::BTreeMap;

use super::change::Change;
use crate::diagnostic::hash_of;

pub(super) fn mark(changes: &mut [Change]) {
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    for change in changes {
        let (before, after) = (change.before.to_string(), change.after.to_string());
        let subject = change.subject.to_string();
        let own = hash_of(&[change.id(), &subject, &before, &after]);
        let ordinal = seen.entry(own).or_default();
        let unique = match *ordinal {
            0 => own,
            more => hash_of(&[&format!("{own:016x}"), &more.to_string()]),
        };
        *ordinal += 1;
        change.fingerprint = format!("{unique:016x}");
    }
}
