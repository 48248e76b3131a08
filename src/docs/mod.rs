//! Documents that quote the model: marked blocks, and numbers in prose.
//!
//! In: the text of a document and a model. Out: the text as it should be, and findings.
//! Refuses to know: files and arguments.

mod claim;
mod content;
mod files;
mod fill;
mod marker;
mod outline;
mod prose;
mod request;
#[cfg(test)]
mod tests;
mod value;

pub use files::files;
pub use fill::{Edited, Filled, Wrong};
pub use outline::Dialect;
pub use request::{KINDS, Kind};
pub use value::{CHANGES, FIELDS, NAMES};

use crate::diagnostic::{Diagnostic, Diagnostics, PICTURE_MISSING};
use crate::diff::ModelDiff;
use crate::graph::ArchGraph;
use crate::model::Model;
use crate::render::Templates;
use crate::source::{SourceId, Span};
use crate::view::View;
use content::Material;
use value::Numbers;

/// What documents are filled from.
#[derive(Clone, Copy)]
pub struct Subject<'s> {
    /// The model.
    pub model: &'s Model<'s>,
    /// Its graph.
    pub graph: &'s ArchGraph,
    /// Its views and scenarios.
    pub views: &'s [View<'s>],
    /// What changed since another version, if one is named.
    pub diff: Option<&'s ModelDiff>,
    /// How blocks are written.
    pub templates: &'s Templates,
    /// What to do with blocks that somebody edited.
    pub edited: Edited,
    /// What to do with claims that are wrong.
    pub wrong: Wrong,
}

/// A document.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// Where its text is kept.
    pub file: SourceId,
    /// Its path.
    pub name: &'t str,
    /// Its text, without a byte order mark.
    pub text: &'t str,
    /// What it is written in.
    pub dialect: Dialect,
    /// Where pictures are, as seen from it; ends with a slash, or is empty.
    pub pictures: &'t str,
}

/// Fills a document.
pub fn fill(document: Text<'_>, subject: &Subject<'_>, out: &mut Diagnostics) -> Filled {
    let material = Material {
        numbers: numbers(subject),
        views: subject.views,
        templates: subject.templates,
        pictures: document.pictures,
    };
    let place = (document.file, document.name, document.text);
    let modes = (subject.edited, subject.wrong);
    fill::fill(place, document.dialect, &material, modes, out)
}

/// Reports what is wrong with the phrases that a specification registers.
pub fn check_phrases(subject: &Subject<'_>, out: &mut Diagnostics) {
    claim::check_phrases(subject.model, numbers(subject), out);
}

/// A finding that a picture which a document links to is not there.
pub fn picture_missing(address: &str, marker: Span) -> Diagnostic {
    let message = format!("the picture `{address}` is not there");
    Diagnostic::new(PICTURE_MISSING, message, marker, "links to it")
        .help("write it with `archviz render`, or state its place with `src=`")
}

fn numbers<'s>(subject: &Subject<'s>) -> Numbers<'s> {
    Numbers {
        model: subject.model,
        graph: subject.graph,
        diff: subject.diff,
    }
}
