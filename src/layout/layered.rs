//! Proper layering: every edge becomes a chain of vertices, one in each level it passes.
//!
//! Levels take turns: rows of nodes (even) and rows of labels below them (odd). A label is a
//! vertex as wide as its text ("label dummies": Gansner, Koutsofios, North and Vo, "A technique
//! for drawing directed graphs", IEEE TSE 1993, section 5.3), so labels cannot overlap.
//! In: a problem and the row of each node. Out: levels, chains and ports.
//! Refuses to know: orders and positions.

use super::bundle::Strand;
use super::normalize::Problem;
use super::place::{PORT_GAP, PORT_MARGIN};
use super::rows::Rows;

/// Space between a label and its neighbors on each side.
const LABEL_MARGIN: i32 = 2;

/// How an edge between nodes of one row is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum InRow {
    /// A level line from side to side; nothing stands between.
    #[default]
    Straight,
    /// Down, along below the row, and up.
    Below,
    /// Up, along above the row, and down.
    Above,
}

/// The proper layered graph.
#[derive(Clone, Debug, Default)]
pub(super) struct Layered {
    /// Nodes first, then the vertices of the chains.
    pub(super) vertices: Vec<Vertex>,
    pub(super) chains: Vec<Chain>,
    pub(super) ports: Vec<Port>,
    /// Pairs that are joined along their level: nodes, or the legs of a chain around a row.
    pub(super) ties: Vec<Tie>,
    /// What stands in the middle of level lines; known after ordering.
    pub(super) stubs: Vec<Stub>,
    pub(super) level_count: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Vertex {
    pub(super) level: u32,
    /// What it needs on the left of its x coordinate.
    pub(super) left: i32,
    /// What it needs on the right of its x coordinate.
    pub(super) right: i32,
    /// The chain it belongs to; none for a node.
    pub(super) chain: Option<u32>,
    /// A node that keeps its order among others of this kind.
    pub(super) is_kept: bool,
}

/// An edge or a bundle, from its upper to its lower end.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    pub(super) edges: Vec<u32>,
    /// Its first vertex; the others follow.
    pub(super) first: u32,
    pub(super) len: u32,
    /// The vertex with the label, and the label's size.
    pub(super) label: Option<(u32, (i32, i32))>,
    /// Ports above the first vertex; empty where it is joined to another leg.
    pub(super) tops: Vec<u32>,
    /// Ports below the last vertex; empty where it is joined to another leg.
    pub(super) bottoms: Vec<u32>,
}

/// Where a chain meets a node.
#[derive(Clone, Debug)]
pub(super) struct Port {
    pub(super) node: u32,
    pub(super) chain: u32,
    /// Whether it is on the node's lower side.
    pub(super) is_below: bool,
    /// The edges that end here.
    pub(super) edges: Vec<u32>,
    /// The vertex beside the node where the line turns, if it leaves the node sideways.
    pub(super) corner: Option<u32>,
    /// How far below the middle of the node it is, if it leaves the node sideways.
    pub(super) offset: i32,
}

/// The middle of level lines between two neighboring nodes, with their labels.
#[derive(Clone, Debug)]
pub(super) struct Stub {
    pub(super) vertex: u32,
    /// The edges from top to bottom.
    pub(super) edges: Vec<u32>,
}

/// Two vertices of one level, joined along it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    pub(super) a: u32,
    pub(super) b: u32,
    /// The edge, if it is drawn straight between two nodes.
    pub(super) edge: Option<u32>,
}

impl Layered {
    pub(super) fn vertices_of(&self, chain: usize) -> std::ops::Range<u32> {
        let chain = &self.chains[chain];
        chain.first..chain.first + chain.len
    }

    pub(super) fn level(&self, vertex: u32) -> usize {
        self.vertices[vertex as usize].level as usize
    }

