//! `import`: what exists, as a specification.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, bail};

use super::Exit;
use super::arguments::{Arguments, ImportFormat, ImportOptions};
use super::output::{Output, write_file};
use super::workspace;
use crate::diagnostic::render::{Options, REPORT_FORMATS, Report, Style};
use crate::diagnostic::{Diagnostics, Severity, did_you_mean};
use crate::import::{self, IMPORTERS, Importer, Request, find_importer};
use crate::pipeline;
use crate::source::{Sources, Workspace};
use crate::update::Edit;

/// Folders are searched at most this deep, for at most so many files.
const MAX_DEPTH: usize = 16;
const MAX_FILES: usize = 20_000;

pub(super) fn run(
    arguments: &Arguments,
    options: &ImportOptions,
    output: &mut Output,
) -> Result<Exit> {
    let requests = match requests(&options.sources) {
        Ok(requests) => requests,
        Err(problem) => {
            output.error(&problem);
            return Ok(Exit::Usage);
        }
    };
    let mut sources = Sources::default();
    let mut out = Diagnostics::default();
    let imported = import::import(&requests, &mut sources, &mut out);
    if options.update {
        update(arguments, options, (&imported, &sources), output)?;
        return Ok(report(out, &sources, output));
    }
    let text = match options.format {
        ImportFormat::Json => format!("{:#}\n", import::json(&imported, &sources)),
        ImportFormat::Spec => {
            let name = name(options.name.as_deref(), &imported, &requests);
            let folder = folder_of(&options.output);
            let style = import::Style {
                name: &name,
                folder: &folder,
            };
            pipeline::specification(&imported, &sources, style)?
        }
    };
    deliver(&text, &options.output, output)?;
    Ok(report(out, &sources, output))
}

/// Shows what the specification lacks, and adds it if asked to.
fn update(
    arguments: &Arguments,
    options: &ImportOptions,
    (imported, import_sources): (&import::Imported, &Sources),
    output: &mut Output,
) -> Result<()> {
    let workspace = workspace::find(arguments.spec.as_deref())?;
    let (spec, _) = pipeline::load(&workspace)?;
    let main = workspace.main();
    let folder = folder_of(Path::new(&main));
    let style = import::Style {
        name: "",
        folder: &folder,
    };
    let edits = pipeline::update(&spec, imported, import_sources, style)?;
    if edits.is_empty() {
        output.say("the specification has everything that the sources say");
    }
    for edit in &edits {
        let diff = similar::TextDiff::from_lines(edit.old.as_str(), edit.new.as_str());
        let text = diff
            .unified_diff()
            .header(&format!("a/{}", edit.name), &format!("b/{}", edit.name))
            .to_string();
        output.raw(&text)?;
    }
    for edit in edits.iter().filter(|_| options.yes) {
        write_file(Path::new(&edit.name), &whole(edit)?)?;
        output.say(&format!("wrote {}", edit.name));
    }
    if !edits.is_empty() && !options.yes {
        output.say("nothing was written; `--yes` writes it");
    }
    Ok(())
}

/// The new text of a file, with the byte order mark that it has.
fn whole(edit: &Edit) -> Result<String> {
    let current = std::fs::read_to_string(&edit.name)
        .with_context(|| format!("can't read `{}`", edit.name))?;
    match current.strip_prefix('\u{feff}') {
        Some(rest) if rest == edit.old => Ok(format!("\u{feff}{}", edit.new)),
        None if current == edit.old => Ok(edit.new.clone()),
        _ => bail!("`{}` changed meanwhile; it was left as it is", edit.name),
    }
}

/// The text of a specification from kinds and files, for `init --from`.
pub(super) fn specification(
    words: &[String],
    asked: Option<&str>,
    file: &Path,
    output: &mut Output,
) -> Result<(String, Exit)> {
    let requests = requests(words)?;
    let mut sources = Sources::default();
    let mut out = Diagnostics::default();
    let imported = import::import(&requests, &mut sources, &mut out);
    let name = name(asked, &imported, &requests);
    let folder = folder_of(file);
    let style = import::Style {
        name: &name,
        folder: &folder,
    };
    let text = pipeline::specification(&imported, &sources, style)?;
    Ok((text, report(out, &sources, output)))
}

fn deliver(text: &str, path: &Path, output: &mut Output) -> Result<()> {
    if path.as_os_str() == "-" {
        return output.raw(text);
    }
    if path.exists() {
        bail!(
            "`{}` exists already; it was left as it is (`--update` adds to it)",
            path.display()
        );
    }
    write_file(path, text)?;
    output.say(&format!(
        "wrote {0}\nnext: archviz check --spec {0}",
        path.display()
    ));
    Ok(())
}

