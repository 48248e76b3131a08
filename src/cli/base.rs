//! Finds the version that a command compares with: a file, a folder, or a git revision.
//!
//! In: `BASE` as the user wrote it, and the workspace that it is compared with. Out: a workspace.
//! What exists as a file or folder is meant; everything else is `REV` or `REV:path`.
//! Refuses to know: what is compared, and how.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use super::workspace::{FILE_NAMES, in_folder, of_stdin};
use crate::diagnostic::did_you_mean;
use crate::source::{Found, Repository, Revision, Workspace};

/// Repositories around one another that are tried at most.
const MAX_DEPTH: usize = 8;
/// Files named in a help at most.
const MAX_NAMED: usize = 3;

/// A version to compare with.
#[derive(Debug)]
pub(super) struct Base {
    /// Its files.
    pub(super) workspace: Workspace,
    /// Where the specification was then, if it has been renamed since.
    pub(super) renamed_from: Option<String>,
}

/// The version that `BASE` names; `head` is what it is compared with.
pub(super) fn resolve(base: &str, head: &Workspace) -> Result<Base> {
    let path = Path::new(base);
    let workspace = if base == "-" {
        of_stdin()?
    } else if path.is_dir() && in_folder(path).is_some() {
        Workspace::on_disk(&in_folder(path).unwrap_or_default())
    } else if path.exists() && !path.is_dir() {
        Workspace::on_disk(path)
    } else {
        return revision(base, head);
    };
    Ok(Base {
        workspace,
        renamed_from: None,
    })
}

/// A specification named by `REV:path`, if it is named so.
pub(super) fn at_revision(name: &str) -> Option<Result<Workspace>> {
    let is_file = Path::new(name).exists();
    let (label, path) = split(name)?;
    let found = || {
        let repository = Repository::around(Path::new(""))?;
        let Some(commit) = repository.commit(label)? else {
            return Err(unknown_revision(&repository, name, label)?);
        };
        let path = from_top(&repository, path)?;
        Ok(stated(&repository, (label, &commit), &path)?.workspace)
    };
    (!is_file).then(found)
}

fn revision(base: &str, head: &Workspace) -> Result<Base> {
    let repository = repository_of(head).with_context(|| no_such(base))?;
    let Some((label, path)) = split(base) else {
        return same_path(base, &repository, head);
    };
    let mut outer = Some(repository.clone());
    for _ in 0..MAX_DEPTH {
        let Some(around) = outer else { break };
        if let Some(commit) = around.commit(label)? {
            let path = from_top(&around, path)?;
            return stated(&around, (label, &commit), &path);
        }
        outer = around.superproject()?;
    }
    Err(unknown_revision(&repository, base, label)?)
}

/// The same specification at another revision. The revision may be one of the repository that
/// holds this one as a submodule.
fn same_path(base: &str, repository: &Repository, head: &Workspace) -> Result<Base> {
    let mut repository = repository.clone();
    let mut path = path_of(head, &repository)?;
    for _ in 0..MAX_DEPTH {
        if let Some(commit) = repository.commit(base)? {
            return at(&repository, (base, &commit), path.as_deref(), head);
        }
        let Some(outer) = repository.superproject()? else {
            break;
        };
        let folder = repository.top()?.unwrap_or_default();
        let prefix = Repository::around(&folder.join(".."))?.prefix()?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        path = path.map(|path| format!("{prefix}{name}/{path}"));
        repository = outer;
    }
    Err(unknown_revision(&repository_of(head)?, base, base)?)
}

/// The path of a workspace's main file from the top; `None` for a text without a file.
fn path_of(head: &Workspace, repository: &Repository) -> Result<Option<String>> {
    Ok(match head {
        Workspace::Disk { main, .. } => {
            let name = main.file_name().unwrap_or_default().to_string_lossy();
            Some(format!("{}{name}", repository.prefix()?))
        }
        Workspace::Memory { .. } | Workspace::Changed { .. } => None,
        Workspace::Revision(revision) => Some(revision.path().to_owned()),
    })
}

fn at(
    repository: &Repository,
    (label, commit): (&str, &str),
    path: Option<&str>,
    head: &Workspace,
) -> Result<Base> {
    let Some(path) = path else {
        return stated(
            repository,
            (label, commit),
            repository.prefix()?.trim_end_matches('/'),
        );
    };
    if let Found::File(found) = Revision::find(repository, (label, commit), path)? {
        return Ok(Base {
            workspace: Workspace::Revision(found),
            renamed_from: None,
        });
    }
    let head = match head {
        Workspace::Revision(head) => Some(head.commit()),
        _ => None,
    };
    if let Some(old) = repository.renamed_from(commit, head, path)?
        && let Found::File(found) = Revision::find(repository, (label, commit), &old)?
    {
        return Ok(Base {
            workspace: Workspace::Revision(found),
            renamed_from: Some(old),
        });
    }
    Err(missing(repository, (label, commit), path)?)
}

