//! `JUnit` XML, which every build server shows.
//!
//! In: a report. Out: one suite a file and one case a finding; a file without findings is
//! one passed case. Findings from the level that makes the run fail are failures, the
//! others pass with their text as output. Refuses to know: times and hosts.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Report;
use super::place::place;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources};

/// A case of a suite.
struct Case {
    class: &'static str,
    name: String,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    Output(String),
    Failed {
        kind: &'static str,
        message: String,
        text: String,
    },
}

pub(super) fn render(report: &Report<'_>) -> String {
    let mut by_file: BTreeMap<SourceId, Vec<Case>> = BTreeMap::new();
    for finding in report.diagnostics {
        let file = finding.primary().file;
        by_file.entry(file).or_default().push(case(finding, report));
    }
    let failures: usize = by_file.values().map(|cases| failures(cases)).sum();
    let mut suites = String::new();
    let mut tests = 0;
    for (id, name) in files(report.sources) {
        let cases = by_file.remove(&id).unwrap_or_else(|| vec![passed()]);
        tests += cases.len();
        suite(name, &cases, &mut suites);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"archviz\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n\
         {suites}</testsuites>\n"
    )
}

/// The main file, then the others by name.
fn files(sources: &Sources) -> Vec<(SourceId, &str)> {
    let mut files: Vec<_> = sources
        .files()
        .map(|(id, file)| (id, file.name.as_str()))
        .collect();
    files.sort_by_key(|(id, name)| (id.0 > 0).then_some(*name));
    files
}

fn failures(cases: &[Case]) -> usize {
    let failed = |case: &&Case| matches!(case.outcome, Outcome::Failed { .. });
    cases.iter().filter(failed).count()
}

fn passed() -> Case {
    Case {
        class: "archviz",
        name: "no findings".to_owned(),
        outcome: Outcome::Passed,
    }
}

fn case(finding: &Diagnostic, report: &Report<'_>) -> Case {
    let place = place(report.sources, finding.primary());
    let at = format!("{}:{}", place.start.line, place.start.column);
    let mut text = format!(
        "{}:{at}: {}[{}] {}",
        place.file,
        finding.severity.name(),
        finding.code.id,
        finding.message
    );
    if let Some(help) = &finding.help {
        text = format!("{text}\nhelp: {help}");
    }
    let fails = report
        .options
        .fail_on
        .is_some_and(|level| finding.severity >= level);
    Case {
        class: finding.code.id,
        name: format!("{at} {}", finding.message),
        outcome: if fails {
            Outcome::Failed {
                kind: finding.severity.name(),
                message: finding.message.clone(),
                text,
            }
        } else {
            Outcome::Output(text)
        },
    }
}

fn suite(name: &str, cases: &[Case], out: &mut String) {
    let (name, tests, failures) = (escape(name), cases.len(), failures(cases));
    // Writing to a string can't fail.
    let _ = writeln!(
        out,
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
    );
    for case in cases {
        let (class, name) = (escape(case.class), escape(&case.name));
        let body = body(&case.outcome);
        let _ = writeln!(
            out,
            "    <testcase classname=\"{class}\" name=\"{name}\">{body}</testcase>"
        );
    }
    out.push_str("  </testsuite>\n");
}

fn body(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Passed => String::new(),
        Outcome::Output(text) => format!("<system-out>{}</system-out>", escape(text)),
        Outcome::Failed {
            kind,
            message,
            text,
        } => format!(
            "<failure type=\"{kind}\" message=\"{}\">{}</failure>",
            escape(message),
            escape(text)
        ),
    }
}

/// XML text or attribute; what XML forbids is dropped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}
