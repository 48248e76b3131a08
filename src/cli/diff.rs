//! `diff`: what changed between two versions, as a report or as a picture.
//!
//! The verdict depends on the changes alone, never on the format or where it is written.

use std::path::Path;

use anyhow::{Result, anyhow};

use super::Exit;
use super::arguments::{Arguments, DiffFailOn, DiffOptions};
use super::base;
use super::git_driver;
use super::output::{Output, write_file};
use super::render::templates_folder;
use super::report::report_problems;
use super::workspace;
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::diff::{Class, ClassOverride, Guessing, ModelDiff, Options, SubjectKind, compare};
use crate::model::Model;
use crate::pipeline::{self, Request};
use crate::render::{
    CHANGE_FORMATS, ChangeFormat, ChangeReport, FORMATS, Format, Templates, find_change_format,
    render_changes,
};
use crate::source::Workspace;

pub(super) fn run(
    arguments: &Arguments,
    options: &DiffOptions,
    output: &mut Output,
) -> Result<Exit> {
    if let Some(arguments) = &options.git_driver {
        return git_driver::run(arguments, output);
    }
    let (format, comparing) = match (format(&options.format), comparing(options)) {
        (Ok(format), Ok(comparing)) => (format, comparing),
        (Err(problem), _) | (_, Err(problem)) => {
            output.error(&problem);
            return Ok(Exit::Usage);
        }
    };
    let (head, base) = workspaces(arguments, options)?;
    let (base_sources, mut base_out) = pipeline::load(&base.workspace)?;
    let (head_sources, mut head_out) = pipeline::load(&head)?;
    let base_model = pipeline::analyze(&base_sources, &mut base_out);
    let head_model = pipeline::analyze(&head_sources, &mut head_out);
    crate::diff::check_settings(&head_model, &mut head_out);
    if base_out.has_errors() || head_out.has_errors() {
        report_problems(base_out, &base_sources, &base_model, output);
        report_problems(head_out, &head_sources, &head_model, output);
        output.insist("nothing was compared: a version has errors");
        return Ok(Exit::Findings);
    }
    let diff = compare(&base_model, &head_model, &comparing);
    if options.suggest_renames {
        output.data(&suggestions(&diff))?;
        return Ok(Exit::Clean);
    }
    let templates = Templates::new(templates_folder(options.templates.as_deref(), &head));
    let exit = verdict(&diff, options.fail_on);
    let format = match format {
        Shape::Report(format) => format,
        Shape::Picture(format) => {
            let request = Request {
                formats: vec![format.name.to_owned()],
                ..Request::default()
            };
            let mut out = Diagnostics::default();
            let picture = pipeline::change_picture(
                &base_model,
                &head_model,
                &diff,
                &templates,
                &request,
                &mut out,
            )?;
            report_problems(out, &head_sources, &head_model, output);
            for artifact in picture.values() {
                write(artifact.bytes(), &options.output, output)?;
            }
            return Ok(exit);
        }
    };
    let report = ChangeReport {
        base: &base_model,
        base_sources: &base_sources,
        head: &head_model,
        head_sources: &head_sources,
        diff: &diff,
        base_name: base_name(options),
    };
    let text = render_changes(&templates, format, &report)?;
    deliver(&text, format, &options.output, output)?;
    // The process ends here: freeing large models piece by piece would only take time.
    std::mem::forget((diff, templates));
    std::mem::forget::<(Model<'_>, Model<'_>)>((base_model, head_model));
    Ok(exit)
}

/// The old version as the user named it.
fn base_name(options: &DiffOptions) -> &str {
    options.base.as_deref().unwrap_or_default()
}

/// The new version, and the old one that `BASE` names.
fn workspaces(arguments: &Arguments, options: &DiffOptions) -> Result<(Workspace, base::Base)> {
    let head = match &options.head {
        Some(head) if Path::new(head).exists() || head == "-" => {
            workspace::find(Some(Path::new(head)))?
        }
        Some(head) => {
            let current = workspace::find(arguments.spec.as_deref())?;
            base::resolve(head, &current)?.workspace
        }
        None => workspace::find(arguments.spec.as_deref())?,
    };
    let base = base::resolve(base_name(options), &head)?;
    Ok((head, base))
}

