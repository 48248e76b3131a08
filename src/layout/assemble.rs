//! Puts the phases' results together into a drawing.
//!
//! In: placement, nets and heights. Out: a [`Drawing`] with bands as rows.
//! Refuses to know: how any position was found.

use super::drawing::{Drawing, Label, Route, Side};
use super::geometry::{Point, Rect, Size};
use super::heights::Heights;
use super::inrow::offsets;
use super::layered::{Layered, Port};
use super::normalize::Problem;
use super::place::Placement;
use super::route::Nets;
use super::stroke::strokes;

/// Everything that was decided.
pub(super) struct Parts<'p> {
    pub(super) problem: &'p Problem,
    pub(super) layered: &'p Layered,
    pub(super) placement: &'p Placement,
    pub(super) nets: &'p Nets,
    pub(super) heights: &'p Heights,
}

/// A corner of a line, in whole pixels.
type Corner = (i32, i32);

/// Makes the drawing.
pub(super) fn assemble(parts: &Parts<'_>) -> Drawing {
    let problem = parts.problem;
    let right = problem.gutter + parts.placement.width;
    let bottom = parts
        .heights
        .bands
        .iter()
        .map(|band| band.1)
        .max()
        .unwrap_or(0);
    let mut drawing = Drawing {
        size: Size::new(f64::from(right), f64::from(bottom)),
        bands: parts
            .heights
            .bands
            .iter()
            .map(|band| rect(0, band.0, right, band.1))
            .collect(),
        nodes: (0..problem.nodes.len())
            .map(|node| parts.node(node))
            .collect(),
        routes: vec![Route::default(); problem.edges.len()],
        ..Drawing::default()
    };
    drawing.groups = groups(parts, &drawing.nodes);
    parts.chains(&mut drawing);
    parts.stubs(&mut drawing);
    drawing
}

