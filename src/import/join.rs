//! Several sources become one model: the same service seen twice is one component.
//!
//! In: what each importer found. Out: one [`Imported`] whose ends are components where
//! they could be found. Refuses to know: file formats.

use super::model::Imported;
use crate::diagnostic::Diagnostics;

/// Joins what the importers found.
pub(super) fn join(parts: Vec<Imported>, _out: &mut Diagnostics) -> Imported {
    let mut joined = Imported::default();
    for part in parts {
        joined.name = joined.name.or(part.name);
        joined.components.extend(part.components);
        joined.flows.extend(part.flows);
        joined.topics.extend(part.topics);
        joined.unknowns.extend(part.unknowns);
    }
    joined
}
