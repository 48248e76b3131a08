//! Measures a drawing: crossings, corners, length.
//!
//! In: a drawing. Out: figures and one score to compare drawings by. Refuses to know: how it
//! was made. Weights follow Purchase, "Which aesthetic has the greatest effect on human
//! understanding?" (Graph Drawing 1997): crossings first, then bends; and Ware, Purchase,
//! and others, "Cognitive measurements of graph aesthetics" (2002): length of paths.

use super::drawing::Drawing;
use super::geometry::Point;

/// Figures of a drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Figures {
    pub(super) crossings: usize,
    pub(super) bends: usize,
    pub(super) length: f64,
}

/// Counts and adds up.
pub(super) fn measure(drawing: &Drawing) -> Figures {
    let lines = lines(drawing);
    Figures {
        crossings: crossings(&lines),
        bends: lines.iter().map(|line| line.len().saturating_sub(2)).sum(),
        length: lines
            .iter()
            .flat_map(|line| line.windows(2))
            .map(|piece| length(piece[0], piece[1]))
            .sum(),
    }
}

/// What is painted: strokes of bundles, and routes of the other edges.
fn lines(drawing: &Drawing) -> Vec<&[Point]> {
    let mut is_bundled = vec![false; drawing.routes.len()];
    for edge in drawing.bundles.iter().flat_map(|bundle| &bundle.edges) {
        is_bundled[*edge] = true;
    }
    let single = drawing
        .routes
        .iter()
        .zip(is_bundled)
        .filter(|(_, is_bundled)| !is_bundled);
    let strokes = drawing.bundles.iter().flat_map(|bundle| &bundle.strokes);
    single
        .map(|(route, _)| route.points.as_slice())
        .chain(strokes.map(Vec::as_slice))
        .collect()
}

fn length(a: Point, b: Point) -> f64 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

/// A straight piece: its fixed coordinate, and its span.
type Piece = (f64, f64, f64);

/// Level pieces against upright ones.
fn crossings(lines: &[&[Point]]) -> usize {
    let (mut level, mut upright): (Vec<Piece>, Vec<Piece>) = (Vec::new(), Vec::new());
    for piece in lines.iter().flat_map(|line| line.windows(2)) {
        let (a, b) = (piece[0], piece[1]);
        if (a.y - b.y).abs() < 0.5 {
            level.push((a.y, a.x.min(b.x), a.x.max(b.x)));
        } else {
            upright.push((a.x, a.y.min(b.y), a.y.max(b.y)));
        }
    }
    sweep(level, upright)
}

/// A sweep from left to right: an accumulator tree knows the level pieces at hand by height.
fn sweep(level: Vec<Piece>, mut upright: Vec<Piece>) -> usize {
    let mut heights: Vec<f64> = level.iter().map(|piece| piece.0).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup();
    let mut starts = level;
    let mut ends = starts.clone();
    starts.sort_by(|a, b| a.1.total_cmp(&b.1));
    ends.sort_by(|a, b| a.2.total_cmp(&b.2));
    upright.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut tree = vec![0_usize; heights.len() + 1];
    let (mut opened, mut closed, mut count) = (0, 0, 0);
    for (x, top, bottom) in upright {
        while let Some(piece) = starts.get(opened).filter(|piece| piece.1 < x) {
            add(&mut tree, rank(&heights, piece.0), 1);
            opened += 1;
        }
        while let Some(piece) = ends.get(closed).filter(|piece| piece.2 <= x) {
            add(&mut tree, rank(&heights, piece.0), usize::MAX);
            closed += 1;
        }
        let above = heights.partition_point(|height| *height <= top);
        let below = rank(&heights, bottom);
        count += before(&tree, below.max(above)) - before(&tree, above);
    }
    count
}

/// How many heights are less.
fn rank(heights: &[f64], height: f64) -> usize {
    heights.partition_point(|other| *other < height)
}

/// Adds at a place; the greatest number takes one away.
fn add(tree: &mut [usize], place: usize, by: usize) {
    let mut at = place + 1;
    while at < tree.len() {
        tree[at] = tree[at].wrapping_add(by);
        at += at & at.wrapping_neg();
    }
}

/// The sum before a place.
fn before(tree: &[usize], place: usize) -> usize {
    let (mut at, mut sum) = (place, 0_usize);
    while at > 0 {
        sum = sum.wrapping_add(tree[at]);
        at &= at - 1;
    }
    sum
}

/// What a drawing costs its reader, in pixels of line; less is better.
pub(super) fn score(drawing: &Drawing, aspect: f64) -> f64 {
    let figures = measure(drawing);
    let area = drawing.size.width * drawing.size.height;
    let found = drawing.size.width / drawing.size.height.max(1.0);
    let off = (found / aspect).max(aspect / found.max(0.01)) - 1.15;
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let (crossings, bends) = (figures.crossings as f64, figures.bends as f64);
    let shape = 1.0 + 2.0 * off.max(0.0);
    crossings * 180.0 + bends * 60.0 + figures.length + area / 400.0 * shape
}
