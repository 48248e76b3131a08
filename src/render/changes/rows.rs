//! What the templates of a report read.
//!
//! In: a report, and how much of it is shown. Out: a context. Refuses to know: any format but
//! that quoted texts stand between backticks.

use minijinja::{Value, context};

use super::super::row::{list, syntax};
use super::super::summary;
use super::ChangeReport;
use crate::diagnostic::printable;
use crate::diff::{Change, Class, LayerFate};
use crate::source::{Sources, Span};

/// Kinds of changes that the tables of a report tell.
const TABLED: &[&str] = &[
    "component-added",
    "topic-added",
    "flow-added",
    "layer-added",
];
/// Kinds that are told in one line, however many there are.
const RENUMBERED: &str = "layer-renumbered";

/// How much of a report is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// What marks a comment, so that the next one replaces it.
    pub(super) is_comment: bool,
    /// Breaking and risky changes.
    pub(super) urgent: usize,
    /// Safe changes.
    pub(super) safe: usize,
    /// Changes of documentation.
    pub(super) docs: usize,
    /// Rows of each table.
    pub(super) table: usize,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            is_comment: false,
            urgent: usize::MAX,
            safe: usize::MAX,
            docs: usize::MAX,
            table: usize::MAX,
        }
    }
}

/// A change with what stands in for several of its kind.
struct Line<'d> {
    change: &'d Change,
    text: Option<String>,
}

pub(super) fn context(report: &ChangeReport<'_>, shown: &Shown) -> Value {
    let diff = report.diff;
    let urgent = lines(report, |change| change.class >= Class::Risky);
    let is_tabled = |change: &Change| {
        TABLED.contains(&change.id()) && change.class == Class::Safe
            || change.id() == "layer-added" && change.class == Class::Docs
    };
    let safe = lines(report, |change| {
        change.class == Class::Safe && !is_tabled(change)
    });
    let docs = lines(report, |change| {
        change.class == Class::Docs && !is_tabled(change)
    });
    let rows = |lines: &[Line<'_>], limit: usize| {
        list(lines.iter().take(limit).map(|line| row(report, line)))
    };
    context! {
        is_comment => shown.is_comment,
        marker => syntax(marker(report.base_name)),
        base => report.base_name,
        platform => report.head.name,
        has_changes => !diff.changes.is_empty(),
        urgent => rows(&urgent, shown.urgent),
        urgent_more => urgent.len().saturating_sub(shown.urgent),
        safe => rows(&safe, shown.safe),
        safe_more => safe.len().saturating_sub(shown.safe),
        safe_kinds => kinds(&safe, shown.safe),
        docs => rows(&docs, shown.docs),
        docs_more => docs.len().saturating_sub(shown.docs),
        docs_kinds => kinds(&docs, shown.docs),
        table => shown.table.min(1_000_000),
        version => env!("CARGO_PKG_VERSION"),
        ..summary::overview(report.base, report.head, diff)
    }
}

/// The same with every text fit for a terminal.
pub(super) fn plain(report: &ChangeReport<'_>) -> Value {
    let classes = Class::ALL.iter().map(|class| {
        let lines = lines(report, |change| change.class == *class);
        context! {
            name => class.name(),
            count => report.diff.changes.iter().filter(|change| change.class == *class).count(),
            rows => list(lines.iter().map(|line| plain_row(report, line))),
        }
    });
    context! {
        platform => printable(report.head.name),
        has_changes => !report.diff.changes.is_empty(),
        listed => list(classes),
        ..summary::overview(report.base, report.head, report.diff)
    }
}

/// The changes of a choice; layers that were renumbered are one line.
fn lines<'d>(report: &ChangeReport<'d>, is_wanted: impl Fn(&Change) -> bool) -> Vec<Line<'d>> {
    let mut lines: Vec<Line<'d>> = Vec::new();
    let wanted = report
        .diff
        .changes
        .iter()
        .filter(|change| is_wanted(change));
    let mut has_renumbered = false;
    for change in wanted {
        if change.id() != RENUMBERED {
            lines.push(Line { change, text: None });
        } else if !has_renumbered {
            has_renumbered = true;
            let text = Some(renumbered(report));
            lines.push(Line { change, text });
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.change.class));
    lines
}

