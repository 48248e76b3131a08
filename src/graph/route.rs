//! Ways that data takes: along flows, and through topics from producer to consumer.
//!
//! In: a model. Out: a [`RouteGraph`], and simple paths between two places of it. Refuses
//! to know: names, and how a path is shown.
//!
//! A broker passes an event on to the consumers of its topic and to nobody else, so it is no
//! place that data passes through: its topics are. A flow that states which topics it feeds
//! leads on into those alone.
//!
//! Paths are enumerated by depth-first search that is cut off where the goal can no longer be
//! reached within the bound (the distance to the goal is computed first, backwards), so that
//! the work is in proportion to what is found.

use std::collections::{BTreeMap, VecDeque};

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{ComponentId, FlowId, Model, Origin, TopicId};

/// Where data can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At a component.
    Component(ComponentId),
    /// In a topic.
    Topic(TopicId),
}

/// One hop of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Where it starts.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// The flows that it follows: parallel ones, or the derived one of a topic.
    pub flows: Vec<FlowId>,
}

/// How far paths are followed.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// Hops of a path at most.
    pub hops: usize,
    /// Paths at most.
    pub paths: usize,
}

/// What a search for paths found.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// Simple paths, shorter ones first.
    pub paths: Vec<Vec<Hop>>,
    /// Whether there are more than were asked for.
    pub is_cut: bool,
    /// The length of the shortest path, whatever the bound.
    pub shortest: Option<usize>,
}

/// Steps of one search at most, against graphs in which nearly everything is a dead end.
const MAX_STEPS: usize = 2_000_000;

/// What a node of the graph stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    /// A component with whatever it has.
    At(ComponentId),
    /// A component that holds what belongs into one topic.
    Carrying(ComponentId, TopicId),
    /// An event in a topic.
    In(TopicId),
    /// A broker as the end of a path: what it holds goes on from its topics.
    Receiving(ComponentId),
    /// A broker as the start of a path: all its topics.
    Sending(ComponentId),
}

impl Node {
    fn place(self) -> Place {
        match self {
            Self::At(id) | Self::Carrying(id, _) | Self::Receiving(id) | Self::Sending(id) => {
                Place::Component(id)
            }
            Self::In(id) => Place::Topic(id),
        }
    }
}

/// The ways of a model.
#[derive(Debug)]
pub struct RouteGraph {
    graph: DiGraph<Node, FlowId>,
    nodes: BTreeMap<Node, NodeIndex>,
}

impl RouteGraph {
    /// Builds the ways of a model.
    pub fn build(model: &Model<'_>) -> Self {
        let mut routes = Self {
            graph: DiGraph::new(),
            nodes: BTreeMap::new(),
        };
        for (id, _) in model.components() {
            routes.node(Node::At(id));
        }
        for (id, flow) in model.flows() {
            match flow.origin {
                Origin::Declared(_) => {
                    routes.declare(model, id, flow.from, flow.to, &flow.topics);
                    if flow.is_bidirectional() {
                        routes.declare(model, id, flow.to, flow.from, &[]);
                    }
                }
                Origin::Produced => routes.produce(id, flow.from, flow.to, &flow.topics),
                Origin::Consumed => routes.consume(id, flow.from, flow.to, &flow.topics),
            }
        }
        routes
    }

    fn node(&mut self, node: Node) -> NodeIndex {
        let graph = &mut self.graph;
        *self
            .nodes
            .entry(node)
            .or_insert_with(|| graph.add_node(node))
    }

    fn edge(&mut self, from: Node, to: Node, flow: FlowId) {
        let (from, to) = (self.node(from), self.node(to));
        self.graph.add_edge(from, to, flow);
    }

    fn declare(
        &mut self,
        model: &Model<'_>,
        flow: FlowId,
        from: ComponentId,
        to: ComponentId,
        topics: &[TopicId],
    ) {
        let feeds = |topic: &&TopicId| {
            let mut producers = model[**topic].producers.iter();
            producers.any(|party| party.component == to)
        };
        let fed: Vec<TopicId> = topics.iter().filter(feeds).copied().collect();
        for topic in &fed {
            self.edge(Node::At(from), Node::Carrying(to, *topic), flow);
        }
        if fed.is_empty() {
            self.edge(Node::At(from), Node::At(to), flow);
        }
    }

    fn produce(
        &mut self,
        flow: FlowId,
        producer: ComponentId,
        broker: ComponentId,
        topics: &[TopicId],
    ) {
        self.edge(Node::At(producer), Node::Receiving(broker), flow);
        for topic in topics {
            self.edge(Node::At(producer), Node::In(*topic), flow);
            let carrying = Node::Carrying(producer, *topic);
            if self.nodes.contains_key(&carrying) {
                self.edge(carrying, Node::In(*topic), flow);
                self.edge(carrying, Node::Receiving(broker), flow);
            }
        }
    }

    fn consume(
        &mut self,
        flow: FlowId,
        broker: ComponentId,
        consumer: ComponentId,
        topics: &[TopicId],
    ) {
        for topic in topics {
            self.edge(Node::In(*topic), Node::At(consumer), flow);
            self.edge(Node::Sending(broker), Node::In(*topic), flow);
        }
    }

    /// The simple paths from one place to another, shorter ones first.
    pub fn paths(&self, from: Place, to: Place, bound: Bound) -> Paths {
        let starts = self.starts(from);
        let distance = self.distances(to);
        let reached = starts.iter().filter_map(|node| distance[node.index()]);
        let Some(shortest) = reached.min() else {
            return Paths::default();
        };
        let mut search = Search {
            routes: self,
            distance: &distance,
            to,
            bound,
            steps: 0,
            found: BTreeMap::new(),
            is_cut: false,
        };
        // One length after the other, so that the bound cuts off the longest ones.
        for length in shortest..=bound.hops.max(shortest) {
            for start in &starts {
                search.from(*start, length);
            }
            if search.is_cut {
                break;
            }
        }
        let mut paths: Vec<Vec<Hop>> = search.found.into_values().collect();
        paths.sort_by_key(Vec::len);
        Paths {
            paths,
            is_cut: search.is_cut,
            shortest: Some(shortest),
        }
    }

