//! The files of a specification at a revision, read without touching the checkout.
//!
//! In: a repository, a revision and a path in it. Out: names, patterns resolved, texts.
//! Names are `REVISION:PATH`, as git writes them. Submodules are read at the commit that the
//! revision records, if it is here. Refuses to know: what the files mean.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, bail};

use super::MAX_FILE_BYTES;
use super::git::{Entry, EntryKind, FileChange, Objects, Repository, joined};

/// Links that are followed one after the other at most.
const MAX_LINKS: usize = 16;

/// A revision, with the path of a specification's main file in it.
#[derive(Debug)]
pub struct Revision {
    repository: Repository,
    commit: String,
    /// As the user wrote it.
    label: String,
    /// What stands before paths in names: the revision, and the submodule that holds the files.
    lead: String,
    main: Entry,
    state: Mutex<State>,
}

/// What has been read so far.
#[derive(Debug, Default)]
struct State {
    /// Files below the main file's folder by path; filled with the first pattern.
    files: Option<BTreeMap<String, Place>>,
    /// The repository itself, then submodules.
    readers: Vec<Objects>,
}

/// Where a file's bytes are.
#[derive(Clone, Debug)]
struct Place {
    reader: usize,
    entry: Entry,
}

/// A path in a revision, as it turns out.
#[derive(Debug)]
pub(crate) enum Found {
    /// A file to read from.
    File(Box<Revision>),
    /// A folder.
    Folder,
    /// Nothing.
    Nothing,
}

impl Revision {
    /// Looks a path up, from the top of the repository.
    pub(crate) fn find(
        repository: &Repository,
        (label, commit): (&str, &str),
        path: &str,
    ) -> Result<Found> {
        Self::look_up(repository, (label, commit), format!("{label}:"), path)
    }

    fn look_up(
        repository: &Repository,
        (label, commit): (&str, &str),
        lead: String,
        path: &str,
    ) -> Result<Found> {
        let Some(entry) = repository.entry(commit, path)? else {
            return Self::in_submodule(repository, (label, commit), &lead, path);
        };
        let entry = match entry.kind {
            EntryKind::Folder | EntryKind::Submodule => return Ok(Found::Folder),
            EntryKind::Link => match followed(repository, commit, entry)? {
                Some(target) => Entry {
                    path: path.to_owned(),
                    ..target
                },
                None => bail!("`{lead}{path}` is a link to something that is no file there"),
            },
            EntryKind::File => entry,
        };
        Ok(Found::File(Box::new(Self {
            repository: repository.clone(),
            commit: commit.to_owned(),
            label: label.to_owned(),
            lead,
            main: entry,
            state: Mutex::default(),
        })))
    }

    /// Looks a path up behind the submodule that is on its way, if there is one.
    fn in_submodule(
        repository: &Repository,
        (label, commit): (&str, &str),
        lead: &str,
        path: &str,
    ) -> Result<Found> {
        for (at, _) in path.match_indices('/') {
            let (folder, rest) = (&path[..at], &path[at + 1..]);
            let entry = repository.entry(commit, folder)?;
            let Some(entry) = entry.filter(|entry| entry.kind == EntryKind::Submodule) else {
                continue;
            };
            let inner = submodule(repository, &entry)?;
            let lead = format!("{lead}{folder}/");
            return Self::look_up(&inner, (label, &entry.object), lead, rest);
        }
        Ok(Found::Nothing)
    }

    /// The revision as the user wrote it.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// The commit's name.
    pub(crate) fn commit(&self) -> &str {
        &self.commit
    }

    /// The path of the main file, from the top of the repository.
    pub(crate) fn path(&self) -> &str {
        &self.main.path
    }

    /// The repository it is read from.
    pub(crate) fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The files that differ between this revision and another one, or the checkout.
    pub(crate) fn changes(&self, head: Option<&Self>) -> Result<Vec<FileChange>> {
        let head = head.map(|head| head.commit.as_str());
        self.repository.changes(&self.commit, head, &[])
    }

    /// The name of the main file.
    pub(super) fn main(&self) -> String {
        self.named(&self.main.path)
    }

    /// The name of a file by its path from the top.
    pub(super) fn named(&self, path: &str) -> String {
        format!("{}{path}", self.lead)
    }

    /// The text of a file.
    pub(super) fn read(&self, name: &str) -> Result<String> {
        let path = name.strip_prefix(&self.lead).unwrap_or(name);
        let mut state = self.state();
        let place = if path == self.main.path {
            self.first_reader(&mut state)?;
            Place {
                reader: 0,
                entry: self.main.clone(),
            }
        } else {
            let place = self.files(&mut state)?.get(path).cloned();
            place.with_context(|| format!("`{name}` does not exist"))?
        };
        let bytes = blob(&mut state, &place).with_context(|| format!("can't read `{name}`"))?;
        super::workspace::decoded(name, bytes)
    }

