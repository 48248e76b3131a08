//! The driver: the one place that calls the phases in order.
//!
//! In: a workspace. Out: what a command needs, with the findings on the way.
//! Refuses to know: arguments and output.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Result;
use serde_json::Value;

use crate::check;
use crate::diagnostic::{Diagnostic, Diagnostics, Override, Severity, apply};
use crate::diff;
use crate::excerpt::{self, Excerpt};
use crate::explorer::{self, Pictures};
use crate::files::{Version, changed_files};
use crate::graph::ArchGraph;
use crate::model::{Model, resolve};
use crate::render::{
    self, Document, FindingCounts, Subject, SummaryForm, Templates, find_format,
    own_template_format,
};
use crate::serve;
use crate::source::{Sources, Workspace};
use crate::spec;
use crate::view::{self, View};

/// The file name of documents, less the extension.
const DOCUMENT_NAME: &str = "architecture";

/// What to render.
#[derive(Debug, Default)]
pub struct Request {
    /// Names of formats.
    pub formats: Vec<String>,
    /// Ids of views; all if empty.
    pub views: Vec<String>,
    /// The name of a project's own template.
    pub own_template: Option<String>,
    /// What documents quote from configuration files.
    pub excerpts: Vec<Excerpt>,
}

/// Texts by file name.
pub type Artifacts = BTreeMap<String, String>;

/// Reads all files of a specification. Fails only if the main file can't be read.
pub fn load(workspace: &Workspace) -> Result<(Sources, Diagnostics)> {
    let mut out = Diagnostics::default();
    let sources = spec::load(workspace, &mut out)?;
    Ok((sources, out))
}

/// Reads the configuration excerpts of a model.
pub fn excerpts(workspace: &Workspace, model: &Model<'_>, out: &mut Diagnostics) -> Vec<Excerpt> {
    excerpt::excerpts(workspace, model, out)
}

/// Decodes and resolves loaded sources.
pub fn analyze<'s>(sources: &'s Sources, out: &mut Diagnostics) -> Model<'s> {
    let spec = spec::decode(sources, out);
    resolve(spec, out)
}

/// Runs every rule on a resolved model, and builds the views that the user wrote.
pub fn lint(model: &Model<'_>, out: &mut Diagnostics) {
    let graph = ArchGraph::build(model);
    check::check(&check::Context::new(model, &graph), out);
    view::check(model, &graph, out);
}

/// Loads, analyzes and checks a specification; the findings come sorted, at their default levels.
pub fn findings(workspace: &Workspace) -> Result<(Sources, Vec<Diagnostic>)> {
    let (sources, mut out) = load(workspace)?;
    {
        let model = analyze(&sources, &mut out);
        lint(&model, &mut out);
        excerpts(workspace, &model, &mut out);
    }
    Ok((sources, out.into_sorted()))
}

/// Loads, analyzes and checks a specification; its settings, its comments and the overrides
/// have had their say.
pub fn checked(
    workspace: &Workspace,
    overrides: &[Override],
) -> Result<(Sources, Vec<Diagnostic>)> {
    let (sources, mut out) = load(workspace)?;
    let judged = {
        let model = analyze(&sources, &mut out);
        lint(&model, &mut out);
        excerpts(workspace, &model, &mut out);
        apply(out.into_sorted(), &sources, &model.lints, overrides)
    };
    Ok((sources, judged))
}

/// Builds the views of these ids, or all of them.
pub fn views<'m>(
    model: &'m Model<'m>,
    graph: &ArchGraph,
    wanted: &[String],
    out: &mut Diagnostics,
) -> Vec<View<'m>> {
    let mut shown = Vec::new();
    for definition in view::views(model, out) {
        if wanted.is_empty() || wanted.iter().any(|name| definition.is_named(name)) {
            shown.push(view::build(&definition, model, graph, out));
        }
    }
    shown
}

/// The explorer's data, and what it is made from.
#[derive(Debug)]
pub struct Explored {
    /// The data of the page.
    pub data: Value,
    /// The title of the page.
    pub title: String,
    /// Whether the specification has no errors.
    pub is_whole: bool,
    /// The folders of every input.
    pub folders: BTreeSet<PathBuf>,
}

