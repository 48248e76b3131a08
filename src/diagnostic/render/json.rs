//! The project's own JSON form of findings, version 1.
//!
//! In: a report. Out: one document. Lines and columns are 1-based, columns count Unicode
//! code points. Refuses to know: colors and limits.

use serde::Serialize;

use super::place::place;
use super::{Counts, Report};
use crate::diagnostic::fingerprint::fingerprints;
use crate::diagnostic::{Diagnostic, Label};
use crate::source::Sources;

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    diagnostics: Vec<Finding<'r>>,
    counts: Counts,
}

#[derive(Serialize)]
struct Finding<'r> {
    code: &'static str,
    severity: &'static str,
    message: &'r str,
    help: Option<&'r str>,
    file: &'r str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    subjects: &'r [String],
    related: Vec<Related<'r>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Related<'r> {
    file: &'r str,
    line: usize,
    column: usize,
    message: &'r str,
}

/// The findings as a JSON array, for documents that hold more than findings.
pub fn findings_to_json(diagnostics: &[Diagnostic], sources: &Sources) -> serde_json::Value {
    // Texts and numbers always serialize.
    serde_json::to_value(findings(diagnostics, sources)).unwrap_or_default()
}

fn findings<'r>(diagnostics: &'r [Diagnostic], sources: &'r Sources) -> Vec<Finding<'r>> {
    let marks = fingerprints(diagnostics, sources);
    let findings = diagnostics.iter().zip(marks);
    findings
        .map(|(finding, mark)| self::finding(finding, mark, sources))
        .collect()
}

pub(super) fn render(report: &Report<'_>) -> String {
    let document = Document {
        version: 1,
        diagnostics: findings(report.diagnostics, report.sources),
        counts: Counts::of(report.diagnostics),
    };
    to_text(&document)
}

/// Indented JSON with a line break at the end.
pub(super) fn to_text(document: &impl Serialize) -> String {
    // Texts and numbers always serialize; an empty document would be noticed by every reader.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

fn finding<'r>(finding: &'r Diagnostic, fingerprint: String, sources: &'r Sources) -> Finding<'r> {
    let place = place(sources, finding.primary());
    let further = finding.labels.iter().skip(1);
    Finding {
        code: finding.code.id,
        severity: finding.severity.name(),
        message: &finding.message,
        help: finding.help.as_deref(),
        file: place.file,
        line: place.start.line,
        column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
        subjects: &finding.subjects,
        related: further.map(|label| related(label, sources)).collect(),
        fingerprint,
    }
}

fn related<'r>(label: &'r Label, sources: &'r Sources) -> Related<'r> {
    let place = place(sources, label.span);
    Related {
        file: place.file,
        line: place.start.line,
        column: place.start.column,
        message: &label.text,
    }
}
