//! Cycles of calls, as findings show them.
//!
//! In: flows. Out: [`Cycle`]s, one for each group of components that call each other.
//! Refuses to know: which flows count, and whether a cycle is bad.

use std::collections::BTreeMap;

use crate::check::arrow;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Pairs, cycles};
use crate::model::{ComponentId, Flow, Model};

/// A cycle is spelled out up to this many components.
const MAX_SHOWN: usize = 8;

/// Components that call each other in turn, with the flows between them.
pub(crate) struct Cycle<'m, 's> {
    components: Vec<ComponentId>,
    flows: Vec<&'m Flow<'s>>,
}

/// The cycles among some flows; who calls whom follows `initiator`.
pub(crate) fn find<'m, 's>(
    model: &Model<'s>,
    flows: impl IntoIterator<Item = &'m Flow<'s>>,
) -> Vec<Cycle<'m, 's>> {
    let mut calls: BTreeMap<(ComponentId, ComponentId), &Flow<'_>> = BTreeMap::new();
    for flow in flows {
        let ends = arrow::caller_and_callee(model, flow);
        calls.entry(ends).or_insert(flow);
    }
    let ends = calls.keys();
    let edges: Vec<(usize, usize)> = ends.map(|(from, to)| (from.index(), to.index())).collect();
    cycles(model.components.len(), &edges, Pairs::Count)
        .into_iter()
        .map(|nodes| {
            let components: Vec<_> = nodes.into_iter().map(ComponentId::new).collect();
            let next = components.iter().cycle().skip(1);
            let ends = components.iter().zip(next);
            let flows = ends
                .filter_map(|(from, to)| calls.get(&(*from, *to)).copied())
                .collect();
            Cycle { components, flows }
        })
        .collect()
}

impl Cycle<'_, '_> {
    /// Who calls whom in turn.
    pub(crate) fn components(&self) -> &[ComponentId] {
        &self.components
    }

    /// `a -> b -> a`, in back-ticks.
    pub(crate) fn text(&self, model: &Model<'_>) -> String {
        let shown = self.components.iter().take(MAX_SHOWN);
        let mut ids: Vec<&str> = shown.map(|id| model[*id].id.value).collect();
        if self.components.len() > MAX_SHOWN {
            ids.push("…");
        }
        ids.extend(self.components.first().map(|id| model[*id].id.value));
        format!("`{}`", ids.join(" -> "))
    }

    /// A finding about the cycle, with its flows as places.
    pub(crate) fn diagnostic(
        &self,
        model: &Model<'_>,
        code: &'static Code,
        message: String,
    ) -> Diagnostic {
        let place = |flow: &&Flow<'_>| arrow::span(flow);
        let first = self.flows.first().map(place).unwrap_or_default();
        let mut diagnostic = Diagnostic::new(code, message, first, "one of the calls");
        for flow in self.flows.iter().take(MAX_SHOWN).skip(1) {
            diagnostic = diagnostic.also(place(flow), "and then");
        }
        let ids = self.components.iter();
        ids.fold(diagnostic, |diagnostic, id| {
            diagnostic.subject("component", model[*id].id.value)
        })
    }
}