impl Parts<'_> {
    /// X coordinates start behind the gutter.
    fn x(&self, x: i32) -> i32 {
        x + self.problem.gutter
    }

    fn vertex(&self, vertex: u32) -> i32 {
        self.x(self.placement.vertex[vertex as usize])
    }

    fn row(&self, node: u32) -> i32 {
        self.heights.level[self.layered.level(node)]
    }

    fn node(&self, node: usize) -> Rect {
        let (left, right) = (
            self.x(self.placement.vertex[node]),
            self.x(self.placement.right[node]),
        );
        let height = self.problem.nodes[node].height;
        let top = self.heights.level[self.layered.vertices[node].level as usize] - height / 2;
        rect(left, top, right, top + height)
    }

    fn chains(&self, drawing: &mut Drawing) {
        let mut legs: Vec<Option<Vec<Corner>>> = vec![None; self.problem.edges.len()];
        for (chain, data) in self.layered.chains.iter().enumerate() {
            self.label(chain, drawing);
            if data.tops.is_empty() || data.bottoms.is_empty() {
                self.leg(chain, &mut legs, drawing);
                continue;
            }
            let middle = self.middle(chain);
            for edge in &data.edges {
                let top = self.port_of(&data.tops, *edge);
                let bottom = self.port_of(&data.bottoms, *edge);
                let mut points = self.upper_end(chain, top);
                points.extend_from_slice(&middle);
                points.extend(self.lower_end(chain, bottom));
                let sides = (self.side(top), self.side(bottom));
                let is_down = self.layered.ports[top as usize].node as usize
                    == self.problem.edges[*edge as usize].from;
                drawing.routes[*edge as usize] = if is_down {
                    route(points, sides.0, sides.1)
                } else {
                    points.reverse();
                    route(points, sides.1, sides.0)
                };
            }
            if data.edges.len() > 1 {
                let edges: Vec<usize> = data.edges.iter().map(|edge| *edge as usize).collect();
                drawing.bundles.push(strokes(edges, &drawing.routes));
            }
        }
    }

    /// Half of a line around a row; the second leg finds the first.
    fn leg(&self, chain: usize, legs: &mut [Option<Vec<Corner>>], drawing: &mut Drawing) {
        let data = &self.layered.chains[chain];
        let edge = data.edges[0] as usize;
        let x = self.vertex(data.first);
        let is_below = data.bottoms.is_empty();
        let port = data
            .tops
            .first()
            .or(data.bottoms.first())
            .copied()
            .unwrap_or(0);
        let (points, net) = if is_below {
            (
                self.upper_end(chain, port),
                self.nets.below[data.first as usize],
            )
        } else {
            let mut points = self.lower_end(chain, port);
            points.reverse();
            (points, self.nets.above[chain])
        };
        let Some(mut first) = legs[edge].take() else {
            legs[edge] = Some(points);
            return;
        };
        let Some(track) = net.map(|net| self.track(net)) else {
            return;
        };
        let start = first.last().map_or(x, |corner| corner.0);
        first.push((start, track));
        first.push((x, track));
        first.extend(points.into_iter().rev());
        let side = if is_below { Side::Bottom } else { Side::Top };
        drawing.routes[edge] = route(first, side, side);
    }

    fn track(&self, net: u32) -> i32 {
        let net = &self.nets.list[net as usize];
        self.heights.track(net.channel, net.track.unwrap_or(0))
    }

    fn port_of(&self, ports: &[u32], edge: u32) -> u32 {
        let has_edge = |port: &&u32| self.layered.ports[**port as usize].edges.contains(&edge);
        ports.iter().find(has_edge).copied().unwrap_or(0)
    }

    fn side(&self, port: u32) -> Side {
        let port = &self.layered.ports[port as usize];
        match port.corner {
            Some(corner) if self.vertex(corner) < self.vertex(port.node) => Side::Left,
            Some(_) => Side::Right,
            None if port.is_below => Side::Bottom,
            None => Side::Top,
        }
    }

    /// From the upper node to the first vertex of the chain.
    fn upper_end(&self, chain: usize, port: u32) -> Vec<Corner> {
        let data = &self.layered.ports[port as usize];
        let end = self.vertex(self.layered.chains[chain].first);
        if data.is_aside() {
            return self.sideways(data, end);
        }
        let x = self.x(self.placement.port[port as usize]);
        let half = self.problem.nodes[data.node as usize].height / 2;
        let mut points = vec![(x, self.row(data.node) + half)];
        points.extend(self.level_piece(self.nets.above[chain], x, end));
        points.push((
            end,
            self.heights.level[self.layered.level(self.layered.chains[chain].first)],
        ));
        points
    }

    /// From the last vertex of the chain to the lower node.
    fn lower_end(&self, chain: usize, port: u32) -> Vec<Corner> {
        let data = &self.layered.ports[port as usize];
        let last = self.layered.chains[chain].first + self.layered.chains[chain].len - 1;
        let start = self.vertex(last);
        if data.is_aside() {
            let mut points = self.sideways(data, start);
            points.reverse();
            return points;
        }
        let x = self.x(self.placement.port[port as usize]);
        let half = self.problem.nodes[data.node as usize].height / 2;
        let mut points = vec![(start, self.heights.level[self.layered.level(last)])];
        points.extend(self.level_piece(self.nets.below[last as usize], start, x));
        points.push((x, self.row(data.node) - half));
        points
    }

    /// Out of the node's side, then up or down.
    fn sideways(&self, port: &Port, x: i32) -> Vec<Corner> {
        let left = self.vertex(port.node);
        let right = self.x(self.placement.right[port.node as usize]);
        let y = self.row(port.node) + port.offset;
        vec![(if x < left { left } else { right }, y), (x, y)]
    }

    /// Along all vertices of a chain.
    fn middle(&self, chain: usize) -> Vec<Corner> {
        let vertices: Vec<u32> = self.layered.vertices_of(chain).collect();
        let mut points = Vec::new();
        for pair in vertices.windows(2) {
            let net = self.nets.below[pair[0] as usize];
            points.extend(self.level_piece(net, self.vertex(pair[0]), self.vertex(pair[1])));
        }
        points
    }

    /// The corners that a line makes in a channel.
    fn level_piece(&self, net: Option<u32>, from: i32, to: i32) -> Vec<Corner> {
        let Some(net) = net.filter(|_| from != to) else {
            return Vec::new();
        };
        let y = self.track(net);
        match self.nets.list[net as usize].rest {
            None => vec![(from, y), (to, y)],
            Some(rest) => {
                let aside = self.x(self.nets.list[net as usize].bottoms[0]);
                let mut points = vec![(from, y), (aside, y)];
                points.extend(self.level_piece(Some(rest), aside, to));
                points
            }
        }
    }

    fn label(&self, chain: usize, drawing: &mut Drawing) {
        let data = &self.layered.chains[chain];
        if let Some((vertex, (width, height))) = data.label {
            let (x, y) = (
                self.vertex(vertex),
                self.heights.level[self.layered.level(vertex)],
            );
            drawing.labels.push(Label {
                rect: rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2),
                edges: data.edges.iter().map(|edge| *edge as usize).collect(),
            });
        }
    }

    /// Level lines between neighbors, with their labels.
    fn stubs(&self, drawing: &mut Drawing) {
        for stub in &self.layered.stubs {
            for (edge, offset) in stub.edges.iter().zip(offsets(self.problem, &stub.edges)) {
                let link = self.problem.edges[*edge as usize];
                let y = self.heights.level[self.layered.level(stub.vertex)] + offset;
                let x = self.vertex(stub.vertex);
                let (from, to) = (self.node(link.from), self.node(link.to));
                let is_right = from.x < to.x;
                let (start, end) = if is_right {
                    (from.right(), to.x)
                } else {
                    (from.x, to.right())
                };
                let sides = if is_right {
                    (Side::Right, Side::Left)
                } else {
                    (Side::Left, Side::Right)
                };
                let points = [start, end].map(|x| Point { x, y: f64::from(y) });
                drawing.routes[*edge as usize] = Route {
                    points: points.to_vec(),
                    start: sides.0,
                    end: sides.1,
                };
                if let Some((width, height)) = link.label {
                    drawing.labels.push(Label {
                        rect: rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2),
                        edges: vec![*edge as usize],
                    });
                }
            }
        }
    }
}

