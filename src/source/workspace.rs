//! Where the files of a specification come from: a folder, memory, or a revision.
//!
//! In: a main file and patterns relative to a file. Out: names and texts.
//! Refuses to know: anything outside the main file's folder, and the network.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::MAX_FILE_BYTES;
use super::git::joined;
use super::revision::Revision;

/// A set of files to read a specification from.
#[derive(Debug)]
pub enum Workspace {
    /// Files below a folder. Names are paths as the user would write them.
    Disk {
        /// The folder that holds the main file.
        root: PathBuf,
        /// The main file.
        main: PathBuf,
    },
    /// Files by name, for tests and editors.
    Memory {
        /// The name of the main file.
        main: String,
        /// Texts by name, with `/` between folders.
        files: BTreeMap<String, String>,
    },
    /// Files of a git revision. Names are `REVISION:PATH`.
    Revision(Box<Revision>),
    /// Another workspace in which one file has another text.
    Changed {
        /// The other workspace.
        under: Box<Workspace>,
        /// The name of the file.
        name: String,
        /// Its text.
        text: String,
    },
}

/// Why a pattern gives no file.
pub(crate) enum Refusal {
    /// It leaves the folder.
    Outside,
    /// It is no valid glob.
    Malformed,
    /// A place where it may match can't be looked at.
    Unreadable(String),
}

impl Workspace {
    /// The folder of `main`, read from disk.
    pub fn on_disk(main: &Path) -> Self {
        let root = main.parent().unwrap_or(Path::new("")).to_path_buf();
        Self::Disk {
            root,
            main: main.to_path_buf(),
        }
    }

    /// A workspace of one text.
    pub fn of_text(name: &str, text: &str) -> Self {
        Self::Memory {
            main: name.into(),
            files: BTreeMap::from([(name.into(), text.into())]),
        }
    }

    /// The name of the main file.
    pub fn main(&self) -> String {
        match self {
            Self::Disk { main, .. } => display(main),
            Self::Memory { main, .. } => main.clone(),
            Self::Revision(revision) => revision.main(),
            Self::Changed { under, .. } => under.main(),
        }
    }

