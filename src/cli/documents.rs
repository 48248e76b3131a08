//! `docs`: fills marked blocks of documents, and checks the numbers in their prose.
//!
//! In: documents, or those that the specification lists. Out: files written where something
//! changed, a unified diff under `--check`, findings in any report format. Refuses to know:
//! what a marker means.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use super::arguments::{Arguments, DocsOptions};
use super::folder::unified;
use super::output::{Output, write_file};
use super::render::templates_folder;
use super::resolved::{Resolved, with_model};
use super::{Exit, base};
use crate::diagnostic::render::ReportFormat;
use crate::diagnostic::{Diagnostic, Diagnostics, apply};
use crate::diff::{self, ModelDiff, compare};
use crate::docs::{self, Dialect, Edited, Subject, Text, Wrong};
use crate::graph::ArchGraph;
use crate::pipeline;
use crate::render::Templates;
use crate::source::{SourceId, Sources, Workspace};

/// A document as it is and as it should be.
struct Outcome {
    path: PathBuf,
    there: String,
    fresh: String,
    blocks: usize,
}

pub(super) fn run(
    arguments: &Arguments,
    options: &DocsOptions,
    output: &mut Output,
) -> Result<Exit> {
    let form = match options.report.form() {
        Ok(form) => form,
        Err(problem) => {
            output.error(&problem);
            return Ok(Exit::Usage);
        }
    };
    with_model(arguments, output, |resolved, output| {
        let Some(base) = &options.since else {
            return filled(resolved, options, None, form, output);
        };
        let base = base::resolve(base, resolved.workspace)?;
        let (sources, mut out) = pipeline::load(&base.workspace)?;
        let model = pipeline::analyze(&sources, &mut out);
        let diff = compare(&model, resolved.model, &diff::Options::default());
        filled(resolved, options, Some(&diff), form, output)
    })
}

fn filled(
    resolved: &Resolved<'_>,
    options: &DocsOptions,
    diff: Option<&ModelDiff>,
    form: &ReportFormat,
    output: &mut Output,
) -> Result<Exit> {
    let mut out = Diagnostics::default();
    let names = names(resolved, options, &mut out);
    if names.is_empty() {
        output.error(&anyhow!(
            "no document is named; write `archviz docs FILE…`, or list them under `documents:` in the specification"
        ));
        return Ok(Exit::Usage);
    }
    let model = resolved.model;
    let graph = ArchGraph::build(model);
    let views = pipeline::views(model, &graph, &[], &mut Diagnostics::default());
    let templates = Templates::new(templates_folder(None, resolved.workspace));
    let subject = Subject {
        model,
        graph: &graph,
        views: &views,
        diff,
        templates: &templates,
        edited: if options.overwrite {
            Edited::Overwrite
        } else {
            Edited::Keep
        },
        wrong: if options.fix && !options.check {
            Wrong::Mend
        } else {
            Wrong::Report
        },
    };
    docs::check_phrases(&subject, &mut out);
    let (sources, outcomes) = fill_all(resolved, &names, &subject, &mut out)?;
    for outcome in &outcomes {
        settle(outcome, options, form, output)?;
    }
    let mut findings = apply(
        out.into_sorted(),
        &sources,
        &model.lints,
        &options.report.levels.overrides,
    );
    // Rules did not run, so an exception that matched nothing is no news; and what was just
    // written is not stale any more.
    findings.retain(|finding| {
        finding.code.id != "unused-suppression"
            && (options.check || finding.code.id != "stale-block")
    });
    report(&findings, &sources, options, form, output)
}

/// The documents of the command line, or those of the specification.
fn names(resolved: &Resolved<'_>, options: &DocsOptions, out: &mut Diagnostics) -> Vec<String> {
    if options.files.is_empty() {
        return docs::files(resolved.workspace, resolved.model, out);
    }
    let shown = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
    options.files.iter().map(shown).collect()
}

