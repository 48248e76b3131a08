//! The lines of a bundle, each piece once: dashes of lines on top of each other would blur.
//!
//! In: the routes of a bundle's edges. Out: strokes that together cover the routes.
//! Refuses to know: how routes were found.

use super::drawing::{Bundle, Route};
use super::geometry::Point;

/// A whole route first; of each other route, what is not yet covered.
pub(super) fn strokes(edges: Vec<usize>, routes: &[Route]) -> Bundle {
    let mut strokes: Vec<Vec<Point>> = Vec::new();
    let mut waiting: Vec<&Route> = edges.iter().map(|edge| &routes[*edge]).collect();
    // The longest ones first: then nearer ones only add their own way to the shared line.
    waiting.sort_by(|a, b| length(&b.points).total_cmp(&length(&a.points)));
    for route in waiting {
        let mut stroke: Vec<Point> = Vec::new();
        for piece in route.points.windows(2) {
            for (from, to) in uncovered(piece[0], piece[1], &strokes) {
                if stroke.last().is_some_and(|last| *last != from) {
                    strokes.push(std::mem::take(&mut stroke));
                }
                if stroke.is_empty() {
                    stroke.push(from);
                }
                stroke.push(to);
            }
        }
        if !stroke.is_empty() {
            strokes.push(stroke);
        }
    }
    Bundle { edges, strokes }
}

fn length(points: &[Point]) -> f64 {
    points
        .windows(2)
        .map(|piece| (piece[0].x - piece[1].x).abs() + (piece[0].y - piece[1].y).abs())
        .sum()
}

/// The parts of a piece that no stroke covers yet, in its direction.
fn uncovered(from: Point, to: Point, strokes: &[Vec<Point>]) -> Vec<(Point, Point)> {
    let is_level = (from.y - to.y).abs() < 0.5;
    let along = |point: Point| if is_level { point.x } else { point.y };
    let across = |point: Point| if is_level { point.y } else { point.x };
    let (start, end) = (along(from).min(along(to)), along(from).max(along(to)));
    let mut covers: Vec<(f64, f64)> = strokes
        .iter()
        .flat_map(|stroke| stroke.windows(2))
        .filter(|piece| {
            [piece[0], piece[1]]
                .iter()
                .all(|point| (across(*point) - across(from)).abs() < 0.5)
        })
        .map(|piece| {
            (
                along(piece[0]).min(along(piece[1])),
                along(piece[0]).max(along(piece[1])),
            )
        })
        .collect();
    covers.sort_by(|a, b| a.0.total_cmp(&b.0));
    covers.push((end, end));
    let mut gaps = Vec::new();
    let mut reach = start;
    for cover in covers {
        if cover.0 - 0.5 > reach && reach < end {
            gaps.push((reach, cover.0.min(end)));
        }
        reach = reach.max(cover.1);
    }
    let point = |at: f64| {
        if is_level {
            Point { x: at, y: from.y }
        } else {
            Point { x: from.x, y: at }
        }
    };
    let mut parts: Vec<(Point, Point)> = gaps
        .into_iter()
        .map(|gap| (point(gap.0), point(gap.1)))
        .collect();
    if along(from) > along(to) {
        parts.reverse();
        for part in &mut parts {
            std::mem::swap(&mut part.0, &mut part.1);
        }
    }
    parts
}