    /// Whether a vertex was added to a chain beside the node where it ends.
    pub(super) fn is_corner(&self, vertex: u32) -> bool {
        let chain = self.vertices[vertex as usize].chain;
        chain.is_some_and(|chain| !self.vertices_of(chain as usize).contains(&vertex))
    }

    /// The chain vertex next to a port.
    pub(super) fn end(&self, port: u32) -> u32 {
        let port = &self.ports[port as usize];
        let chain = &self.chains[port.chain as usize];
        if port.is_below {
            chain.first
        } else {
            chain.first + chain.len - 1
        }
    }
}

impl Port {
    /// Whether the line leaves the node sideways.
    pub(super) fn is_aside(&self) -> bool {
        self.corner.is_some()
    }
}

/// Makes the chains of all edges.
pub(super) fn expand(
    problem: &Problem,
    rows: &Rows,
    strands: &[Strand],
    in_row: &[InRow],
) -> Layered {
    let mut builder = Builder {
        problem,
        rows,
        load: vec![0; rows.len() + 1],
        degree: degrees(problem),
        layered: Layered {
            level_count: rows.len() * 2,
            ..Layered::default()
        },
    };
    for (index, node) in problem.nodes.iter().enumerate() {
        builder.layered.vertices.push(Vertex {
            level: rows.of_node[index] * 2,
            left: node.width / 2,
            right: node.width / 2,
            chain: None,
            is_kept: problem.spots.get(index).copied().flatten().is_some(),
        });
    }
    for strand in strands {
        builder.strand(strand, in_row);
    }
    widen(&mut builder.layered);
    builder.layered
}

/// Nodes are at least as wide as their ports need.
fn widen(layered: &mut Layered) {
    let mut counts = vec![[0_i32; 2]; layered.vertices.len()];
    for port in &layered.ports {
        counts[port.node as usize][usize::from(port.is_below)] += 1;
    }
    for (vertex, counts) in layered.vertices.iter_mut().zip(counts) {
        let ports = counts[0].max(counts[1]);
        let half = ((ports - 1) * PORT_GAP + 2 * PORT_MARGIN).div_euclid(2) + 1;
        if ports > 0 {
            vertex.left = vertex.left.max(half);
            vertex.right = vertex.right.max(half);
        }
    }
}

fn degrees(problem: &Problem) -> Vec<u32> {
    let mut degree = vec![0; problem.nodes.len()];
    for edge in &problem.edges {
        degree[edge.from] += 1;
        degree[edge.to] += 1;
    }
    degree
}

struct Builder<'p> {
    problem: &'p Problem,
    rows: &'p Rows,
    /// Width of the labels in each label level.
    load: Vec<i64>,
    degree: Vec<u32>,
    layered: Layered,
}

