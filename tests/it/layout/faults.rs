//! What must never be in a drawing, checked without the code that made it.
//!
//! In: a graph and its drawing. Out: a sentence for each fault.

use archviz::layout::{Direction, Drawing, Graph, Point, Rect, Route, Side};

/// Lines closer than this look like one.
const CLOSE: f64 = 1.5;

/// Everything that is wrong with a drawing; nothing, one hopes.
pub(crate) fn faults(graph: &Graph, drawing: &Drawing) -> Vec<String> {
    let check = Check {
        graph,
        drawing,
        found: Vec::new(),
    };
    check.run()
}

struct Check<'c> {
    graph: &'c Graph,
    drawing: &'c Drawing,
    found: Vec<String>,
}

impl Check<'_> {
    fn run(mut self) -> Vec<String> {
        self.lists();
        if self.found.is_empty() {
            self.inside();
            self.bands();
            self.nodes();
            self.groups();
            self.routes();
            self.labels();
            self.lines();
            self.strokes();
        }
        self.found
    }

    fn fault(&mut self, is_wrong: bool, text: impl FnOnce() -> String) {
        if is_wrong {
            self.found.push(text());
        }
    }

    fn lists(&mut self) {
        let (graph, drawing) = (self.graph, self.drawing);
        self.fault(drawing.bands.len() != graph.bands.len(), || {
            "bands are missing".into()
        });
        self.fault(drawing.groups.len() != graph.groups.len(), || {
            "groups are missing".into()
        });
        self.fault(drawing.nodes.len() != graph.nodes.len(), || {
            "nodes are missing".into()
        });
        self.fault(drawing.routes.len() != graph.edges.len(), || {
            "routes are missing".into()
        });
    }

    fn inside(&mut self) {
        let drawing = self.drawing;
        let labels = drawing.labels.iter().map(|label| &label.rect);
        for rect in drawing
            .bands
            .iter()
            .chain(&drawing.groups)
            .chain(&drawing.nodes)
            .chain(labels)
        {
            let is_inside = rect.x >= 0.0
                && rect.y >= 0.0
                && rect.right() <= drawing.size.width
                && rect.bottom() <= drawing.size.height;
            self.fault(!is_inside, || format!("{rect:?} is outside of the picture"));
        }
        for point in drawing.routes.iter().flat_map(|route| &route.points) {
            let is_inside = (0.0..=drawing.size.width).contains(&point.x)
                && (0.0..=drawing.size.height).contains(&point.y);
            self.fault(!is_inside, || {
                format!("{point:?} is outside of the picture")
            });
        }
    }

    fn bands(&mut self) {
        let is_right = self.graph.direction == Direction::Right;
        for pair in self.drawing.bands.windows(2) {
            let (end, start) = if is_right {
                (pair[0].right(), pair[1].x)
            } else {
                (pair[0].bottom(), pair[1].y)
            };
            self.fault(end > start, || {
                format!("band {:?} is not before {:?}", pair[0], pair[1])
            });
            let (a, b) = if is_right {
                (pair[0].height, pair[1].height)
            } else {
                (pair[0].width, pair[1].width)
            };
            self.fault((a - b).abs() > 0.1, || "bands differ in width".into());
        }
    }

    fn nodes(&mut self) {
        let (graph, drawing) = (self.graph, self.drawing);
        for (index, rect) in drawing.nodes.iter().enumerate() {
            let node = graph.nodes[index];
            self.fault(
                rect.width + 0.1 < node.size.width || rect.height + 0.1 < node.size.height,
                || format!("node {index} is too small"),
            );
            self.fault(!contains(&drawing.bands[node.band], rect), || {
                format!("node {index} is outside of its band")
            });
            for (other, known) in drawing.nodes[..index].iter().enumerate() {
                self.fault(overlap(rect, known), || {
                    format!("nodes {other} and {index} overlap")
                });
            }
        }
    }

    fn ancestors(&self, group: Option<usize>) -> Vec<usize> {
        std::iter::successors(group, |group| self.graph.groups[*group].parent).collect()
    }

    fn groups(&mut self) {
        let (graph, drawing) = (self.graph, self.drawing);
        let used: Vec<bool> = (0..graph.groups.len())
            .map(|group| {
                graph
                    .nodes
                    .iter()
                    .any(|node| self.ancestors(node.group).contains(&group))
            })
            .collect();
        for (index, node) in graph.nodes.iter().enumerate() {
            let around = self.ancestors(node.group);
            for (group, rect) in drawing
                .groups
                .iter()
                .enumerate()
                .filter(|(group, _)| used[*group])
            {
                if around.contains(&group) {
                    self.fault(!contains(rect, &drawing.nodes[index]), || {
                        format!("node {index} is outside of its group {group}")
                    });
                } else {
                    self.fault(overlap(rect, &drawing.nodes[index]), || {
                        format!("node {index} is inside of the foreign group {group}")
                    });
                }
            }
        }
        for (index, rect) in drawing
            .groups
            .iter()
            .enumerate()
            .filter(|(group, _)| used[*group])
        {
            let around = self.ancestors(Some(index));
            for (other, known) in drawing
                .groups
                .iter()
                .enumerate()
                .take(index)
                .filter(|(group, _)| used[*group])
            {
                if around.contains(&other) {
                    self.fault(!contains(known, rect), || {
                        format!("group {index} is outside of its group {other}")
                    });
                } else if !self.ancestors(Some(other)).contains(&index) {
                    self.fault(overlap(rect, known), || {
                        format!("groups {other} and {index} overlap")
                    });
                }
            }
        }
    }

    fn routes(&mut self) {
        let (graph, drawing) = (self.graph, self.drawing);
        for (index, route) in drawing.routes.iter().enumerate() {
            let edge = graph.edges[index];
            self.fault(route.points.len() < 2, || {
                format!("edge {index} has no line")
            });
            let [Some(first), Some(last)] = [route.points.first(), route.points.last()] else {
                continue;
            };
            self.fault(
                !is_on(&drawing.nodes[edge.from], first, route.start),
                || {
                    format!(
                        "edge {index} does not start at its node: {first:?} {:?}",
                        route.start
                    )
                },
            );
            self.fault(!is_on(&drawing.nodes[edge.to], last, route.end), || {
                format!(
                    "edge {index} does not end at its node: {last:?} {:?}",
                    route.end
                )
            });
            for piece in route.points.windows(2) {
                let is_level = (piece[0].y - piece[1].y).abs() < 0.01;
                let is_upright = (piece[0].x - piece[1].x).abs() < 0.01;
                self.fault(is_level == is_upright, || {
                    format!("edge {index} is not made of level and upright pieces")
                });
                for (node, rect) in drawing.nodes.iter().enumerate() {
                    self.fault(crosses(piece, &shrunk(rect, 1.0)), || {
                        format!("edge {index} runs through node {node}")
                    });
                }
            }
        }
    }

    fn labels(&mut self) {
        let (graph, drawing) = (self.graph, self.drawing);
        for (index, edge) in graph.edges.iter().enumerate() {
            let count = drawing
                .labels
                .iter()
                .filter(|label| label.edges.contains(&index))
                .count();
            self.fault(count != usize::from(edge.label.is_some()), || {
                format!("edge {index} has {count} labels")
            });
        }
        for (index, label) in drawing.labels.iter().enumerate() {
            let rect = &label.rect;
            for other in &drawing.labels[..index] {
                self.fault(overlap(rect, &other.rect), || {
                    format!(
                        "labels of edges {:?} and {:?} overlap",
                        other.edges, label.edges
                    )
                });
            }
            for (node, known) in drawing.nodes.iter().enumerate() {
                self.fault(overlap(rect, known), || {
                    format!("the label of {:?} covers node {node}", label.edges)
                });
            }
            for (edge, route) in drawing.routes.iter().enumerate() {
                let touches = route
                    .points
                    .windows(2)
                    .any(|piece| crosses(piece, &shrunk(rect, 1.0)));
                if label.edges.contains(&edge) {
                    self.fault(!touches, || {
                        format!("the label of {edge} is not on its line")
                    });
                } else {
                    self.fault(touches, || {
                        format!("edge {edge} runs through the label of {:?}", label.edges)
                    });
                }
            }
        }
    }

    /// No two lines on top of each other, unless they share a bundle.
    fn lines(&mut self) {
        let drawing = self.drawing;
        for (index, route) in drawing.routes.iter().enumerate() {
            for other in 0..index {
                let is_bundled = drawing
                    .bundles
                    .iter()
                    .any(|bundle| bundle.edges.contains(&index) && bundle.edges.contains(&other));
                let shared = overlay(route, &drawing.routes[other]);
                self.fault(!is_bundled && shared > 2.0, || {
                    format!("edges {other} and {index} share {shared} pixels of one line")
                });
            }
        }
    }

    /// The strokes of a bundle cover its routes, and nothing else.
    fn strokes(&mut self) {
        for bundle in &self.drawing.bundles {
            let strokes: Vec<&[Point]> = bundle.strokes.iter().map(Vec::as_slice).collect();
            let routes: Vec<&[Point]> = bundle
                .edges
                .iter()
                .map(|edge| self.drawing.routes[*edge].points.as_slice())
                .collect();
            let is_covered =
                |line: &[Point], by: &[&[Point]]| line.windows(2).all(|piece| covered(piece, by));
            let is_right = routes.iter().all(|line| is_covered(line, &strokes))
                && strokes.iter().all(|line| is_covered(line, &routes));
            self.fault(!is_right, || {
                format!(
                    "the strokes of bundle {:?} are not its routes",
                    bundle.edges
                )
            });
            for (index, stroke) in bundle.strokes.iter().enumerate() {
                let is_twice = bundle.strokes[..index]
                    .iter()
                    .any(|other| shared(stroke, other) > 2.0);
                self.fault(is_twice, || {
                    format!("a line of bundle {:?} is painted twice", bundle.edges)
                });
            }
        }
    }
}

