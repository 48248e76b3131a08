//! `check`: every finding, in the format asked for.

use std::path::Path;

use anyhow::{Context, Result};

use super::Exit;
use super::arguments::{Arguments, CheckOptions};
use super::output::{Output, write_file};
use super::today::today;
use super::workspace;
use crate::diagnostic::{Baseline, apply, is_hard, write_baseline};
use crate::model::{Model, Statistics};
use crate::pipeline;
use crate::source::{SourceId, Sources};

pub(super) fn run(
    arguments: &Arguments,
    options: &CheckOptions,
    output: &mut Output,
) -> Result<Exit> {
    let form = match options.report.form() {
        Ok(form) => form,
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
        &options.report.levels.overrides,
    );
    if let Some(path) = &options.write_baseline {
        write_file(path, write_baseline(&findings, &sources))?;
        output.say(&format!("wrote {}", path.display()));
        findings.retain(|finding| is_hard(finding.code));
    }
    if let Some((baseline, file)) = baseline {
        findings = baseline.apply(findings, &sources, file);
    }
    let report = &options.report;
    report.deliver(&report.written(form, &findings, &sources), output)?;
    if findings.is_empty() && form.name == "human" {
        output.say(&clean(&sources, &model));
    }
    let fails = findings.iter().any(|finding| report.fails(finding));
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
