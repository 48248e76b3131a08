//! The integration summary: what came between two versions, as one document.
//!
//! In: a [`Summary`]. Out: the text of a document template. Every number is one of the
//! diff's statistics, or the length of a list that the document prints. Refuses to know:
//! where the versions come from, and any document format.

mod checklist;
mod components;
mod counts;
mod flows;
mod layers;
mod page;
mod parties;
mod settings;
mod topics;
mod views;
mod visual;

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use minijinja::{Value, context};

use super::catalog;
use super::changes::parts;
use super::document::text;
use super::row::{list, numbered, syntax};
use super::template::Templates;
use crate::diff::{Change, Class, ModelDiff};
use crate::excerpt::Excerpt;
use crate::files::ChangedFiles;
use crate::model::{ComponentId, Model};
use crate::view::View;
use views::Pictures;

/// The template of the document.
const MARKDOWN: &str = "summary.md.j2";
/// The template of the page around it.
pub(super) const PAGE: &str = "summary.html.j2";
/// Templates that belong to no format: the summary, its parts, the change reports, and what
/// documents share.
pub const PARTS: &[&str] = &[
    MARKDOWN,
    PAGE,
    "summary-changes.md.j2",
    "summary-events.md.j2",
    "summary-structure.md.j2",
    "summary-details.md.j2",
    "summary-closing.md.j2",
    "component.md.j2",
    super::changes::MARKDOWN,
    super::changes::TEXT,
];

/// What the summary is made of.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'d> {
    /// The old version.
    pub base: &'d Model<'d>,
    /// The new version.
    pub head: &'d Model<'d>,
    /// What lies between them.
    pub diff: &'d ModelDiff,
    /// The old version, as the user named it.
    pub base_name: &'d str,
    /// The views of the new version.
    pub views: &'d [View<'d>],
    /// SVG of each view, for a page; nothing for Markdown.
    pub drawings: &'d [String],
    /// What the old version quotes from configuration files.
    pub base_excerpts: &'d [Excerpt],
    /// What the new version quotes from configuration files.
    pub excerpts: &'d [Excerpt],
    /// The files that changed.
    pub files: &'d ChangedFiles,
    /// What the check of the new version found.
    pub findings: FindingCounts,
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingCounts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// What a summary is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummaryForm {
    /// GitHub-flavored Markdown.
    Markdown,
    /// One HTML page.
    Page,
}

/// How a summary is asked for.
#[derive(Clone, Copy, Debug)]
pub struct SummaryRequest<'r> {
    /// What it is written as.
    pub form: SummaryForm,
    /// The name of a template of the user's own.
    pub own: Option<&'r str>,
    /// Where rendered pictures are that Markdown links to; it has Mermaid if there are none.
    pub pictures: Option<&'r str>,
}

/// Writes a summary, with a template of the user's own if there is one. Fails if the counts do
/// not add up, rather than print them.
pub fn render_summary(
    templates: &Templates,
    request: &SummaryRequest<'_>,
    summary: &Summary<'_>,
) -> Result<String> {
    ensure!(
        summary.diff.statistics.is_closed(),
        "the statistics of this comparison do not add up; this is a defect of archviz, please report it"
    );
    let pictures = views::pictures(templates, summary)?;
    let linked = request
        .pictures
        .filter(|_| request.form == SummaryForm::Markdown);
    let context = context! {
        pictures => linked.unwrap_or("").trim_end_matches('/'),
        ..context(summary, &pictures)
    };
    let own = request.own;
    let is_html = |name: &&str| name.contains(".html.") || name.contains(".htm.");
    let markdown = templates.render(
        own.filter(|own| !is_html(own)).unwrap_or(MARKDOWN),
        context.clone(),
    )?;
    match (request.form, own.filter(is_html)) {
        (SummaryForm::Markdown, None) => Ok(markdown),
        (_, own) => {
            let body = syntax(page::body(&markdown, &pictures.drawings));
            templates.render(own.unwrap_or(PAGE), context! { body => body, ..context })
        }
    }
}

/// A document of this program, given as Markdown, as the inside of an HTML page. Of tags only
/// those pass that the documents themselves write; its pictures stand as Mermaid source.
pub fn document_body(markdown: &str) -> String {
    page::body(markdown, &BTreeMap::new())
}

