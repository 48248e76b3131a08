//! A place for the title of a frame that no line runs through.
//!
//! In: the finished lines, and the strip at the upper end of a frame. Out: how far the title
//! stands from the left. Refuses to know: what the title says, and which flow a line is of.

use crate::layout::{Point, Rect};

/// Between a title and a line beside it.
const GAP: f64 = 9.0;

/// The straight pieces of all lines of a picture.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pieces: Vec<Rect>,
}

impl Lines {
    pub(super) fn add(&mut self, line: &[Point]) {
        let piece = |ends: &[Point]| Rect {
            x: ends[0].x.min(ends[1].x),
            y: ends[0].y.min(ends[1].y),
            width: (ends[0].x - ends[1].x).abs(),
            height: (ends[0].y - ends[1].y).abs(),
        };
        self.pieces.extend(line.windows(2).map(piece));
    }

    /// The leftmost place in the strip for something of this width that touches no line: its
    /// distance from the left end. The left end itself if there is no such place.
    pub(super) fn clear(&self, strip: Rect, width: f64) -> f64 {
        let mut taken: Vec<(f64, f64)> = self
            .pieces
            .iter()
            .filter(|piece| is_within(piece.y, piece.y + piece.height, strip.y, strip.height))
            .filter(|piece| is_within(piece.x, piece.x + piece.width, strip.x, strip.width))
            .map(|piece| (piece.x - GAP, piece.x + piece.width + GAP))
            .collect();
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut left = strip.x;
        for (from, to) in taken {
            if from >= left + width {
                break;
            }
            left = left.max(to);
        }
        let is_inside = left + width <= strip.x + strip.width;
        if is_inside { left - strip.x } else { 0.0 }
    }
}

/// Whether two stretches of one axis meet, the second given by its start and length.
fn is_within(from: f64, to: f64, start: f64, length: f64) -> bool {
    from < start + length && to > start
}

#[cfg(test)]
mod tests {
    use super::{GAP, Lines};
    use crate::layout::{Point, Rect};

    const STRIP: Rect = Rect {
        x: 100.0,
        y: 50.0,
        width: 200.0,
        height: 24.0,
    };

    /// Lines from the top to the bottom at these places, and a title of this width.
    fn assert_stands(width: f64, lines: &[f64], wanted: f64) {
        let mut all = Lines::default();
        for x in lines {
            all.add(&[Point { x: *x, y: 0.0 }, Point { x: *x, y: 90.0 }]);
        }
        let found = all.clear(STRIP, width);
        assert!((found - wanted).abs() < 0.01, "{found} instead of {wanted}");
    }

    #[test]
    fn stays_at_the_left_end_where_nothing_runs() {
        assert_stands(60.0, &[20.0, 190.0], 0.0);
    }

    #[test]
    fn goes_right_of_the_lines_in_its_way() {
        assert_stands(60.0, &[110.0, 150.0], 50.0 + GAP);
    }

    #[test]
    fn takes_a_gap_that_is_wide_enough() {
        assert_stands(60.0, &[110.0, 250.0], 10.0 + GAP);
    }

    #[test]
    fn stays_where_there_is_no_room_at_all() {
        assert_stands(120.0, &[110.0, 200.0, 290.0], 0.0);
    }
}
