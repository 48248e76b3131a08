//! Findings for people: the text, a caret under what is wrong, and what to do.
//!
//! In: a report. Out: snippets, and a line that counts. Without findings nothing: what to
//! say about a clean run is for the command. Refuses to know: whether a terminal is there.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt::Write;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet,
};

use super::counts::counted;
use super::window::{Window, is_showable, whole, windows};
use super::{Counts, Report, Style};
use crate::diagnostic::printable::printable;
use crate::diagnostic::{Diagnostic, Fix, Label, Severity};
use crate::source::{SourceId, Sources, Span};

pub(super) fn render(report: &Report<'_>) -> String {
    let renderer = match report.options.style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    let mut out = String::new();
    let shown = shown(report);
    for finding in &shown {
        let groups = groups(finding, report.sources);
        out.push_str(&renderer.render(&groups));
        out.push_str("\n\n");
    }
    let hidden = report.diagnostics.len() - shown.len();
    if hidden > 0 {
        // Writing to a string can't fail, here and below.
        let _ = writeln!(out, "… and {hidden} more (use --max-findings)");
    }
    if !report.diagnostics.is_empty() {
        let counts = Counts::of(report.diagnostics).in_words();
        let files = counted(report.sources.files().count(), "file");
        let _ = writeln!(out, "{counts} in {files}");
    }
    out
}

/// As many findings as are wanted, the worst ones, in their order.
fn shown<'r>(report: &Report<'r>) -> Vec<&'r Diagnostic> {
    let list = report.diagnostics;
    let mut order: Vec<usize> = (0..list.len()).collect();
    if list.len() > report.options.max_findings {
        order.sort_by_key(|index| Reverse(list[*index].severity));
        order.truncate(report.options.max_findings);
        order.sort_unstable();
    }
    order.into_iter().map(|index| &list[index]).collect()
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn groups<'r>(finding: &'r Diagnostic, sources: &'r Sources) -> Vec<Group<'r>> {
    let title = level(finding.severity).primary_title(printable(&finding.message));
    let mut group =
        Group::with_title(title.id(finding.code.id)).elements(snippets(finding, sources));
    let suggestion = finding
        .fix
        .as_ref()
        .and_then(|fix| patch(finding, fix, sources));
    if let (None, Some(help)) = (&suggestion, &finding.help) {
        group = group.element(Level::HELP.message(printable(help)));
    }
    std::iter::once(group).chain(suggestion).collect()
}

/// The places of a finding; those on endless lines are only named.
fn snippets<'r>(finding: &'r Diagnostic, sources: &'r Sources) -> Vec<Element<'r>> {
    if finding
        .labels
        .iter()
        .all(|label| is_showable(sources, label.span))
    {
        let windows = windows(sources, &finding.labels).into_iter();
        return windows
            .map(|window| snippet(window, &finding.labels, sources).into())
            .collect();
    }
    finding
        .labels
        .iter()
        .map(|label| origin(label.span, sources).into())
        .collect()
}

fn snippet<'r>(
    window: Window<'r>,
    labels: &'r [Label],
    sources: &'r Sources,
) -> Snippet<'r, Annotation<'r>> {
    let annotations = window.marks.into_iter().map(|(bytes, index)| {
        let kind = if index == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let text = &labels[index].text;
        kind.span(bytes)
            .label((!text.is_empty()).then(|| printable(text)))
    });
    Snippet::source(window.text)
        .path(name(window.file, sources))
        .line_start(window.first_line)
        .annotations(annotations)
}

fn origin(span: Span, sources: &Sources) -> Origin<'_> {
    let start = sources.start(span);
    Origin::path(printable(&sources.file(span.file).name))
        .line(start.line)
        .char_column(start.column)
}

/// The fix as a change of the text, if its lines can be shown.
fn patch<'r>(finding: &'r Diagnostic, fix: &'r Fix, sources: &'r Sources) -> Option<Group<'r>> {
    let window = whole(sources, fix.span)?;
    let (bytes, _) = window.marks.first()?.clone();
    let help = finding.help.as_deref().unwrap_or("apply this change");
    let snippet = Snippet::source(window.text)
        .path(name(window.file, sources))
        .line_start(window.first_line)
        .patch(Patch::new(bytes, printable(&fix.replacement)));
    Some(
        Level::HELP
            .secondary_title(printable(help))
            .element(snippet),
    )
}

fn name(file: SourceId, sources: &Sources) -> Cow<'_, str> {
    printable(&sources.file(file).name)
}
