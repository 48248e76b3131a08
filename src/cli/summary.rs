//! `summary`: the integration summary, from the version before and the version now.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Exit;
use super::arguments::{Arguments, SummaryFormat, SummaryOptions};
use super::base::{self, Base};
use super::output::{Output, write_file};
use super::render::templates_folder;
use super::report::report_problems;
use super::workspace;
use crate::diagnostic::{Diagnostics, Severity, apply};
use crate::files::Version;
use crate::model::Model;
use crate::pipeline::{self, Comparison};
use crate::render::{FindingCounts, SummaryForm, SummaryRequest, Templates};
use crate::source::{Sources, Workspace};

pub(super) fn run(
    arguments: &Arguments,
    options: &SummaryOptions,
    output: &mut Output,
) -> Result<Exit> {
    let workspace = workspace::find(arguments.spec.as_deref())?;
    let base = base::resolve(&options.since, &workspace)?;
    let (base_sources, mut base_out) = pipeline::load(&base.workspace)?;
    let (sources, mut out) = pipeline::load(&workspace)?;
    let base_model = pipeline::analyze(&base_sources, &mut base_out);
    let model = pipeline::analyze(&sources, &mut out);
    if base_out.has_errors() || out.has_errors() {
        report_problems(base_out, &base_sources, &base_model, output);
        report_problems(out, &sources, &model, output);
        output.insist("nothing was written: a version has errors");
        return Ok(Exit::Findings);
    }
    let text = written(
        options,
        &Versions {
            base: &base,
            base_model: &base_model,
            base_sources: &base_sources,
            head: &workspace,
            model: &model,
            sources: &sources,
        },
    )?;
    if let Some(old) = &base.renamed_from {
        output.say(&format!(
            "at {}, the specification was {old}",
            options.since
        ));
    }
    deliver(&text, &options.output, output)
}

/// Both versions of a run.
struct Versions<'v> {
    base: &'v Base,
    base_model: &'v Model<'v>,
    base_sources: &'v Sources,
    head: &'v Workspace,
    model: &'v Model<'v>,
    sources: &'v Sources,
}

fn written(options: &SummaryOptions, versions: &Versions<'_>) -> Result<String> {
    let mut templates = Templates::new(templates_folder(
        options.templates.as_deref(),
        versions.head,
    ));
    let own = options
        .template
        .as_deref()
        .map(|path| own_template(&mut templates, path))
        .transpose()?;
    let comparison = Comparison {
        base: Version {
            workspace: &versions.base.workspace,
            sources: versions.base_sources,
            model: versions.base_model,
        },
        head: Version {
            workspace: versions.head,
            sources: versions.sources,
            model: versions.model,
        },
        base_name: &base_name(&options.since, versions.base),
        renamed_from: versions.base.renamed_from.as_deref(),
        findings: findings(versions.sources, versions.model),
    };
    let form = match options.format {
        SummaryFormat::Markdown => SummaryForm::Markdown,
        SummaryFormat::Html => SummaryForm::Page,
    };
    let request = SummaryRequest {
        form,
        own: own.as_deref(),
        pictures: options.pictures.as_deref(),
    };
    pipeline::summarize(&comparison, &templates, &request)
}

/// Adds a template of the user's own; its extension says how texts are encoded.
fn own_template(templates: &mut Templates, path: &Path) -> Result<String> {
    let name = templates.add(path)?;
    let stem = name.strip_suffix(".j2").unwrap_or("");
    if !stem.contains('.') {
        bail!(
            "template `{name}` must be called `NAME.md.j2` or `NAME.html.j2`, so that texts are encoded for it"
        );
    }
    Ok(name)
}

/// What the document calls the old version; no path of this machine stands in it.
pub(super) fn base_name(since: &str, base: &Base) -> String {
    match &base.workspace {
        Workspace::Revision(revision) => {
            format!("{} ({:.10})", revision.label(), revision.commit())
        }
        _ if Path::new(since).is_absolute() => {
            let path = PathBuf::from(since);
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        }
        _ => since.to_owned(),
    }
}

/// How many findings the check of the new version has, at the levels of its settings.
pub(super) fn findings(sources: &Sources, model: &Model<'_>) -> FindingCounts {
    let mut out = Diagnostics::default();
    pipeline::lint(model, &mut out);
    let judged = apply(out.into_sorted(), sources, &model.lints, &[]);
    let count = |level| {
        judged
            .iter()
            .filter(|finding| finding.severity == level)
            .count()
    };
    FindingCounts {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
    }
}

fn deliver(text: &str, path: &Path, output: &mut Output) -> Result<Exit> {
    if path.as_os_str() == "-" {
        output.raw(text)?;
    } else {
        write_file(path, text).with_context(|| "the summary was not written")?;
        output.say(&format!("wrote {}", path.display()));
    }
    Ok(Exit::Clean)
}
