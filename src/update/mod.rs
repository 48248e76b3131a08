//! Adds what exists to a specification that people wrote, and touches nothing of theirs.
//!
//! In: a specification with its model, and what was imported. Out: the same files with
//! entries inserted. Refuses to know: importers, and how a difference is shown.
//!
//! Whole elements are added: components, topics, flows, and the layers that they need. What
//! an element already says is left alone; `archviz drift` tells where it is wrong. Every
//! change is an insertion, so removing what was inserted gives the old text, byte for byte.

mod addition;
mod insert;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::import::{Imported, Style, reason_of_open};
use crate::model::Model;
use crate::source::Sources;

pub use insert::Refused;

/// A file of the specification, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Its name.
    pub name: String,
    /// Its text.
    pub old: String,
    /// Its text with what was added.
    pub new: String,
}

/// Both sides of an update.
#[derive(Clone, Copy, Debug)]
pub struct Update<'u> {
    /// The files of the specification.
    pub sources: &'u Sources,
    /// What they mean.
    pub model: &'u Model<'u>,
    /// What exists.
    pub imported: &'u Imported,
    /// The files that it was imported from.
    pub import_sources: &'u Sources,
    /// Where the specification stands.
    pub style: Style<'u>,
}

impl Update<'_> {
    /// The files that change. `remarks` are comments above new elements, by their ids.
    pub fn edits(&self, remarks: &Remarks) -> Result<Vec<Edit>, Refused> {
        let mut added = addition::additions(self);
        for entry in added.components.iter_mut().chain(&mut added.topics) {
            if let Some(lines) = remarks.of_element.get(&entry.id) {
                entry.lines.splice(0..0, lines.iter().cloned());
            }
        }
        insert::edits(self.sources, &added)
    }

    /// Comments that tell rules what the sources leave open, from findings on the result.
    pub fn remarks(&self, findings: &[Diagnostic]) -> Remarks {
        let added = addition::additions(self);
        let mut remarks = Remarks::default();
        for finding in findings {
            let subject = finding
                .subjects
                .first()
                .and_then(|subject| subject.split_once(':'));
            let (Some((_, id)), Some(reason)) = (subject, reason_of_open(finding.code.id)) else {
                continue;
            };
            let mut new = added.components.iter().chain(&added.topics);
            if new.any(|entry| entry.id == id) {
                let line = format!("# archviz: allow({}) {reason}", finding.code.id);
                let lines = remarks.of_element.entry(id.to_owned()).or_default();
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        remarks
    }
}

/// Comments above new elements.
#[derive(Debug, Default)]
pub struct Remarks {
    of_element: BTreeMap<String, Vec<String>>,
}
