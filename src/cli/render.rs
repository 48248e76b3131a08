//! `render`: views and documents into a folder, or one of them to stdout.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Exit;
use super::arguments::{Arguments, RenderOptions};
use super::check::report_problems;
use super::output::{Output, write_file};
use super::workspace;
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::graph::ArchGraph;
use crate::model::Model;
use crate::pipeline::{self, Artifacts, Request};
use crate::render::{FORMATS, Templates};
use crate::source::Workspace;
use crate::view::View;

const DEFAULT_FOLDER: &str = "out";

pub(super) fn run(
    arguments: &Arguments,
    options: &RenderOptions,
    output: &mut Output,
) -> Result<Exit> {
    let workspace = workspace::find(arguments.spec.as_deref())?;
    let (sources, mut out) = pipeline::load(&workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    if out.has_errors() {
        report_problems(out, &sources, &model, output);
        output.insist("nothing was written: the specification has errors");
        return Ok(Exit::Findings);
    }
    let request = match request(options, &model) {
        Ok(request) => request,
        Err(problem) => {
            output.error(&problem);
            return Ok(Exit::Usage);
        }
    };
    let mut templates = Templates::new(templates_folder(options.templates.as_deref(), &workspace));
    let own = options
        .template
        .as_deref()
        .map(|path| templates.add(path))
        .transpose()?;
    let request = Request {
        own_template: own,
        excerpts: pipeline::excerpts(&workspace, &model, &mut out),
        ..request
    };
    let graph = ArchGraph::build(&model);
    let shown = pipeline::views(&model, &graph, &request.views, &mut out);
    if let Some(unknown) = request
        .views
        .iter()
        .find(|wanted| shown.iter().all(|view| view.id() != **wanted))
    {
        output.error(&unknown_view(unknown, &model, &graph));
        return Ok(Exit::Usage);
    }
    let artifacts = pipeline::render(&model, &shown, &templates, &request, &mut out)?;
    let has_problems = out.has_errors();
    report_problems(out, &sources, &model, output);
    if has_problems {
        return Ok(Exit::Findings);
    }
    let exit = deliver(options, &workspace, &model, &artifacts, output);
    // The process ends here: freeing a large model piece by piece would only take time.
    std::mem::forget((shown, graph, artifacts));
    std::mem::forget(model);
    exit
}

/// Which formats and views, from the arguments, the spec's `outputs`, or all.
fn request(options: &RenderOptions, model: &Model<'_>) -> Result<Request> {
    let outputs = model.outputs.as_ref();
    let stated = |texts: Option<&Vec<crate::spec::Text<'_>>>| -> Vec<String> {
        texts
            .into_iter()
            .flatten()
            .map(|text| text.value.to_owned())
            .collect()
    };
    let mut formats = options.format.clone();
    if formats.is_empty() && options.template.is_none() {
        formats = stated(outputs.map(|outputs| &outputs.formats));
    }
    let wants_all = formats.iter().any(|format| format == "all")
        || (formats.is_empty() && options.template.is_none());
    if wants_all {
        formats = FORMATS
            .iter()
            .map(|format| format.name.to_owned())
            .collect();
    }
    for format in &formats {
        known_format(format)?;
    }
    let mut views = options.view.clone();
    if views.is_empty() {
        views = stated(outputs.map(|outputs| &outputs.views));
    }
    Ok(Request {
        formats,
        views,
        own_template: None,
        excerpts: Vec::new(),
    })
}

fn known_format(name: &str) -> Result<()> {
    let names = || FORMATS.iter().map(|format| format.name);
    if names().any(|known| known == name) {
        return Ok(());
    }
    let help = did_you_mean(name, names()).map_or_else(
        || format!("formats are {}", names().collect::<Vec<_>>().join(", ")),
        |meant| format!("did you mean `{meant}`?"),
    );
    anyhow::bail!("`{name}` is no format; {help}")
}

