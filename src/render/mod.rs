//! The back end: views and models go in, the texts of output formats come out.
//!
//! In: a [`View`] or a model, and a format. Out: texts.
//! Refuses to know: YAML, the rules, and the file system.

mod base64;
mod block;
mod catalog;
mod changes;
mod color;
mod diagram;
mod document;
mod drawio;
pub(crate) mod escape;
mod field;
mod format;
mod json;
mod limits;
mod native;
mod outputs;
mod packed;
mod pattern;
mod png;
mod pool;
mod remarks;
mod row;
mod sequence;
mod shape;
mod summary;
mod svg;
mod table;
mod template;
mod theme;
mod xml;

pub use block::{BLOCK_TEMPLATES, Language};
pub(crate) use block::{Block, render_block};
pub use changes::{
    CHANGE_FORMATS, ChangeFormat, ChangeReport, change_schema, changes_to_json, find_change_format,
    render_changes,
};
pub use format::{FORMATS, Format, Subject, find_format};
pub use json::model_to_json;
pub(crate) use limits::report_limits;
pub(crate) use native::write as write_native;
pub use native::{Artifact, Native, NativeOptions};
pub(crate) use outputs::check_outputs;
pub(crate) use remarks::{missing_glyphs, moved, reduced, simplified};
pub use summary::{
    FindingCounts, PARTS, Summary, SummaryForm, SummaryRequest, document_body, render_summary,
};
pub use svg::{FontSource, Ground};
pub use template::{Templates, own_template_format};

use anyhow::Result;

use crate::excerpt::Excerpt;
use crate::model::Model;
use crate::view::View;

/// What a document is made of, besides the model.
#[derive(Clone, Copy, Debug)]
pub struct Document<'d, 'm> {
    /// The pictures in it.
    pub views: &'d [View<'m>],
    /// What it quotes from configuration files.
    pub excerpts: &'d [Excerpt],
}

/// Renders a picture in a format; `None` if the format has no such pictures.
pub fn render_picture(
    templates: &Templates,
    format: &Format,
    model: &Model<'_>,
    view: &View<'_>,
) -> Result<Option<String>> {
    let name = format.template_of(view);
    name.map(|name| templates.render_large(name, context(model, view), room(view)))
        .transpose()
}

/// Renders the whole model as one document; `None` if the format has no documents.
pub fn render_document(
    templates: &Templates,
    format: &Format,
    model: &Model<'_>,
    document: &Document<'_, '_>,
) -> Result<Option<String>> {
    match format.name {
        "json" => return Ok(Some(json::to_text(model))),
        // The page shows findings and changes too, which this phase does not have.
        "html" => return Ok(None),
        _ => {}
    }
    let Some(name) = format.document else {
        return Ok(None);
    };
    document::render(templates, name, model, document).map(Some)
}

/// Runs a project's own template on a picture.
pub(crate) fn render_own_picture(
    templates: &Templates,
    name: &str,
    model: &Model<'_>,
    view: &View<'_>,
) -> Result<String> {
    templates.render(name, context(model, view))
}

/// Runs a project's own template on the whole model.
pub(crate) fn render_own_document(
    templates: &Templates,
    name: &str,
    model: &Model<'_>,
    document: &Document<'_, '_>,
) -> Result<String> {
    document::render(templates, name, model, document)
}

/// The texts that a picture shows, for tests that read pictures back.
pub fn picture_context(model: &Model<'_>, view: &View<'_>) -> serde_json::Value {
    serde_json::to_value(context(model, view)).unwrap_or_default()
}

/// About how many bytes the text of a picture has.
fn room(view: &View<'_>) -> usize {
    match view {
        View::Graph(view) => (view.nodes.len() + view.groups.len()) * 320 + view.edges.len() * 160,
        View::Sequence(view) => view.messages.len() * 160,
    }
}

fn context(model: &Model<'_>, view: &View<'_>) -> minijinja::Value {
    match view {
        View::Graph(view) => diagram::context(model, view),
        View::Sequence(view) => sequence::context(model, view),
    }
}
