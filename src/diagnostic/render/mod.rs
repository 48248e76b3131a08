//! Findings as texts, for people and for other programs.
//!
//! In: a [`Report`]. Out: the whole text in one of [`REPORT_FORMATS`]. Refuses to know:
//! terminals, clocks, and which level makes a run fail (that is stated in the options).

mod counts;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod place;
mod sarif;
mod short;
mod window;

pub use counts::Counts;
pub use json::findings_to_json;

use super::{Diagnostic, Severity};
use crate::source::Sources;

/// Whether the text for people has colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text only.
    #[default]
    Plain,
    /// With ANSI escape codes.
    Colored,
}

/// What the user chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many findings people are shown; programs always get all.
    pub max_findings: usize,
    /// Colors for people.
    pub style: Style,
    /// The level from which findings are failed tests; `None` if none is.
    pub fail_on: Option<Severity>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_findings: 50,
            style: Style::Plain,
            fail_on: Some(Severity::Error),
        }
    }
}

/// Findings with what is needed to show them.
#[derive(Clone, Copy, Debug)]
pub struct Report<'r> {
    /// The findings, as [`apply`](super::apply) returns them.
    pub diagnostics: &'r [Diagnostic],
    /// The files they are in.
    pub sources: &'r Sources,
    /// What the user chose.
    pub options: Options,
}

/// A form that findings can be written in.
#[derive(Debug)]
pub struct ReportFormat {
    /// The word for it on the command line.
    pub name: &'static str,
    /// Who reads it.
    pub summary: &'static str,
    /// Writes all findings; without any, still a whole document, or nothing for people.
    pub render: fn(&Report<'_>) -> String,
}

/// Every form, the default first.
pub static REPORT_FORMATS: &[ReportFormat] = &[
    ReportFormat {
        name: "human",
        summary: "snippets with carets and advice, for people",
        render: human::render,
    },
    ReportFormat {
        name: "short",
        summary: "one line a finding, for editors and grep",
        render: short::render,
    },
    ReportFormat {
        name: "json",
        summary: "everything about each finding, for programs",
        render: json::render,
    },
    ReportFormat {
        name: "sarif",
        summary: "SARIF 2.1.0, for code scanning services",
        render: sarif::render,
    },
    ReportFormat {
        name: "github",
        summary: "annotations in GitHub Actions",
        render: github::render,
    },
    ReportFormat {
        name: "gitlab",
        summary: "a GitLab Code Quality report",
        render: gitlab::render,
    },
    ReportFormat {
        name: "junit",
        summary: "JUnit XML, for test dashboards",
        render: junit::render,
    },
];

/// The form with this name.
pub fn find_report_format(name: &str) -> Option<&'static ReportFormat> {
    REPORT_FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests;