    /// The same with another text for one file.
    pub(crate) fn with_text(self, name: &str, text: &str) -> Self {
        Self::Changed {
            under: Box::new(self),
            name: name.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The text of a file that `find` named, or of the main file.
    pub fn read(&self, name: &str) -> Result<String> {
        match self {
            Self::Disk { .. } => read_file(Path::new(name)),
            Self::Memory { files, .. } => files
                .get(name)
                .cloned()
                .with_context(|| format!("`{name}` does not exist")),
            Self::Revision(revision) => revision.read(name),
            Self::Changed {
                name: own, text, ..
            } if own == name => Ok(text.clone()),
            Self::Changed { under, .. } => under.read(name),
        }
    }

    /// The name of the file at `path`, relative to the file `from`; `..` may not leave the folder.
    pub(crate) fn beside(&self, from: &str, path: &str) -> Result<String, Refusal> {
        if let Self::Changed { under, .. } = self {
            return under.beside(from, path);
        }
        if let Self::Revision(revision) = self {
            let root = revision.folder_of(&revision.main()).to_owned();
            let inner = revision.folder_of(from).strip_prefix(root.as_str());
            let inner = inner.unwrap_or("").trim_start_matches('/');
            let inside = normal(inner, path).ok_or(Refusal::Outside)?;
            return Ok(revision.named(&joined(&root, &inside)));
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let root = match self {
            Self::Disk { root, .. } => display(root),
            _ => String::new(),
        };
        let inner = folder
            .strip_prefix(root.as_str())
            .unwrap_or(folder)
            .trim_start_matches('/');
        let inside = normal(inner, path).ok_or(Refusal::Outside)?;
        let name = match root.as_str() {
            "" => inside,
            "/" => format!("/{inside}"),
            root => format!("{root}/{inside}"),
        };
        match self {
            Self::Disk { root, .. } if leads_outside(root, Path::new(&name)) => {
                Err(Refusal::Outside)
            }
            _ => Ok(name),
        }
    }

    /// The names that match `pattern`, relative to the file `from`, sorted.
    pub(crate) fn find(&self, from: &str, pattern: &str) -> Result<Vec<String>, Refusal> {
        if leaves(pattern) {
            return Err(Refusal::Outside);
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        match self {
            Self::Changed { under, .. } => under.find(from, pattern),
            Self::Disk { root, .. } => find_on_disk(root, folder, pattern),
            Self::Revision(revision) => revision
                .matching(&below(revision.folder_of(from), pattern)?)
                .map_err(|error| Refusal::Unreadable(format!("{error:#}"))),
            Self::Memory { files, .. } => {
                let glob = below(folder, pattern)?;
                Ok(files
                    .keys()
                    .filter(|name| glob.matches_with(name, match_options()))
                    .cloned()
                    .collect())
            }
        }
    }
}

/// The glob of a pattern relative to a folder, where names are compared as texts.
fn below(folder: &str, pattern: &str) -> Result<glob::Pattern, Refusal> {
    let parts: Vec<&str> = pattern
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    let full = joined(&glob::Pattern::escape(folder), &parts.join("/"));
    glob::Pattern::new(&full).map_err(|_| Refusal::Malformed)
}

pub(super) fn match_options() -> glob::MatchOptions {
    glob::MatchOptions {
        require_literal_separator: true,
        ..glob::MatchOptions::new()
    }
}

/// Absolute patterns and `..` are never followed.
fn leaves(pattern: &str) -> bool {
    let is_upward = |part| !matches!(part, Component::Normal(_) | Component::CurDir);
    pattern.contains('\\') || Path::new(pattern).components().any(is_upward)
}

/// `folder` and `path` joined, without `.` and `..`; nothing if that leaves the root.
fn normal(folder: &str, path: &str) -> Option<String> {
    if path.contains('\\') || Path::new(path).is_absolute() {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a link on the way points outside of the root; what does not exist points nowhere.
fn leads_outside(root: &Path, path: &Path) -> bool {
    let home = if root.as_os_str().is_empty() {
        Path::new(".")
    } else {
        root
    };
    match (home.canonicalize(), path.canonicalize()) {
        (Ok(home), Ok(real)) => !real.starts_with(&home),
        _ => false,
    }
}

fn find_on_disk(root: &Path, folder: &str, pattern: &str) -> Result<Vec<String>, Refusal> {
    let base = glob::Pattern::escape(folder);
    let full = if folder.is_empty() {
        pattern.to_owned()
    } else {
        format!("{base}/{pattern}")
    };
    let matches = glob::glob_with(&full, match_options()).map_err(|_| Refusal::Malformed)?;
    let home = if root.as_os_str().is_empty() {
        Path::new(".")
    } else {
        root
    };
    let home = home.canonicalize().map_err(|_| Refusal::Outside)?;
    let mut names = Vec::new();
    for path in matches.flatten().filter(|path| path.is_file()) {
        // A link may point anywhere; what it points to must be below the folder too.
        let inside = path
            .canonicalize()
            .is_ok_and(|real| real.starts_with(&home));
        if !inside {
            return Err(Refusal::Outside);
        }
        names.push(display(&path));
    }
    names.sort();
    Ok(names)
}

/// A path with `/` between folders on every system.
fn display(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn read_file(path: &Path) -> Result<String> {
    let shown = path.display();
    let size = std::fs::metadata(path)
        .with_context(|| format!("can't read `{shown}`"))?
        .len();
    let limit = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX);
    ensure!(
        size <= limit,
        "`{shown}` has {size} bytes; at most {limit} are read"
    );
    let bytes = std::fs::read(path).with_context(|| format!("can't read `{shown}`"))?;
    decoded(&shown.to_string(), bytes)
}

/// The text of a file's bytes.
pub(super) fn decoded(name: &str, bytes: Vec<u8>) -> Result<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => bail!(
            "`{name}` is not UTF-8 (first bad byte at offset {}); save it as UTF-8",
            error.utf8_error().valid_up_to()
        ),
    }
}