impl Builder<'_> {
    fn strand(&mut self, strand: &Strand, in_row: &[InRow]) {
        let edge = strand.edges[0];
        let link = &self.problem.edges[edge as usize];
        let (from, to) = (self.rows.of_node[link.from], self.rows.of_node[link.to]);
        if from != to {
            self.crossing_rows(strand);
            return;
        }
        match in_row[edge as usize] {
            InRow::Straight => self.layered.ties.push(Tie {
                a: index(link.from),
                b: index(link.to),
                edge: Some(edge),
            }),
            InRow::Below => self.around(edge, from * 2 + 1),
            InRow::Above => self.around(edge, from * 2 - 1),
        }
    }

    /// A chain through all levels between the rows of its ends.
    fn crossing_rows(&mut self, strand: &Strand) {
        let link = self.problem.edges[strand.edges[0] as usize];
        let is_down = self.rows.of_node[link.from] < self.rows.of_node[link.to];
        let ends = |edge: u32| {
            let link = self.problem.edges[edge as usize];
            if is_down {
                (link.from, link.to)
            } else {
                (link.to, link.from)
            }
        };
        let (upper, lower) = ends(strand.edges[0]);
        let first_level = self.rows.of_node[upper] * 2 + 1;
        let last_level = self.rows.of_node[lower] * 2 - 1;
        let label = strand.label;
        let label_level = label.map(|(width, _)| {
            let prefers_upper = self.degree[upper] < self.degree[lower];
            self.lightest(first_level, last_level, prefers_upper, width)
        });
        let tops: Vec<(usize, u32)> = strand
            .edges
            .iter()
            .map(|edge| (ends(*edge).0, *edge))
            .collect();
        let bottoms: Vec<(usize, u32)> = strand
            .edges
            .iter()
            .map(|edge| (ends(*edge).1, *edge))
            .collect();
        let chain = self.chain(
            &strand.edges,
            first_level..last_level + 1,
            label_level.zip(label),
        );
        self.layered.chains[chain].tops = self.ports(chain, tops, true);
        self.layered.chains[chain].bottoms = self.ports(chain, bottoms, false);
    }

    /// The label level with the least text, among those near the preferred end.
    fn lightest(&mut self, first: u32, last: u32, prefers_upper: bool, width: i32) -> u32 {
        let levels = (first..=last).step_by(2);
        let distance = |level: u32| {
            if prefers_upper {
                level - first
            } else {
                last - level
            }
        };
        let load =
            |level: u32| self.load[level as usize / 2] / 400 + i64::from(distance(level)) / 2 * 2;
        let best = levels
            .min_by_key(|level| (load(*level), distance(*level)))
            .unwrap_or(first);
        self.load[best as usize / 2] += i64::from(width);
        best
    }

    /// Two legs in a label level, joined beyond it; the first has the label.
    fn around(&mut self, edge: u32, level: u32) {
        let link = self.problem.edges[edge as usize];
        let is_below = level > self.rows.of_node[link.from] * 2;
        if let Some((width, _)) = link.label {
            self.load[level as usize / 2] += i64::from(width);
        }
        let label = link.label.map(|size| (level, size));
        let legs = [(link.from, label), (link.to, None)].map(|(node, label)| {
            let chain = self.chain(&[edge], level..level + 1, label);
            let ports = self.ports(chain, vec![(node, edge)], is_below);
            let legs = &mut self.layered.chains[chain];
            if is_below {
                legs.tops = ports;
            } else {
                legs.bottoms = ports;
            }
            legs.first
        });
        self.layered.ties.push(Tie {
            a: legs[0],
            b: legs[1],
            edge: None,
        });
    }

    fn chain(
        &mut self,
        edges: &[u32],
        levels: std::ops::Range<u32>,
        label: Option<(u32, (i32, i32))>,
    ) -> usize {
        let chain = self.layered.chains.len();
        let first = index(self.layered.vertices.len());
        let len = levels.end - levels.start;
        let label_vertex = label.map(|(level, size)| (first + level - levels.start, size));
        for level in levels {
            let half = match label {
                Some((at, (width, _))) if at == level => width / 2 + LABEL_MARGIN,
                _ => 0,
            };
            self.layered.vertices.push(Vertex {
                level,
                left: half,
                right: half,
                chain: Some(index(chain)),
                is_kept: false,
            });
        }
        self.layered.chains.push(Chain {
            edges: edges.to_vec(),
            first,
            len,
            label: label_vertex,
            ..Chain::default()
        });
        chain
    }

    /// One port for each node at this end, in the order of the nodes.
    fn ports(&mut self, chain: usize, mut ends: Vec<(usize, u32)>, is_below: bool) -> Vec<u32> {
        ends.sort_unstable();
        let mut ports = Vec::new();
        for node in ends.chunk_by(|a, b| a.0 == b.0) {
            ports.push(index(self.layered.ports.len()));
            self.layered.ports.push(Port {
                node: index(node[0].0),
                chain: index(chain),
                is_below,
                edges: node.iter().map(|end| end.1).collect(),
                corner: None,
                offset: 0,
            });
        }
        ports
    }
}

/// Vertices are counted in 32 bits: a drawing of more could not be looked at.
pub(super) fn index(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
