//! Small models for the tests of views.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::ArchGraph;
use crate::model::Model;
use crate::pipeline::analyze;
use crate::source::Sources;

/// Analyzes a specification, hands it over, and gives back all findings, sorted.
/// `archviz` and `name` are stated already.
pub(super) fn with_model(
    yaml: &str,
    inspect: impl FnOnce(&Model<'_>, &ArchGraph, &mut Diagnostics),
) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.add(
        "architecture.yaml",
        format!("archviz: 1\nname: Shop\n{yaml}"),
    );
    let mut out = Diagnostics::default();
    {
        let model = analyze(&sources, &mut out);
        let graph = ArchGraph::build(&model);
        inspect(&model, &graph, &mut out);
    }
    (sources, out.into_sorted())
}

/// Findings as `code: message (help) at text`, one a line.
pub(super) fn findings(sources: &Sources, findings: &[Diagnostic]) -> String {
    let line = |finding: &Diagnostic| {
        let help = finding.help.as_deref().unwrap_or("");
        let place = sources.slice(finding.primary());
        format!(
            "{}: {} ({help}) at {place}",
            finding.code.id, finding.message
        )
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}