fn unknown_view(name: &str, model: &Model<'_>, graph: &ArchGraph) -> anyhow::Error {
    let all = pipeline::views(model, graph, &[], &mut Diagnostics::default());
    let ids: Vec<&str> = all.iter().map(View::id).collect();
    match did_you_mean(name, ids.iter().copied()) {
        Some(meant) => anyhow::anyhow!("there is no view `{name}`; did you mean `{meant}`?"),
        None => anyhow::anyhow!("there is no view `{name}`; views are {}", ids.join(", ")),
    }
}

/// The folder asked for, or a `templates` folder beside the specification.
pub(super) fn templates_folder(asked: Option<&Path>, workspace: &Workspace) -> Option<PathBuf> {
    asked.map(Path::to_path_buf).or_else(|| {
        let Workspace::Disk { root, .. } = workspace else {
            return None;
        };
        let folder = root.join("templates");
        folder.is_dir().then_some(folder)
    })
}

fn deliver(
    options: &RenderOptions,
    workspace: &Workspace,
    model: &Model<'_>,
    artifacts: &Artifacts,
    output: &mut Output,
) -> Result<Exit> {
    if options
        .output
        .as_deref()
        .is_some_and(|path| path.as_os_str() == "-")
    {
        return one_to_stdout(artifacts, output);
    }
    let folder = options
        .output
        .clone()
        .unwrap_or_else(|| default_folder(workspace, model));
    if options.check {
        return compare(&folder, artifacts, output);
    }
    for (name, text) in artifacts {
        write_file(&folder.join(name), text)?;
    }
    output.say(&format!(
        "wrote {} files into {}",
        artifacts.len(),
        folder.display()
    ));
    Ok(Exit::Clean)
}

/// The spec's `outputs.folder` beside the spec, or `out` in the current folder.
fn default_folder(workspace: &Workspace, model: &Model<'_>) -> PathBuf {
    let stated = model.outputs.as_ref().and_then(|outputs| outputs.folder);
    match (stated, workspace) {
        (Some(folder), Workspace::Disk { root, .. }) if stays_inside(folder.value) => {
            root.join(folder.value)
        }
        _ => PathBuf::from(DEFAULT_FOLDER),
    }
}

/// Output paths never leave the output folder's base.
fn stays_inside(folder: &str) -> bool {
    let is_down = |part| {
        matches!(
            part,
            std::path::Component::Normal(_) | std::path::Component::CurDir
        )
    };
    Path::new(folder).components().all(is_down)
}

fn one_to_stdout(artifacts: &Artifacts, output: &mut Output) -> Result<Exit> {
    let mut texts = artifacts.iter();
    match (texts.next(), texts.next()) {
        (Some((_, text)), None) => {
            output.raw(text)?;
            Ok(Exit::Clean)
        }
        (first, _) => {
            let names: Vec<&str> = artifacts.keys().take(6).map(String::as_str).collect();
            let what = if first.is_none() {
                "nothing".to_owned()
            } else {
                format!("{} files ({}, …)", artifacts.len(), names.join(", "))
            };
            output.insist(&format!("`-o -` takes one file; this would write {what}. Name one format with -f and one view with --view"));
            Ok(Exit::Usage)
        }
    }
}

/// Says how what is there differs from what would be written.
fn compare(folder: &Path, artifacts: &Artifacts, output: &mut Output) -> Result<Exit> {
    let mut stale = 0;
    for (name, text) in artifacts {
        let path = folder.join(name);
        let there = match std::fs::read_to_string(&path) {
            Ok(there) => there,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(error).with_context(|| format!("can't read `{}`", path.display()));
            }
        };
        if there != *text {
            stale += 1;
            let shown = path.display().to_string();
            let diff = similar::TextDiff::from_lines(&there, text);
            output.data(
                &diff
                    .unified_diff()
                    .header(&shown, &format!("{shown} (rendered)"))
                    .to_string(),
            )?;
        }
    }
    if stale == 0 {
        output.say(&format!(
            "{} files in {} are up to date",
            artifacts.len(),
            folder.display()
        ));
        return Ok(Exit::Clean);
    }
    output.insist(&format!(
        "{stale} of {} files in {} are stale; run the same command without --check",
        artifacts.len(),
        folder.display()
    ));
    Ok(Exit::Findings)
}
