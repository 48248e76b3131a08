//! The report for other programs, version 1, and its JSON Schema.
//!
//! In: a report. Out: one document. Lines are 1-based. Refuses to know: wording rules; texts
//! may change between versions, ids and fingerprints do not.

use anyhow::Result;
use serde::Serialize;
use serde_json::{Value, json};

use super::ChangeReport;
use crate::diff::{Affected, Audience, CHANGE_KINDS, Certainty, Change, Class, LayerFate, Row};
use crate::source::{Sources, Span};

/// The version of this form.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'d> {
    version: u32,
    changes: Vec<ChangeRow<'d>>,
    counts: Counts,
    statistics: Value,
    layers: Vec<Value>,
    renames: Vec<Value>,
}

#[derive(Serialize)]
struct Counts {
    breaking: usize,
    risky: usize,
    safe: usize,
    docs: usize,
}

#[derive(Serialize)]
struct ChangeRow<'d> {
    id: &'static str,
    class: &'static str,
    audience: Vec<&'static str>,
    subject: String,
    before: &'d Value,
    after: &'d Value,
    text: &'d str,
    because: Option<&'d str>,
    affected: Vec<Party<'d>>,
    affected_more: usize,
    base: Option<Place<'d>>,
    head: Option<Place<'d>>,
    fingerprint: &'d str,
}

#[derive(Serialize)]
struct Party<'d> {
    subject: String,
    name: &'d str,
    owner: Option<&'d str>,
    how: &'d str,
}

#[derive(Serialize)]
struct Place<'d> {
    file: &'d str,
    line: usize,
}

/// The report as indented JSON with a line break at the end.
pub(super) fn text(report: &ChangeReport<'_>) -> Result<String> {
    let mut text = serde_json::to_string_pretty(&document(report))?;
    text.push('\n');
    Ok(text)
}

/// The report as a JSON value, for documents that hold more than the report.
pub fn changes_to_json(report: &ChangeReport<'_>) -> Value {
    // Texts and numbers always serialize.
    serde_json::to_value(document(report)).unwrap_or_default()
}

fn document<'d>(report: &ChangeReport<'d>) -> Document<'d> {
    let diff = report.diff;
    let count = |class: Class| {
        diff.changes
            .iter()
            .filter(|change| change.class == class)
            .count()
    };
    Document {
        version: VERSION,
        changes: diff
            .changes
            .iter()
            .map(|change| row(report, change))
            .collect(),
        counts: Counts {
            breaking: count(Class::Breaking),
            risky: count(Class::Risky),
            safe: count(Class::Safe),
            docs: count(Class::Docs),
        },
        statistics: statistics(report),
        layers: layers(report),
        renames: renames(report),
    }
}

fn row<'d>(report: &ChangeReport<'d>, change: &'d Change) -> ChangeRow<'d> {
    ChangeRow {
        id: change.id(),
        class: change.class.name(),
        audience: change
            .kind
            .audience
            .iter()
            .map(|audience| audience.name())
            .collect(),
        subject: change.subject.to_string(),
        before: &change.before,
        after: &change.after,
        text: &change.text,
        because: change.because.as_deref(),
        affected: change.affected.iter().map(party).collect(),
        affected_more: change.affected_more,
        base: change.base.map(|span| place(report.base_sources, span)),
        head: change.head.map(|span| place(report.head_sources, span)),
        fingerprint: &change.fingerprint,
    }
}

fn party(party: &Affected) -> Party<'_> {
    Party {
        subject: party.subject.to_string(),
        name: &party.name,
        owner: party.owner.as_deref(),
        how: &party.how,
    }
}

fn place(sources: &Sources, span: Span) -> Place<'_> {
    let name = &sources.file(span.file).name;
    Place {
        file: name.strip_prefix("./").unwrap_or(name),
        line: sources.start(span).line,
    }
}

fn statistics(report: &ChangeReport<'_>) -> Value {
    let statistics = &report.diff.statistics;
    let list = |rows: &[Row]| rows.iter().map(counted).collect::<Value>();
    json!({
        "components": counted(&statistics.components),
        "by_category": list(&statistics.by_category),
        "by_layer": list(&statistics.by_layer),
        "by_kind": list(&statistics.by_kind),
        "topics": counted(&statistics.topics),
        "flows": counted(&statistics.flows),
        "by_origin": list(&statistics.by_origin),
        "layers": counted(&statistics.layers),
        "scenarios": counted(&statistics.scenarios),
    })
}

fn counted(row: &Row) -> Value {
    json!({
        "id": row.id,
        "name": row.name,
        "before": row.before,
        "added": row.added,
        "removed": row.removed,
        "moved_in": row.moved_in,
        "moved_out": row.moved_out,
        "after": row.after,
    })
}

