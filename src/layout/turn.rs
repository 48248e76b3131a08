//! Exchanges rows and columns: bands from left to right instead of from top to bottom.
//!
//! In: a drawing with bands as rows. Out: the same one with bands as columns.
//! Refuses to know: how it was made.

use super::drawing::{Drawing, Side};
use super::geometry::{Point, Rect, Size};

/// Mirrors everything at the diagonal.
pub(super) fn turn(drawing: &mut Drawing) {
    drawing.size = Size::new(drawing.size.height, drawing.size.width);
    let labels = drawing.labels.iter_mut().map(|label| &mut label.rect);
    for rect in drawing
        .bands
        .iter_mut()
        .chain(&mut drawing.groups)
        .chain(&mut drawing.nodes)
        .chain(labels)
    {
        *rect = Rect {
            x: rect.y,
            y: rect.x,
            width: rect.height,
            height: rect.width,
        };
    }
    for route in &mut drawing.routes {
        route.start = turned(route.start);
        route.end = turned(route.end);
    }
    let strokes = drawing
        .bundles
        .iter_mut()
        .flat_map(|bundle| &mut bundle.strokes);
    let routes = drawing.routes.iter_mut().map(|route| &mut route.points);
    for point in routes.chain(strokes).flatten() {
        *point = Point {
            x: point.y,
            y: point.x,
        };
    }
}

fn turned(side: Side) -> Side {
    match side {
        Side::Top => Side::Left,
        Side::Left => Side::Top,
        Side::Bottom => Side::Right,
        Side::Right => Side::Bottom,
    }
}