/// Fills every document. The specification's files come first among the sources, so that the
/// places of its elements stay what they are.
fn fill_all(
    resolved: &Resolved<'_>,
    names: &[String],
    subject: &Subject<'_>,
    out: &mut Diagnostics,
) -> Result<(Sources, Vec<Outcome>)> {
    let mut sources = Sources::default();
    for (_, file) in resolved.sources.files() {
        sources.add_plain(file.name.clone(), file.text.clone());
    }
    let mut read: Vec<(SourceId, String, bool)> = Vec::new();
    for name in names {
        let whole =
            std::fs::read_to_string(name).with_context(|| format!("can't read `{name}`"))?;
        let text = whole.strip_prefix('\u{feff}').unwrap_or(&whole);
        let id = sources.add_plain(name.clone(), text);
        read.push((id, name.clone(), text.len() < whole.len()));
    }
    let mut outcomes = Vec::new();
    for (file, name, has_mark) in &read {
        let dialect = Dialect::of(name)
            .with_context(|| format!("`{name}` is no document: .md, .mdx or .adoc"))?;
        let pictures = pictures(resolved, Path::new(name));
        let text = &sources.file(*file).text;
        let filled = docs::fill(
            Text {
                file: *file,
                name,
                text,
                dialect,
                pictures: &pictures,
            },
            subject,
            out,
        );
        for (address, marker) in &filled.pictures {
            if !is_there(Path::new(name), address) {
                out.push(docs::picture_missing(address, *marker));
            }
        }
        let mark = if *has_mark { "\u{feff}" } else { "" };
        outcomes.push(Outcome {
            path: PathBuf::from(name),
            there: format!("{mark}{text}"),
            fresh: format!("{mark}{}", filled.text),
            blocks: filled.blocks,
        });
    }
    Ok((sources, outcomes))
}

/// Whether a picture is beside the document; what is elsewhere on the web is not looked for.
fn is_there(document: &Path, address: &str) -> bool {
    let is_elsewhere = address.contains("://") || address.starts_with('/');
    let folder = document.parent().unwrap_or(Path::new(""));
    is_elsewhere
        || folder
            .join(address.split(['?', '#']).next().unwrap_or(""))
            .is_file()
}

/// The output folder as seen from a document, with a slash at its end.
fn pictures(resolved: &Resolved<'_>, document: &Path) -> String {
    let outputs = resolved.model.outputs.as_ref();
    let folder = outputs.and_then(|outputs| outputs.folder);
    let (Some(folder), Workspace::Disk { root, .. }) = (folder, resolved.workspace) else {
        return String::new();
    };
    let target = plain(&root.join(folder.value));
    let from = plain(document.parent().unwrap_or(Path::new("")));
    let shared = from.iter().zip(&target).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = target.iter().skip(shared).cloned();
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("{}/", parts.join("/"))
    }
}

/// The names on a path.
fn plain(path: &Path) -> Vec<String> {
    let parts = path.components().filter_map(|part| match part {
        Component::CurDir => None,
        part => Some(part.as_os_str().to_string_lossy().into_owned()),
    });
    parts.collect()
}

/// Writes a document, or shows how it differs.
fn settle(
    outcome: &Outcome,
    options: &DocsOptions,
    form: &ReportFormat,
    output: &mut Output,
) -> Result<()> {
    let shown = outcome.path.display();
    let is_fresh = outcome.there == outcome.fresh;
    if options.check {
        if !is_fresh && form.name == "human" {
            let name = shown.to_string().replace('\\', "/");
            output.data(&unified(&name, &outcome.there, &outcome.fresh))?;
        }
    } else if is_fresh {
        output.say(&format!(
            "{shown} is up to date ({} blocks)",
            outcome.blocks
        ));
    } else {
        write_file(&outcome.path, &outcome.fresh)?;
        output.say(&format!("wrote {shown}"));
    }
    Ok(())
}

fn report(
    findings: &[Diagnostic],
    sources: &Sources,
    options: &DocsOptions,
    form: &ReportFormat,
    output: &mut Output,
) -> Result<Exit> {
    let text = options.report.written(form, findings, sources);
    options.report.deliver(&text, output)?;
    let is_stale = |finding: &Diagnostic| finding.code.id == "stale-block";
    if options.check && findings.iter().any(is_stale) {
        let files: Vec<String> = options
            .files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        let command = format!("archviz docs {}", files.join(" "));
        output.insist(&format!("to bring them up to date: {}", command.trim_end()));
    } else if options.check && findings.is_empty() {
        output.say("all documents are up to date");
    }
    // A difference under --check fails whatever the level.
    let fails = findings
        .iter()
        .any(|finding| options.report.fails(finding) || is_stale(finding));
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}
