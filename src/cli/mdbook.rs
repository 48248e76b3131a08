//! `mdbook`: a preprocessor of mdBook that fills the marked blocks of its chapters.
//!
//! In: mdBook's context and book as JSON on stdin. Out: the book with filled chapters on
//! stdout; findings on stderr. The files of the book stay as they are. Refuses to know: which
//! renderer asks, and which version of mdBook, as long as chapters have `content`.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::arguments::{Arguments, MdbookOptions};
use super::output::Output;
use super::render::templates_folder;
use super::report::report_to_person;
use super::{Exit, workspace};
use crate::diagnostic::{Diagnostics, apply};
use crate::docs::{self, Dialect, Edited, Subject, Text, Wrong};
use crate::graph::ArchGraph;
use crate::pipeline;
use crate::render::Templates;
use crate::source::Sources;

/// Chapters are nested at most this deep.
const MAX_DEPTH: usize = 64;

pub(super) fn run(
    arguments: &Arguments,
    options: &MdbookOptions,
    output: &mut Output,
) -> Result<Exit> {
    if options
        .supports
        .first()
        .is_some_and(|word| word == "supports")
    {
        // Every renderer reads Markdown.
        return Ok(Exit::Clean);
    }
    let text = std::io::read_to_string(std::io::stdin()).context("can't read stdin")?;
    let input: Value = serde_json::from_str(&text)
        .context("stdin holds no book; this command is called by mdBook, see docs/pipelines.md")?;
    let (context, book) = (&input[0], &input[1]);
    let root = context["root"].as_str().unwrap_or("");
    let settings = &context["config"]["preprocessor"]["archviz"];
    let stated = settings["spec"]
        .as_str()
        .map(|spec| Path::new(root).join(spec));
    let spec = arguments.spec.clone().or(stated);
    let workspace = workspace::find(spec.as_deref())?;
    let (sources, mut out) = pipeline::load(&workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    if out.has_errors() {
        super::report::report_problems(out, &sources, &model, output);
        return Ok(Exit::Findings);
    }
    let graph = ArchGraph::build(&model);
    let views = pipeline::views(&model, &graph, &[], &mut Diagnostics::default());
    let templates = Templates::new(templates_folder(None, &workspace));
    let subject = Subject {
        model: &model,
        graph: &graph,
        views: &views,
        diff: None,
        templates: &templates,
        // The book is built from what the model says; its files are another matter.
        edited: Edited::Overwrite,
        wrong: Wrong::Report,
    };
    let mut filler = Filler {
        subject: &subject,
        pictures: settings["pictures"].as_str().unwrap_or(""),
        sources: Sources::default(),
        found: Diagnostics::default(),
    };
    let mut book = book.clone();
    filler.walk(&mut book, 0);
    let mut findings = apply(
        filler.found.into_sorted(),
        &filler.sources,
        &model.lints,
        &[],
    );
    findings.retain(|finding| !["stale-block", "unused-suppression"].contains(&finding.code.id));
    let fails = report_to_person(&findings, &filler.sources, output);
    output.raw(&serde_json::to_string(&book)?)?;
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}

struct Filler<'f> {
    subject: &'f Subject<'f>,
    pictures: &'f str,
    sources: Sources,
    found: Diagnostics,
}

impl Filler<'_> {
    /// Fills every chapter, whatever the version of mdBook calls what is around it.
    fn walk(&mut self, value: &mut Value, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item, depth + 1)),
            Value::Object(entries) => {
                let path = ["source_path", "path", "name"];
                let name = path.iter().find_map(|key| entries.get(*key)?.as_str());
                let name = name.unwrap_or("chapter").to_owned();
                if let Some(Value::String(content)) = entries.get_mut("content") {
                    *content = self.fill(&name, content);
                }
                for (_, value) in entries.iter_mut().filter(|(key, _)| *key != "content") {
                    self.walk(value, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn fill(&mut self, name: &str, content: &str) -> String {
        let file = self.sources.add_plain(name, content);
        let document = Text {
            file,
            name,
            text: content,
            dialect: Dialect::Markdown,
            pictures: self.pictures,
        };
        docs::fill(document, self.subject, &mut self.found).text
    }
}