/// Everything that the explorer shows. Fails only if the main file can't be read.
pub fn explore(workspace: &Workspace) -> Result<Explored> {
    let (sources, mut out) = load(workspace)?;
    let model = analyze(&sources, &mut out);
    lint(&model, &mut out);
    excerpts(workspace, &model, &mut out);
    let graph = ArchGraph::build(&model);
    let templates = Templates::new(None);
    // Findings about views were reported by `lint`.
    let pictures = pictures(&model, &graph, &templates, &mut Diagnostics::default())?;
    let findings = apply(out.into_sorted(), &sources, &model.lints, &[]);
    let is_whole = findings
        .iter()
        .all(|finding| finding.severity < Severity::Error);
    let content = explorer::Content {
        model: &model,
        pictures: &pictures,
        findings: &findings,
        sources: &sources,
        changes: None,
    };
    Ok(Explored {
        data: explorer::payload(&content),
        title: model.name.to_owned(),
        is_whole,
        folders: serve::folders(workspace, &sources, &model),
    })
}

/// Every view.
fn pictures<'m>(
    model: &'m Model<'m>,
    graph: &ArchGraph,
    templates: &Templates,
    out: &mut Diagnostics,
) -> Result<Vec<Pictures<'m>>> {
    let mut all = Vec::new();
    for definition in view::views(model, out) {
        let view = view::build(&definition, model, graph, out);
        let mermaid = find_format("mermaid")
            .map(|format| render::render_picture(templates, format, model, &view))
            .transpose()?
            .flatten();
        all.push(Pictures {
            projection: definition.projection(),
            view,
            drawn: BTreeMap::new(),
            mermaid,
        });
    }
    Ok(all)
}

/// Renders what is asked for; the names are file names in the output folder.
pub fn render(
    model: &Model<'_>,
    shown: &[View<'_>],
    templates: &Templates,
    request: &Request,
    out: &mut Diagnostics,
) -> Result<Artifacts> {
    let document = Document {
        views: shown,
        excerpts: &request.excerpts,
    };
    let mut artifacts = Artifacts::new();
    for format in request.formats.iter().filter_map(|name| find_format(name)) {
        for view in shown {
            if let Some(text) = render::render_picture(templates, format, model, view)? {
                artifacts.insert(format!("{}.{}", view.id(), format.extension), text);
            }
        }
        if let Some(text) = render::render_document(templates, format, model, &document)? {
            artifacts.insert(format!("{DOCUMENT_NAME}.{}", format.extension), text);
        }
    }
    if let Some(name) = &request.own_template {
        render_own(model, &document, templates, name, &mut artifacts)?;
    }
    render::report_limits(shown, &artifacts, out);
    Ok(artifacts)
}

/// A project's own template, once for each view or scenario, or once for the model.
fn render_own(
    model: &Model<'_>,
    document: &Document<'_, '_>,
    templates: &Templates,
    name: &str,
    artifacts: &mut Artifacts,
) -> Result<()> {
    let (subject, extension) = own_template_format(name)?;
    if subject == Subject::Document {
        let text = render::render_own_document(templates, name, model, document)?;
        artifacts.insert(format!("{DOCUMENT_NAME}.{extension}"), text);
        return Ok(());
    }
    for view in document
        .views
        .iter()
        .filter(|view| Subject::of(view) == subject)
    {
        let text = render::render_own_picture(templates, name, model, view)?;
        artifacts.insert(format!("{}.{extension}", view.id()), text);
    }
    Ok(())
}

/// Two versions and what is known about them.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'c> {
    /// The old version.
    pub base: Version<'c>,
    /// The new version.
    pub head: Version<'c>,
    /// What the user calls the old version.
    pub base_name: &'c str,
    /// Where the specification was, if it has been renamed since.
    pub renamed_from: Option<&'c str>,
    /// What the check of the new version found.
    pub findings: FindingCounts,
}

/// The integration summary of two versions: as Markdown, as a page, or by a template of the
/// user's own.
pub fn summarize(
    comparison: &Comparison<'_>,
    templates: &Templates,
    own: Option<&str>,
    form: SummaryForm,
) -> Result<String> {
    let (base, head) = (comparison.base, comparison.head);
    let mut out = Diagnostics::default();
    let graph = ArchGraph::build(head.model);
    let summary = render::Summary {
        base: base.model,
        head: head.model,
        diff: &diff::compare(base.model, head.model, diff::Guessing::On),
        base_name: comparison.base_name,
        views: &views(head.model, &graph, &[], &mut out),
        base_excerpts: &excerpts(base.workspace, base.model, &mut out),
        excerpts: &excerpts(head.workspace, head.model, &mut out),
        files: &changed_files(base, head, comparison.renamed_from),
        findings: comparison.findings,
    };
    render::render_summary(templates, own, form, &summary)
}
