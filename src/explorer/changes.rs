//! What changed since the base, as the page's data.
//!
//! In: the change report, the summary and the picture made from one comparison, and the old
//! version. Out: JSON. Refuses to know: how versions are compared; the report is that of
//! `archviz diff --format json`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::diff::ModelDiff;
use crate::model::{ComponentId, FlowId, Model, ScenarioId, TopicId};
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
    /// The same as the inside of an HTML page.
    pub document: String,
    /// Both versions in one picture, as a view of the page.
    pub view: Value,
    /// What is gone, as the old version states it.
    pub removed: Value,
    /// The scenarios that are gone, as views of the page.
    pub scenes: Vec<Value>,
}

/// What the old version has and the new one does not: components, topics, scenarios and flows.
/// Who goes on under another id stands under the new one.
pub fn removed(base: &Model<'_>, head: &Model<'_>, diff: &ModelDiff) -> Value {
    let matching = &diff.matching;
    let mut whole = model_to_json(base);
    let mut take = |key: &str, indices: Vec<usize>| pick(whole[key].take(), &indices);
    let mut removed = json!({
        "components": take("components", indices(matching.components.removed(), ComponentId::index)),
        "topics": take("topics", indices(matching.topics.removed(), TopicId::index)),
        "scenarios": take("scenarios", indices(matching.scenarios.removed(), ScenarioId::index)),
        "flows": take("flows", indices(matching.flows.removed(), FlowId::index)),
    });
    let kept = matching.components.kept();
    let components = kept.map(|(old, new)| (base[old].id.value, head[new].id.value));
    let topics = matching.topics.kept();
    let topics = topics.map(|(old, new)| (base[old].id.value, head[new].id.value));
    let renamed = |(old, new): &(&str, &str)| old != new;
    restate(
        &mut removed,
        &Names {
            components: components.filter(renamed).collect(),
            topics: topics.filter(renamed).collect(),
        },
    );
    removed
}

/// The new ids of those that go on under another.
struct Names<'n> {
    components: BTreeMap<&'n str, &'n str>,
    topics: BTreeMap<&'n str, &'n str>,
}

/// Keys of flows, parties and steps whose value is a component.
const COMPONENT_KEYS: [&str; 8] = [
    "from",
    "to",
    "by",
    "on",
    "component",
    "broker",
    "parent",
    "source",
];

/// Replaces old ids wherever one element names another.
fn restate(value: &mut Value, names: &Names<'_>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| restate(item, names)),
        Value::Object(entries) => {
            for (key, value) in entries {
                let new = value.as_str().and_then(|old| match key.as_str() {
                    "topic" => names.topics.get(old),
                    key if COMPONENT_KEYS.contains(&key) => names.components.get(old),
                    _ => None,
                });
                match new {
                    Some(new) => *value = json!(new),
                    None if key != "metadata" => restate(value, names),
                    None => {}
                }
            }
        }
        _ => {}
    }
}

fn indices<I>(ids: impl Iterator<Item = I>, index: impl Fn(I) -> usize) -> Vec<usize> {
    ids.map(index).collect()
}

/// The elements at these places.
fn pick(elements: Value, places: &[usize]) -> Value {
    let Value::Array(mut elements) = elements else {
        return json!([]);
    };
    let mut taken = |at: &usize| elements.get_mut(*at).map(Value::take);
    places.iter().filter_map(&mut taken).collect()
}

pub(super) fn to_json(changes: &Changes) -> Value {
    json!({
        "base": changes.base,
        "report": changes.report,
        "summary": changes.summary,
        "document": changes.document,
        "view": changes.view,
        "removed": changes.removed,
        "scenes": changes.scenes,
    })
}
