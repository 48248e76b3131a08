//! Blocks: the pieces of a model that other documents quote.
//!
//! In: a model and which piece. Out: its text in Markdown or `AsciiDoc`, by template. Refuses to
//! know: markers, documents and files.

use anyhow::{Result, anyhow};
use minijinja::{Value, context};

use super::catalog;
use super::document::text;
use super::format::find_format;
use super::row::{list, syntax};
use super::template::Templates;
use super::{catalog::details, render_picture};
use crate::model::{Component, ComponentId, Count, Model, Statistics};
use crate::view::{SequenceView, View};

/// The stems of the templates; each has one file for every [`Language`].
pub static BLOCK_TEMPLATES: &[&str] = &[
    "card",
    "components",
    "flows",
    "image",
    "layers",
    "parties",
    "picture",
    "statistics",
    "steps",
    "topics",
];

/// A language that blocks are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// GitHub-flavored Markdown.
    Markdown,
    /// `AsciiDoc` as Asciidoctor reads it.
    AsciiDoc,
}

impl Language {
    /// Every language.
    pub const ALL: &'static [Self] = &[Self::Markdown, Self::AsciiDoc];

    /// The extension of its templates.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::AsciiDoc => "adoc",
        }
    }
}

/// A piece of a model.
#[derive(Debug)]
pub(crate) enum Block<'b, 'm> {
    /// A picture, drawn by whoever shows the document.
    Picture(&'b View<'m>),
    /// A link to a picture.
    Image(&'b View<'m>, &'b str),
    /// The flagged components.
    Components(&'b [bool]),
    /// The flagged topics.
    Topics(&'b [bool]),
    /// The flagged flows.
    Flows(&'b [bool]),
    /// Components counted: the heading, and the rows.
    Statistics(&'static str, fn(Statistics) -> Vec<Count>),
    /// All layers.
    Layers,
    /// Who publishes what.
    Producers,
    /// Who consumes what.
    Consumers,
    /// One component.
    Card(ComponentId),
    /// A scenario as text.
    Steps(&'b SequenceView<'m>),
}

/// The text of a block.
pub(crate) fn render_block(
    templates: &Templates,
    language: Language,
    model: &Model<'_>,
    block: &Block<'_, '_>,
) -> Result<String> {
    let (stem, context) = parts(templates, model, block)?;
    let name = format!("block.{stem}.{}.j2", language.extension());
    templates.render(&name, context)
}

fn parts(
    templates: &Templates,
    model: &Model<'_>,
    block: &Block<'_, '_>,
) -> Result<(&'static str, Value)> {
    Ok(match block {
        Block::Picture(view) => {
            let source = mermaid(templates, model, view)?;
            ("picture", context! { mermaid => syntax(source) })
        }
        Block::Image(view, src) => ("image", image(view, src)),
        Block::Components(flags) => {
            let components = model.components.iter().zip(*flags);
            let rows = components.filter(|(_, flag)| **flag);
            let rows = rows.map(|(component, _)| component_row(model, component));
            ("components", context! { components => list(rows) })
        }
        Block::Topics(flags) => {
            let topics = model.topics.iter().zip(*flags).filter(|(_, flag)| **flag);
            let rows = topics.map(|(topic, _)| catalog::topic_row(model, topic));
            ("topics", context! { topics => list(rows) })
        }
        Block::Flows(flags) => {
            let flows = model.flows.iter().zip(*flags).filter(|(_, flag)| **flag);
            let rows = (1..).zip(flows);
            let rows = rows.map(|(number, (flow, _))| catalog::flow_row(model, flow, number));
            ("flows", context! { flows => list(rows) })
        }
        Block::Statistics(title, rows) => ("statistics", statistics(model, title, *rows)),
        Block::Layers => ("layers", context! { layers => list(layers(model)) }),
        Block::Producers => {
            let rows = catalog::parties(model, |topic| &topic.producers);
            let (title, question) = ("Producer", "When");
            ("parties", context! { title, question, rows })
        }
        Block::Consumers => {
            let rows = catalog::parties(model, |topic| &topic.consumers);
            let (title, question) = ("Consumer", "Why");
            ("parties", context! { title, question, rows })
        }
        Block::Card(id) => ("card", card(model, *id)),
        Block::Steps(view) => {
            let scenario = catalog::scenario(model, view, String::new());
            ("steps", context! { scenario => scenario })
        }
    })
}

fn mermaid(templates: &Templates, model: &Model<'_>, view: &View<'_>) -> Result<String> {
    let format = find_format("mermaid").ok_or_else(|| anyhow!("there is no Mermaid format"))?;
    let text = render_picture(templates, format, model, view)?;
    Ok(text.unwrap_or_default().trim_end().to_owned())
}

fn image(view: &View<'_>, src: &str) -> Value {
    let description = match view {
        View::Graph(view) => view.description.as_deref(),
        View::Sequence(view) => view.description.as_deref(),
    };
    context! { title => view.title(), description => description.unwrap_or(""), src => src }
}

fn component_row(model: &Model<'_>, component: &Component<'_>) -> Value {
    let layer = component.layer.map_or("", |layer| &*model[layer].name);
    context! { layer => layer, ..catalog::summary_row(model, component) }
}

fn statistics(model: &Model<'_>, title: &str, rows: fn(Statistics) -> Vec<Count>) -> Value {
    let statistics = Statistics::of(model);
    let total = statistics.components;
    let row = |count: Count| context! { name => count.name, count => count.count };
    context! { title => title, total => total, rows => list(rows(statistics).into_iter().map(row)) }
}

fn layers(model: &Model<'_>) -> Vec<Value> {
    let row = |layer: &crate::model::Layer<'_>| {
        context! {
            order => layer.order,
            name => &*layer.name,
            icon => catalog::icon(layer.written.icon),
            count => layer.components.len(),
            description => text(layer.written.description),
        }
    };
    model.layers.iter().map(row).collect()
}

/// What a component states, under the names that readers know.
fn card(model: &Model<'_>, id: ComponentId) -> Value {
    let component = &model[id];
    let written = &component.written;
    let full = details(model, std::iter::once(component));
    let full = full.get_item_by_index(0).unwrap_or_default();
    let row = component_row(model, component);
    let field = |value: &Value, key: &str| value.get_attr(key).unwrap_or_default();
    let one = |name: &str, value: Value| (name.to_owned(), vec![value]);
    let many = |name: &str, value: &Value| {
        let items: Vec<Value> = value.try_iter().into_iter().flatten().collect();
        (name.to_owned(), items)
    };
    let mut entries = vec![
        one("Purpose", text(written.purpose)),
        one("Layer", field(&row, "layer")),
        one("Category", field(&row, "category")),
        one("Technology", field(&full, "technology")),
        one("Deployment", field(&full, "deployment")),
        many("Ports", &field(&row, "ports")),
        many("Inbound", &field(&full, "inbound")),
        many("Outbound", &field(&full, "outbound")),
    ];
    for (title, key) in [("Operations", "operations"), ("API calls", "api_calls")] {
        for group in field(&full, key).try_iter().into_iter().flatten() {
            let name = format!("{title}: {}", field(&group, "name"));
            entries.push(many(&name, &field(&group, "items")));
        }
    }
    entries.push(many("Functions", &field(&full, "functions")));
    entries.push(one("Owner", field(&full, "owner")));
    entries.push(one("Deprecated", field(&full, "deprecated")));
    let is_said = |(_, items): &(String, Vec<Value>)| items.iter().any(Value::is_true);
    let entry =
        |(name, items): (String, Vec<Value>)| context! { name => name, items => list(items) };
    context! { row => row, entries => list(entries.into_iter().filter(is_said).map(entry)) }
}
