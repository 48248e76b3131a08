//! GitLab's Code Quality report.
//!
//! In: a report. Out: one JSON list. Refuses to know: columns and related places, which
//! the form has no room for.

use serde::Serialize;

use super::Report;
use super::json::to_text;
use super::place::place;
use crate::diagnostic::fingerprint::fingerprints;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

#[derive(Serialize)]
struct Issue<'r> {
    description: &'r str,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

pub(super) fn render(report: &Report<'_>) -> String {
    let marks = fingerprints(report.diagnostics, report.sources);
    let findings = report.diagnostics.iter().zip(marks);
    let issues: Vec<Issue<'_>> = findings
        .map(|(finding, mark)| issue(finding, mark, report.sources))
        .collect();
    to_text(&issues)
}

fn issue<'r>(finding: &'r Diagnostic, fingerprint: String, sources: &'r Sources) -> Issue<'r> {
    let place = place(sources, finding.primary());
    let begin = place.start.line;
    Issue {
        description: &finding.message,
        check_name: finding.code.id,
        fingerprint,
        severity: severity(finding.severity),
        location: Location {
            path: place.file,
            lines: Lines { begin },
        },
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
