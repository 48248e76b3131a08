//! The data of the page.
//!
//! In: the model, pictures of its views, findings and changes. Out: one JSON object, whose
//! shape `explorer/src/model.ts` declares. Refuses to know: HTML.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::changes::{self, Changes};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::render::findings_to_json;
use crate::model::{Component, Model};
use crate::render::model_to_json;
use crate::source::Sources;
use crate::view::{TopicProjection, View};

/// Version of the shape.
const VERSION: u32 = 1;

/// What the page shows.
#[derive(Debug)]
pub struct Content<'c, 'm> {
    /// The model.
    pub model: &'c Model<'m>,
    /// The pictures of its views.
    pub pictures: &'c [Pictures<'m>],
    /// What `check` says.
    pub findings: &'c [Diagnostic],
    /// The files that findings are in.
    pub sources: &'c Sources,
    /// The change report against the base, if there is one.
    pub changes: Option<&'c Changes>,
}

/// One view with its pictures.
#[derive(Debug)]
pub struct Pictures<'m> {
    /// The view as the specification states it.
    pub view: View<'m>,
    /// How it draws topics, if it has components.
    pub projection: Option<TopicProjection>,
    /// SVG by projection; a scenario's stands under `sequence`.
    pub drawn: BTreeMap<&'static str, String>,
    /// Mermaid texts, under the same names.
    pub mermaid: BTreeMap<&'static str, String>,
}

/// The data of the page.
pub fn payload(content: &Content<'_, '_>) -> Value {
    json!({
        "version": VERSION,
        "archviz": env!("CARGO_PKG_VERSION"),
        "model": model_to_json(content.model),
        "deployments": deployments(content.model),
        "views": content.pictures.iter().map(|one| view(content.model, one)).collect::<Value>(),
        "findings": findings_to_json(content.findings, content.sources),
        "changes": content.changes.map(changes::to_json),
    })
}

/// What the words for `deployment` mean to people, for those in use.
fn deployments(model: &Model<'_>) -> BTreeMap<String, String> {
    let said = |component: &Component<'_>| {
        let word = component.written.deployment?.value.to_owned();
        Some((word, component.deployment.as_deref()?.to_owned()))
    };
    model.components.iter().filter_map(said).collect()
}

/// One view of the page.
pub fn view(model: &Model<'_>, pictures: &Pictures<'_>) -> Value {
    let (description, scenario) = match &pictures.view {
        View::Graph(view) => (&view.description, None),
        View::Sequence(view) => (&view.description, Some(model[view.scenario].id.value)),
    };
    json!({
        "id": pictures.view.id(),
        "title": pictures.view.title(),
        "description": description,
        "scenario": scenario,
        "projection": pictures.projection.map(TopicProjection::name),
        "pictures": pictures.drawn,
        "mermaid": pictures.mermaid,
    })
}
