//! Workflow commands that GitHub Actions turns into annotations.
//!
//! In: a report. Out: one `::error …::message` line a finding. Refuses to know: how many
//! annotations GitHub shows.

use std::fmt::Write;

use super::Report;
use super::place::{Place, place};
use crate::diagnostic::printable::printable;
use crate::diagnostic::{Diagnostic, Severity};

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.diagnostics {
        let place = place(report.sources, finding.primary());
        let (command, position) = (command(finding.severity), position(place));
        let (file, title) = (property(place.file), property(finding.code.id));
        let message = message(finding);
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "::{command} file={file},{position},title={title}::{message}"
        );
    }
    out
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// GitHub takes columns only if both ends are on one line.
fn position(place: Place<'_>) -> String {
    let (start, end) = (place.start, place.end);
    if start.line == end.line {
        format!(
            "line={},col={},endLine={},endColumn={}",
            start.line, start.column, end.line, end.column
        )
    } else {
        format!("line={},endLine={}", start.line, end.line)
    }
}

fn message(finding: &Diagnostic) -> String {
    let message = data(&finding.message);
    match &finding.help {
        Some(help) => format!("{message}%0Ahelp: {}", data(help)),
        None => message,
    }
}

/// Escapes what is special in a message.
fn data(text: &str) -> String {
    printable(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes what is special in a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
