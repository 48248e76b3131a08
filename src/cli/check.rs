//! `check`: every finding, in the format asked for.

use std::path::Path;

use anyhow::{Result, anyhow};

use super::Exit;
use super::arguments::{Arguments, CheckOptions, FailOn};
use super::output::{Output, write_file};
use super::workspace;
use crate::diagnostic::render::{
    Options, REPORT_FORMATS, Report, ReportFormat, Style, find_report_format,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, apply, did_you_mean};
use crate::model::{Model, Statistics};
use crate::pipeline;
use crate::source::Sources;

pub(super) fn run(
    arguments: &Arguments,
    options: &CheckOptions,
    output: &mut Output,
) -> Result<Exit> {
    let format = match format(options) {
        Ok(format) => format,
        Err(problem) => {
            output.error(&problem);
            return Ok(Exit::Usage);
        }
    };
    let workspace = workspace::find(arguments.spec.as_deref())?;
    let (sources, mut out) = pipeline::load(&workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    pipeline::lint(&model, &mut out);
    pipeline::excerpts(&workspace, &model, &mut out);
    let findings = apply(
        out.into_sorted(),
        &sources,
        &model.lints,
        &options.levels.overrides,
    );
    let fail_on = lowest_failure(options.fail_on);
    let report = Report {
        diagnostics: &findings,
        sources: &sources,
        options: Options {
            max_findings: shown_at_most(options),
            style: Style::Colored,
            fail_on,
        },
    };
    deliver(&(format.render)(&report), &options.output, format, output)?;
    if findings.is_empty() && format.name == "human" {
        output.say(&clean(&sources, &model));
    }
    let fails = findings
        .iter()
        .any(|finding| fail_on.is_some_and(|level| finding.severity >= level));
    // The process ends here: freeing a large model piece by piece would only take time.
    std::mem::forget(model);
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}

/// The report format, or what is wrong with its name.
fn format(options: &CheckOptions) -> Result<&'static ReportFormat> {
    let names = || REPORT_FORMATS.iter().map(|format| format.name);
    find_report_format(&options.format).ok_or_else(|| {
        let help = did_you_mean(&options.format, names()).map_or_else(
            || format!("formats are {}", names().collect::<Vec<_>>().join(", ")),
            |meant| format!("did you mean `{meant}`?"),
        );
        anyhow!("`{}` is no format of findings; {help}", options.format)
    })
}

fn lowest_failure(fail_on: FailOn) -> Option<Severity> {
    match fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Note => Some(Severity::Note),
        FailOn::Never => None,
    }
}

fn shown_at_most(options: &CheckOptions) -> usize {
    if options.max_findings == 0 {
        usize::MAX
    } else {
        options.max_findings
    }
}

/// Colors are removed by the stream, or here where a file is written.
fn deliver(text: &str, path: &Path, format: &ReportFormat, output: &mut Output) -> Result<()> {
    let is_for_people = format.name == "human";
    match (path.as_os_str() == "-", is_for_people) {
        (true, true) => output.data(text),
        (true, false) => output.raw(text),
        (false, _) => write_file(path, anstream::adapter::strip_str(text).to_string()),
    }
}

fn clean(sources: &Sources, model: &Model<'_>) -> String {
    let statistics = Statistics::of(model);
    let files = sources.files().count();
    format!(
        "no findings in {files} {} ({} components, {} flows, {} topics)",
        if files == 1 { "file" } else { "files" },
        statistics.components,
        statistics.flows,
        statistics.topics,
    )
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
    if !findings.is_empty() {
        let options = Options {
            style: Style::Colored,
            ..Options::default()
        };
        let report = Report {
            diagnostics: &findings,
            sources,
            options,
        };
        if let Some(human) = REPORT_FORMATS.first() {
            output.insist(&(human.render)(&report));
        }
    }
}
