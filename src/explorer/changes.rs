//! What changed since the base, as the page's data.
//!
//! In: the change report, the summary and the picture made from one comparison, and the old
//! version. Out: JSON. Refuses to know: how versions are compared; the report is that of
//! `archviz diff --format json`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::diff::ModelDiff;
use crate::model::Model;
use crate::render::model_to_json;

/// The versions compared.
#[derive(Debug)]
pub struct Changes {
    /// What the user calls the old version.
    pub base: String,
    /// The change report.
    pub report: Value,
    /// The integration summary as Markdown.
    pub summary: String,
    /// Both versions in one picture, as a view of the page.
    pub view: Value,
    /// The components and topics that are gone.
    pub removed: Value,
}

/// The components and topics of the old version that the new one does not have.
pub fn removed(base: &Model<'_>, diff: &ModelDiff) -> Value {
    let components = diff.matching.components.removed();
    let components = components.map(|id| base[id].id.value).collect();
    let topics = diff.matching.topics.removed();
    let topics = topics.map(|id| base[id].id.value).collect();
    let whole = model_to_json(base);
    json!({
        "components": those(&whole["components"], &components),
        "topics": those(&whole["topics"], &topics),
    })
}

fn those(elements: &Value, ids: &BTreeSet<&str>) -> Value {
    let elements = elements.as_array().into_iter().flatten();
    let is_wanted = |element: &&Value| element["id"].as_str().is_some_and(|id| ids.contains(id));
    elements.filter(is_wanted).cloned().collect()
}

pub(super) fn to_json(changes: &Changes) -> Value {
    json!({
        "base": changes.base,
        "report": changes.report,
        "summary": changes.summary,
        "view": changes.view,
        "removed": changes.removed,
    })
}
