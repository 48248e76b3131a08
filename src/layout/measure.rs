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

/// Level pieces against upright ones, upright ones sorted by x.
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
    upright.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut count = 0;
    for (y, left, right) in level {
        let from = upright.partition_point(|piece| piece.0 <= left);
        let inside = upright[from..].iter().take_while(|piece| piece.0 < right);
        count += inside.filter(|piece| piece.1 < y && y < piece.2).count();
    }
    count
}

/// What a drawing costs its reader, in pixels of line; less is better.
pub(super) fn score(drawing: &Drawing, aspect: f64) -> f64 {
    let figures = measure(drawing);
    let area = drawing.size.width * drawing.size.height;
    let found = drawing.size.width / drawing.size.height.max(1.0);
    let off = (found / aspect).max(aspect / found.max(0.01)) - 1.15;
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let (crossings, bends) = (figures.crossings as f64, figures.bends as f64);
    crossings * 180.0 + bends * 60.0 + figures.length + area / 400.0 * (1.0 + off.max(0.0))
}
