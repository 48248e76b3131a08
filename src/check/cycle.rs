//! Cycles of calls, as findings show them.
//!
//! In: flows. Out: [`Cycle`]s, one for each group of components that call each other.
//! Refuses to know: which flows count, and whether a cycle is bad.

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
    let call = |flow| (arrow::caller_and_callee(model, flow), flow);
    let mut calls: Vec<(Ends, &Flow<'_>)> = flows.into_iter().map(call).collect();
    // Stable, so that of parallel flows the first stands for all.
    calls.sort_by_key(|(ends, _)| *ends);
    calls.dedup_by_key(|(ends, _)| *ends);
    let index = |(from, to): Ends| (from.index(), to.index());
    let edges: Vec<(usize, usize)> = calls.iter().map(|(ends, _)| index(*ends)).collect();
    cycles(&edges, Pairs::Count)
        .into_iter()
        .map(|nodes| {
            let components: Vec<_> = nodes.into_iter().map(ComponentId::new).collect();
            let next = components.iter().copied().cycle().skip(1);
            let ends = components.iter().copied().zip(next);
            let flow = |ends| {
                let place = calls.binary_search_by_key(&ends, |(ends, _)| *ends).ok()?;
                Some(calls[place].1)
            };
            Cycle {
                flows: ends.filter_map(flow).collect(),
                components,
            }
        })
        .collect()
}

/// The caller and the callee.
type Ends = (ComponentId, ComponentId);

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
