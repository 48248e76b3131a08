//! `render`: views and documents into a folder, or one of them to stdout.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Exit;
use super::arguments::{Arguments, PictureOptions, RenderOptions, Theme};
use super::folder::{Coverage, Folder, Leftovers};
use super::output::Output;
use super::page::page;
use super::report::report_problems;
use super::workspace;
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::draw::PreviousPicture;
use crate::files::Version;
use crate::graph::ArchGraph;
use crate::model::Model;
use crate::pipeline::{self, Artifacts, Extent, Request};
use crate::render::{self, FORMATS, FontSource, Ground, NativeOptions, Templates, find_format};
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
    if options.format.is_empty() || options.view.is_empty() || options.output.is_none() {
        render::check_outputs(&model, &mut out);
    }
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
        pictures: native_options(&options.pictures),
        extent: if options.pictures.full {
            Extent::Full
        } else {
            Extent::Readable
        },
        previous: previous(options.pictures.previous.as_deref())?,
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
    if let Some(why) = refusal(options, &request, &shown) {
        output.insist(&why);
        return Ok(Exit::Usage);
    }
    let mut artifacts = pipeline::render(&model, &shown, &templates, &request, &mut out)?;
    if request.formats.iter().any(|format| format == "html") {
        let head = Version {
            workspace: &workspace,
            sources: &sources,
            model: &model,
        };
        let text = page(head, options.since.as_deref())?;
        artifacts.insert(format!("{}.html", pipeline::DOCUMENT_NAME), text.into());
    }
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
    let names = || FORMATS.iter().map(|format| format.name.to_owned());
    if formats.iter().any(|format| format == "all") {
        formats = names().collect();
    } else if formats.is_empty() && options.template.is_none() {
        // Pixels take long, and svg shows the same.
        formats = names().filter(|name| name != "png").collect();
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
        ..Request::default()
    })
}

fn native_options(options: &PictureOptions) -> NativeOptions {
    NativeOptions {
        ground: match options.theme {
            Theme::Auto => Ground::Preferred,
            Theme::Light => Ground::Light,
            Theme::Dark => Ground::Dark,
        },
        font: if options.embed_font {
            FontSource::Embedded
        } else {
            FontSource::System
        },
        scale: options.scale,
    }
}

/// The earlier pictures at a path: one file, or every SVG of a folder that has positions.
fn previous(path: Option<&Path>) -> Result<Vec<PreviousPicture>> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    if !path.is_dir() {
        let picture = earlier_picture(path)?;
        let picture = picture.with_context(|| {
            format!(
                "`{}` has no positions: it must be an SVG that archviz wrote",
                path.display()
            )
        })?;
        return Ok(vec![picture]);
    }
    let entries =
        std::fs::read_dir(path).with_context(|| format!("can't read `{}`", path.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "svg"));
    files.sort();
    let pictures: Result<Vec<_>> = files.iter().map(|file| earlier_picture(file)).collect();
    Ok(pictures?.into_iter().flatten().collect())
}

fn earlier_picture(file: &Path) -> Result<Option<PreviousPicture>> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("can't read `{}`", file.display()))?;
    Ok(PreviousPicture::read(&text))
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
    if is_stdout(options) {
        return one_to_stdout(artifacts, output);
    }
    let folder = options
        .output
        .clone()
        .unwrap_or_else(|| default_folder(workspace, model));
    let folder = Folder::new(folder);
    let coverage = if is_whole(options) {
        Coverage::Whole
    } else {
        Coverage::Part
    };
    if options.check {
        return folder.compare(artifacts, coverage, output);
    }
    let leftovers = if options.prune {
        Leftovers::Delete
    } else {
        Leftovers::Report
    };
    folder.write(artifacts, coverage, leftovers, output)
}

/// Whether everything that the specification asks for is made.
fn is_whole(options: &RenderOptions) -> bool {
    options.format.is_empty() && options.view.is_empty() && options.template.is_none()
}

/// The spec's `outputs.folder` beside the spec, or `out` in the current folder.
fn default_folder(workspace: &Workspace, model: &Model<'_>) -> PathBuf {
    let stated = model.outputs.as_ref().and_then(|outputs| outputs.folder);
    match (stated, workspace) {
        (Some(folder), Workspace::Disk { root, .. }) => root.join(folder.value),
        _ => PathBuf::from(DEFAULT_FOLDER),
    }
}

/// Why arguments that fit by themselves do not fit together; found before anything is drawn.
fn refusal(options: &RenderOptions, request: &Request, shown: &[View<'_>]) -> Option<String> {
    if options.since.is_some() && !request.formats.iter().any(|format| format == "html") {
        let why = "`--since` says what the explorer compares with; ask for it with `-f html`";
        return Some(why.to_owned());
    }
    // How many files a template of the user's own writes, only it knows.
    if !is_stdout(options) || request.own_template.is_some() {
        return None;
    }
    let files = files(request, shown);
    (files.len() != 1).then(|| not_one_file(&files))
}

/// The names of all files that are asked for.
fn files(request: &Request, shown: &[View<'_>]) -> Vec<String> {
    let formats = request.formats.iter().filter_map(|name| find_format(name));
    let mut files: Vec<String> = formats
        .flat_map(|format| {
            let pictures = shown.iter().filter(|view| format.shows(view)).map(View::id);
            let document = format.document.map(|_| pipeline::DOCUMENT_NAME);
            let names = pictures.chain(document);
            names.map(|name| format!("{name}.{}", format.extension))
        })
        .collect();
    files.sort();
    files
}

fn is_stdout(options: &RenderOptions) -> bool {
    let output = options.output.as_deref();
    output.is_some_and(|path| path.as_os_str() == "-")
}

fn not_one_file(files: &[String]) -> String {
    let named = files.len().min(6);
    let what = match files {
        [] => "nothing".to_owned(),
        all if all.len() == named => format!("{named} files ({})", all.join(", ")),
        all => format!("{} files ({}, …)", all.len(), all[..named].join(", ")),
    };
    format!(
        "`-o -` takes one file; this would write {what}. Name one format with -f and one view with --view"
    )
}

fn one_to_stdout(artifacts: &Artifacts, output: &mut Output) -> Result<Exit> {
    let mut texts = artifacts.values();
    if let (Some(artifact), None) = (texts.next(), texts.next()) {
        output.raw(artifact.bytes())?;
        return Ok(Exit::Clean);
    }
    let files: Vec<String> = artifacts.keys().cloned().collect();
    output.insist(&not_one_file(&files));
    Ok(Exit::Usage)
}
