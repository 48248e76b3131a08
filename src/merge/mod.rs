//! A three-way merge of YAML by elements: comments, order and formatting survive.
//!
//! In: the texts of a common base and of two versions made from it. Out: one text, and the
//! places where both changed the same thing, with conflict markers there and nowhere else.
//! Refuses to know: what the elements mean, and how git calls it.
//!
//! Entries of mappings are matched by key, items of lists by what they are about. What one
//! side changed is taken; what both changed is merged inside, down to scalars. The result is
//! read back and compared with a merge of the values alone, made by other code; if they
//! differ, there is no result, and the caller merges lines instead.

mod block;
mod entry;
mod flow;
mod identity;
mod order;
mod segment;
mod value;

use crate::source::{SourceId, Sources};
use block::Merger;
use entry::Entry;
use segment::{Segment, Side, rendered};
use value::{Data, expected};

pub use segment::Marks;

/// What a merge gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The text, with conflict markers where `conflicts` has places.
    pub text: String,
    /// Keys from the root to each place that both changed differently.
    pub conflicts: Vec<String>,
}

/// Merges by elements; `None` if a text is no block mapping, or the result is not what the
/// values alone give.
pub fn merge(base: &str, ours: &str, theirs: &str, marks: &Marks) -> Option<Merged> {
    let breaks = Breaks::of(ours);
    let mut sources = Sources::default();
    let mut add = |text: &str| sources.add("merge.yaml", Breaks::plain(text));
    let ids = (add(base), add(ours), add(theirs));
    let mut merger = Merger::default();
    let segments = whole(&sources, ids, &mut merger)?;
    for side in [Side::Ours, Side::Theirs] {
        let found = data_of(&rendered(&segments, side))?;
        let wanted = expected(&sources, ids, &merger.conflicts, side)?;
        if found != wanted {
            return None;
        }
    }
    Some(Merged {
        text: breaks.back(&segment::with_marks(&segments, marks)),
        conflicts: merger.places(),
    })
}

/// The merge of whole files: entries of the root, then what follows the last one.
fn whole(
    sources: &Sources,
    (base, ours, theirs): (SourceId, SourceId, SourceId),
    merger: &mut Merger,
) -> Option<Vec<Segment>> {
    let file = |id: SourceId| -> Option<(Vec<Entry<'_>>, &str)> {
        let text = sources.file(id).text.as_str();
        if !sources.file(id).syntax_errors.is_empty() {
            return None;
        }
        let Some(root) = sources.root(id) else {
            return Some((Vec::new(), text));
        };
        let entries = entry::of_mapping(text, root, 0)?;
        let end = entries.last().map_or(0, |entry| entry.end);
        Some((entries, &text[end..]))
    };
    let (base, ours, theirs) = (file(base)?, file(ours)?, file(theirs)?);
    let indent = ours.0.first().map_or(0, |entry| entry.indent);
    let mut segments = merger.entries((&base.0, &ours.0, &theirs.0), indent)?;
    let tail = segment::three_leads(base.1, ours.1, theirs.1)?;
    segments.push(Segment::Same(tail));
    Some(segments)
}

fn data_of(text: &str) -> Option<Data> {
    let mut sources = Sources::default();
    let id = sources.add("merged.yaml", text);
    Data::of_file(&sources, id)
}

/// The line breaks of a file; texts are merged with plain ones.
enum Breaks {
    Plain,
    Returns,
}

impl Breaks {
    fn of(text: &str) -> Self {
        if text.contains("\r\n") {
            Self::Returns
        } else {
            Self::Plain
        }
    }

    fn plain(text: &str) -> String {
        let mut text = text.replace("\r\n", "\n");
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }

    fn back(&self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Returns => text.replace('\n', "\r\n"),
        }
    }
}
