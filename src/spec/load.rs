//! Finds the files of a specification and decodes them into one.
//!
//! In: a workspace. Out: its sources, then their merged [`Spec`].
//! Refuses to know: what the parts mean.
//!
//! Included files are read in the order of their names, so that the order in which
//! `include:` lists them changes nothing.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Spec;
use super::decode::{Decode, Decoder, Record};
use super::merge::merge;
use crate::diagnostic::{
    Code, Diagnostic, Diagnostics, INCLUDE_MISSING, INCLUDE_OUTSIDE, INCLUDE_UNREADABLE,
    UNSUPPORTED_VERSION, YAML_SYNTAX,
};
use crate::source::{Node, Refusal, SourceId, Sources, Span, Workspace};

/// The language version that this program reads.
const LANGUAGE_VERSION: u64 = 1;
/// Findings after which the parts of a file are missing.
const NOT_INCLUDED: &[&Code] = &[INCLUDE_MISSING, INCLUDE_OUTSIDE, INCLUDE_UNREADABLE];
/// Files of one specification at most.
const MAX_FILES: usize = 10_000;

/// Reads the main file and everything it includes. Fails only if the main file can't be read.
pub fn load(workspace: &Workspace, out: &mut Diagnostics) -> Result<Sources> {
    let mut sources = Sources::default();
    let main = workspace.main();
    let text = workspace.read(&main)?;
    let mut seen = BTreeSet::from([main.clone()]);
    let mut waiting = vec![sources.add(main, text)];
    while let Some(id) = waiting.pop() {
        let mut names = BTreeSet::new();
        for pattern in include_patterns(&sources, id) {
            names.extend(matching(workspace, &sources, id, pattern, out));
        }
        for (name, span) in names {
            if seen.len() >= MAX_FILES || !seen.insert(name.clone()) {
                continue;
            }
            match workspace.read(&name) {
                Ok(text) => waiting.push(sources.add(name, text)),
                Err(error) => out.push(unreadable(&format!("{error:#}"), span)),
            }
        }
    }
    Ok(sources)
}

/// The patterns under `include:`, before anything else is decoded.
fn include_patterns(sources: &Sources, id: SourceId) -> Vec<(String, Span)> {
    let Some(root) = sources.root(id) else {
        return Vec::new();
    };
    let includes = root
        .entries()
        .filter(|(key, _)| key.text() == Some("include"));
    let pattern = |node: Node<'_>| Some((node.text()?.to_owned(), node.span()));
    includes
        .flat_map(|(_, value)| {
            value
                .items()
                .chain(value.text().map(|_| value))
                .filter_map(pattern)
        })
        .collect()
}

fn matching(
    workspace: &Workspace,
    sources: &Sources,
    id: SourceId,
    (pattern, span): (String, Span),
    out: &mut Diagnostics,
) -> Vec<(String, Span)> {
    match workspace.find(&sources.file(id).name, &pattern) {
        Err(Refusal::Outside) => out.push(outside(&pattern, span)),
        Err(Refusal::Malformed) => out.push(missing(&pattern, span)),
        Err(Refusal::Unreadable(problem)) => out.push(unreadable(&problem, span)),
        Ok(names) if names.is_empty() => out.push(missing(&pattern, span)),
        Ok(names) => return names.into_iter().map(|name| (name, span)).collect(),
    }
    Vec::new()
}

fn missing(pattern: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        INCLUDE_MISSING,
        format!("include `{pattern}` matches no file"),
        span,
        "",
    )
    .help("write a path or glob relative to this file")
}

fn outside(pattern: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        INCLUDE_OUTSIDE,
        format!("include `{pattern}` leaves the specification's folder"),
        span,
        "",
    )
    .help("move the file below the folder of the main file")
}

fn unreadable(problem: &str, span: Span) -> Diagnostic {
    Diagnostic::new(INCLUDE_UNREADABLE, problem, span, "included here")
}

/// Decodes every file and merges them; the main file comes first, the others by name.
pub fn decode<'s>(sources: &'s Sources, out: &mut Diagnostics) -> Spec<'s> {
    let mut files: Vec<_> = sources.specification().collect();
    files
        .get_mut(1..)
        .unwrap_or_default()
        .sort_by(|a, b| a.1.name.cmp(&b.1.name));
    let mut merged: Option<Spec<'s>> = None;
    for (id, file) in files {
        report_syntax(id, &file.syntax_errors, out);
        let Some(root) = sources.root(id) else {
            continue;
        };
        let Some(spec) = decode_file(root, merged.is_some(), out) else {
            continue;
        };
        merged = Some(match merged {
            None => spec,
            Some(base) => merge(base, spec, out),
        });
    }
    let mut spec = merged.unwrap_or_else(|| Spec::nothing(Span::default()));
    if out
        .list()
        .iter()
        .any(|finding| NOT_INCLUDED.contains(&finding.code))
    {
        let include = Spec::KEYS.iter().position(|key| *key == "include");
        spec.add_unread(include.map_or(0, |index| 1 << index));
    }
    spec
}

fn report_syntax(id: SourceId, errors: &[crate::source::SyntaxError], out: &mut Diagnostics) {
    for error in errors {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span {
            file: id,
            start: offset(error.start),
            end: offset(error.end),
        };
        let help = error.help.as_ref().map(ToString::to_string);
        out.push(Diagnostic::new(YAML_SYNTAX, error.message.clone(), span, "").maybe_help(help));
    }
}

fn decode_file<'s>(root: Node<'s>, is_included: bool, out: &mut Diagnostics) -> Option<Spec<'s>> {
    let mut found = Diagnostics::default();
    let spec = Spec::decode(&mut Decoder::new(&mut found), root);
    for diagnostic in found.into_sorted() {
        // Only the main file states version and name.
        let excused = is_included
            && diagnostic.code == crate::diagnostic::MISSING_REQUIRED
            && diagnostic.message.starts_with("specification has no");
        if !excused {
            out.push(diagnostic);
        }
    }
    if let Some(version) = spec.as_ref().and_then(|spec| spec.archviz)
        && version.value != LANGUAGE_VERSION
    {
        let message = format!(
            "language version {} is not read by this program",
            version.value
        );
        out.push(
            Diagnostic::new(UNSUPPORTED_VERSION, message, version.span, "")
                .help(format!("write `archviz: {LANGUAGE_VERSION}`")),
        );
    }
    spec
}
