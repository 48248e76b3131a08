//! Lint rules: what is suspicious in a model that resolves.
//!
//! In: a model and its graph. Out: findings. Refuses to know: the user's levels and
//! suppressions (`diagnostic` applies them), and how findings are printed.

pub(crate) mod arrow;
mod callees;
pub(crate) mod cycle;
mod day;
mod deprecation;
mod http;
pub(crate) mod kafka;
mod partition;
mod places;
mod relations;
mod rules;
pub(crate) mod secret;
mod sides;
mod signs;
mod stated;
mod store_language;
mod texts;
pub(crate) mod timing;
mod told;
mod unjoined;
mod version;

pub use day::Day;
pub use rules::RULES;

use callees::{Mention, mentions};
use deprecation::{Deprecated, deprecated};
use texts::{Place, Texts};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::ArchGraph;
use crate::model::{Component, Flow, Model};

/// What a rule may look at.
#[derive(Debug)]
pub struct Context<'c, 's> {
    /// The architecture.
    pub model: &'c Model<'s>,
    /// Its components and flows as a graph.
    pub graph: &'c ArchGraph,
    /// The day, for what states one; without it nothing is ever over.
    pub today: Option<Day>,
    /// What is deprecated: components, then topics.
    pub(crate) deprecated: Vec<Deprecated<'c, 's>>,
    /// What details say about other components.
    pub(crate) mentions: Vec<Mention<'c, 's>>,
}

impl<'c, 's> Context<'c, 's> {
    /// Collects what several rules look at.
    pub fn new(model: &'c Model<'s>, graph: &'c ArchGraph) -> Self {
        Self {
            model,
            graph,
            today: None,
            deprecated: deprecated(model).collect(),
            mentions: mentions(model),
        }
    }

    /// The same on a day.
    #[must_use]
    pub fn on(mut self, today: Option<Day>) -> Self {
        self.today = today;
        self
    }
}

/// A rule: its code, and the functions that look for it.
#[derive(Debug)]
pub struct Rule {
    /// What `explain`, lists and reports say about it.
    pub code: Code,
    pub(crate) checks: &'static [Check],
}

/// What a rule looks at, and how. Elements are visited once for all rules: a large model does
/// not fit into the processor's caches, so walking it costs more than looking at it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Check {
    /// The model as a whole.
    Model(fn(&Context<'_, '_>, &mut Diagnostics)),
    /// Each component by itself.
    Component(fn(&Component<'_>, &mut Diagnostics)),
    /// Each flow by itself.
    Flow(fn(&Context<'_, '_>, &Flow<'_>, &mut Diagnostics)),
    /// Each text that people wrote.
    Text(fn(&Place<'_>) -> Option<Diagnostic>),
}

/// The functions of all rules, by what they look at.
#[derive(Default)]
struct Checks {
    model: Vec<fn(&Context<'_, '_>, &mut Diagnostics)>,
    component: Vec<fn(&Component<'_>, &mut Diagnostics)>,
    flow: Vec<fn(&Context<'_, '_>, &Flow<'_>, &mut Diagnostics)>,
    text: Vec<fn(&Place<'_>) -> Option<Diagnostic>>,
}

impl Checks {
    fn of(rules: &[&Rule]) -> Self {
        let mut checks = Self::default();
        for check in rules.iter().flat_map(|rule| rule.checks) {
            match *check {
                Check::Model(look) => checks.model.push(look),
                Check::Component(look) => checks.component.push(look),
                Check::Flow(look) => checks.flow.push(look),
                Check::Text(look) => checks.text.push(look),
            }
        }
        checks
    }
}

/// Runs every rule.
pub fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let checks = Checks::of(RULES);
    for look in &checks.model {
        look(context, out);
    }
    let mut texts = Texts::new(&checks.text);
    for component in &context.model.components {
        for look in &checks.component {
            look(component, out);
        }
        texts.in_component(component, out);
    }
    for flow in &context.model.flows {
        for look in &checks.flow {
            look(context, flow, out);
        }
        texts.in_flow(flow, out);
    }
    texts.elsewhere(context.model, out);
}
