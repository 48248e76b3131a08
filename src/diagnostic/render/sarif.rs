//! SARIF 2.1.0, the form that code scanning services read.
//!
//! In: a report. Out: one log with one run; all rules, so that their order is stable.
//! Refuses to know: where the service shows what.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Report;
use super::json::to_text;
use super::place::place;
use crate::diagnostic::fingerprint::fingerprints;
use crate::diagnostic::registry::{all_codes, position};
use crate::diagnostic::{Code, Diagnostic, Fix, Label};
use crate::source::{Sources, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn render(report: &Report<'_>) -> String {
    let marks = fingerprints(report.diagnostics, report.sources);
    let findings = report.diagnostics.iter().zip(&marks);
    let results: Vec<Value> = findings
        .map(|(finding, mark)| result(finding, mark, report.sources))
        .collect();
    let rules: Vec<Value> = all_codes().iter().map(|code| rule(code)).collect();
    to_text(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.id,
        "shortDescription": { "text": code.summary },
        "help": { "text": code.explanation, "markdown": code.explanation },
        "defaultConfiguration": { "level": code.severity.name() },
        "properties": { "tags": [code.group.name()] },
    })
}

fn result(finding: &Diagnostic, fingerprint: &str, sources: &Sources) -> Value {
    let mut primary = physical(finding.primary(), sources);
    let elements: Vec<Value> = finding.subjects.iter().map(|one| logical(one)).collect();
    if !elements.is_empty() {
        primary["logicalLocations"] = elements.into();
    }
    let mut result = json!({
        "ruleId": finding.code.id,
        "ruleIndex": position(finding.code.id),
        "level": finding.severity.name(),
        "message": { "text": message(finding) },
        "locations": [primary],
        "partialFingerprints": { "archviz/v1": fingerprint },
    });
    let related: Vec<Value> = (1..)
        .zip(finding.labels.iter().skip(1))
        .map(|(number, label)| self::related(number, label, sources))
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([self::fix(finding, fix, sources)]);
    }
    result
}

/// Services show no help of a single result, so it goes with the message.
fn message(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    }
}

fn physical(span: Span, sources: &Sources) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(place(sources, span).file) },
        "region": region(span, sources),
    } })
}

fn region(span: Span, sources: &Sources) -> Value {
    let place = place(sources, span);
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

fn logical(subject: &str) -> Value {
    let (kind, name) = subject.split_once(':').unwrap_or(("element", subject));
    json!({ "name": name, "fullyQualifiedName": subject, "kind": kind })
}

fn related(number: usize, label: &Label, sources: &Sources) -> Value {
    let mut location = physical(label.span, sources);
    location["id"] = number.into();
    if !label.text.is_empty() {
        location["message"] = json!({ "text": label.text });
    }
    location
}

fn fix(finding: &Diagnostic, fix: &Fix, sources: &Sources) -> Value {
    let advice = finding.help.as_deref().unwrap_or("apply this change");
    json!({
        "description": { "text": advice },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(place(sources, fix.span).file) },
            "replacements": [{
                "deletedRegion": region(fix.span, sources),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

/// A path as a URI reference: absolute ones get a scheme, special bytes are encoded.
fn uri(path: &str) -> String {
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    let scheme = match path {
        _ if has_drive => "file:///",
        _ if path.starts_with('/') => "file://",
        _ => "",
    };
    let mut uri = scheme.to_owned();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) || (has_drive && byte == b':') {
            uri.push(char::from(byte));
        } else {
            // Writing to a string can't fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("a/b c#é.yaml"), "a/b%20c%23%C3%A9.yaml");
        assert_eq!(uri("a:b.yaml"), "file:///a:b.yaml");
        assert_eq!(uri("/srv/a.yaml"), "file:///srv/a.yaml");
        assert_eq!(uri("C:/x y.yaml"), "file:///C:/x%20y.yaml");
    }
}
