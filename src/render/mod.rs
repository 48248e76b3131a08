//! The back end: views and models go in, the texts of output formats come out.
//!
//! In: a [`ViewGraph`], a [`SequenceView`] or a model, and a format. Out: texts.
//! Refuses to know: YAML, the rules, and the file system.

mod catalog;
mod color;
mod diagram;
mod document;
pub(crate) mod escape;
mod format;
mod json;
mod row;
mod sequence;
mod shape;
mod template;

pub use format::{FORMATS, Format, Subject, find_format};
pub use json::model_to_json;
pub use template::{Templates, own_template_format};

use anyhow::Result;

use crate::model::Model;
use crate::view::{SequenceView, ViewGraph};

/// One thing to render.
#[derive(Clone, Copy, Debug)]
pub enum Picture<'p, 'm> {
    /// A view as a diagram.
    Diagram(&'p ViewGraph<'m>),
    /// A scenario as a sequence diagram.
    Sequence(&'p SequenceView<'m>),
}

/// Renders a picture in a format; `None` if the format has no such pictures.
pub fn render_picture(
    templates: &Templates,
    format: &Format,
    model: &Model<'_>,
    picture: Picture<'_, '_>,
) -> Result<Option<String>> {
    let (name, context) = match picture {
        Picture::Diagram(view) => (format.diagram, diagram::context(model, view)),
        Picture::Sequence(view) => (format.sequence, sequence::context(model, view)),
    };
    name.map(|name| templates.render(name, context)).transpose()
}

/// Renders the whole model as one document; `None` if the format has no documents.
pub fn render_document(
    templates: &Templates,
    format: &Format,
    model: &Model<'_>,
    pictures: &[Picture<'_, '_>],
) -> Result<Option<String>> {
    if format.name == "json" {
        return Ok(Some(json::to_text(model)));
    }
    let Some(name) = format.document else { return Ok(None) };
    document::render(templates, name, model, pictures).map(Some)
}

/// The texts that a picture shows, for tests that read pictures back.
pub fn picture_context(model: &Model<'_>, picture: Picture<'_, '_>) -> serde_json::Value {
    let context = match picture {
        Picture::Diagram(view) => diagram::context(model, view),
        Picture::Sequence(view) => sequence::context(model, view),
    };
    serde_json::to_value(context).unwrap_or_default()
}