fn contains(outer: &Rect, inner: &Rect) -> bool {
    outer.x <= inner.x
        && outer.y <= inner.y
        && outer.right() >= inner.right()
        && outer.bottom() >= inner.bottom()
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    let across = a.right().min(b.right()) - a.x.max(b.x);
    let down = a.bottom().min(b.bottom()) - a.y.max(b.y);
    across > 0.1 && down > 0.1
}

fn shrunk(rect: &Rect, by: f64) -> Rect {
    Rect {
        x: rect.x + by,
        y: rect.y + by,
        width: rect.width - 2.0 * by,
        height: rect.height - 2.0 * by,
    }
}

fn hull(piece: &[Point]) -> Rect {
    let (x, y) = (piece[0].x.min(piece[1].x), piece[0].y.min(piece[1].y));
    Rect {
        x,
        y,
        width: (piece[0].x - piece[1].x).abs(),
        height: (piece[0].y - piece[1].y).abs(),
    }
}

fn crosses(piece: &[Point], rect: &Rect) -> bool {
    let hull = hull(piece);
    hull.x < rect.right()
        && rect.x < hull.right().max(hull.x + 0.001)
        && hull.y < rect.bottom()
        && rect.y < hull.bottom().max(hull.y + 0.001)
}

fn is_on(rect: &Rect, point: &Point, side: Side) -> bool {
    let is_across = rect.x < point.x && point.x < rect.right();
    let is_down = rect.y < point.y && point.y < rect.bottom();
    match side {
        Side::Top => is_across && (point.y - rect.y).abs() < 0.1,
        Side::Bottom => is_across && (point.y - rect.bottom()).abs() < 0.1,
        Side::Left => is_down && (point.x - rect.x).abs() < 0.1,
        Side::Right => is_down && (point.x - rect.right()).abs() < 0.1,
    }
}

