//! Selectors: short texts that name sets of components.
//!
//! In: a selector as written, a model and its graph. Out: one flag for each component,
//! and a finding if the text can't be read or selects nothing. Refuses to know: what
//! the selection is for; views and policies both use it.

mod field;
mod nothing;
mod parse;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostics;
use crate::graph::{ArchGraph, Way};
use crate::model::{ComponentId, Model};
use crate::spec::Text;
use field::Field;
use nothing::selects_nothing;
use parse::parse;

/// A selector in parts.
#[derive(Debug)]
enum Selector<'s> {
    /// What has a property.
    Matching(Field, Text<'s>),
    /// What is at most so many steps away from what another selector selects.
    Around(Walk, Box<Self>, usize),
}

/// Where to go from what is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Walk {
    Flows(Way),
    Children,
    Parents,
}

impl Walk {
    /// The names of the functions that walk.
    const ALL: &'static [(&'static str, Self)] = &[
        ("neighbors", Self::Flows(Way::Around)),
        ("upstream", Self::Flows(Way::Upstream)),
        ("downstream", Self::Flows(Way::Downstream)),
        ("children", Self::Children),
        ("parents", Self::Parents),
    ];
}

/// Which components a selector selects: one flag for each, in the order of the model.
/// A selector that can't be read selects nothing.
pub(crate) fn select(
    selector: Text<'_>,
    model: &Model<'_>,
    graph: &ArchGraph,
    out: &mut Diagnostics,
) -> Vec<bool> {
    match parse(selector) {
        Ok(parsed) => evaluate(&parsed, selector, model, graph, out),
        Err(finding) => {
            out.push(*finding);
            vec![false; model.components.len()]
        }
    }
}

fn evaluate(
    selector: &Selector<'_>,
    whole: Text<'_>,
    model: &Model<'_>,
    graph: &ArchGraph,
    out: &mut Diagnostics,
) -> Vec<bool> {
    match selector {
        Selector::Matching(field, pattern) => {
            let flags = field.matching(pattern.value, model);
            if !flags.contains(&true) && !field.is_excused(pattern.value, model) {
                out.push(selects_nothing(*field, *pattern, whole, model));
            }
            flags
        }
        Selector::Around(walk, inner, steps) => {
            let flags = evaluate(inner, whole, model, graph, out);
            walk.from(flags, *steps, model, graph)
        }
    }
}

impl Walk {
    /// Adds what is at most `steps` steps away.
    fn from(
        self,
        flags: Vec<bool>,
        steps: usize,
        model: &Model<'_>,
        graph: &ArchGraph,
    ) -> Vec<bool> {
        let start = flagged(&flags);
        let next: fn(&Model<'_>, ComponentId) -> Vec<ComponentId> = match self {
            Self::Flows(way) => return graph.reach(&start, way, steps),
            Self::Children => |model, id| model[id].children.clone(),
            Self::Parents => |model, id| model[id].parent.into_iter().collect(),
        };
        spread(flags, start, steps, |id| next(model, id))
    }
}

fn flagged(flags: &[bool]) -> Vec<ComponentId> {
    let indices = flags.iter().enumerate().filter(|(_, flag)| **flag);
    indices.map(|(index, _)| ComponentId::new(index)).collect()
}

/// Flags what `next` leads to, ring by ring; each component is visited once.
fn spread(
    mut flags: Vec<bool>,
    mut border: Vec<ComponentId>,
    steps: usize,
    next: impl Fn(ComponentId) -> Vec<ComponentId>,
) -> Vec<bool> {
    for _ in 0..steps {
        let reached = border.into_iter().flat_map(&next);
        border = reached
            .filter(|id| !std::mem::replace(&mut flags[id.index()], true))
            .collect();
        if border.is_empty() {
            break;
        }
    }
    flags
}
