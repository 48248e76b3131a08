//! What every form must do with hostile texts and with many findings.

use std::time::Instant;

use super::{Options, REPORT_FORMATS, Report, Style, find_report_format};
use crate::diagnostic::{Diagnostic, UNKNOWN_COMPONENT, UNUSED_SUPPRESSION};
use crate::source::{SourceId, Sources, Span};

fn span(start: usize, end: usize) -> Span {
    Span {
        file: SourceId(0),
        start: u32::try_from(start).unwrap(),
        end: u32::try_from(end).unwrap(),
    }
}

/// A report on the first place where `wrong` stands in `text`.
fn rendered(format: &str, text: &str, wrong: &str, message: &str) -> String {
    let mut sources = Sources::default();
    sources.add("spec.yaml", text);
    let at = text.find(wrong).unwrap();
    let place = span(at, at + wrong.len());
    let finding = Diagnostic::new(UNKNOWN_COMPONENT, message, place, "this");
    let report = Report {
        diagnostics: &[finding],
        sources: &sources,
        options: Options::default(),
    };
    (find_report_format(format).unwrap().render)(&report)
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = REPORT_FORMATS.iter().map(|format| format.name).collect();
    names.sort_unstable();
    assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
}

#[test]
fn nothing_that_a_terminal_obeys_gets_through() {
    let text = "a: \"x\u{9b}2J \u{202e}evil\u{200f}\" # \u{1b}[31m\n";
    for format in ["human", "short", "github"] {
        let out = rendered(format, text, "evil", "`\u{1b}[2J\u{202e}\n::error::`");
        let is_bad = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{200f}".contains(c);
        assert!(!out.contains(is_bad), "{format}: {out:?}");
        assert!(!out.contains("\n::error::"), "{out}");
    }
}

#[test]
fn github_properties_and_messages_are_escaped() {
    let mut sources = Sources::default();
    sources.add("a,b:c%.yaml", "x: 1\n");
    let finding = Diagnostic::new(UNKNOWN_COMPONENT, "100% wrong: a, b", span(0, 1), "").help("no");
    let report = Report {
        diagnostics: &[finding],
        sources: &sources,
        options: Options::default(),
    };
    assert_eq!(
        (find_report_format("github").unwrap().render)(&report),
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,endLine=1,endColumn=2,\
         title=unknown-component::100%25 wrong: a, b%0Ahelp: no\n"
    );
}

#[test]
fn columns_count_code_points_in_every_machine_form() {
    let text = "# x\r\n\"é📨\": wrong\r\n";
    let json = rendered("json", text, "wrong", "m");
    assert!(
        json.contains("\"line\": 2,\n      \"column\": 7,"),
        "{json}"
    );
    let short = rendered("short", text, "wrong", "m");
    assert_eq!(short, "spec.yaml:2:7: error[unknown-component] m\n");
}

#[test]
fn spans_outside_the_text_or_inside_a_character_are_survived() {
    let mut sources = Sources::default();
    sources.add("a.yaml", "é: 1\n");
    for (start, end) in [
        (0, 0),
        (1, 2),
        (0, 1),
        (5, 6),
        (6, 6),
        (6, 99),
        (80, 99),
        (3, 1),
    ] {
        let finding = Diagnostic::new(UNKNOWN_COMPONENT, "m", span(start, end), "here")
            .also(span(end, start), "there")
            .fix(span(start, end), "x");
        for format in REPORT_FORMATS {
            let report = Report {
                diagnostics: std::slice::from_ref(&finding),
                sources: &sources,
                options: Options::default(),
            };
            assert!(!(format.render)(&report).is_empty());
        }
    }
}

#[test]
fn a_clean_run_is_a_whole_document_for_programs_and_nothing_for_people() {
    let mut sources = Sources::default();
    sources.add("a.yaml", "x: 1\n");
    let report = Report {
        diagnostics: &[],
        sources: &sources,
        options: Options::default(),
    };
    for format in REPORT_FORMATS {
        let is_text = matches!(format.name, "human" | "short" | "github");
        assert_eq!(
            (format.render)(&report).is_empty(),
            is_text,
            "{}",
            format.name
        );
    }
    let junit = (find_report_format("junit").unwrap().render)(&report);
    assert!(junit.contains("<testcase classname=\"archviz\" name=\"no findings\"></testcase>"));
}

#[test]
fn of_many_findings_the_worst_are_shown_in_their_order() {
    let mut sources = Sources::default();
    sources.add("a.yaml", "abcdef\n");
    let list: Vec<_> = (0..6)
        .map(|at| {
            let code = if at % 3 == 2 {
                UNKNOWN_COMPONENT
            } else {
                UNUSED_SUPPRESSION
            };
            Diagnostic::new(code, format!("number {at}"), span(at, at + 1), "")
        })
        .collect();
    let report = Report {
        diagnostics: &list,
        sources: &sources,
        options: Options {
            max_findings: 3,
            ..Options::default()
        },
    };
    let out = (find_report_format("human").unwrap().render)(&report);
    let order: Vec<_> = out.lines().filter(|line| line.contains("number")).collect();
    assert_eq!(
        order,
        [
            "warning[unused-suppression]: number 0",
            "error[unknown-component]: number 2",
            "error[unknown-component]: number 5",
        ]
    );
    assert!(
        out.ends_with("\n… and 3 more (use --max-findings)\n2 errors, 4 warnings in 1 file\n"),
        "{out}"
    );
}

#[test]
fn colors_are_there_when_they_are_asked_for() {
    let mut sources = Sources::default();
    sources.add("a.yaml", "abc\n");
    let list = [Diagnostic::new(UNKNOWN_COMPONENT, "m", span(0, 1), "x")];
    let report = Report {
        diagnostics: &list,
        sources: &sources,
        options: Options {
            style: Style::Colored,
            ..Options::default()
        },
    };
    let out = (find_report_format("human").unwrap().render)(&report);
    assert!(out.contains("\u{1b}["), "{out}");
}

#[test]
fn thousands_of_findings_in_a_large_file_are_shown_at_once() {
    let line = "  component_with_a_long_name: { layer: data, kind: service, purpose: some text }\n";
    let text = line.repeat(75_000);
    let mut sources = Sources::default();
    sources.add("a.yaml", text);
    let list: Vec<_> = (0..4_000)
        .map(|at| {
            let start = at * 18 * line.len() + 2;
            let place = span(start, start + 26);
            Diagnostic::new(UNKNOWN_COMPONENT, "`x` is no component", place, "here")
                .also(span(2, 28), "and here")
                .fix(place, "component")
        })
        .collect();
    let report = Report {
        diagnostics: &list,
        sources: &sources,
        options: Options {
            max_findings: usize::MAX,
            ..Options::default()
        },
    };
    for format in REPORT_FORMATS {
        let start = Instant::now();
        let bytes = (format.render)(&report).len();
        let elapsed = start.elapsed();
        println!("{}: {bytes} bytes in {elapsed:?}", format.name);
        // A whole index of the file for each finding would take minutes.
        assert!(elapsed.as_secs() < 20, "{}: {elapsed:?}", format.name);
    }
}

#[test]
fn a_file_of_one_endless_line_is_named_but_not_shown() {
    let text = format!("{{a: [{}]}}\n", "kafka, ".repeat(100_000));
    let out = rendered("human", &text, "kafka, ]", "m");
    assert!(out.contains("--> spec.yaml:1:"), "{out}");
    assert!(out.len() < 500, "{}", out.len());
}
