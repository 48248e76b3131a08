//! `diff --git-driver`: what git calls instead of its own diff for one file.
//!
//! In: the arguments of git's protocol for external diffs. Out: the change report of that file
//! on stdout, and always success: git stops at anything else. The other files of the
//! specification are taken as they are in the checkout. Refuses to know: revisions.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Exit;
use super::output::Output;
use super::render::templates_folder;
use super::workspace::FILE_NAMES;
use crate::diff::{Options, compare};
use crate::pipeline;
use crate::render::{ChangeReport, Templates, find_change_format, render_changes};
use crate::source::Workspace;

/// What git names a side that does not exist.
const NOTHING: &str = "/dev/null";

/// One file as git describes it: `path old-file old-hex old-mode new-file new-hex new-mode`,
/// then the new path and a header if it was renamed.
pub(super) fn run(arguments: &[String], output: &mut Output) -> Result<Exit> {
    let (path, old, new, new_path) = match arguments {
        [path] => {
            output.raw(format!("* Unmerged path {path}\n"))?;
            return Ok(Exit::Clean);
        }
        [path, old, _, _, new, _, _] => (path, old, new, path),
        [path, old, _, _, new, _, _, new_path, ..] => (path, old, new, new_path),
        _ => bail!(
            "git calls `--git-driver` with 1, 7 or 9 arguments, here are {}",
            arguments.len()
        ),
    };
    output.raw(format!("diff --archviz a/{path} b/{new_path}\n"))?;
    let (before, after) = (text(old)?, text(new)?);
    let report = if old == NOTHING || new == NOTHING {
        None
    } else {
        report(new_path, &before, &after)
    };
    match report {
        Some(report) => output.data(&report)?,
        None => output.data(&by_lines((path, &before), (new_path, &after)))?,
    }
    Ok(Exit::Clean)
}

fn text(file: &str) -> Result<String> {
    if file == NOTHING {
        return Ok(String::new());
    }
    let bytes = std::fs::read(file).with_context(|| format!("can't read `{file}`"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The change report; nothing if a version has errors, or belongs to no specification.
fn report(path: &str, before: &str, after: &str) -> Option<String> {
    let main = main_file(path, after)?;
    let version = |text: &str| Workspace::on_disk(Path::new(&main)).with_text(path, text);
    let (base, head) = (version(before), version(after));
    let (base_sources, mut base_out) = pipeline::load(&base).ok()?;
    let (head_sources, mut head_out) = pipeline::load(&head).ok()?;
    let base_model = pipeline::analyze(&base_sources, &mut base_out);
    let head_model = pipeline::analyze(&head_sources, &mut head_out);
    if base_out.has_errors() || head_out.has_errors() {
        return None;
    }
    let report = ChangeReport {
        base: &base_model,
        base_sources: &base_sources,
        head: &head_model,
        head_sources: &head_sources,
        diff: &compare(&base_model, &head_model, &Options::default()),
        base_name: path,
    };
    let templates = Templates::new(templates_folder(None, &head));
    render_changes(&templates, find_change_format("text")?, &report).ok()
}

/// The main file of the specification that a file is part of: itself, or one in a folder above
/// that includes it.
fn main_file(path: &str, text: &str) -> Option<String> {
    if text.lines().any(|line| line.starts_with("archviz:")) {
        return Some(path.to_owned());
    }
    let folders = Path::new(path).ancestors().skip(1);
    let candidates = folders.flat_map(|folder| FILE_NAMES.map(|name| folder.join(name)));
    let includes = |main: &Path| {
        let sources = pipeline::load(&Workspace::on_disk(main)).ok()?.0;
        let found = sources.files().any(|(_, file)| file.name == path);
        found.then(|| main.to_string_lossy().into_owned())
    };
    candidates
        .filter(|main| main.is_file())
        .find_map(|main| includes(&main))
}

/// The lines that differ, where elements can't be compared.
fn by_lines((path, before): (&str, &str), (new_path, after): (&str, &str)) -> String {
    let diff = similar::TextDiff::from_lines(before, after);
    let header = (format!("a/{path}"), format!("b/{new_path}"));
    diff.unified_diff().header(&header.0, &header.1).to_string()
}
