//! The driver: the one place that calls the phases in order.
//!
//! In: a workspace. Out: what a command needs, with the findings on the way.
//! Refuses to know: arguments and output.

mod cores;
mod explore;
mod gallery;
mod pictures;

pub use explore::{Explored, explore, page};

use std::collections::BTreeMap;
use std::rc::Rc;

use anyhow::Result;

use crate::check::{self, Day};
use crate::diagnostic::{
    DRIFT_SOURCE_MISSING, Diagnostic, Diagnostics, Group, Override, Run, Severity, apply, apply_to,
};
use crate::diff;
use crate::docs;
use crate::draw::{self, PreviousPicture};
use crate::drift::{self, Scope};
use crate::excerpt::{self, Excerpt};
use crate::files::{Version, changed_files};
use crate::graph::ArchGraph;
use crate::import;
use crate::model::{Model, resolve};
use crate::render::{
    self, Artifact, Document, FindingCounts, Native, NativeOptions, Subject, SummaryForm,
    SummaryRequest, Templates, find_format, own_template_format,
};
use crate::source::{Sources, Workspace};
use crate::spec;
use crate::update::{self, Update};
use crate::view::{self, View};

/// The file name of documents, less the extension.
pub(crate) const DOCUMENT_NAME: &str = "architecture";

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
    /// How pictures are written.
    pub pictures: NativeOptions,
    /// How much of a large view is drawn.
    pub extent: Extent,
    /// Pictures to stay near to.
    pub previous: Vec<PreviousPicture>,
}

/// How much of a large view is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// As much as can be read: the rest is folded together.
    #[default]
    Readable,
    /// Everything.
    Full,
}

/// Pictures with more cards can't be read.
const MAX_NODES: usize = 120;

/// What is written, by file name.
pub type Artifacts = BTreeMap<String, Artifact>;

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

/// Names and texts of the documents that a specification keeps up to date; those that can't
/// be read are left out.
pub fn documents(workspace: &Workspace, model: &Model<'_>) -> Vec<(String, String)> {
    let names = docs::files(workspace, model, &mut Diagnostics::default());
    let text = |name: String| workspace.read(&name).ok().map(|text| (name, text));
    names.into_iter().filter_map(text).collect()
}

/// Reports documents that a specification names and that are not there.
pub fn documents_exist(workspace: &Workspace, model: &Model<'_>, out: &mut Diagnostics) {
    docs::files(workspace, model, out);
}

/// Decodes and resolves loaded sources.
pub fn analyze<'s>(sources: &'s Sources, out: &mut Diagnostics) -> Model<'s> {
    let spec = spec::decode(sources, out);
    resolve(spec, out)
}

/// Runs every rule on a resolved model, and builds the views that the user wrote. What a
/// check says depends on no day.
pub fn lint(model: &Model<'_>, out: &mut Diagnostics) {
    lint_on(None, model, out);
}

