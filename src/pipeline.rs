//! The driver: the one place that calls the phases in order.
//!
//! In: a workspace. Out: what a command needs, with the findings on the way.
//! Refuses to know: arguments and output.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::check;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::ArchGraph;
use crate::model::{Model, resolve};
use crate::render::{self, Picture, Subject, Templates, find_format, own_template_format};
use crate::source::{Sources, Workspace};
use crate::spec;
use crate::view::{self, SequenceView, ViewGraph};

/// The file name of documents, less the extension.
const DOCUMENT_NAME: &str = "architecture";

/// Something to draw.
#[derive(Debug)]
pub enum Shown<'m> {
    /// A view.
    Diagram(ViewGraph<'m>),
    /// A scenario.
    Sequence(SequenceView<'m>),
}

/// What to render.
#[derive(Debug, Default)]
pub struct Request {
    /// Names of formats.
    pub formats: Vec<String>,
    /// Ids of views; all if empty.
    pub views: Vec<String>,
    /// The name of a project's own template.
    pub own_template: Option<String>,
}

/// Texts by file name.
pub type Artifacts = BTreeMap<String, String>;

/// Reads all files of a specification. Fails only if the main file can't be read.
pub fn load(workspace: &Workspace) -> Result<(Sources, Diagnostics)> {
    let mut out = Diagnostics::default();
    let sources = spec::load(workspace, &mut out)?;
    Ok((sources, out))
}

/// Decodes and resolves loaded sources.
pub fn analyze<'s>(sources: &'s Sources, out: &mut Diagnostics) -> Model<'s> {
    let spec = spec::decode(sources, out);
    resolve(spec, out)
}

/// Runs every rule on a resolved model, and builds the views that the user wrote.
pub fn lint(model: &Model<'_>, out: &mut Diagnostics) {
    let graph = ArchGraph::build(model);
    check::check(&check::Context { model, graph: &graph }, out);
    if !model.views.is_empty() {
        views(model, &graph, &[], out);
    }
}

/// Loads, analyzes and checks a specification; the findings come sorted, at their default levels.
pub fn findings(workspace: &Workspace) -> Result<(Sources, Vec<Diagnostic>)> {
    let (sources, mut out) = load(workspace)?;
    {
        let model = analyze(&sources, &mut out);
        lint(&model, &mut out);
    }
    Ok((sources, out.into_sorted()))
}

/// Builds the views of these ids, or all of them.
pub fn views<'m>(
    model: &'m Model<'_>,
    graph: &ArchGraph,
    wanted: &[String],
    out: &mut Diagnostics,
) -> Vec<Shown<'m>> {
    let is_wanted = |id: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == id);
    let mut shown = Vec::new();
    for definition in view::definitions(model, out) {
        if is_wanted(&definition.id) {
            shown.push(view::build(&definition, model, graph, out));
        }
    }
    shown
}

/// Renders what is asked for; the names are file names in the output folder.
pub fn render(
    model: &Model<'_>,
    shown: &[Shown<'_>],
    templates: &Templates,
    request: &Request,
    out: &mut Diagnostics,
) -> Result<Artifacts> {
    let pictures: Vec<Picture<'_, '_>> = shown.iter().map(Shown::picture).collect();
    let mut artifacts = Artifacts::new();
    for format in request.formats.iter().filter_map(|name| find_format(name)) {
        for (shown, picture) in shown.iter().zip(&pictures) {
            if let Some(text) = render::render_picture(templates, format, model, *picture)? {
                artifacts.insert(format!("{}.{}", shown.id(), format.extension), text);
            }
        }
        if let Some(text) = render::render_document(templates, format, model, &pictures)? {
            artifacts.insert(format!("{DOCUMENT_NAME}.{}", format.extension), text);
        }
    }
    if let Some(name) = &request.own_template {
        render_own(model, shown, templates, name, &mut artifacts)?;
    }
    render::report_limits(shown, &artifacts, out);
    Ok(artifacts)
}

/// A project's own template, once for each view or scenario, or once for the model.
fn render_own(
    model: &Model<'_>,
    shown: &[Shown<'_>],
    templates: &Templates,
    name: &str,
    artifacts: &mut Artifacts,
) -> Result<()> {
    let (subject, extension) = own_template_format(name)?;
    let pictures: Vec<Picture<'_, '_>> = shown.iter().map(Shown::picture).collect();
    if subject == Subject::Document {
        let text = render::render_own_document(templates, name, model, &pictures)?;
        artifacts.insert(format!("{DOCUMENT_NAME}.{extension}"), text);
        return Ok(());
    }
    for (shown, picture) in shown.iter().zip(pictures) {
        if shown.subject() == subject {
            let text = render::render_own_picture(templates, name, model, picture)?;
            artifacts.insert(format!("{}.{extension}", shown.id()), text);
        }
    }
    Ok(())
}

impl<'m> Shown<'m> {
    /// The id, which names the files.
    pub fn id(&self) -> &str {
        match self {
            Self::Diagram(view) => &view.id,
            Self::Sequence(view) => &view.id,
        }
    }

    /// The heading.
    pub fn title(&self) -> &str {
        match self {
            Self::Diagram(view) => &view.title,
            Self::Sequence(view) => &view.title,
        }
    }

    /// `diagram` or `sequence`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Diagram(_) => "diagram",
            Self::Sequence(_) => "sequence",
        }
    }

    /// How many nodes and edges, or lifelines and messages.
    pub fn size(&self) -> (usize, usize) {
        match self {
            Self::Diagram(view) => (view.nodes.len(), view.edges.len()),
            Self::Sequence(view) => (view.participants.len(), view.messages.len()),
        }
    }

    /// The picture to render.
    pub fn picture(&self) -> Picture<'_, 'm> {
        match self {
            Self::Diagram(view) => Picture::Diagram(view),
            Self::Sequence(view) => Picture::Sequence(view),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Diagram(_) => Subject::Diagram,
            Self::Sequence(_) => Subject::Sequence,
        }
    }
}
