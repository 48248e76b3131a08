//! Placement as a linear program: short horizontal pieces in a narrow picture.
//!
//! The auxiliary graph of Gansner, Koutsofios, North and Vo (IEEE TSE 1993, section 4.2).
//! Differences: a chain is one variable (see `segment`), ports are variables that move along
//! their node's side, and a second solution pays more for short jogs than for long ones, which
//! straightens lines (reweighting after Candes, Wakin and Boyd, "Enhancing sparsity by
//! reweighted l1 minimization", 2008). In: an ordered layered graph. Out: x coordinates.
//! Refuses to know: y coordinates.

use super::segment::{Segments, number};
use super::simplex::{Arc, Program, Simplex};
use crate::layout::gaps::Gaps;
use crate::layout::layered::{Layered, index};
use crate::layout::order::Order;

/// Ports of one side are this far apart, or further.
pub(in crate::layout) const PORT_GAP: i32 = 14;
/// Ports keep this distance from their node's corners.
pub(in crate::layout) const PORT_MARGIN: i32 = 16;

/// How much distances matter.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Weights {
    /// Between a port and its line.
    pub(in crate::layout) jog: i32,
    /// Between two pieces of one chain.
    pub(in crate::layout) cut: i32,
    /// Between a port and the middle of its side.
    pub(in crate::layout) center: i32,
    /// Between nodes that a level line joins.
    pub(in crate::layout) tie: i32,
    /// Between a node and where it was.
    pub(in crate::layout) anchor: i32,
    /// Times that short jogs are made more expensive.
    pub(in crate::layout) rounds: usize,
    /// Exchanges to spend.
    pub(in crate::layout) budget: u64,
}

/// X coordinates.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Placement {
    /// Of each vertex's line, or of a node's left side.
    pub(in crate::layout) vertex: Vec<i32>,
    /// Of each node's right side.
    pub(in crate::layout) right: Vec<i32>,
    pub(in crate::layout) port: Vec<i32>,
    /// The right edge of everything.
    pub(in crate::layout) width: i32,
    pub(in crate::layout) steps: u64,
}

/// A distance that should be short.
struct Wish {
    a: u32,
    b: u32,
    /// How far `b` should be to the right of `a`.
    offset: i32,
    weight: i32,
    /// Whether a distance of zero means one corner less.
    is_jog: bool,
}

/// How wide everything may be.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Width {
    /// How much the width matters.
    pub(in crate::layout) weight: i32,
    /// What it must not exceed; there has to be room for the longest path.
    pub(in crate::layout) most: Option<i32>,
}

/// Finds x coordinates.
pub(in crate::layout) fn place(
    layered: &Layered,
    order: &Order,
    gaps: &Gaps<'_>,
    is_cut: &[bool],
    weights: Weights,
    width: Width,
    near: Option<&Placement>,
) -> Placement {
    let model = Model::build(layered, order, gaps, number(layered, is_cut), weights);
    let mut program = model.program();
    let near = near.map(|near| model.recall(near));
    let start = program.start(near.as_deref(), width.most);
    if let Some(most) = width.most {
        program.arcs.push(Arc {
            tail: model.right_edge(),
            head: model.left_edge(),
            length: -most.max(start[model.right_edge() as usize]),
            weight: 0,
        });
    }
    let mut simplex = Simplex::new(&program, start);
    let mut steps = 0;
    for round in 0..=weights.rounds {
        model.reweigh(&mut simplex, round, width.weight);
        steps += simplex.run(weights.budget);
    }
    Placement {
        steps,
        ..model.read(&simplex.potential)
    }
}

struct Model<'m> {
    layered: &'m Layered,
    order: &'m Order,
    gaps: &'m Gaps<'m>,
    segments: Segments,
    /// The variables of nodes' right sides follow those of segments and of the two edges.
    first_right: usize,
    first_port: usize,
    arcs: Vec<Arc>,
    wishes: Vec<Wish>,
}

impl<'m> Model<'m> {
    fn build(
        layered: &'m Layered,
        order: &'m Order,
        gaps: &'m Gaps<'m>,
        segments: Segments,
        weights: Weights,
    ) -> Self {
        let mut model = Model {
            layered,
            order,
            gaps,
            first_right: segments.count + 2,
            first_port: segments.count + 2 + gaps.node_count(),
            segments,
            arcs: Vec::new(),
            wishes: Vec::new(),
        };
        model.separate();
        model.attach_ports();
        model.wish(weights);
        model
    }