/// "3 layers renumbered by 2 insertions".
fn renumbered(report: &ChangeReport<'_>) -> String {
    let count = |fate| report.diff.layers.count(fate);
    let several =
        |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let mut causes = Vec::new();
    for (fate, noun) in [
        (LayerFate::Added, "insertion"),
        (LayerFate::Removed, "removal"),
        (LayerFate::Moved, "move"),
    ] {
        if count(fate) > 0 {
            causes.push(several(count(fate), noun));
        }
    }
    let layers = several(count(LayerFate::Renumbered), "layer");
    match causes.split_last() {
        None => format!("{layers} renumbered"),
        Some((last, [])) => format!("{layers} renumbered by {last}"),
        Some((last, others)) => format!("{layers} renumbered by {} and {last}", others.join(", ")),
    }
}

fn row(report: &ChangeReport<'_>, line: &Line<'_>) -> Value {
    let change = line.change;
    let text = line.text.as_deref().unwrap_or(&change.text);
    let affected = change.affected.iter().map(|party| {
        let name = match &party.owner {
            Some(owner) => format!("{} ({owner})", party.name),
            None => party.name.clone(),
        };
        context! { name => name, how => parts(&party.how), kind => party.subject.kind.name() }
    });
    context! {
        class => change.class.name(),
        mark => syntax(mark(change.class)),
        id => change.id(),
        text => parts(text),
        because => parts(change.because.as_deref().unwrap_or("")),
        affected => list(affected),
        affected_more => change.affected_more,
        base => place(report.base_sources, change.base),
        head => place(report.head_sources, change.head),
    }
}

fn plain_row(report: &ChangeReport<'_>, line: &Line<'_>) -> Value {
    let change = line.change;
    let text = line.text.as_deref().unwrap_or(&change.text);
    let affected = change.affected.iter().map(|party| {
        let owner = party.owner.as_ref().map(|owner| format!(" ({owner})"));
        let all = format!("{}{}: {}", party.name, owner.unwrap_or_default(), party.how);
        Value::from(printable(&all))
    });
    context! {
        id => change.id(),
        text => printable(text),
        because => printable(change.because.as_deref().unwrap_or("")),
        affected => list(affected),
        affected_more => change.affected_more,
        base => place(report.base_sources, change.base),
        head => place(report.head_sources, change.head),
    }
}

/// How many changes of each kind are not shown.
fn kinds(lines: &[Line<'_>], shown: usize) -> Value {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for line in lines.iter().skip(shown) {
        let id = line.change.id();
        match kinds.iter_mut().find(|(known, _)| *known == id) {
            Some((_, count)) => *count += 1,
            None => kinds.push((id, 1)),
        }
    }
    list(
        kinds
            .into_iter()
            .map(|(id, count)| context! { id => id, count => count }),
    )
}

/// A sentence as its words and the texts between backticks, each with the blank before it.
pub(in super::super) fn parts(text: &str) -> Value {
    let mut parts = Vec::new();
    let mut has_blank = false;
    for (place, part) in text.split('`').enumerate() {
        let is_code = place % 2 == 1;
        let shown = if is_code { part } else { part.trim() };
        has_blank |= !is_code && part.starts_with(char::is_whitespace);
        if !shown.is_empty() {
            let lead = if has_blank { " " } else { "" };
            parts.push(context! { is_code => is_code, lead => syntax(lead), text => shown });
            has_blank = false;
        }
        has_blank |= !is_code && part.ends_with(char::is_whitespace);
    }
    Value::from(parts)
}

fn mark(class: Class) -> &'static str {
    match class {
        Class::Breaking => "🔴",
        Class::Risky => "🟠",
        Class::Safe => "🟢",
        Class::Docs => "⚪",
    }
}

/// `architecture.yaml:88`.
pub(super) fn place(sources: &Sources, span: Option<Span>) -> String {
    let Some(span) = span else {
        return String::new();
    };
    let name = &sources.file(span.file).name;
    let name = name.strip_prefix("./").unwrap_or(name);
    printable(&format!("{name}:{}", sources.start(span).line)).into_owned()
}

/// The name of the base as it can stand in an HTML comment.
fn marker(base: &str) -> String {
    let is_kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/');
    base.chars()
        .map(|c| if is_kept(c) { c } else { '_' })
        .collect()
}