/// The same on a day, for exceptions that are over by then.
pub fn lint_on(today: Option<Day>, model: &Model<'_>, out: &mut Diagnostics) {
    let graph = ArchGraph::build(model);
    check::check(&check::Context::new(model, &graph).on(today), out);
    view::check(model, &graph, out);
    render::check_outputs(model, out);
    diff::check_settings(model, out);
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

/// The text of a specification of what was imported. It is checked once, so that the rules
/// can be told what the sources leave open.
pub fn specification(
    imported: &import::Imported,
    sources: &Sources,
    style: import::Style<'_>,
) -> Result<String> {
    let first = import::specification(imported, sources, style, &[]);
    let (_, findings) = findings(&Workspace::of_text("imported.yaml", &first))?;
    Ok(import::specification(imported, sources, style, &findings))
}

/// A specification with what was imported and it does not have yet. It is checked once, so
/// that the rules can be told what the sources leave open.
pub fn update(
    sources: &Sources,
    imported: &import::Imported,
    import_sources: &Sources,
    style: import::Style<'_>,
) -> Result<Vec<update::Edit>> {
    let mut out = Diagnostics::default();
    let model = analyze(sources, &mut out);
    let update = Update {
        sources,
        model: &model,
        imported,
        import_sources,
        style,
    };
    let first = update.edits(&update::Remarks::default())?;
    let mut files: BTreeMap<String, String> = sources
        .files()
        .map(|(_, file)| (file.name.clone(), file.text.clone()))
        .collect();
    files.extend(first.into_iter().map(|edit| (edit.name, edit.new)));
    let main = sources.files().next().map(|(_, file)| file.name.clone());
    let edited = Workspace::Memory {
        main: main.unwrap_or_default(),
        files,
    };
    let (_, findings) = findings(&edited)?;
    Ok(update.edits(&update.remarks(&findings))?)
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

/// The picture of changes between two versions, in one format of `render`.
pub fn change_picture(
    base: &Model<'_>,
    head: &Model<'_>,
    diff: &diff::ModelDiff,
    templates: &Templates,
    request: &Request,
    out: &mut Diagnostics,
) -> Result<Artifacts> {
    let union = diff::union(base, head, diff);
    let graph = ArchGraph::build(&union);
    let shown = [view::changes(&union, &graph)];
    render(&union, &shown, templates, request, out)
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
                artifacts.insert(format!("{}.{}", view.id(), format.extension), text.into());
            }
        }
        if let Some(text) = render::render_document(templates, format, model, &document)? {
            artifacts.insert(format!("{DOCUMENT_NAME}.{}", format.extension), text.into());
        }
    }
    artifacts.extend(pictures::draw_all(model, shown, request, out)?);
    if let Some(name) = &request.own_template {
        render_own(model, &document, templates, name, &mut artifacts)?;
    }
    render::report_limits(shown, &artifacts, out);
    Ok(artifacts)
}

/// A view with less in it, if it shows more than can be read.
fn readable<'m>(model: &'m Model<'m>, view: &View<'m>) -> Option<View<'m>> {
    match view {
        View::Graph(graph) => view::reduced(graph, MAX_NODES, model).map(View::Graph),
        View::Sequence(_) => None,
    }
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
        artifacts.insert(format!("{DOCUMENT_NAME}.{extension}"), text.into());
        return Ok(());
    }
    for view in document
        .views
        .iter()
        .filter(|view| Subject::of(view) == subject)
    {
        let text = render::render_own_picture(templates, name, model, view)?;
        artifacts.insert(format!("{}.{extension}", view.id()), text.into());
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

/// The integration summary of two versions, in the form that is asked for.
pub fn summarize(
    comparison: &Comparison<'_>,
    templates: &Templates,
    request: &SummaryRequest<'_>,
) -> Result<String> {
    let (base, head) = (comparison.base, comparison.head);
    let mut out = Diagnostics::default();
    let graph = ArchGraph::build(head.model);
    let shown = views(head.model, &graph, &[], &mut out);
    let summary = render::Summary {
        base: base.model,
        head: head.model,
        diff: &diff::compare(base.model, head.model, &diff::Options::default()),
        base_name: comparison.base_name,
        views: &shown,
        drawings: &drawings(head.model, &shown, request.form)?,
        base_excerpts: &excerpts(base.workspace, base.model, &mut out),
        excerpts: &excerpts(head.workspace, head.model, &mut out),
        files: &changed_files(base, head, comparison.renamed_from),
        findings: comparison.findings,
    };
    render::render_summary(templates, request, &summary)
}

/// The pictures of a page; Markdown has its pictures as Mermaid.
fn drawings(model: &Model<'_>, shown: &[View<'_>], form: SummaryForm) -> Result<Vec<String>> {
    if form == SummaryForm::Markdown {
        return Ok(Vec::new());
    }
    let drawing = |view: &View<'_>| {
        let (picture, _) = draw::draw(model, view, None);
        let artifact = render::write_native(Native::Svg, &picture, NativeOptions::default())?;
        Ok(artifact.text().unwrap_or("").to_owned())
    };
    shown.iter().map(drawing).collect()
}