/// The fixed coordinate and the span of a piece, and whether it is level.
fn axis(piece: &[Point]) -> (bool, f64, f64, f64) {
    let hull = hull(piece);
    if hull.height < 0.01 {
        (true, hull.y, hull.x, hull.right())
    } else {
        (false, hull.x, hull.y, hull.bottom())
    }
}

/// How much of two routes lies on one line.
fn overlay(a: &Route, b: &Route) -> f64 {
    shared(&a.points, &b.points)
}

fn shared(a: &[Point], b: &[Point]) -> f64 {
    let mut shared: f64 = 0.0;
    for piece in a.windows(2).map(axis) {
        for other in b.windows(2).map(axis) {
            if piece.0 == other.0 && (piece.1 - other.1).abs() < CLOSE {
                shared = shared.max(piece.3.min(other.3) - piece.2.max(other.2));
            }
        }
    }
    shared
}

/// Whether a piece lies on a set of lines.
fn covered(piece: &[Point], lines: &[&[Point]]) -> bool {
    let (is_level, at, from, to) = axis(piece);
    let mut spans: Vec<(f64, f64)> = lines
        .iter()
        .flat_map(|line| line.windows(2).map(axis))
        .filter(|other| other.0 == is_level && (other.1 - at).abs() < 0.01)
        .map(|other| (other.2, other.3))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut reach = from;
    for span in spans {
        if span.0 <= reach + 0.01 {
            reach = reach.max(span.1);
        }
    }
    reach + 0.01 >= to
}
