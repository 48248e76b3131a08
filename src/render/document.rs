//! The reference document: the whole model as one text, pictures included.
//!
//! In: a model and its pictures. Out: the text of a document template.
//! Refuses to know: which pictures there are, and how they are drawn.

use anyhow::Result;
use minijinja::{Value, context};

use super::format::find_format;
use super::limits::is_large;
use super::row::{list, syntax};
use super::template::Templates;
use super::{Document, catalog, render_picture};
use crate::model::Model;
use crate::text::clean::clean;
use crate::view::View;

/// Runs a document template on the catalog of a model.
pub(super) fn render(
    templates: &Templates,
    name: &str,
    model: &Model<'_>,
    document: &Document<'_, '_>,
) -> Result<String> {
    let mut diagrams = Vec::new();
    let mut scenarios = Vec::new();
    for view in document.views {
        let source = picture(templates, model, view)?;
        match view {
            View::Graph(view) => diagrams.push(context! {
                title => &*view.title,
                description => view.description.as_deref().unwrap_or(""),
                mermaid => syntax(source),
                edges => view.edges.len(),
            }),
            View::Sequence(view) => scenarios.push(catalog::scenario(model, view, source)),
        }
    }
    let catalog = catalog::context(model, list(diagrams), list(scenarios), document.excerpts);
    templates.render_large(name, catalog, room(model))
}

/// About how many bytes the text of a document has, without its pictures.
fn room(model: &Model<'_>) -> usize {
    model.components.len() * 400 + model.flows.len() * 160 + model.topics.len() * 400
}

/// The Mermaid picture of a view; nothing where platforms would refuse to show it.
fn picture(templates: &Templates, model: &Model<'_>, view: &View<'_>) -> Result<String> {
    // Too many edges are known before anything is drawn.
    if is_large(view, 0) {
        return Ok(String::new());
    }
    let text = mermaid(templates, model, view)?;
    let is_shown = !is_large(view, text.len());
    Ok(if is_shown { text } else { String::new() })
}

pub(super) fn mermaid(templates: &Templates, model: &Model<'_>, view: &View<'_>) -> Result<String> {
    let Some(format) = find_format("mermaid") else {
        return Ok(String::new());
    };
    let text = render_picture(templates, format, model, view)?;
    Ok(text.unwrap_or_default().trim_end().to_owned())
}

/// A text value; an empty one if nothing is stated or nothing of it would be drawn.
pub(super) fn text(stated: Option<crate::spec::Text<'_>>) -> Value {
    Value::from(drawn(stated.map_or("", |text| text.value)))
}

/// The text, if something of it would be drawn.
pub(super) fn drawn(text: &str) -> &str {
    // Most texts begin with something to be seen.
    let is_visible = text
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_graphic());
    if !is_visible && clean(text).trim().is_empty() {
        ""
    } else {
        text
    }
}
