//! How kinds of components are drawn, by the names that templates map to their syntax.

use crate::model::Kind;

/// The outline of a kind.
pub(super) fn shape(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Broker => "queue",
        Kind::Database | Kind::Cache => "database",
        Kind::Storage => "storage",
        Kind::External => "external",
        Kind::Gateway => "gateway",
        Kind::Job | Kind::Function => "job",
        _ => "box",
    }
}
