//! How a command tells its findings: the arguments, the report, and whether it fails.
//!
//! In: arguments, findings. Out: a report where the user wants it. Refuses to know: what the
//! findings are about.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::{Args, ValueEnum};

use super::levels::Levels;
use super::output::{Output, write_file};
use crate::diagnostic::render::{
    Options, REPORT_FORMATS, Report, ReportFormat, Style, find_report_format,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, apply, did_you_mean};
use crate::model::Model;
use crate::source::Sources;

/// The arguments of every command that reports findings.
#[derive(Debug, Args)]
pub(super) struct ReportOptions {
    /// How findings are written: human, short, json, sarif, github, gitlab or junit
    #[arg(long, short, default_value = "human", value_name = "FORMAT")]
    pub(super) format: String,
    /// The lowest level that makes the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    fail_on: FailOn,
    /// Where findings are written; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    output: PathBuf,
    /// Show at most this many findings to people; 0 shows all
    #[arg(long, default_value_t = 50, value_name = "N")]
    max_findings: usize,
    #[command(flatten)]
    pub(super) levels: Levels,
}

/// The lowest level that makes a command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Note,
    /// Nothing
    Never,
}

impl FailOn {
    fn level(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

impl ReportOptions {
    /// The form of the report, or what is wrong with its name.
    pub(super) fn form(&self) -> Result<&'static ReportFormat> {
        let names = || REPORT_FORMATS.iter().map(|format| format.name);
        find_report_format(&self.format).ok_or_else(|| {
            let help = did_you_mean(&self.format, names()).map_or_else(
                || format!("formats are {}", names().collect::<Vec<_>>().join(", ")),
                |meant| format!("did you mean `{meant}`?"),
            );
            anyhow!("`{}` is no format of findings; {help}", self.format)
        })
    }

    /// The report.
    pub(super) fn written(
        &self,
        form: &ReportFormat,
        findings: &[Diagnostic],
        sources: &Sources,
    ) -> String {
        let all = self.max_findings == 0;
        (form.render)(&Report {
            diagnostics: findings,
            sources,
            options: Options {
                max_findings: if all { usize::MAX } else { self.max_findings },
                style: Style::Colored,
                fail_on: self.fail_on.level(),
            },
        })
    }

    /// Takes the report where the user wants it. Colors are removed by the stream, or here
    /// where a file is written.
    pub(super) fn deliver(&self, text: &str, output: &mut Output) -> Result<()> {
        let is_for_people = self.format == "human";
        match (self.output.as_os_str() == "-", is_for_people) {
            (true, true) => output.data(text),
            (true, false) => output.raw(text),
            (false, _) => {
                let plain = anstream::adapter::strip_str(text).to_string();
                write_file(&self.output, plain)
            }
        }
    }

    /// Whether a finding makes the command fail.
    pub(super) fn fails(&self, finding: &Diagnostic) -> bool {
        let lowest = self.fail_on.level();
        lowest.is_some_and(|level| finding.severity >= level)
    }
}

/// Findings of a command that is about something else: to the person in front.
pub(super) fn report_problems(
    out: Diagnostics,
    sources: &Sources,
    model: &Model<'_>,
    output: &mut Output,
) {
    let findings = apply(out.into_sorted(), sources, &model.lints, &[]);
    let unused = ["unused-suppression"];
    // Rules did not run, so a suppression that matched nothing is no news.
    let findings: Vec<Diagnostic> = findings
        .into_iter()
        .filter(|finding| !unused.contains(&finding.code.id))
        .collect();
    report_to_person(&findings, sources, output);
}

/// Tells the person in front; whether one of the findings is an error.
pub(super) fn report_to_person(
    findings: &[Diagnostic],
    sources: &Sources,
    output: &mut Output,
) -> bool {
    if !findings.is_empty() {
        let options = Options {
            style: Style::Colored,
            ..Options::default()
        };
        let report = Report {
            diagnostics: findings,
            sources,
            options,
        };
        if let Some(human) = REPORT_FORMATS.first() {
            output.insist(&(human.render)(&report));
        }
    }
    let mut levels = findings.iter().map(|finding| finding.severity);
    levels.any(|severity| severity == Severity::Error)
}
