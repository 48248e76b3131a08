//! Outlines: rounded boxes, pipes, folded notes, rounded routes and arrow heads.
//!
//! In: rectangles and corners. Out: marks. Refuses to know: what they stand for.

use super::mark::{Mark, Paint, Piece, Stroke};
use crate::layout::{Point, Rect};

/// Of cards.
const RADIUS: f64 = 8.0;
/// Of the corners of routes.
const CORNER: f64 = 7.0;
/// From the tip of an arrow head to its back.
const HEAD_LENGTH: f64 = 8.0;
/// Half the width of an arrow head.
const HEAD_HALF: f64 = 3.6;
/// How much of the line is under the head.
const UNDER_HEAD: f64 = 5.0;

/// A box with the corners of a card.
pub(super) fn card(rect: Rect, fill: Paint, stroke: Stroke) -> Mark {
    Mark::Box {
        rect,
        radius: RADIUS,
        fill,
        stroke,
    }
}

/// The colored bar at the left end of a band.
pub(super) fn bar(rect: Rect, accent: usize) -> Mark {
    bar_box(Rect { width: 5.0, ..rect }, accent)
}

/// The colored bar at the upper end of a column.
pub(super) fn upper_bar(rect: Rect, accent: usize) -> Mark {
    bar_box(
        Rect {
            height: 5.0,
            ..rect
        },
        accent,
    )
}

fn bar_box(rect: Rect, accent: usize) -> Mark {
    Mark::Box {
        rect,
        radius: 2.0,
        fill: Paint::Accent(accent),
        stroke: Stroke::NONE,
    }
}

/// A lying cylinder: what a topic looks like.
pub(super) fn pipe(rect: Rect, fill: Paint, stroke: Stroke) -> Vec<Mark> {
    let bulge = 7.0;
    let (left, right) = (rect.x + bulge, rect.right() - bulge);
    let (top, bottom, middle) = (rect.y, rect.bottom(), rect.y + rect.height / 2.0);
    let at = |x, y| Point { x, y };
    let body = vec![
        Piece::Move(at(left, top)),
        Piece::Line(at(right, top)),
        Piece::Curve(at(rect.right(), top), at(rect.right(), middle)),
        Piece::Curve(at(rect.right(), bottom), at(right, bottom)),
        Piece::Line(at(left, bottom)),
        Piece::Curve(at(rect.x, bottom), at(rect.x, middle)),
        Piece::Curve(at(rect.x, top), at(left, top)),
        Piece::Close,
    ];
    let mouth = vec![
        Piece::Move(at(right, top)),
        Piece::Curve(at(right - bulge, top), at(right - bulge, middle)),
        Piece::Curve(at(right - bulge, bottom), at(right, bottom)),
    ];
    let path = |path, fill| Mark::Path { path, fill, stroke };
    vec![path(body, fill), path(mouth, Paint::None)]
}

/// A sheet with a folded corner.
pub(super) fn sheet(rect: Rect, fill: Paint, stroke: Stroke) -> Vec<Mark> {
    let fold = 9.0;
    let at = |x, y| Point { x, y };
    let (inner, lower) = (rect.right() - fold, rect.y + fold);
    let body = vec![
        Piece::Move(at(rect.x, rect.y)),
        Piece::Line(at(inner, rect.y)),
        Piece::Line(at(rect.right(), lower)),
        Piece::Line(at(rect.right(), rect.bottom())),
        Piece::Line(at(rect.x, rect.bottom())),
        Piece::Close,
    ];
    let corner = vec![
        Piece::Move(at(inner, rect.y)),
        Piece::Line(at(inner, lower)),
        Piece::Line(at(rect.right(), lower)),
    ];
    let path = |path, fill| Mark::Path { path, fill, stroke };
    vec![path(body, fill), path(corner, Paint::None)]
}

/// The ends of a line that have a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heads {
    /// None.
    None,
    /// The last.
    End,
    /// Both.
    Both,
}

/// A line along points, with round corners; it ends under its heads.
pub(super) fn route(points: &[Point], heads: Heads) -> Vec<Piece> {
    let mut points = points.to_vec();
    points.dedup();
    if heads != Heads::None {
        shorten(&mut points);
    }
    if heads == Heads::Both {
        points.reverse();
        shorten(&mut points);
        points.reverse();
    }
    rounded(&points)
}

/// The whole line along points, with round corners.
pub(super) fn rounded(points: &[Point]) -> Vec<Piece> {
    let Some(first) = points.first() else {
        return Vec::new();
    };
    let mut path = vec![Piece::Move(*first)];
    for corner in points.windows(3) {
        let [before, at, after] = corner else {
            continue;
        };
        let radius = CORNER
            .min(distance(*before, *at) / 2.0)
            .min(distance(*at, *after) / 2.0);
        if is_straight(*before, *at, *after) {
            continue;
        }
        path.push(Piece::Line(toward(*at, *before, radius)));
        path.push(Piece::Curve(*at, toward(*at, *after, radius)));
    }
    if let Some(last) = points.last().filter(|_| points.len() > 1) {
        path.push(Piece::Line(*last));
    }
    path
}

/// The heads of a line along points.
pub(super) fn heads(points: &[Point], heads: Heads, paint: Paint) -> Vec<Mark> {
    let mut points = points.to_vec();
    points.dedup();
    let mut marks = Vec::new();
    if heads != Heads::None {
        marks.extend(head(&points, paint));
    }
    if heads == Heads::Both {
        points.reverse();
        marks.extend(head(&points, paint));
    }
    marks
}

/// A head at the last point.
fn head(points: &[Point], paint: Paint) -> Option<Mark> {
    let [.., before, tip] = points else {
        return None;
    };
    let back = toward(*tip, *before, HEAD_LENGTH);
    let (dx, dy) = unit(*tip, *before);
    let wing = |side: f64| Point {
        x: back.x + dy * HEAD_HALF * side,
        y: back.y - dx * HEAD_HALF * side,
    };
    let path = vec![
        Piece::Move(*tip),
        Piece::Line(wing(1.0)),
        Piece::Line(wing(-1.0)),
        Piece::Close,
    ];
    Some(Mark::Path {
        path,
        fill: paint,
        stroke: Stroke::NONE,
    })
}

fn shorten(points: &mut [Point]) {
    if let [.., before, last] = points {
        let length = distance(*before, *last);
        *last = toward(*last, *before, UNDER_HEAD.min(length / 2.0));
    }
}

fn is_straight(a: Point, b: Point, c: Point) -> bool {
    ((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)).abs() < 1e-6
}

/// The point at a distance from one point on the way to another.
fn toward(from: Point, to: Point, by: f64) -> Point {
    let (dx, dy) = unit(from, to);
    Point {
        x: from.x + dx * by,
        y: from.y + dy * by,
    }
}

fn unit(from: Point, to: Point) -> (f64, f64) {
    let length = distance(from, to).max(1e-9);
    ((to.x - from.x) / length, (to.y - from.y) / length)
}

fn distance(a: Point, b: Point) -> f64 {
    let (dx, dy) = (a.x - b.x, a.y - b.y);
    (dx * dx + dy * dy).sqrt()
}
