//! Places in the terms of other programs: file, line and column.
//!
//! In: spans. Out: names with 1-based lines and columns in code points.
//! Refuses to know: what is at the place.

use crate::source::{Location, Sources, Span};

/// A span with its file and both ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'s> {
    pub(super) file: &'s str,
    pub(super) start: Location,
    pub(super) end: Location,
}

/// Looks a span up.
pub(super) fn place(sources: &Sources, span: Span) -> Place<'_> {
    let name = &sources.file(span.file).name;
    Place {
        file: name.strip_prefix("./").unwrap_or(name),
        start: sources.start(span),
        end: sources.end(span),
    }
}
