//! Which folders hold what the page is made from.
//!
//! In: the files read, and the patterns that name more. Out: folders. A folder and not a
//! file is watched, since editors replace files, and new files may match a pattern.
//! Refuses to know: what the files say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::model::Model;
use crate::source::{Sources, Workspace};
use crate::spec::Text;

/// The folders of the specification, its includes, and the files that it names.
pub fn folders(workspace: &Workspace, sources: &Sources, model: &Model<'_>) -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::from([folder(&workspace.main())]);
    folders.extend(sources.files().map(|(_, file)| folder(&file.name)));
    let lists = model.sources.iter().flat_map(|list| {
        [
            &list.compose,
            &list.kubernetes,
            &list.asyncapi,
            &list.connect,
            &list.openapi,
            &list.backstage,
        ]
    });
    let excerpts = model.configuration.iter().filter_map(|entry| entry.from);
    for pattern in lists.flatten().copied().chain(excerpts) {
        folders.extend(named(workspace, pattern));
    }
    folders
}

/// The folders of the files that a pattern names; a pattern that leaves the workspace names none.
fn named(workspace: &Workspace, pattern: Text<'_>) -> Vec<PathBuf> {
    let found = workspace.find(&workspace.main(), pattern.value);
    let names = found.unwrap_or_default();
    names.iter().map(|name| folder(name)).collect()
}

fn folder(name: &str) -> PathBuf {
    match Path::new(name).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}
