//! The specification that an import becomes: one that a person would be glad to take over.
//!
//! In: a joined [`Imported`] with its sources. Out: the text of a specification, or its
//! parts for an existing one. Refuses to know: importers, and the command line.
//!
//! What is not known is not written: it stands in comments, and the rules that would miss it
//! are told so, with a reason.

mod component;
mod flow;
mod ids;
mod layer;
mod lints;
mod scalar;
mod topic;

pub(crate) use flow::STATED;
pub(crate) use ids::Ids;
pub use ids::title;
pub(crate) use lints::reason_of_open;
pub(crate) use scalar::words;

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Evidence, Imported, Unknown};
use super::{IMPORTERS, technology::Place};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// An element of a section: its id, and its lines without the section's indentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) lines: Vec<String>,
}

/// A flow, by the ids of its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FlowEntry {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) is_sure: bool,
    pub(crate) lines: Vec<String>,
}

/// A specification in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) layers: Vec<Entry>,
    pub(crate) components: Vec<Entry>,
    pub(crate) topics: Vec<Entry>,
    pub(crate) flows: Vec<FlowEntry>,
    pub(crate) sources: Vec<String>,
    pub(crate) unknowns: Vec<String>,
}

/// What the writer can't take from the sources.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style<'w> {
    /// The name of the platform.
    pub name: &'w str,
    /// The folder of the specification, to which paths are relative; empty for this one.
    pub folder: &'w str,
}

/// The text of a whole specification. What `findings` on it miss, and the sources do not say,
/// is excepted with a reason.
pub fn specification(
    imported: &Imported,
    sources: &Sources,
    style: Style<'_>,
    findings: &[Diagnostic],
) -> String {
    let draft = draft(imported, sources, style);
    let mut text = String::new();
    text.push_str(&head(&draft));
    section(&mut text, "layers", &draft.layers, Gaps::None);
    section(&mut text, "components", &draft.components, Gaps::Between);
    section(&mut text, "topics", &draft.topics, Gaps::Between);
    flows(&mut text, &draft.flows);
    section(&mut text, "lints", &lints::entries(findings), Gaps::None);
    list(&mut text, "sources", &draft.sources);
    text
}

/// What is there already, beside what is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Existing {
    /// Ids of brokers.
    pub(crate) brokers: Vec<String>,
    /// Layers by place, as far as there are some; nothing if the specification has no layers.
    pub(crate) layers: Option<BTreeMap<Place, String>>,
    /// Names in lower case.
    pub(crate) names: BTreeSet<String>,
}

/// The parts of a new specification.
fn draft(imported: &Imported, sources: &Sources, style: Style<'_>) -> Draft {
    let existing = Existing {
        layers: Some(BTreeMap::new()),
        ..Existing::default()
    };
    draft_beside(imported, sources, style, &Ids::of(imported), &existing)
}

/// The parts of a specification whose ids are given, beside what is there.
pub(crate) fn draft_beside(
    imported: &Imported,
    sources: &Sources,
    style: Style<'_>,
    ids: &Ids,
    existing: &Existing,
) -> Draft {
    let writer = Writer {
        imported,
        sources,
        style,
        ids,
        names: ids::names(imported, ids, &existing.names),
        existing,
        technologies: technologies(imported),
        only_broker: topic::only_broker(imported, ids, existing),
        unknowns: by_subject(imported),
    };
    let stand_in = topic::stand_in(&writer);
    let mut components: Vec<Entry> = component::entries(&writer);
    // What is inside of another component takes the layer of that one.
    let outer = imported.components.iter();
    let outer = outer.filter(|component| component.parent.is_none());
    let mut places: Vec<Place> = outer.map(layer::place).collect();
    if let Some(broker) = &stand_in {
        components.push(topic::stand_in_entry(&writer, broker));
        places.push(Place::Messaging);
    }
    let topics = topic::entries(&writer, stand_in.as_deref());
    let flows = flow::entries(&writer);
    Draft {
        name: style.name.to_owned(),
        layers: layer::entries(&places),
        components,
        topics,
        flows,
        sources: source_lines(&writer),
        unknowns: unknowns(&writer),
    }
}

fn technologies(imported: &Imported) -> BTreeMap<&str, &str> {
    let known = imported.components.iter().filter_map(|component| {
        let technology = component.technology.as_ref()?;
        Some((component.key.as_str(), technology.value.as_str()))
    });
    known.collect()
}

fn by_subject(imported: &Imported) -> BTreeMap<&str, Vec<&Unknown>> {
    let mut found: BTreeMap<&str, Vec<&Unknown>> = BTreeMap::new();
    for unknown in &imported.unknowns {
        let subject = unknown.subject.as_str();
        found.entry(subject).or_default().push(unknown);
    }
    found
}