/// What is written.
enum Shape {
    /// A report.
    Report(&'static ChangeFormat),
    /// A picture of what changed.
    Picture(&'static Format),
}

/// The format, or what is wrong with its name.
fn format(name: &str) -> Result<Shape> {
    if let Some(format) = find_change_format(name) {
        return Ok(Shape::Report(format));
    }
    if let Some(format) = pictures().find(|format| format.name == name) {
        return Ok(Shape::Picture(format));
    }
    let reports = CHANGE_FORMATS.iter().map(|format| format.name);
    let names: Vec<&str> = reports
        .chain(pictures().map(|format| format.name))
        .collect();
    let meant = did_you_mean(name, names.iter().copied());
    let help = meant.map_or_else(
        || format!("formats are {}", names.join(", ")),
        |meant| format!("did you mean `{meant}`?"),
    );
    Err(anyhow!("`{name}` is no format of change reports; {help}"))
}

/// Formats that show components and flows.
fn pictures() -> impl Iterator<Item = &'static Format> {
    let shows = |format: &&Format| format.diagram.is_some() || format.native.is_some();
    FORMATS.iter().filter(shows)
}

fn write(bytes: &[u8], path: &Path, output: &mut Output) -> Result<()> {
    if path.as_os_str() == "-" {
        output.raw(bytes)
    } else {
        write_file(path, bytes)
    }
}

fn comparing(options: &DiffOptions) -> Result<Options> {
    let classes = options.class.iter().map(|text| ClassOverride::parse(text));
    let classes: Result<Vec<ClassOverride>, String> = classes.collect();
    Ok(Options {
        guessing: if options.no_renames {
            Guessing::Off
        } else {
            Guessing::On
        },
        classes: classes.map_err(|problem| anyhow!("--class: {problem}"))?,
    })
}

fn deliver(text: &str, format: &ChangeFormat, path: &Path, output: &mut Output) -> Result<()> {
    match (path.as_os_str() == "-", format.name) {
        (true, "text") => output.data(text),
        (true, _) => output.raw(text),
        (false, _) => write_file(path, text),
    }
}

fn verdict(diff: &ModelDiff, fail_on: DiffFailOn) -> Exit {
    let lowest = match fail_on {
        DiffFailOn::Breaking => Class::Breaking,
        DiffFailOn::Risky => Class::Risky,
        DiffFailOn::Any => Class::Docs,
        DiffFailOn::Never => return Exit::Clean,
    };
    if diff.worst().is_some_and(|worst| worst >= lowest) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// The lines that make guessed renames certain, to paste into the specification.
fn suggestions(diff: &ModelDiff) -> String {
    let open = |kind: SubjectKind| {
        let renames = diff
            .renames
            .iter()
            .filter(move |rename| rename.kind == kind);
        renames.filter(|rename| !matches!(rename.certainty, crate::diff::Certainty::Declared))
    };
    let mut text = String::new();
    for (kind, section) in [
        (SubjectKind::Component, "components"),
        (SubjectKind::Topic, "topics"),
    ] {
        let mut renames = open(kind).peekable();
        if renames.peek().is_some() {
            text.push_str(&format!("{section}:\n"));
        }
        for rename in renames {
            let sure = match rename.certainty {
                crate::diff::Certainty::Likely(hundredths) => {
                    format!("likely, 0.{hundredths:02}")
                }
                _ => "everything else is the same".to_owned(),
            };
            text.push_str(&format!(
                "  {}:\n    formerly: [{}]   # {sure}\n",
                rename.to, rename.from
            ));
        }
    }
    if text.is_empty() {
        text.push_str("# nothing looks renamed\n");
    }
    text
}