/// What both the summary and the change report tell: what is new, and all counts.
pub(super) fn overview(base: &Model<'_>, head: &Model<'_>, diff: &ModelDiff) -> Value {
    let summary = &Summary {
        base,
        head,
        diff,
        base_name: "",
        views: &[],
        drawings: &[],
        base_excerpts: &[],
        excerpts: &[],
        files: &ChangedFiles::default(),
        findings: FindingCounts::default(),
    };
    context! {
        counts => counts::counts(summary),
        classes => classes(diff),
        added => list(numbered(diff.matching.components.added().map(|id| components::added(head, id)))),
        renames => list(diff.renames.iter().map(components::rename)),
        topic_groups => topics::groups(summary),
        flow_groups => flows::groups(summary),
        flows_why => flows::reasons(summary),
        layers => layers::rows(summary),
        layer_counts => layers::counts(summary),
    }
}

fn context(summary: &Summary<'_>, pictures: &Pictures) -> Value {
    let (base, head, diff) = (summary.base, summary.head, summary.diff);
    let words = head.summary.as_ref();
    context! {
        title => text(words.and_then(|words| words.title)),
        subtitle => text(words.and_then(|words| words.subtitle)),
        platform => head.name,
        version_before => text(base.version),
        version => text(head.version),
        base => summary.base_name,
        has_changes => !diff.changes.is_empty(),
        urgent => list(urgent(diff).into_iter().map(change)),
        changed => list(diff.changes.iter().filter(|change| is_about_old(change)).map(change)),
        removed => list(diff.matching.components.removed().map(|id| components::removed(summary, id))),
        moved => list(components::moved(summary)),
        removed_topics => list(diff.matching.topics.removed().map(|id| topics::removed(base, id))),
        removed_flows => flows::removed(summary),
        producers => parties::producers(summary),
        consumers => parties::consumers(summary),
        former_parties => parties::former(summary),
        visual => visual::visual(summary),
        details => catalog::details(head, detailed(head, diff).map(|id| &head[id])),
        scenarios => pictures.scenarios.clone(),
        removed_scenarios => list(diff.matching.scenarios.removed().map(|id| Value::from(&*base[id].name))),
        facts => settings::facts(summary),
        benefits => list(words.iter().flat_map(|words| &words.benefits).map(|(heading, items)| context! {
            name => heading.value, items => catalog::texts(items),
        })),
        configuration => settings::configuration(summary),
        files => files(summary.files),
        more_files => summary.files.more,
        other_files => list(summary.files.others.iter().map(|path| Value::from(path.as_str()))),
        notes => catalog::texts(words.map_or(&[], |words| &words.notes)),
        views => pictures.views.clone(),
        checklist => checklist::checklist(summary),
        closing => text(words.and_then(|words| words.closing)),
        ..overview(base, head, diff)
    }
}

/// What can hurt, the worst first.
fn urgent(diff: &ModelDiff) -> Vec<&Change> {
    let changes = diff.changes.iter();
    let mut urgent: Vec<&Change> = changes
        .filter(|change| change.class >= Class::Risky)
        .collect();
    urgent.sort_by_key(|change| std::cmp::Reverse(change.class));
    urgent
}

/// Whether a change is about something that the old version had.
fn is_about_old(change: &Change) -> bool {
    change.base.is_some() || change.base_element.is_some()
}

fn change(change: &Change) -> Value {
    let affected = change.affected.iter().map(|party| {
        let name = match &party.owner {
            Some(owner) => format!("{} ({owner})", party.name),
            None => party.name.clone(),
        };
        context! { name => name, how => parts(&party.how) }
    });
    context! {
        class => change.class.name(),
        kind => change.subject.kind.name(),
        id => change.id(),
        text => parts(&change.text),
        because => parts(change.because.as_deref().unwrap_or("")),
        affected => list(affected),
        affected_more => change.affected_more,
    }
}

fn classes(diff: &ModelDiff) -> Value {
    let count = |class: Class| {
        diff.changes
            .iter()
            .filter(|change| change.class == class)
            .count()
    };
    list(
        Class::ALL
            .iter()
            .map(|class| context! { name => class.name(), count => count(*class) }),
    )
}

/// New components that say more than their row shows.
fn detailed<'d>(
    head: &'d Model<'d>,
    diff: &'d ModelDiff,
) -> impl Iterator<Item = ComponentId> + 'd {
    let added = diff.matching.components.added();
    added.filter(|id| catalog::has_details(&head[*id]))
}

fn files(files: &ChangedFiles) -> Value {
    list(files.rows.iter().map(|row| {
        context! {
            path => &*row.path,
            fate => row.fate.name(),
            formerly => row.formerly.as_deref().unwrap_or(""),
            notes => list(row.notes.iter().map(|note| Value::from(note.as_str()))),
        }
    }))
}