/// What every part of the writer needs.
pub(crate) struct Writer<'w> {
    pub(crate) imported: &'w Imported,
    pub(crate) sources: &'w Sources,
    pub(crate) style: Style<'w>,
    pub(crate) ids: &'w Ids,
    pub(crate) existing: &'w Existing,
    /// Names for people by key, each once.
    pub(crate) names: BTreeMap<&'w str, String>,
    /// What components are made with, by key.
    pub(crate) technologies: BTreeMap<&'w str, &'w str>,
    /// The only broker, of the import and of the specification.
    pub(crate) only_broker: Option<&'w str>,
    /// What is not known, by key of component or name of topic.
    unknowns: BTreeMap<&'w str, Vec<&'w Unknown>>,
}

impl Writer<'_> {
    /// What is not known about a component or a topic.
    pub(crate) fn unknowns_of(&self, subject: &str) -> &[&Unknown] {
        self.unknowns.get(subject).map_or(&[], Vec::as_slice)
    }

    /// `docker-compose.yml:12`, for comments.
    pub(crate) fn place(&self, evidence: &Evidence) -> String {
        let source = self.sources.file(evidence.span.file);
        let file = self.path(&source.name);
        // Without the column, which is far to count where all stands on one line.
        let line = source.line(evidence.span.start);
        scalar::comment(&format!("{}:{line}", shortened(&file)))
    }

    /// A path relative to the specification.
    pub(crate) fn path(&self, path: &str) -> String {
        let folder = self.style.folder.trim_end_matches('/');
        if folder.is_empty() || path.starts_with('/') {
            return path.to_owned();
        }
        if let Some(inside) = path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'))
        {
            return inside.to_owned();
        }
        let up = folder.split('/').filter(|part| !matches!(*part, "" | "."));
        format!("{}{path}", "../".repeat(up.count()))
    }
}

/// `…/docker-compose.yml` for a file far away; the whole path stands in `source:`.
fn shortened(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) if folder.contains('/') || folder.len() > 24 => format!("…/{name}"),
        _ => path.to_owned(),
    }
}

fn head(draft: &Draft) -> String {
    let mut text = String::from(
        "# Imported from what exists. Comments say where each thing comes from, and what is a guess.\n\
         # Take it over: name things, move them to layers of your own, label the flows, delete what\n\
         # says nothing. `archviz import --update` adds what appears later and leaves the rest alone.\n",
    );
    if !draft.unknowns.is_empty() {
        text.push_str("#\n# Not known:\n");
    }
    for unknown in &draft.unknowns {
        text.push_str(&format!("# - {unknown}\n"));
    }
    text.push_str(&format!(
        "archviz: 1\nname: {}\n",
        scalar::scalar(&draft.name)
    ));
    text
}

/// Whether empty lines stand between entries.
#[derive(Clone, Copy, PartialEq)]
enum Gaps {
    None,
    Between,
}

fn section(text: &mut String, name: &str, entries: &[Entry], gaps: Gaps) {
    if entries.is_empty() {
        return;
    }
    text.push_str(&format!("\n{name}:\n"));
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 && gaps == Gaps::Between {
            text.push('\n');
        }
        for line in &entry.lines {
            text.push_str(&format!("  {line}\n"));
        }
    }
}

/// Flows under headings, so that guesses do not look like facts.
fn flows(text: &mut String, flows: &[FlowEntry]) {
    if flows.is_empty() {
        return;
    }
    text.push_str("\nflows:\n");
    for (heading, is_sure) in [(flow::STATED, true), (flow::START_ORDER, false)] {
        let mut lines = flows
            .iter()
            .filter(|flow| flow.is_sure == is_sure)
            .flat_map(|flow| &flow.lines)
            .peekable();
        if lines.peek().is_some() {
            text.push_str(&format!("  {heading}:\n"));
            if !is_sure {
                text.push_str(
                    "    # one starts after the other; whether data goes there is not told\n",
                );
            }
        }
        for line in lines {
            text.push_str(&format!("    {line}\n"));
        }
    }
}

fn list(text: &mut String, name: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    text.push_str(&format!("\n{name}:\n"));
    for line in lines {
        text.push_str(&format!("  - {line}\n"));
    }
}

/// `compose: docker-compose.yml`, for every kind that `sources:` takes.
fn source_lines(writer: &Writer<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for importer in IMPORTERS {
        let Some((key, _)) = importer.source_keys else {
            continue;
        };
        let mut files: Vec<String> = Vec::new();
        let components = writer.imported.components.iter();
        for origin in components.flat_map(|component| &component.origins) {
            let file = writer.path(&origin.file);
            if origin.importer == importer.kind && !files.contains(&file) && !file.starts_with('/')
            {
                files.push(file);
            }
        }
        match files.as_slice() {
            [] => {}
            [file] => lines.push(format!("{key}: {}", scalar::scalar(file))),
            files => lines.push(format!("{key}: {}", scalar::list(files))),
        }
    }
    lines
}

/// Lines about what is not known and belongs to no element.
fn unknowns(writer: &Writer<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for unknown in &writer.imported.unknowns {
        if !writer.ids.has(&unknown.subject) {
            let place = writer.place(&unknown.evidence);
            let line = scalar::comment(&format!("{}: {} ({place})", unknown.what, unknown.why));
            if seen.insert(line.clone()) {
                lines.push(line);
            }
        }
    }
    lines
}
