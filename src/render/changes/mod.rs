//! The change report: what changed between two versions, whom it hurts, and where it stands.
//!
//! In: a [`ChangeReport`]. Out: the text of one of [`CHANGE_FORMATS`]. Refuses to know: how
//! changes are found, and where the versions come from.

mod budget;
mod json;
mod rows;

use anyhow::{Result, ensure};
use minijinja::{Value, context};

use super::row::syntax;
use super::summary::{PAGE, document_body};
use super::template::Templates;
use crate::diff::ModelDiff;
use crate::model::Model;
use crate::source::Sources;

pub use json::{change_schema, changes_to_json};
use rows::Shown;
pub(super) use rows::parts;

/// The template of the text report.
pub(super) const TEXT: &str = "changes.txt.j2";
/// The template of the Markdown report.
pub(super) const MARKDOWN: &str = "changes.md.j2";

/// What a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct ChangeReport<'d> {
    /// The old version.
    pub base: &'d Model<'d>,
    /// Its files.
    pub base_sources: &'d Sources,
    /// The new version.
    pub head: &'d Model<'d>,
    /// Its files.
    pub head_sources: &'d Sources,
    /// What lies between them.
    pub diff: &'d ModelDiff,
    /// The old version, as the user named it.
    pub base_name: &'d str,
}

/// A way to write a report.
#[derive(Debug)]
pub struct ChangeFormat {
    /// The word on the command line.
    pub name: &'static str,
    /// One line for lists.
    pub summary: &'static str,
    write: fn(&Templates, &ChangeReport<'_>) -> Result<String>,
}

/// Every way to write a report; pictures are formats of `render`.
pub static CHANGE_FORMATS: &[ChangeFormat] = &[
    ChangeFormat {
        name: "text",
        summary: "for people in front of a terminal",
        write: text,
    },
    ChangeFormat {
        name: "markdown",
        summary: "the whole report as GitHub-flavored Markdown",
        write: markdown,
    },
    ChangeFormat {
        name: "pr-comment",
        summary: "the same as a comment on a pull request, in at most 60,000 characters",
        write: budget::comment,
    },
    ChangeFormat {
        name: "json",
        summary: "for other programs; `archviz schema diff` describes it",
        write: json,
    },
    ChangeFormat {
        name: "html",
        summary: "one page with its styles",
        write: html,
    },
];

/// The format of a name.
pub fn find_change_format(name: &str) -> Option<&'static ChangeFormat> {
    CHANGE_FORMATS.iter().find(|format| format.name == name)
}

/// Writes a report. Fails if the counts do not add up, rather than print them.
pub fn render_changes(
    templates: &Templates,
    format: &ChangeFormat,
    report: &ChangeReport<'_>,
) -> Result<String> {
    ensure!(
        report.diff.statistics.is_closed(),
        "the statistics of this comparison do not add up; this is a defect of archviz, please report it"
    );
    (format.write)(templates, report)
}

fn text(templates: &Templates, report: &ChangeReport<'_>) -> Result<String> {
    templates.render(TEXT, rows::plain(report))
}

fn markdown(templates: &Templates, report: &ChangeReport<'_>) -> Result<String> {
    templates.render(MARKDOWN, rows::context(report, &Shown::default()))
}

fn json(_: &Templates, report: &ChangeReport<'_>) -> Result<String> {
    json::text(report)
}

fn html(templates: &Templates, report: &ChangeReport<'_>) -> Result<String> {
    let markdown = markdown(templates, report)?;
    let body = syntax(document_body(&markdown));
    templates.render(
        PAGE,
        context! { title => Value::from("Architecture change"), body => body },
    )
}
