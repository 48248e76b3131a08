//! Lint rules: what is suspicious in a model that resolves.
//!
//! In: a model and its graph. Out: findings. Refuses to know: the user's levels and
//! suppressions (`diagnostic` applies them), and how findings are printed.

pub(crate) mod arrow;
mod callees;
pub(crate) mod cycle;
mod day;
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
pub(crate) mod timing;
mod told;
mod unjoined;
mod version;

pub use day::Day;
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
    /// The day, for what states one; without it nothing is ever over.
    pub today: Option<Day>,
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