    /// The places that data gets to from one place, in so many hops.
    pub fn reach(&self, from: Place) -> BTreeMap<Place, usize> {
        let mut reached = BTreeMap::new();
        let distances = self.spread(&self.starts(from), Direction::Outgoing);
        for (node, distance) in self.graph.node_indices().zip(distances) {
            let Some(distance) = distance else { continue };
            let known = reached.entry(self.graph[node].place()).or_insert(distance);
            *known = distance.min(*known);
        }
        reached
    }

    fn starts(&self, from: Place) -> Vec<NodeIndex> {
        let wanted: Vec<Node> = match from {
            Place::Component(id) => vec![Node::At(id), Node::Sending(id)],
            Place::Topic(id) => vec![Node::In(id)],
        };
        let found = wanted.iter().filter_map(|node| self.nodes.get(node));
        found.copied().collect()
    }

    /// Hops from each node to a place, where there is a way.
    fn distances(&self, to: Place) -> Vec<Option<usize>> {
        let ends: Vec<NodeIndex> = self
            .graph
            .node_indices()
            .filter(|node| self.graph[*node].place() == to)
            .collect();
        self.spread(&ends, Direction::Incoming)
    }

    fn spread(&self, starts: &[NodeIndex], direction: Direction) -> Vec<Option<usize>> {
        let mut distances = vec![None; self.graph.node_count()];
        let mut waiting: VecDeque<(NodeIndex, usize)> = VecDeque::new();
        for start in starts {
            distances[start.index()] = Some(0);
            waiting.push_back((*start, 0));
        }
        while let Some((node, distance)) = waiting.pop_front() {
            for next in self.graph.neighbors_directed(node, direction) {
                if distances[next.index()].is_none() {
                    distances[next.index()] = Some(distance + 1);
                    waiting.push_back((next, distance + 1));
                }
            }
        }
        distances
    }

    /// Neighbors in the order of nodes, with the flows that lead there.
    fn next(&self, node: NodeIndex) -> BTreeMap<NodeIndex, Vec<FlowId>> {
        let mut next: BTreeMap<NodeIndex, Vec<FlowId>> = BTreeMap::new();
        for edge in self.graph.edges_directed(node, Direction::Outgoing) {
            next.entry(edge.target()).or_default().push(*edge.weight());
        }
        for flows in next.values_mut() {
            flows.sort_unstable();
            flows.dedup();
        }
        next
    }
}

/// A search for paths of one exact length at a time.
struct Search<'r> {
    routes: &'r RouteGraph,
    distance: &'r [Option<usize>],
    to: Place,
    bound: Bound,
    steps: usize,
    /// Paths by their length and places, so that two ways of one path are one.
    found: BTreeMap<(usize, Vec<Place>), Vec<Hop>>,
    is_cut: bool,
}

/// A place on the way, with what is still to be tried from there.
struct Frame {
    node: NodeIndex,
    rest: std::collections::btree_map::IntoIter<NodeIndex, Vec<FlowId>>,
    /// The flows that led here.
    flows: Vec<FlowId>,
}

impl Search<'_> {
    fn from(&mut self, start: NodeIndex, length: usize) {
        if self.distance[start.index()].is_none_or(|least| least > length) {
            return;
        }
        let mut way = vec![self.frame(start, Vec::new())];
        while let Some(top) = way.last_mut() {
            let Some((next, flows)) = top.rest.next() else {
                way.pop();
                continue;
            };
            self.steps += 1;
            if self.steps > MAX_STEPS {
                self.is_cut = true;
                return;
            }
            let left = length - way.len();
            let place = self.routes.graph[next].place();
            let is_known = |frame: &Frame| self.routes.graph[frame.node].place() == place;
            if self.distance[next.index()].is_none_or(|least| least > left)
                || way.iter().any(is_known)
            {
                continue;
            }
            if place != self.to {
                way.push(self.frame(next, flows));
            } else if left == 0 && !self.keep(&way, next, flows) {
                return;
            }
        }
    }

    fn frame(&self, node: NodeIndex, flows: Vec<FlowId>) -> Frame {
        Frame {
            node,
            rest: self.routes.next(node).into_iter(),
            flows,
        }
    }

    /// Keeps a path; false if there are enough.
    fn keep(&mut self, way: &[Frame], last: NodeIndex, flows: Vec<FlowId>) -> bool {
        let mut hops: Vec<Hop> = Vec::with_capacity(way.len());
        let place = |node: NodeIndex| self.routes.graph[node].place();
        for pair in way.windows(2) {
            hops.push(Hop {
                from: place(pair[0].node),
                to: place(pair[1].node),
                flows: pair[1].flows.clone(),
            });
        }
        let before = way.last().map_or(last, |frame| frame.node);
        hops.push(Hop {
            from: place(before),
            to: place(last),
            flows,
        });
        let places = hops.iter().map(|hop| hop.from).collect();
        let key = (hops.len(), places);
        if let Some(known) = self.found.get_mut(&key) {
            for (known, hop) in known.iter_mut().zip(hops) {
                known.flows.extend(hop.flows);
                known.flows.sort_unstable();
                known.flows.dedup();
            }
            return true;
        }
        if self.found.len() >= self.bound.paths {
            self.is_cut = true;
            return false;
        }
        self.found.insert(key, hops);
        true
    }
}