/// The folder that the specification will stand in, as far as it is below this one.
fn folder_of(path: &Path) -> String {
    let folder = path.parent().unwrap_or(Path::new("")).to_string_lossy();
    folder.replace('\\', "/")
}

/// The name of the platform: as asked for, as the sources say, or that of the folder.
fn name(asked: Option<&str>, imported: &import::Imported, requests: &[Request]) -> String {
    if let Some(asked) = asked {
        return asked.to_owned();
    }
    if let Some(name) = &imported.name {
        return import::title(&name.value);
    }
    let first = requests.first().and_then(|request| request.files.first());
    let folder = first.and_then(|(file, _)| Path::new(file).parent()?.file_name()?.to_str());
    folder.map_or_else(|| "My Platform".to_owned(), import::title)
}

/// What was left out and what is not known, to the person in front.
pub(super) fn report(out: Diagnostics, sources: &Sources, output: &mut Output) -> Exit {
    let findings = out.into_sorted();
    let is_partial = findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    if !findings.is_empty() {
        let report = Report {
            diagnostics: &findings,
            sources,
            options: Options {
                style: Style::Colored,
                ..Options::default()
            },
        };
        if let Some(human) = REPORT_FORMATS.first() {
            output.insist(&(human.render)(&report));
        }
    }
    if is_partial { Exit::Io } else { Exit::Clean }
}

/// `KIND FILE… KIND FILE…`: a word that is a kind starts a group.
pub(super) fn requests(words: &[String]) -> Result<Vec<Request>> {
    let mut requests: Vec<Request> = Vec::new();
    for word in words {
        if let Some(importer) = find_importer(word) {
            requests.push(Request {
                importer,
                files: Vec::new(),
            });
            continue;
        }
        let Some(request) = requests.last_mut() else {
            return Err(no_kind(word));
        };
        let files = files(request.importer, Path::new(word))?;
        request.files.extend(files);
    }
    if let Some(empty) = requests.iter().find(|request| request.files.is_empty()) {
        bail!("no file is given after `{}`", empty.importer.kind);
    }
    Ok(requests)
}

fn no_kind(word: &str) -> anyhow::Error {
    let kinds = || IMPORTERS.iter().map(|importer| importer.kind);
    let help = did_you_mean(word, kinds()).map_or_else(
        || format!("kinds are {}", kinds().collect::<Vec<_>>().join(", ")),
        |meant| format!("did you mean `{meant}`?"),
    );
    anyhow::anyhow!("`{word}` is no kind of source; {help}")
}

/// A file, or the files of a folder that the importer takes.
fn files(importer: &Importer, path: &Path) -> Result<Vec<(String, Rc<Workspace>)>> {
    let names = if path.is_dir() {
        below(importer, path)?
    } else {
        vec![path.to_path_buf()]
    };
    let workspace = Rc::new(readable_from(path));
    let shown = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
    Ok(names
        .iter()
        .map(|name| (shown(name), Rc::clone(&workspace)))
        .collect())
}

/// What a source may name files of: this folder, or that of a file elsewhere.
fn readable_from(path: &Path) -> Workspace {
    let is_here = path.is_relative()
        && path
            .components()
            .all(|part| !matches!(part, std::path::Component::ParentDir));
    let root = if is_here {
        PathBuf::new()
    } else if path.is_dir() {
        path.to_path_buf()
    } else {
        path.parent().unwrap_or(Path::new("")).to_path_buf()
    };
    Workspace::Disk {
        root,
        main: path.to_path_buf(),
    }
}

fn below(importer: &Importer, folder: &Path) -> Result<Vec<PathBuf>> {
    let patterns: Vec<glob::Pattern> = importer
        .patterns
        .iter()
        .filter_map(|pattern| glob::Pattern::new(pattern).ok())
        .collect();
    let mut found = Vec::new();
    let mut waiting = vec![(folder.to_path_buf(), 0)];
    while let Some((folder, depth)) = waiting.pop() {
        let entries = std::fs::read_dir(&folder)
            .with_context(|| format!("can't read `{}`", folder.display()))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() && depth < MAX_DEPTH && !name.starts_with('.') {
                waiting.push((entry.path(), depth + 1));
            } else if kind.is_file() && patterns.iter().any(|pattern| pattern.matches(&name)) {
                found.push(entry.path());
            }
        }
        if found.len() > MAX_FILES {
            bail!("`{}` holds more than {MAX_FILES} files", folder.display());
        }
    }
    if found.is_empty() {
        bail!(
            "`{}` holds no file for `{}`",
            folder.display(),
            importer.kind
        );
    }
    found.sort();
    Ok(found)
}
