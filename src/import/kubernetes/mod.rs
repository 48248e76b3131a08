//! Kubernetes manifests: workloads, services, routes and the objects of Strimzi.
//!
//! In: manifests that belong together. Out: what they say. Refuses to know: other kinds of
//! sources.

use super::{Imported, Input, Reader};

/// Reads manifests of one cluster.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    for input in inputs {
        reader.open(input);
    }
    Imported::default()
}
