//! Lint rules: what is suspicious in a model that resolves.
//!
//! In: a model and its graph. Out: findings. Refuses to know: the user's levels and
//! suppressions (`diagnostic` applies them), and how findings are printed.

mod arrow;
mod callees;
mod cycle;
mod deprecation;
pub(crate) mod duration;
mod http;
mod kafka;
mod places;
mod relations;
mod rules;
mod secret;
mod sides;
mod stated;
mod store_language;
mod texts;
mod told;
mod unjoined;
mod version;

pub use rules::RULES;

use crate::diagnostic::{Code, Diagnostics};
use crate::graph::ArchGraph;
use crate::model::Model;

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c, 's> {
    /// The architecture.
    pub model: &'c Model<'s>,
    /// Its components and flows as a graph.
    pub graph: &'c ArchGraph,
}

/// A rule: its code, and the function that looks for it.
#[derive(Debug)]
pub struct Rule {
    /// What `explain`, lists and reports say about it.
    pub code: Code,
    pub(crate) check: fn(&Context<'_, '_>, &mut Diagnostics),
}

/// Runs every rule.
pub fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for rule in RULES {
        (rule.check)(context, out);
    }
}
