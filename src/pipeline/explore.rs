//! The explorer page: every phase once more, for one document that shows them all.
//!
//! In: a workspace or what was already made from it. Out: the page's data, or the page.
//! Refuses to know: arguments and output.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Result;
use serde_json::Value;

use super::{Comparison, analyze, excerpts, gallery, lint, load, readable, summarize};
use crate::diagnostic::{Diagnostics, Severity, apply};
use crate::diff::{self, ModelDiff};
use crate::draw;
use crate::explorer::{self, Changes, Live, Pictures};
use crate::graph::ArchGraph;
use crate::layout::Memory;
use crate::model::{Model, ScenarioId};
use crate::render::{
    self, ChangeReport, Native, NativeOptions, SummaryForm, SummaryRequest, Templates,
    changes_to_json, find_format,
};
use crate::serve;
use crate::source::{Sources, Workspace};
use crate::view::{self, Content, TopicProjection, View, ViewDefinition};

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

/// Everything that the explorer shows. Fails only if the main file can't be read. Whoever
/// asks again with the same memory gets what did not move sooner.
pub fn explore(workspace: &Workspace, memory: &Memory) -> Result<Explored> {
    memory.begin_round();
    let (sources, mut out) = load(workspace)?;
    let model = analyze(&sources, &mut out);
    let (data, worst) = data(workspace, &sources, &model, out, None, memory)?;
    Ok(Explored {
        data,
        title: model.name.to_owned(),
        is_whole: worst < Some(Severity::Error),
        folders: serve::folders(workspace, &sources, &model),
    })
}

/// The page as one file, with what changed if there is something to compare with.
pub fn page(
    workspace: &Workspace,
    sources: &Sources,
    model: &Model<'_>,
    comparison: Option<&Comparison<'_>>,
) -> Result<String> {
    let (data, _) = data(
        workspace,
        sources,
        model,
        Diagnostics::default(),
        comparison,
        &Memory::default(),
    )?;
    Ok(explorer::page(model.name, &data.to_string(), Live::No))
}

/// The data, and the worst level of its findings.
fn data(
    workspace: &Workspace,
    sources: &Sources,
    model: &Model<'_>,
    mut out: Diagnostics,
    comparison: Option<&Comparison<'_>>,
    memory: &Memory,
) -> Result<(Value, Option<Severity>)> {
    lint(model, &mut out);
    excerpts(workspace, model, &mut out);
    let templates = Templates::new(None);
    let pictures = gallery::pictures(model, &templates, memory, |_| true)?;
    let findings = apply(out.into_sorted(), sources, &model.lints, &[]);
    let changes = comparison
        .map(|comparison| changes(comparison, &templates, memory))
        .transpose()?;
    let content = explorer::Content {
        model,
        pictures: &pictures,
        findings: &findings,
        sources,
        changes: changes.as_ref(),
    };
    let worst = findings.iter().map(|finding| finding.severity).max();
    Ok((explorer::payload(&content), worst))
}

fn changes(comparison: &Comparison<'_>, templates: &Templates, memory: &Memory) -> Result<Changes> {
    let (base, head) = (comparison.base.model, comparison.head.model);
    let request = SummaryRequest {
        form: SummaryForm::Markdown,
        own: None,
        pictures: None,
    };
    let diff = diff::compare(base, head, &diff::Options::default());
    let report = ChangeReport {
        base,
        base_sources: comparison.base.sources,
        head,
        head_sources: comparison.head.sources,
        diff: &diff,
        base_name: comparison.base_name,
    };
    let union = diff::union(base, head, &diff);
    let summary = summarize(comparison, templates, &request)?;
    Ok(Changes {
        base: comparison.base_name.to_owned(),
        report: changes_to_json(&report),
        document: render::document_body(&summary),
        summary,
        view: changed_view(&union, templates, memory)?,
        removed: explorer::removed(base, head, &diff),
        scenes: scenes(base, &diff, templates, memory)?,
    })
}

/// The scenarios that are gone, as they were.
fn scenes(
    base: &Model<'_>,
    diff: &ModelDiff,
    templates: &Templates,
    memory: &Memory,
) -> Result<Vec<Value>> {
    let gone: BTreeSet<ScenarioId> = diff.matching.scenarios.removed().collect();
    let is_gone = |definition: &ViewDefinition<'_>| match &definition.content {
        Content::Scenario(id) => gone.contains(id),
        Content::Graph(_) => false,
    };
    let pictures = gallery::pictures(base, templates, memory, is_gone)?;
    Ok(pictures
        .iter()
        .map(|one| explorer::view(base, one))
        .collect())
}

/// The picture of both versions, with what became of everything.
fn changed_view(union: &Model<'_>, templates: &Templates, memory: &Memory) -> Result<Value> {
    let view = view::changes(union, &ArchGraph::build(union));
    let name = TopicProjection::Hub.name();
    let Drawn { picture, mermaid } = draw_both(union, &view, templates, memory)?;
    let pictures = Pictures {
        projection: Some(TopicProjection::Hub),
        drawn: BTreeMap::from([(name, picture)]),
        mermaid: mermaid.map(|text| (name, text)).into_iter().collect(),
        view,
    };
    Ok(explorer::view(union, &pictures))
}

/// One view as the page has it: both show the same, folded if all of it can't be read.
pub(super) struct Drawn {
    /// The text of an SVG file.
    pub(super) picture: String,
    /// Nothing if Mermaid can't say it.
    pub(super) mermaid: Option<String>,
}

pub(super) fn draw_both(
    model: &Model<'_>,
    view: &View<'_>,
    templates: &Templates,
    memory: &Memory,
) -> Result<Drawn> {
    let folded = readable(model, view);
    let shown = folded.as_ref().unwrap_or(view);
    let picture = draw::draw_again(model, shown, memory);
    let artifact = render::write_native(Native::Svg, &picture, NativeOptions::default())?;
    let format = find_format("mermaid");
    let text = format.map(|format| render::render_picture(templates, format, model, shown));
    Ok(Drawn {
        picture: artifact.text().unwrap_or_default().to_owned(),
        mermaid: text.transpose()?.flatten(),
    })
}