fn layers(report: &ChangeReport<'_>) -> Vec<Value> {
    let rows = report.diff.layers.rows.iter().map(|row| {
        let old = row.base.map(|id| report.base[id].id.value);
        let new = row.head.map(|id| report.head[id].id.value);
        json!({
            "id": new.or(old),
            "before": row.before,
            "after": row.after,
            "fate": fate(row.fate),
        })
    });
    rows.collect()
}

fn fate(fate: LayerFate) -> &'static str {
    match fate {
        LayerFate::Added => "added",
        LayerFate::Removed => "removed",
        LayerFate::Kept => "kept",
        LayerFate::Renumbered => "renumbered",
        LayerFate::Moved => "moved",
    }
}

fn renames(report: &ChangeReport<'_>) -> Vec<Value> {
    let rows = report.diff.renames.iter().map(|rename| {
        let (certainty, score) = match rename.certainty {
            Certainty::Declared => ("declared", 100),
            Certainty::Structure => ("structure", 100),
            Certainty::Likely(score) => ("likely", score),
        };
        json!({
            "kind": rename.kind.name(),
            "from": rename.from,
            "to": rename.to,
            "certainty": certainty,
            "score": score,
        })
    });
    rows.collect()
}

/// The JSON Schema of the report.
pub fn change_schema() -> Value {
    let ids: Vec<&str> = CHANGE_KINDS.iter().map(|kind| kind.id).collect();
    let classes: Vec<&str> = Class::ALL.iter().map(|class| class.name()).collect();
    let audiences = [
        Audience::Consumers,
        Audience::Producers,
        Audience::Callers,
        Audience::Operators,
        Audience::Readers,
    ];
    let audiences: Vec<&str> = audiences.iter().map(|audience| audience.name()).collect();
    let subject = json!({ "type": "string", "pattern": "^[a-z-]+:", "description": "The kind of thing, a colon, and its id." });
    let number = json!({ "type": "integer", "minimum": 0 });
    let row = strict(json!({
        "id": { "type": "string", "description": "Empty in totals, and for what has no category or layer." },
        "name": { "type": "string" },
        "before": number, "added": number, "removed": number,
        "moved_in": number, "moved_out": number, "after": number,
    }));
    let row_ref = json!({ "$ref": "#/$defs/row" });
    let rows = json!({ "type": "array", "items": row_ref });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "archviz change report",
        "description": "What `archviz diff --format json` writes. In every row, before + added + moved_in = after + removed + moved_out.",
        "$ref": "#/$defs/report",
        "$defs": {
            "report": strict(json!({
                "version": { "const": VERSION },
                "changes": { "type": "array", "items": { "$ref": "#/$defs/change" } },
                "counts": strict(json!({ "breaking": number, "risky": number, "safe": number, "docs": number })),
                "statistics": strict(json!({
                    "components": row_ref, "by_category": rows, "by_layer": rows, "by_kind": rows,
                    "topics": row_ref, "flows": row_ref, "by_origin": rows, "layers": row_ref, "scenarios": row_ref,
                })),
                "layers": { "type": "array", "items": strict(json!({
                    "id": { "type": "string" },
                    "before": { "type": ["integer", "null"] },
                    "after": { "type": ["integer", "null"] },
                    "fate": { "enum": ["added", "removed", "kept", "renumbered", "moved"] },
                })) },
                "renames": { "type": "array", "items": strict(json!({
                    "kind": { "type": "string" },
                    "from": { "type": "string" },
                    "to": { "type": "string" },
                    "certainty": { "enum": ["declared", "structure", "likely"] },
                    "score": { "type": "integer", "minimum": 0, "maximum": 100 },
                })) },
            })),
            "change": strict(json!({
                "id": { "enum": ids, "description": "`archviz explain ID` says what it means." },
                "class": { "enum": classes },
                "audience": { "type": "array", "items": { "enum": audiences } },
                "subject": subject,
                "before": { "description": "What stood there; null if nothing did." },
                "after": { "description": "What stands there; null if nothing does." },
                "text": { "type": "string" },
                "because": { "type": ["string", "null"] },
                "affected": { "type": "array", "items": { "$ref": "#/$defs/party" } },
                "affected_more": number,
                "base": { "$ref": "#/$defs/place" },
                "head": { "$ref": "#/$defs/place" },
                "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{16}$", "description": "The same for the same change, whatever the wording and the lines." },
            })),
            "party": strict(json!({
                "subject": subject,
                "name": { "type": "string" },
                "owner": { "type": ["string", "null"] },
                "how": { "type": "string" },
            })),
            "place": { "anyOf": [
                { "type": "null" },
                strict(json!({ "file": { "type": "string" }, "line": { "type": "integer", "minimum": 1 } })),
            ] },
            "row": row,
        },
    })
}

/// An object with these keys, all of them and no others.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the properties are written where they are passed"
)]
fn strict(properties: Value) -> Value {
    let required: Vec<&String> = properties
        .as_object()
        .into_iter()
        .flat_map(|keys| keys.keys())
        .collect();
    json!({
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": properties,
    })
}