    fn left_edge(&self) -> u32 {
        index(self.segments.count)
    }

    fn right_edge(&self) -> u32 {
        index(self.segments.count + 1)
    }

    fn port(&self, port: u32) -> u32 {
        index(self.first_port) + port
    }

    /// A segment, or the left side of a node.
    fn variable(&self, vertex: u32) -> u32 {
        self.segments.of_vertex[vertex as usize]
    }

    /// A segment, or the right side of a node.
    fn right(&self, vertex: u32) -> u32 {
        if (vertex as usize) < self.gaps.node_count() {
            index(self.first_right) + vertex
        } else {
            self.variable(vertex)
        }
    }

    fn width(&self, node: u32) -> i32 {
        let node = &self.layered.vertices[node as usize];
        node.left + node.right
    }

    fn apart(&mut self, tail: u32, head: u32, length: i32) {
        if tail != head {
            self.arcs.push(Arc {
                tail,
                head,
                length,
                weight: 0,
            });
        }
    }

    /// Neighbors of a level keep their distance, and all stay between the edges.
    fn separate(&mut self) {
        let order = self.order;
        for level in &order.levels {
            let (Some(first), Some(last)) = (level.first(), level.last()) else {
                continue;
            };
            self.apart(
                self.left_edge(),
                self.variable(*first),
                self.gaps.before(*first),
            );
            self.apart(self.right(*last), self.right_edge(), self.gaps.after(*last));
            for pair in level.windows(2) {
                self.apart(
                    self.right(pair[0]),
                    self.variable(pair[1]),
                    self.gaps.between(pair[0], pair[1]),
                );
            }
        }
        for (first, last, width) in self.gaps.spans(order) {
            self.apart(self.variable(first), self.right(last), width);
        }
        for node in 0..index(self.gaps.node_count()) {
            let width = self.width(node);
            self.apart(self.variable(node), self.right(node), width);
            // An upper bound; longest paths from the left keep it on their own.
            self.apart(self.right(node), self.variable(node), -width);
        }
        self.arcs
            .sort_unstable_by_key(|arc| (arc.tail, arc.head, -arc.length));
        self.arcs.dedup_by_key(|arc| (arc.tail, arc.head));
    }

    /// Ports stand on their node's side in the order of their chains.
    fn attach_ports(&mut self) {
        for side in sides(self.layered, self.order) {
            let node = self.layered.ports[side[0] as usize].node;
            self.apart(self.variable(node), self.port(side[0]), PORT_MARGIN);
            for pair in side.windows(2) {
                self.apart(self.port(pair[0]), self.port(pair[1]), PORT_GAP);
            }
            self.apart(
                self.port(side[side.len() - 1]),
                self.right(node),
                PORT_MARGIN,
            );
        }
    }

    fn wish(&mut self, weights: Weights) {
        let layered = self.layered;
        let mut wishes = Vec::new();
        for (port, data) in (0..).zip(&layered.ports) {
            if data.is_aside() {
                continue;
            }
            let end = layered.end(port);
            wishes.push(Wish {
                a: self.port(port),
                b: self.variable(end),
                offset: 0,
                weight: weights.jog,
                is_jog: true,
            });
            wishes.push(Wish {
                a: self.variable(data.node),
                b: self.port(port),
                offset: self.width(data.node) / 2,
                weight: weights.center,
                is_jog: false,
            });
        }
        for chain in 0..layered.chains.len() {
            let vertices: Vec<u32> = layered.vertices_of(chain).collect();
            for pair in vertices.windows(2) {
                wishes.push(Wish {
                    a: self.variable(pair[0]),
                    b: self.variable(pair[1]),
                    offset: 0,
                    weight: weights.cut,
                    is_jog: true,
                });
            }
        }
        for tie in &layered.ties {
            wishes.push(Wish {
                a: self.variable(tie.a),
                b: self.variable(tie.b),
                offset: 0,
                weight: weights.tie,
                is_jog: false,
            });
        }
        let is_alone = alone(layered, self.gaps.node_count());
        for node in 0..index(self.gaps.node_count()) {
            // Whom nothing holds anywhere stands at the left.
            let place = match self.gaps.wanted(node) {
                Some(left) => Some((left, weights.anchor)),
                None => is_alone[node as usize].then_some((0, weights.center)),
            };
            if let Some((offset, weight)) = place {
                wishes.push(Wish {
                    a: self.left_edge(),
                    b: self.variable(node),
                    offset,
                    weight,
                    is_jog: false,
                });
            }
        }
        wishes.retain(|wish| wish.a != wish.b && wish.weight > 0);
        self.wishes = wishes;
    }

