//! The JSON Schema of the report.
//!
//! In: the tables of kinds and verdicts. Out: the schema. Refuses to know: any fact.

use serde_json::{Value, json};

use super::{Kind, Verdict};

/// The schema of what `drift --format json` writes.
pub fn json_schema() -> Value {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let verdicts: Vec<&str> = Verdict::ALL.iter().map(|verdict| verdict.name()).collect();
    let text = || json!({ "type": ["string", "null"] });
    let mut counts = serde_json::Map::new();
    for name in verdicts.iter().chain(&["accepted"]) {
        counts.insert(
            (*name).to_owned(),
            json!({ "type": "integer", "minimum": 0 }),
        );
    }
    let required: Vec<&String> = counts.keys().collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "archviz drift, version 1",
        "type": "object",
        "required": ["version", "environment", "facts", "statistics"],
        "additionalProperties": false,
        "properties": {
            "version": { "const": 1 },
            "environment": text(),
            "facts": { "type": "array", "items": { "$ref": "#/$defs/fact" } },
            "statistics": {
                "type": "object",
                "required": required,
                "additionalProperties": false,
                "properties": counts,
            },
        },
        "$defs": {
            "fact": {
                "type": "object",
                "required": [
                    "kind", "subject", "verdict", "model", "reality",
                    "specification", "evidence", "why", "accepted"
                ],
                "additionalProperties": false,
                "properties": {
                    "kind": { "enum": kinds },
                    "subject": { "type": "string" },
                    "verdict": { "enum": verdicts },
                    "model": text(),
                    "reality": text(),
                    "specification": { "oneOf": [{ "type": "null" }, place(&[])] },
                    "evidence": { "oneOf": [{ "type": "null" }, place(&["pointer", "confidence"])] },
                    "why": text(),
                    "accepted": text(),
                },
            },
        },
    })
}

/// A place in a file, with further texts.
fn place(further: &[&str]) -> Value {
    let number = || json!({ "type": "integer", "minimum": 1 });
    let mut properties = serde_json::Map::new();
    properties.insert("file".to_owned(), json!({ "type": "string" }));
    properties.insert("line".to_owned(), number());
    properties.insert("column".to_owned(), number());
    for name in further {
        properties.insert((*name).to_owned(), json!({ "type": "string" }));
    }
    let required: Vec<&String> = properties.keys().collect();
    json!({
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": properties,
    })
}
