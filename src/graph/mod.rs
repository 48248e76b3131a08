//! Components and flows as a graph, for reachability and cycles.
//!
//! In: a model. Out: an [`ArchGraph`] over its ids. `petgraph` lives here and nowhere
//! else. Refuses to know: names, layers, texts.

mod chain;
mod cut;
mod cycle;
mod route;

pub(crate) use chain::{Role, Steps};
pub(crate) use cut::cut_points;
pub(crate) use cycle::{Pairs, cycles};
pub use route::{Bound, Hop, Paths, Place, RouteGraph};

use crate::model::{ComponentId, FlowId, Model};

/// The flows of a model, ready to walk. Parallel flows stay apart.
#[derive(Debug)]
pub struct ArchGraph {
    outgoing: Edges,
    incoming: Edges,
}

/// A flow, and the component at its other end.
type Edge = (FlowId, ComponentId);

/// The edges at each component, one after another in one array.
#[derive(Debug)]
struct Edges {
    /// Where the edges of each component start, and where those of the last end.
    starts: Vec<usize>,
    edges: Vec<Edge>,
}

impl Edges {
    /// Sorts edges by the component that they are at; the order of the model stays.
    fn new(components: usize, edges: impl Iterator<Item = (ComponentId, Edge)> + Clone) -> Self {
        let mut starts = vec![0; components + 1];
        for (id, _) in edges.clone() {
            starts[id.index() + 1] += 1;
        }
        for index in 0..components {
            starts[index + 1] += starts[index];
        }
        let nothing = (FlowId::new(0), ComponentId::new(0));
        let mut sorted = vec![nothing; starts[components]];
        let mut free = starts.clone();
        for (id, edge) in edges {
            sorted[free[id.index()]] = edge;
            free[id.index()] += 1;
        }
        Self {
            starts,
            edges: sorted,
        }
    }

    fn at(&self, id: ComponentId) -> &[Edge] {
        &self.edges[self.starts[id.index()]..self.starts[id.index() + 1]]
    }
}

/// Which way to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With the flows.
    Downstream,
    /// Against the flows.
    Upstream,
    /// Both.
    Around,
}

impl ArchGraph {
    /// Builds the graph of a model's flows; both directions for bidirectional ones.
    pub fn build(model: &Model<'_>) -> Self {
        let ends = model.flows.iter().enumerate().flat_map(|(index, flow)| {
            let id = FlowId::new(index);
            let back = flow.is_bidirectional().then_some((flow.to, id, flow.from));
            [Some((flow.from, id, flow.to)), back].into_iter().flatten()
        });
        let out = ends.clone().map(|(from, id, to)| (from, (id, to)));
        let back = ends.map(|(from, id, to)| (to, (id, from)));
        Self {
            outgoing: Edges::new(model.components.len(), out),
            incoming: Edges::new(model.components.len(), back),
        }
    }

    /// The flows that leave a component, with their ends, in the order of the model.
    pub fn outgoing(&self, id: ComponentId) -> impl Iterator<Item = (FlowId, ComponentId)> {
        self.outgoing.at(id).iter().copied()
    }

    /// The flows that reach a component, with their starts, in the order of the model.
    pub fn incoming(&self, id: ComponentId) -> impl Iterator<Item = (FlowId, ComponentId)> {
        self.incoming.at(id).iter().copied()
    }

    /// Whether no flow touches the component.
    pub fn is_isolated(&self, id: ComponentId) -> bool {
        self.outgoing.at(id).is_empty() && self.incoming.at(id).is_empty()
    }

    /// Marks what can be reached from `start` in at most `hops` flows, `start` included.
    pub fn reach(&self, start: &[ComponentId], way: Way, hops: usize) -> Vec<bool> {
        let mut reached = vec![false; self.outgoing.starts.len() - 1];
        let mut border = start.to_vec();
        for id in &border {
            reached[id.index()] = true;
        }
        for _ in 0..hops {
            let mut next = Vec::new();
            for (_, neighbor) in border.into_iter().flat_map(|id| self.edges(id, way)) {
                if !std::mem::replace(&mut reached[neighbor.index()], true) {
                    next.push(neighbor);
                }
            }
            if next.is_empty() {
                break;
            }
            border = next;
        }
        reached
    }

    fn edges(&self, id: ComponentId, way: Way) -> impl Iterator<Item = (FlowId, ComponentId)> {
        let outgoing = (way != Way::Upstream).then(|| self.outgoing(id));
        let incoming = (way != Way::Downstream).then(|| self.incoming(id));
        outgoing
            .into_iter()
            .flatten()
            .chain(incoming.into_iter().flatten())
    }
}
