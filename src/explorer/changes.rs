//! What changed since the base, as the page's data.
//!
//! In: a diff and the summary made from it. Out: JSON whose numbers are those of the diff.
//! Refuses to know: how versions are compared.

use serde_json::{Value, json};

use crate::diff::{Change, ModelDiff, Row, Statistics};

/// The versions compared.
#[derive(Debug)]
pub struct Changes {
    /// What the user calls the old version.
    pub base: String,
    /// What changed.
    pub diff: ModelDiff,
    /// The integration summary as Markdown.
    pub summary: String,
}

pub(super) fn to_json(changes: &Changes) -> Value {
    json!({
        "base": changes.base,
        "changes": changes.diff.changes.iter().map(change).collect::<Value>(),
        "statistics": rows(&changes.diff.statistics),
        "summary": changes.summary,
    })
}

fn change(change: &Change) -> Value {
    json!({
        "id": change.id(),
        "class": change.class.name(),
        "subject": change.subject.to_string(),
        "mark": mark(change),
        "text": change.text,
        "because": change.because,
        "affected": change.affected.iter().map(|party| party.subject.to_string()).collect::<Value>(),
    })
}

/// How the subject itself fared: a consumer that was added changes its topic.
fn mark(change: &Change) -> &'static str {
    let fate = change.id().strip_prefix(change.subject.kind.name());
    match fate {
        Some("-added") => "added",
        Some("-removed") => "removed",
        Some("-layer-changed" | "-category-changed" | "-moved") => "moved",
        _ => "changed",
    }
}

fn rows(statistics: &Statistics) -> Value {
    let single = [
        (&statistics.components, "Components"),
        (&statistics.layers, "Layers"),
        (&statistics.topics, "Topics"),
        (&statistics.flows, "Flows"),
        (&statistics.scenarios, "Scenarios"),
    ];
    let grouped = [
        (&statistics.by_category, "Category"),
        (&statistics.by_layer, "Layer"),
        (&statistics.by_kind, "Kind"),
        (&statistics.by_origin, "Flows"),
    ];
    let single = single.iter().map(|(row, name)| balance(row, name, None));
    let grouped = grouped.iter().flat_map(|(rows, group)| {
        rows.iter()
            .map(move |row| balance(row, &row.name, Some(group)))
    });
    single.chain(grouped).collect()
}

fn balance(row: &Row, name: &str, group: Option<&str>) -> Value {
    json!({
        "name": name,
        "group": group,
        "before": row.before,
        "added": row.added,
        "removed": row.removed,
        "moved_in": row.moved_in,
        "moved_out": row.moved_out,
        "after": row.after,
    })
}