    /// Wishes become vertices that are left of both of their ends; the width is an arc.
    fn program(&self) -> Program {
        let first = self.first_port + self.layered.ports.len();
        let mut arcs = self.arcs.clone();
        for (at, wish) in self.wishes.iter().enumerate() {
            // The new vertex is at `a`, or so far left that `b` is where it should be.
            let tail = index(first + at);
            arcs.push(Arc {
                tail,
                head: wish.a,
                length: 0,
                weight: wish.weight,
            });
            arcs.push(Arc {
                tail,
                head: wish.b,
                length: wish.offset,
                weight: wish.weight,
            });
        }
        arcs.push(Arc {
            tail: self.left_edge(),
            head: self.right_edge(),
            length: 0,
            weight: 0,
        });
        Program {
            count: first + self.wishes.len(),
            arcs,
            first_loose: first,
        }
    }

    /// Later rounds pay more for short jogs, as the round before left them.
    fn reweigh(&self, simplex: &mut Simplex<'_>, round: usize, width: i32) {
        for (at, wish) in self.wishes.iter().enumerate() {
            let distance =
                (simplex.potential[wish.a as usize] - simplex.potential[wish.b as usize]).abs();
            let is_changed = round > 0 && wish.is_jog;
            let weight = if is_changed {
                reweighted(wish.weight, distance)
            } else {
                wish.weight
            };
            for arc in [0, 1] {
                simplex.reweigh(self.arcs.len() + 2 * at + arc, weight);
            }
        }
        simplex.reweigh(self.arcs.len() + 2 * self.wishes.len(), width);
    }

    /// The variables of an earlier placement, whose chains were cut at most where ours are.
    fn recall(&self, near: &Placement) -> Vec<i32> {
        let mut solution = vec![0; self.first_port + near.port.len()];
        for (variable, x) in self.segments.of_vertex.iter().zip(&near.vertex) {
            solution[*variable as usize] = *x;
        }
        solution[self.right_edge() as usize] = near.width;
        solution[self.first_right..self.first_port].copy_from_slice(&near.right);
        solution[self.first_port..].copy_from_slice(&near.port);
        solution
    }

    fn read(&self, solution: &[i32]) -> Placement {
        let origin = solution[self.left_edge() as usize];
        let vertices = self.segments.of_vertex.iter();
        Placement {
            vertex: vertices
                .map(|variable| solution[*variable as usize] - origin)
                .collect(),
            port: solution[self.first_port..self.first_port + self.layered.ports.len()]
                .iter()
                .map(|x| x - origin)
                .collect(),
            right: solution[self.first_right..self.first_port]
                .iter()
                .map(|x| x - origin)
                .collect(),
            width: solution[self.right_edge() as usize] - origin,
            steps: 0,
        }
    }
}

/// Straight lines and short jogs pay the full weight and more, long jogs less.
fn reweighted(weight: i32, distance: i32) -> i32 {
    (weight * 160 / (distance + 20)).max(1)
}

/// Which nodes no line joins to another.
fn alone(layered: &Layered, count: usize) -> Vec<bool> {
    let mut is_alone = vec![true; count];
    let tied = layered.ties.iter().flat_map(|tie| [tie.a, tie.b]);
    for node in layered.ports.iter().map(|port| port.node).chain(tied) {
        if let Some(alone) = is_alone.get_mut(node as usize) {
            *alone = false;
        }
    }
    is_alone
}

/// The ports of each side of each node, from left to right.
fn sides(layered: &Layered, order: &Order) -> Vec<Vec<u32>> {
    let mut keyed: Vec<(u32, bool, u32, u32)> = Vec::new();
    for (port, data) in (0..).zip(&layered.ports) {
        if !data.is_aside() {
            keyed.push((
                data.node,
                data.is_below,
                order.position[layered.end(port) as usize],
                port,
            ));
        }
    }
    keyed.sort_unstable();
    keyed
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .map(|side| side.iter().map(|key| key.3).collect())
        .collect()
}
