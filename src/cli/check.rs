//! `check`: every finding, in the format asked for.

use std::path::Path;

use anyhow::{Context, Result, anyhow};

use super::Exit;
use super::arguments::{Arguments, CheckOptions, FailOn};
use super::output::{Output, write_file};
use super::today::today;
use super::workspace;
use crate::diagnostic::render::{
    Options, REPORT_FORMATS, Report, ReportFormat, Style, find_report_format,
};
use crate::diagnostic::{
    Baseline, Diagnostic, Diagnostics, Severity, apply, did_you_mean, is_hard, write_baseline,
};
use crate::model::{Model, Statistics};
use crate::pipeline;
use crate::source::{SourceId, Sources};

pub(super) fn run(
    arguments: &Arguments,
    options: &CheckOptions,
    output: &mut Output,
) -> Result<Exit> {
    let format = match format(&options.format) {
        Ok(format) => format,
        Err(problem) => {
            output.error(&problem);
            return Ok(Exit::Usage);
        }
    };
    let workspace = workspace::find(arguments.spec.as_deref())?;
    let (mut sources, mut out) = pipeline::load(&workspace)?;
    let baseline = options.baseline.as_deref();
    let baseline = baseline
        .map(|path| read_baseline(path, &mut sources))
        .transpose()?;
    let model = pipeline::analyze(&sources, &mut out);
    pipeline::lint_on(today(options.today), &model, &mut out);
    pipeline::excerpts(&workspace, &model, &mut out);
    pipeline::documents_exist(&workspace, &model, &mut out);
    let mut findings = apply(
        out.into_sorted(),
        &sources,
        &model.lints,
        &options.levels.overrides,
    );
    if let Some(path) = &options.write_baseline {
        write_file(path, write_baseline(&findings, &sources))?;
        output.say(&format!("wrote {}", path.display()));
        findings.retain(|finding| is_hard(finding.code));
    }
    if let Some((baseline, file)) = baseline {
        findings = baseline.apply(findings, &sources, file);
    }
    let fail_on = lowest_failure(options.fail_on);
    let report = Report {
        diagnostics: &findings,
        sources: &sources,
        options: Options {
            max_findings: shown_at_most(options.max_findings),
            style: Style::Colored,
            fail_on,
        },
    };
    deliver(
        &(format.render)(&report),
        &options.output,
        format.name,
        output,
    )?;
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

/// Reads a baseline, and keeps its text for the places of findings about it.
fn read_baseline(path: &Path, sources: &mut Sources) -> Result<(Baseline, SourceId)> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("can't read `{shown}`"))?;
    let baseline = Baseline::parse(&text).with_context(|| format!("can't read `{shown}`"))?;
    let name = path.to_string_lossy().replace('\\', "/");
    Ok((baseline, sources.add_plain(name, text)))
}

/// The report format, or what is wrong with its name.
pub(super) fn format(name: &str) -> Result<&'static ReportFormat> {
    let names = || REPORT_FORMATS.iter().map(|format| format.name);
    find_report_format(name).ok_or_else(|| {
        let help = did_you_mean(name, names()).map_or_else(
            || format!("formats are {}", names().collect::<Vec<_>>().join(", ")),
            |meant| format!("did you mean `{meant}`?"),
        );
        anyhow!("`{name}` is no format of findings; {help}")
    })
}

pub(super) fn lowest_failure(fail_on: FailOn) -> Option<Severity> {
    match fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Note => Some(Severity::Note),
        FailOn::Never => None,
    }
}

/// How many findings people are shown; 0 stands for all.
pub(super) fn shown_at_most(max_findings: usize) -> usize {
    if max_findings == 0 {
        usize::MAX
    } else {
        max_findings
    }
}

/// Colors are removed by the stream, or here where a file is written.
pub(super) fn deliver(text: &str, path: &Path, format: &str, output: &mut Output) -> Result<()> {
    let is_for_people = format == "human";
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
