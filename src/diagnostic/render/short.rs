//! One line a finding: `file:line:column: severity[code] message`.
//!
//! In: a report. Out: lines that editors and `grep` understand. Refuses to know: labels, help.

use std::fmt::Write;

use super::Report;
use super::place::place;
use crate::diagnostic::printable::printable;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.diagnostics {
        let place = place(report.sources, finding.primary());
        let (file, message) = (printable(place.file), printable(&finding.message));
        let (line, column) = (place.start.line, place.start.column);
        let (severity, code) = (finding.severity.name(), finding.code.id);
        // Writing to a string can't fail.
        let _ = writeln!(out, "{file}:{line}:{column}: {severity}[{code}] {message}");
    }
    out
}
