//! The simplest correct layout: one row a band, and lines with at most two corners.
//!
//! In: a graph. Out: a drawing without refinement. Refuses to know: crossings.

use super::drawing::{Drawing, Label, Route, Side};
use super::geometry::{Point, Rect, Size};
use super::graph::{Edge, Graph};

const GAP: f64 = 24.0;
const CHANNEL: f64 = 64.0;

/// Places bands below one another and nodes beside one another.
pub(super) fn stack(graph: &Graph) -> Drawing {
    let mut drawing = Drawing {
        groups: vec![Rect::default(); graph.groups.len()],
        nodes: vec![Rect::default(); graph.nodes.len()],
        ..Drawing::default()
    };
    let gutter = graph
        .bands
        .iter()
        .fold(0.0, |widest: f64, band| widest.max(band.title.width));
    let (mut top, mut right) = (0.0, gutter);
    for (index, band) in graph.bands.iter().enumerate() {
        let mut left = gutter + GAP;
        let mut height = band.title.height;
        for (node, rect) in graph.nodes.iter().zip(&mut drawing.nodes) {
            if node.band == index {
                let Size { width, height: own } = node.size;
                *rect = Rect {
                    x: left,
                    y: top + GAP,
                    width,
                    height: own,
                };
                left += width + GAP;
                height = height.max(own);
            }
        }
        right = right.max(left);
        let height = height + 2.0 * GAP;
        drawing.bands.push(Rect {
            x: 0.0,
            y: top,
            width: 0.0,
            height,
        });
        top += height + CHANNEL;
    }
    for band in &mut drawing.bands {
        band.width = right;
    }
    drawing.size = Size::new(right, (top - CHANNEL).max(0.0));
    place_groups(graph, &mut drawing);
    for (index, edge) in graph.edges.iter().enumerate() {
        route(index, edge, &mut drawing);
    }
    drawing
}

fn place_groups(graph: &Graph, drawing: &mut Drawing) {
    for (node, rect) in graph.nodes.iter().zip(&drawing.nodes) {
        let mut next = node.group;
        while let Some(group) = next {
            drawing.groups[group] = hull(&drawing.groups[group], rect);
            next = graph.groups[group].parent;
        }
    }
}

fn hull(a: &Rect, b: &Rect) -> Rect {
    if a.width == 0.0 {
        return *b;
    }
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Rect {
        x,
        y,
        width: a.right().max(b.right()) - x,
        height: a.bottom().max(b.bottom()) - y,
    }
}

fn route(index: usize, edge: &Edge, drawing: &mut Drawing) {
    let (from, to) = (drawing.nodes[edge.from], drawing.nodes[edge.to]);
    let is_up = to.y < from.y;
    let (start, end) = if is_up {
        (Side::Top, Side::Bottom)
    } else {
        (Side::Bottom, Side::Top)
    };
    let (a, b) = (from.center(), to.center());
    let (first, last) = if is_up {
        (from.y, to.bottom())
    } else {
        (from.bottom(), to.y)
    };
    let middle = f64::midpoint(first, last);
    let points = vec![
        Point { x: a.x, y: first },
        Point { x: a.x, y: middle },
        Point { x: b.x, y: middle },
        Point { x: b.x, y: last },
    ];
    drawing.routes.push(Route { points, start, end });
    if let Some(Size { width, height }) = edge.label {
        let rect = Rect {
            x: b.x - width / 2.0,
            y: middle - height / 2.0,
            width,
            height,
        };
        drawing.labels.push(Label {
            rect,
            edges: vec![index],
        });
    }
}
