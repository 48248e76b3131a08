//! `merge`: a three-way merge by elements, for people and as a merge driver of git.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Exit;
use super::arguments::MergeOptions;
use super::output::{Output, write_file};
use super::report::report_problems;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::merge::{Marks, Merged, merge};
use crate::pipeline;
use crate::source::Workspace;

pub(super) fn run(options: &MergeOptions, output: &mut Output) -> Result<Exit> {
    let (base, ours, theirs) = (
        text(&options.base)?,
        text(&options.ours)?,
        text(&options.theirs)?,
    );
    let marks = Marks {
        size: options.marker_size.into(),
        ours: options.ours_name.clone(),
        theirs: options.theirs_name.clone(),
        ..Marks::default()
    };
    let by_elements = merge(&base, &ours, &theirs, &marks);
    let is_by_lines = by_elements.is_none();
    let merged = match by_elements {
        Some(merged) => merged,
        None => by_lines(options, &marks)?,
    };
    deliver(&merged.text, &options.output, output)?;
    let name = options
        .path
        .as_deref()
        .unwrap_or(&options.ours)
        .display()
        .to_string();
    if is_by_lines {
        output.say(&format!(
            "{name}: merged by lines, as not every version is plain block YAML"
        ));
    }
    if !merged.conflicts.is_empty() {
        output.insist(&format!(
            "{name}: both sides changed {}",
            merged.conflicts.join(", ")
        ));
        return Ok(Exit::Findings);
    }
    consequences(&name, &merged.text, [&ours, &theirs], output)
}

fn text(path: &Path) -> Result<String> {
    Workspace::on_disk(path).read(&path.to_string_lossy())
}

fn deliver(text: &str, path: &Path, output: &mut Output) -> Result<()> {
    if path.as_os_str() == "-" {
        return output.raw(text);
    }
    write_file(path, text)
}

/// What git makes of the lines, for texts that have no elements to merge.
fn by_lines(options: &MergeOptions, marks: &Marks) -> Result<Merged> {
    let output = Command::new("git")
        .args(["merge-file", "-p"])
        .arg(format!("--marker-size={}", marks.size))
        .args([
            "-L",
            &marks.ours,
            "-L",
            &marks.base,
            "-L",
            &marks.theirs,
            "--",
        ])
        .args([&options.ours, &options.base, &options.theirs])
        .output()
        .context("these versions can only be merged by lines, and `git` can't be run for it")?;
    let Some(count @ 0..=127) = output.status.code() else {
        bail!(
            "git can't merge these versions: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )
    };
    let conflicts = (count > 0).then(|| "the same lines".to_owned());
    Ok(Merged {
        text: String::from_utf8_lossy(&output.stdout).into_owned(),
        conflicts: conflicts.into_iter().collect(),
    })
}

/// What is wrong with the result and with neither side: one removed what the other began to use.
fn consequences(name: &str, merged: &str, sides: [&str; 2], output: &mut Output) -> Result<Exit> {
    if !is_whole(merged) {
        return Ok(Exit::Clean);
    }
    let before = sides.map(errors);
    let known: Vec<String> = before.into_iter().collect::<Result<Vec<_>>>()?.concat();
    let workspace = Workspace::of_text(name, merged);
    let (sources, mut out) = pipeline::load(&workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    let new = out.into_sorted().into_iter().filter(|finding| {
        finding.severity == Severity::Error && !known.contains(&fingerprint(finding))
    });
    let mut news = Diagnostics::default();
    for finding in new {
        news.push(finding);
    }
    if !news.has_errors() {
        return Ok(Exit::Clean);
    }
    report_problems(news, &sources, &model, output);
    output.insist(&format!(
        "{name}: merged without conflicts, but what one side removed is used by the other"
    ));
    Ok(Exit::Findings)
}

/// Whether a text is a specification of its own: only such a text can be judged by itself.
fn is_whole(text: &str) -> bool {
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    has("archviz:") && !has("include:")
}

fn errors(text: &str) -> Result<Vec<String>> {
    let (sources, mut out) = pipeline::load(&Workspace::of_text("side.yaml", text))?;
    pipeline::analyze(&sources, &mut out);
    Ok(out.into_sorted().iter().map(fingerprint).collect())
}

/// What makes two findings the same, wherever they stand.
fn fingerprint(finding: &Diagnostic) -> String {
    format!("{} {}", finding.code.id, finding.message)
}