    /// The names of the files that match a glob of paths from the top; the error says why a
    /// file that may match can't be looked at.
    pub(super) fn matching(&self, glob: &glob::Pattern) -> Result<Vec<String>> {
        let mut state = self.state();
        self.files(&mut state)?;
        self.enter_submodules(&mut state, glob)?;
        let files = self.files(&mut state)?;
        let matches = files
            .keys()
            .filter(|path| glob.matches_with(path, super::workspace::match_options()));
        Ok(matches.map(|path| self.named(path)).collect())
    }

    /// The folder of a file that `matching` named, from the top.
    pub(super) fn folder_of<'n>(&self, name: &'n str) -> &'n str {
        let path = name.strip_prefix(self.lead.as_str()).unwrap_or(name);
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What a thread that panicked has read is still what the repository holds.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn first_reader(&self, state: &mut State) -> Result<()> {
        if state.readers.is_empty() {
            state.readers.push(self.repository.objects()?);
        }
        Ok(())
    }

    fn files<'l>(&self, state: &'l mut State) -> Result<&'l mut BTreeMap<String, Place>> {
        if state.files.is_none() {
            self.first_reader(state)?;
            let folder = self
                .main
                .path
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder);
            let entries = self.repository.entries(&self.commit, folder)?;
            let placed = entries
                .into_iter()
                .map(|entry| (entry.path.clone(), Place { reader: 0, entry }));
            state.files = Some(placed.collect());
        }
        state.files.as_mut().context("nothing was listed")
    }

    /// Lists the submodules that a glob may reach into.
    fn enter_submodules(&self, state: &mut State, glob: &glob::Pattern) -> Result<()> {
        let files = state.files.iter().flatten();
        let met: Vec<Entry> = files
            .filter(|(path, place)| {
                place.entry.kind == EntryKind::Submodule && may_reach(glob.as_str(), path)
            })
            .map(|(_, place)| place.entry.clone())
            .collect();
        for entry in met {
            let inner = submodule(&self.repository, &entry)?;
            let listed = inner.entries(&entry.object, "")?;
            state.readers.push(inner.objects()?);
            let reader = state.readers.len() - 1;
            let Some(files) = &mut state.files else { break };
            files.remove(&entry.path);
            for inside in listed {
                let path = joined(&entry.path, &inside.path);
                files.insert(
                    path,
                    Place {
                        reader,
                        entry: inside,
                    },
                );
            }
        }
        Ok(())
    }
}

fn blob(state: &mut State, place: &Place) -> Result<Vec<u8>> {
    let mut place = place.clone();
    for _ in 0..MAX_LINKS {
        let reader = state
            .readers
            .get_mut(place.reader)
            .context("git does not answer")?;
        let bytes = reader.blob(&place.entry.object, MAX_FILE_BYTES)?;
        if place.entry.kind != EntryKind::Link {
            return Ok(bytes);
        }
        let target = target(&place.entry.path, &bytes);
        let next = target.and_then(|path| state.files.as_ref()?.get(&path));
        place = next
            .context("it is a link that leaves the specification's folder")?
            .clone();
    }
    bail!("it is a link that leads in a circle")
}

/// What a link at the end points to, anywhere in the tree.
fn followed(repository: &Repository, commit: &str, link: Entry) -> Result<Option<Entry>> {
    let mut reader = repository.objects()?;
    let mut entry = link;
    for _ in 0..MAX_LINKS {
        if entry.kind != EntryKind::Link {
            return Ok(Some(entry).filter(|entry| entry.kind == EntryKind::File));
        }
        let bytes = reader.blob(&entry.object, MAX_FILE_BYTES)?;
        let Some(path) = target(&entry.path, &bytes) else {
            return Ok(None);
        };
        match repository.entry(commit, &path)? {
            Some(next) => entry = next,
            None => return Ok(None),
        }
    }
    Ok(None)
}

/// The path that a link at `from` points to; `None` if it leaves the tree.
fn target(from: &str, link: &[u8]) -> Option<String> {
    let link = std::str::from_utf8(link).ok()?;
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if link.starts_with('/') {
        return None;
    }
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The repository of a submodule, if the commit that is recorded is here.
fn submodule(repository: &Repository, entry: &Entry) -> Result<Repository> {
    let path = &entry.path;
    let cure = || {
        format!(
            "`{path}` is a submodule, and its commit {:.10} is not here; run `git submodule update --init {path}`",
            entry.object
        )
    };
    let top = repository.top()?.with_context(cure)?;
    let inner = Repository::around(&top.join(path)).with_context(cure)?;
    // A submodule that was never fetched is a folder of the outer repository.
    let is_own = inner.prefix()?.is_empty();
    let commit = inner.commit(&entry.object)?.filter(|_| is_own);
    commit.with_context(cure)?;
    Ok(inner)
}

/// Whether a glob can match below a folder: its first parts match those of the folder.
fn may_reach(glob: &str, folder: &str) -> bool {
    let mut parts = glob.split('/');
    for name in folder.split('/') {
        match parts.next() {
            Some("**") => return true,
            Some(part) => {
                let is_match = glob::Pattern::new(part).is_ok_and(|part| part.matches(name));
                if !is_match {
                    return false;
                }
            }
            None => return false,
        }
    }
    parts.next().is_some()
}
