//! Which files changed between two versions of a specification.
//!
//! In: both workspaces with their sources and models. Out: the files of the specification and
//! those that it names, each with what happened to it and the author's notes, and the paths
//! of what else changed if both versions come from git. Refuses to know: what the changes mean.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Model;
use crate::source::{FileChange, Revision, Sources, Workspace};

/// Paths of files that have nothing to do with the specification are listed up to this many.
const MAX_OTHERS: usize = 100;

/// A version of a specification, as far as files go.
#[derive(Clone, Copy, Debug)]
pub struct Version<'v> {
    /// Where it is read from.
    pub workspace: &'v Workspace,
    /// What was read.
    pub sources: &'v Sources,
    /// What it means.
    pub model: &'v Model<'v>,
}

/// The files that matter, and the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedFiles {
    /// Files of the specification, files that it names, files with notes.
    pub rows: Vec<FileRow>,
    /// Other files that git says changed.
    pub others: Vec<String>,
    /// How many more others there are.
    pub more: usize,
}

/// A file that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Its path from the specification's folder.
    pub path: String,
    /// What happened to it.
    pub fate: Fate,
    /// Its path before, if it was renamed.
    pub formerly: Option<String>,
    /// What the author says about it.
    pub notes: Vec<String>,
    /// Whether the author remarks on it.
    pub is_noted: bool,
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is new.
    New,
    /// It has other contents.
    Changed,
    /// It has another name.
    Renamed,
    /// It is gone.
    Removed,
    /// It is the same.
    Unchanged,
    /// Neither version has it.
    Missing,
}

impl Fate {
    /// The word of the fate.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
            Self::Removed => "removed",
            Self::Unchanged => "unchanged",
            Self::Missing => "missing",
        }
    }
}

/// Compares the files of two versions; `renamed_from` is where the main file was.
pub fn changed_files(
    base: Version<'_>,
    head: Version<'_>,
    renamed_from: Option<&str>,
) -> ChangedFiles {
    let mut notes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for file in head.model.summary.iter().flat_map(|summary| &summary.files) {
        if let Some(path) = file.path {
            let own = notes.entry(path.value.to_owned()).or_default();
            own.extend(file.notes.iter().map(|note| note.value.to_owned()));
            order.push(path.value.to_owned());
        }
    }
    order.extend(paths(head));
    order.extend(paths(base));
    let mut seen = BTreeSet::new();
    order.retain(|path| seen.insert(path.clone()));
    let main = relative(&head.workspace.main(), head.workspace);
    let rows = order.into_iter().filter_map(|path| {
        let formerly = renamed_from.filter(|_| path == main);
        row(base.workspace, head.workspace, path, &notes, formerly)
    });
    let rows: Vec<FileRow> = rows.collect();
    let (others, more) = others(base.workspace, head.workspace, &rows);
    ChangedFiles { rows, others, more }
}

/// A file, unless nothing happened to it and nobody remarks on it.
fn row(
    base: &Workspace,
    head: &Workspace,
    path: String,
    notes: &BTreeMap<String, Vec<String>>,
    formerly: Option<&str>,
) -> Option<FileRow> {
    let main = relative(&head.main(), head) == path;
    let then = if main {
        base.read(&base.main()).ok()
    } else {
        text(base, &path)
    };
    let fate = match (then, text(head, &path)) {
        (None, None) => Fate::Missing,
        (None, Some(_)) => Fate::New,
        (Some(_), None) => Fate::Removed,
        (Some(_), Some(_)) if formerly.is_some() => Fate::Renamed,
        (Some(then), Some(now)) if then == now => Fate::Unchanged,
        _ => Fate::Changed,
    };
    let is_noted = notes.contains_key(&path);
    (is_noted || !matches!(fate, Fate::Unchanged | Fate::Missing)).then(|| FileRow {
        notes: notes.get(&path).cloned().unwrap_or_default(),
        formerly: formerly.map(ToOwned::to_owned),
        path,
        fate,
        is_noted,
    })
}

/// The files that a version is made of and those that it names, from its folder.
fn paths(version: Version<'_>) -> Vec<String> {
    let workspace = version.workspace;
    let own = version
        .sources
        .files()
        .map(|(_, file)| relative(&file.name, workspace));
    let quoted = version
        .model
        .configuration
        .iter()
        .filter_map(|entry| entry.from);
    let lists = version.model.sources.iter().flat_map(|source| {
        let lists = [
            &source.compose,
            &source.kubernetes,
            &source.asyncapi,
            &source.connect,
            &source.openapi,
            &source.backstage,
        ];
        lists.into_iter().flatten()
    });
    let named = quoted.chain(lists.copied()).flat_map(|pattern| {
        let found = workspace
            .find(&workspace.main(), pattern.value)
            .unwrap_or_default();
        found.into_iter().map(|name| relative(&name, workspace))
    });
    let mut paths: Vec<String> = own.chain(named).collect();
    // A base of another name is the same file.
    if let Some(main) = paths.first_mut() {
        *main = relative(&workspace.main(), workspace);
    }
    paths
}

/// The text of a file by its path from the specification's folder.
fn text(workspace: &Workspace, path: &str) -> Option<String> {
    let escaped = glob::Pattern::escape(path);
    let names = workspace.find(&workspace.main(), &escaped).ok()?;
    workspace.read(names.first()?).ok()
}

/// A file's name from the folder of the main file.
fn relative(name: &str, workspace: &Workspace) -> String {
    let main = workspace.main();
    let folder = main.rfind('/').map_or("", |at| &main[..=at]);
    let lead = if folder.is_empty() {
        main.find(':').map_or("", |at| &main[..=at])
    } else {
        folder
    };
    name.strip_prefix(folder)
        .or_else(|| name.strip_prefix(lead))
        .unwrap_or(name)
        .to_owned()
}

/// What else git says changed, from the top of the repository.
fn others(base: &Workspace, head: &Workspace, rows: &[FileRow]) -> (Vec<String>, usize) {
    let Workspace::Revision(revision) = base else {
        return (Vec::new(), 0);
    };
    let against: Option<&Revision> = match head {
        Workspace::Revision(head) => Some(head),
        _ => None,
    };
    let changes: Vec<FileChange> = revision.changes(against).unwrap_or_default();
    let folder = revision
        .path()
        .rfind('/')
        .map_or("", |at| &revision.path()[..=at]);
    let is_row = |change: &FileChange| {
        rows.iter()
            .any(|row| change.path == format!("{folder}{}", row.path))
    };
    let rest: Vec<String> = changes
        .iter()
        .filter(|change| !is_row(change))
        .map(|change| change.path.clone())
        .collect();
    let more = rest.len().saturating_sub(MAX_OTHERS);
    (rest.into_iter().take(MAX_OTHERS).collect(), more)
}
