//! Ids: the ids of a model go in, in model order; ids that every output language accepts without
//! quotes come out, one per model id and no two alike, not even in different case.
//!
//! It knows no labels and no kinds: whoever needs both a layer and a component called `kafka` asks
//! for `layer kafka`. The list of reserved words is one for all languages, so that the same element
//! has the same id in every file.

#![expect(
    clippy::disallowed_types,
    reason = "the maps are looked up, never iterated"
)]

use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

type Map<T> = HashMap<String, T, FxBuildHasher>;
type Set = HashSet<String, FxBuildHasher>;

/// Words that mean something as a bare id somewhere, in lower case.
pub(crate) const RESERVED: &[&str] = &[
    // Mermaid flowchart, and names every JavaScript object has.
    "call",
    "class",
    "classdef",
    "click",
    "constructor",
    "default",
    "end",
    "flowchart",
    "graph",
    "href",
    "linkstyle",
    "style",
    "subgraph",
    "tostring",
    // Mermaid sequence diagram.
    "activate",
    "actor",
    "alt",
    "and",
    "autonumber",
    "box",
    "break",
    "create",
    "critical",
    "deactivate",
    "destroy",
    "details",
    "else",
    "links",
    "loop",
    "note",
    "opt",
    "option",
    "over",
    "par",
    "participant",
    "properties",
    "rect",
    "title",
    // PlantUML commands.
    "caption",
    "footer",
    "header",
    "legend",
    "mainframe",
    // D2 keywords, and style keywords it refuses outside `style`.
    "animated",
    "bold",
    "classes",
    "constraint",
    "direction",
    "filled",
    "font",
    "height",
    "icon",
    "italic",
    "label",
    "layers",
    "left",
    "link",
    "multiple",
    "near",
    "opacity",
    "scenarios",
    "shadow",
    "shape",
    "steps",
    "stroke",
    "tooltip",
    "top",
    "underline",
    "vars",
    "width",
];

/// Makes ids of the form `[A-Za-z][A-Za-z0-9_]*`; the result depends only on the order of calls.
#[derive(Debug)]
pub(crate) struct IdMaker {
    made: Map<String>,
    names: Names,
}

impl IdMaker {
    /// A maker that avoids these words in any case; usually `RESERVED`.
    pub(crate) fn new(reserved: &[&str]) -> Self {
        let reserved = reserved
            .iter()
            .map(|word| word.to_ascii_lowercase())
            .collect();
        let names = Names {
            reserved,
            ..Names::default()
        };
        Self {
            made: Map::default(),
            names,
        }
    }

    /// The id for a model id: the same one whenever it is asked again.
    pub(crate) fn id(&mut self, model_id: &str) -> &str {
        let Self { made, names } = self;
        made.entry(model_id.to_owned())
            .or_insert_with(|| names.claim(identifier(model_id)))
    }
}

/// Which names are gone, all in lower case since D2 and others ignore case.
#[derive(Debug, Default)]
struct Names {
    reserved: Set,
    taken: Set,
    /// The number to try next for a taken name, so that 100,000 equal ones stay fast.
    next: Map<u32>,
}

impl Names {
    /// The name itself, or the first variation of it that is free.
    fn claim(&mut self, mut name: String) -> String {
        let mut key = name.to_ascii_lowercase();
        if self.reserved.contains(&key) {
            name.push('_');
            key.push('_');
        }
        if self.taken.insert(key) {
            name
        } else {
            self.numbered(&name)
        }
    }

    /// Appends the first number that makes a name unique.
    fn numbered(&mut self, name: &str) -> String {
        let key = name.to_ascii_lowercase();
        let mut number = self.next.get(&key).copied().unwrap_or(2);
        while !self.taken.insert(format!("{key}_{number}")) {
            number += 1;
        }
        self.next.insert(key, number + 1);
        format!("{name}_{number}")
    }
}

/// Letters, digits and underscores, starting with a letter.
fn identifier(text: &str) -> String {
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let mut id = String::with_capacity(text.len() + 2);
    id.push_str(if starts_well { "" } else { "n_" });
    id.extend(
        text.chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }),
    );
    id
}