/// The boxes around the members of groups.
fn groups(parts: &Parts<'_>, nodes: &[Rect]) -> Vec<Rect> {
    let problem = parts.problem;
    let mut sides: Vec<Option<(f64, f64)>> = vec![None; problem.groups.len()];
    for (node, rect) in nodes.iter().enumerate() {
        if let Some(group) = problem.nodes[node].group {
            widen(&mut sides[group], rect.x, rect.right());
        }
    }
    let mut rects = vec![Rect::default(); problem.groups.len()];
    for group in (0..problem.groups.len()).rev() {
        let (Some((left, right)), Some(rows)) = (sides[group], parts.heights.groups[group].rows)
        else {
            continue;
        };
        let frame = parts.heights.groups[group];
        let data = problem.groups[group];
        let (left, right) = (left - f64::from(data.left), right + f64::from(data.right));
        if let Some(parent) = problem.groups[group].parent {
            widen(&mut sides[parent], left, right);
        }
        let half = |row: u32| f64::from(parts.heights.row_height[row as usize]) / 2.0;
        let middle = |row: u32| f64::from(parts.heights.level[row as usize * 2]);
        let top = middle(rows.0) - half(rows.0) - f64::from(frame.above);
        let bottom = middle(rows.1) + half(rows.1) + f64::from(frame.below);
        rects[group] = Rect {
            x: left,
            y: top,
            width: right - left,
            height: bottom - top,
        };
    }
    rects
}

fn widen(sides: &mut Option<(f64, f64)>, left: f64, right: f64) {
    let known = sides.unwrap_or((left, right));
    *sides = Some((known.0.min(left), known.1.max(right)));
}

fn rect(left: i32, top: i32, right: i32, bottom: i32) -> Rect {
    Rect {
        x: f64::from(left),
        y: f64::from(top),
        width: f64::from(right - left),
        height: f64::from(bottom - top),
    }
}

/// A line without corners that are none.
fn route(corners: Vec<Corner>, start: Side, end: Side) -> Route {
    let mut points: Vec<Corner> = Vec::new();
    for corner in corners {
        while points.len() > 1
            && is_straight(points[points.len() - 2], points[points.len() - 1], corner)
        {
            points.pop();
        }
        if points.last() != Some(&corner) {
            points.push(corner);
        }
    }
    let points = points
        .into_iter()
        .map(|(x, y)| Point {
            x: f64::from(x),
            y: f64::from(y),
        })
        .collect();
    Route { points, start, end }
}

fn is_straight(a: Corner, b: Corner, c: Corner) -> bool {
    (a.0 == b.0 && b.0 == c.0) || (a.1 == b.1 && b.1 == c.1)
}