/// A path that the user stated: a file, or a folder with a specification.
fn stated(repository: &Repository, (label, commit): (&str, &str), path: &str) -> Result<Base> {
    let inside = |name: &&str| {
        let slash = if path.is_empty() { "" } else { "/" };
        format!("{path}{slash}{name}")
    };
    let candidates = FILE_NAMES.iter().map(inside);
    for candidate in std::iter::once(path.to_owned()).chain(candidates) {
        if let Found::File(found) = Revision::find(repository, (label, commit), &candidate)? {
            return Ok(Base {
                workspace: Workspace::Revision(found),
                renamed_from: None,
            });
        }
    }
    if let Found::Folder = Revision::find(repository, (label, commit), path)? {
        bail!(
            "`{label}:{path}` is a folder that holds no {}",
            FILE_NAMES[0]
        );
    }
    Err(missing(repository, (label, commit), path)?)
}

/// A path after a revision, as git reads it: from the top, or from here if it starts with a dot.
fn from_top(repository: &Repository, path: &str) -> Result<String> {
    let is_relative =
        matches!(path, "." | "..") || path.starts_with("./") || path.starts_with("../");
    let prefix = if is_relative {
        repository.prefix()?
    } else {
        String::new()
    };
    let mut parts: Vec<&str> = prefix.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(
                parts
                    .pop()
                    .with_context(|| format!("`{path}` leaves the repository"))?,
            ),
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// The revision and the path of `REV:path`; a colon inside of braces belongs to the revision.
fn split(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => return Some((&text[..at], &text[at + 1..])),
            _ => {}
        }
    }
    None
}

fn repository_of(head: &Workspace) -> Result<Repository> {
    match head {
        Workspace::Disk { root, .. } => Repository::around(root),
        Workspace::Memory { .. } | Workspace::Changed { .. } => Repository::around(&PathBuf::new()),
        Workspace::Revision(revision) => Ok(revision.repository().clone()),
    }
}

fn no_such(base: &str) -> String {
    match split(base) {
        Some((label, _)) => format!("there is no file `{base}`, and `{label}` can't be a revision"),
        None => format!(
            "there is no file or folder with a specification `{base}`, and it can't be a revision"
        ),
    }
}

/// Says what the user may have meant.
fn unknown_revision(repository: &Repository, base: &str, label: &str) -> Result<anyhow::Error> {
    let what = if base == label {
        format!("there is no file, folder with a specification or git revision `{base}`")
    } else {
        format!("there is no file `{base}` and no git revision `{label}`")
    };
    let names = repository.names()?;
    let cure = if label.contains("..") {
        "name one revision, not a range".to_owned()
    } else if let Some(name) = names
        .iter()
        .find(|name| name.ends_with(&format!("/{label}")))
    {
        format!("did you mean `{name}`?")
    } else if let Some(name) = did_you_mean(label, names.iter().map(String::as_str)) {
        format!("did you mean `{name}`?")
    } else if repository.is_shallow()? {
        "this clone is shallow: run `git fetch --unshallow --tags` (in CI, check out with the whole history)".to_owned()
    } else {
        "`git branch -a` and `git tag` list what there is; `git fetch --all --tags` gets what others have".to_owned()
    };
    Ok(anyhow!("{what}; {cure}"))
}

/// Says where the specification may have been.
fn missing(
    repository: &Repository,
    (label, commit): (&str, &str),
    path: &str,
) -> Result<anyhow::Error> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_candidate = |found: &str| {
        let found = found.rsplit('/').next().unwrap_or(found);
        found == name || FILE_NAMES.contains(&found)
    };
    let entries = repository.entries(commit, "")?;
    let candidates: Vec<String> = entries
        .iter()
        .filter(|entry| is_candidate(&entry.path))
        .take(MAX_NAMED)
        .map(|entry| format!("`{label}:{}`", entry.path))
        .collect();
    let cure = if candidates.is_empty() {
        "it holds no specification of a usual name; name the file, as `REV:path`".to_owned()
    } else {
        format!("there is {}; name the one you mean", candidates.join(", "))
    };
    Ok(anyhow!(
        "`{path}` does not exist at `{label}`, and git knows of no rename; {cure}"
    ))
}
