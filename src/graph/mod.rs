//! Components and flows as a graph, for reachability and cycles.
//!
//! In: a model. Out: an [`ArchGraph`] over its ids. `petgraph` lives here and nowhere
//! else. Refuses to know: names, layers, texts.

mod chain;
mod cut;
mod cycle;
mod route;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

pub(crate) use chain::{Role, Steps};
pub(crate) use cut::cut_points;
pub(crate) use cycle::{Pairs, cycles};
pub use route::{Bound, Hop, Paths, Place, RouteGraph};

use crate::model::{ComponentId, FlowId, Model};

/// The flows of a model, ready to walk. Parallel flows stay apart.
#[derive(Debug)]
pub struct ArchGraph {
    graph: DiGraph<ComponentId, FlowId>,
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
        let mut graph = DiGraph::with_capacity(model.components.len(), model.flows.len());
        for (id, _) in model.components() {
            graph.add_node(id);
        }
        for (id, flow) in model.flows() {
            let (from, to) = (
                NodeIndex::new(flow.from.index()),
                NodeIndex::new(flow.to.index()),
            );
            graph.add_edge(from, to, id);
            if flow.is_bidirectional() {
                graph.add_edge(to, from, id);
            }
        }
        Self { graph }
    }

    /// The flows that leave a component, with their ends, in the order of the model.
    pub fn outgoing(&self, id: ComponentId) -> impl Iterator<Item = (FlowId, ComponentId)> {
        self.edges(id, Direction::Outgoing)
    }

    /// The flows that reach a component, with their starts, in the order of the model.
    pub fn incoming(&self, id: ComponentId) -> impl Iterator<Item = (FlowId, ComponentId)> {
        self.edges(id, Direction::Incoming)
    }

    fn edges(
        &self,
        id: ComponentId,
        direction: Direction,
    ) -> impl Iterator<Item = (FlowId, ComponentId)> {
        let node = NodeIndex::new(id.index());
        let mut edges: Vec<_> = self
            .graph
            .edges_directed(node, direction)
            .map(|edge| {
                let other = if direction == Direction::Outgoing {
                    edge.target()
                } else {
                    edge.source()
                };
                (*edge.weight(), self.graph[other])
            })
            .collect();
        edges.sort_unstable();
        edges.into_iter()
    }

    /// Whether no flow touches the component.
    pub fn is_isolated(&self, id: ComponentId) -> bool {
        self.graph
            .neighbors_undirected(NodeIndex::new(id.index()))
            .next()
            .is_none()
    }

    /// Marks what can be reached from `start` in at most `hops` flows, `start` included.
    pub fn reach(&self, start: &[ComponentId], way: Way, hops: usize) -> Vec<bool> {
        let mut reached = vec![false; self.graph.node_count()];
        let mut border: Vec<NodeIndex> =
            start.iter().map(|id| NodeIndex::new(id.index())).collect();
        for node in &border {
            reached[node.index()] = true;
        }
        for _ in 0..hops {
            let mut next = Vec::new();
            for node in border {
                for neighbor in self.neighbors(node, way) {
                    if !std::mem::replace(&mut reached[neighbor.index()], true) {
                        next.push(neighbor);
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            border = next;
        }
        reached
    }

    fn neighbors(&self, node: NodeIndex, way: Way) -> Vec<NodeIndex> {
        match way {
            Way::Downstream => self
                .graph
                .neighbors_directed(node, Direction::Outgoing)
                .collect(),
            Way::Upstream => self
                .graph
                .neighbors_directed(node, Direction::Incoming)
                .collect(),
            Way::Around => self.graph.neighbors_undirected(node).collect(),
        }
    }
}
