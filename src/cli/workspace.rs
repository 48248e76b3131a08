//! Finds the specification that a command is about.
//!
//! In: `--spec`, or the current folder. Out: a workspace. Refuses to know: its contents.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::base;
use crate::source::Workspace;

pub(super) const FILE_NAMES: [&str; 2] = ["architecture.yaml", "architecture.yml"];
/// The name of a specification that is read from stdin.
const STDIN_NAME: &str = "stdin.yaml";

/// The workspace of `--spec`, of stdin (`-`), or of the nearest specification.
pub(super) fn find(spec: Option<&Path>) -> Result<Workspace> {
    match spec {
        Some(path) if path.as_os_str() == "-" => of_stdin(),
        Some(path) if path.is_dir() => in_folder(path)
            .map(|file| Workspace::on_disk(&file))
            .with_context(|| format!("`{}` holds no {}", path.display(), FILE_NAMES[0])),
        Some(path) => base::at_revision(&path.to_string_lossy())
            .unwrap_or_else(|| Ok(Workspace::on_disk(path))),
        None => nearest(),
    }
}

pub(super) fn of_stdin() -> Result<Workspace> {
    let text = std::io::read_to_string(std::io::stdin()).context("can't read stdin")?;
    Ok(Workspace::of_text(STDIN_NAME, &text))
}

pub(super) fn in_folder(folder: &Path) -> Option<PathBuf> {
    FILE_NAMES
        .iter()
        .map(|name| folder.join(name))
        .find(|path| path.is_file())
}

fn nearest() -> Result<Workspace> {
    let current = std::env::current_dir().context("can't tell the current folder")?;
    for (depth, folder) in current.ancestors().enumerate() {
        if in_folder(folder).is_some() {
            // A relative name keeps machine paths out of every output.
            let relative: PathBuf = std::iter::repeat_n("..", depth).collect();
            let file = in_folder(&relative).or_else(|| in_folder(folder));
            return Ok(Workspace::on_disk(&file.unwrap_or_default()));
        }
    }
    bail!(
        "no {} in this folder or above; name one with --spec, or start one with `archviz init`",
        FILE_NAMES[0]
    )
}