/// What a comparison with the real system is asked.
#[derive(Debug)]
pub struct DriftRequest<'r> {
    /// Sources named beside the specification; those that it names itself if there are none.
    pub sources: Vec<import::Request>,
    /// The environment.
    pub environment: Option<&'r str>,
    /// Today.
    pub today: Day,
    /// Levels from the command line.
    pub overrides: &'r [Override],
}

/// What a comparison with the real system found.
#[derive(Debug)]
pub struct DriftReport {
    /// The files of both sides.
    pub sources: Sources,
    /// Every fact; none if the specification has errors.
    pub facts: Vec<drift::Fact>,
    /// The findings at their final levels.
    pub findings: Vec<Diagnostic>,
    /// Whether a source could not be read whole.
    pub is_partial: bool,
    /// How many files of the real system were read.
    pub files: usize,
    /// The environments that the specification names.
    pub environments: Vec<String>,
}

/// Compares a specification with files of the real system.
pub fn drift(workspace: &Rc<Workspace>, request: DriftRequest<'_>) -> Result<DriftReport> {
    let (mut sources, mut out) = load(workspace)?;
    let own = sources.files().count();
    let (mut requests, environments) = {
        let model = analyze(&sources, &mut out);
        let environments = drift::environments(&model);
        let environments = environments.into_iter().map(ToOwned::to_owned).collect();
        let wanted = drift::wanted(&model, request.environment);
        (named_sources(workspace, &wanted, &mut out), environments)
    };
    if !request.sources.is_empty() {
        out = Diagnostics::default();
        requests = request.sources;
    }
    let mut left_out = Diagnostics::default();
    let imported = import::import(&requests, &mut sources, &mut left_out);
    let mut of_spec = Diagnostics::default();
    let model = analyze(&sources, &mut of_spec);
    if of_spec.has_errors() {
        let findings = apply(
            of_spec.into_sorted(),
            &sources,
            &model.lints,
            request.overrides,
        );
        drop(model);
        return Ok(DriftReport {
            sources,
            facts: Vec::new(),
            findings,
            is_partial: false,
            files: 0,
            environments,
        });
    }
    let scope = Scope {
        environment: request.environment,
        today: request.today,
        kinds: requests
            .iter()
            .map(|request| request.importer.kind)
            .collect(),
        folder: folder_of(&workspace.main()),
    };
    let facts = drift::compare(&model, &imported, &scope, &mut out);
    for finding in drift::findings(&facts) {
        out.push(finding);
    }
    let errors = left_out.into_sorted().into_iter();
    let errors = errors.filter(|finding| finding.severity == Severity::Error);
    errors.for_each(|finding| out.push(finding));
    let unreadable = |finding: &Diagnostic| {
        finding.code.group == Group::Import || finding.code.id == DRIFT_SOURCE_MISSING.id
    };
    let is_partial = out.list().iter().any(unreadable);
    let list = out.into_sorted();
    let findings = apply_to(Run::Drift, list, &sources, &model.lints, request.overrides);
    drop(model);
    let files = sources.files().count() - own;
    Ok(DriftReport {
        sources,
        facts,
        findings,
        is_partial,
        files,
        environments,
    })
}

/// The files that patterns of a specification match, as requests to importers.
fn named_sources(
    workspace: &Rc<Workspace>,
    wanted: &[drift::Wanted],
    out: &mut Diagnostics,
) -> Vec<import::Request> {
    let mut requests = Vec::new();
    for group in wanted {
        let Some(importer) = import::find_importer(group.kind) else {
            continue;
        };
        let mut files = Vec::new();
        for (pattern, span) in &group.patterns {
            match workspace.find(&workspace.main(), pattern) {
                Ok(names) if !names.is_empty() => {
                    files.extend(names.into_iter().map(|name| (name, Rc::clone(workspace))));
                }
                _ => out.push(drift::no_source(pattern, *span)),
            }
        }
        if !files.is_empty() {
            requests.push(import::Request { importer, files });
        }
    }
    requests
}

/// The folder of a file as a prefix of the names beside it.
fn folder_of(name: &str) -> String {
    name.rfind('/')
        .map_or("", |slash| &name[..=slash])
        .to_owned()
}
