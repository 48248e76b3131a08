//! Which documents a specification keeps up to date.
//!
//! In: the paths and globs under `documents:`. Out: names of files, sorted, each once.
//! Refuses to know: what is in them.

use std::collections::BTreeSet;

use crate::diagnostic::{DOCUMENT_MISSING, Diagnostic, Diagnostics};
use crate::model::Model;
use crate::source::{Refusal, Workspace};
use crate::spec::Text;

/// The documents of a specification; what matches nothing is a finding.
pub fn files(workspace: &Workspace, model: &Model<'_>, out: &mut Diagnostics) -> Vec<String> {
    let mut names = BTreeSet::new();
    for pattern in model
        .documents
        .iter()
        .flat_map(|documents| &documents.files)
    {
        match workspace.find(&workspace.main(), pattern.value) {
            Ok(found) if !found.is_empty() => names.extend(found),
            Err(Refusal::Unreadable(problem)) => {
                out.push(missing(*pattern, &format!("can't be read: {problem}")));
            }
            Ok(_) | Err(Refusal::Malformed) => out.push(missing(*pattern, "matches no file")),
            Err(Refusal::Outside) => {
                out.push(missing(*pattern, "leaves the specification's folder"));
            }
        }
    }
    names.into_iter().collect()
}

fn missing(pattern: Text<'_>, what: &str) -> Diagnostic {
    let message = format!("document `{}` {what}", pattern.value);
    Diagnostic::new(DOCUMENT_MISSING, message, pattern.span, "")
        .help("write a path or glob relative to this file")
}
