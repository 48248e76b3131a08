//! How many tracks are taken at each x coordinate of a channel.
//!
//! A segment tree over the ends of all pieces: the highest value of a range, and raising a range
//! to a value, in logarithmic time (Bentley, "Solutions to Klee's rectangle problems", 1977).
//! In: spans. Out: heights. Refuses to know: nets.

/// Heights along a channel.
pub(super) struct Skyline {
    /// All ends, sorted; the leaves are these points.
    points: Vec<i32>,
    size: usize,
    /// The highest value below each inner vertex of the tree.
    most: Vec<u32>,
    /// What the whole range of a vertex was raised to.
    whole: Vec<u32>,
}

impl Skyline {
    pub(super) fn new(spans: &[(i32, i32)]) -> Self {
        let mut points: Vec<i32> = spans.iter().flat_map(|span| [span.0, span.1]).collect();
        points.sort_unstable();
        points.dedup();
        let size = points.len().next_power_of_two().max(1);
        Self {
            points,
            size,
            most: vec![0; 2 * size],
            whole: vec![0; 2 * size],
        }
    }

    /// The highest value from `left` to before `right`.
    pub(super) fn highest(&self, left: i32, right: i32) -> u32 {
        let (from, to) = self.range(left, right);
        self.query(1, 0, self.size, from, to)
    }

    /// Raises everything from `left` to `right`, both included.
    pub(super) fn raise(&mut self, left: i32, right: i32, value: u32) {
        let (from, to) = self.range(left, right.saturating_add(1));
        self.update((1, 0, self.size), (from, to), value);
    }

    fn range(&self, left: i32, right: i32) -> (usize, usize) {
        (
            self.points.partition_point(|point| *point < left),
            self.points.partition_point(|point| *point < right),
        )
    }

    fn query(&self, at: usize, start: usize, end: usize, from: usize, to: usize) -> u32 {
        if to <= start || end <= from {
            return 0;
        }
        if from <= start && end <= to {
            return self.most[at];
        }
        let middle = usize::midpoint(start, end);
        let below = self.query(2 * at, start, middle, from, to).max(self.query(
            2 * at + 1,
            middle,
            end,
            from,
            to,
        ));
        below.max(self.whole[at])
    }

    fn update(
        &mut self,
        (at, start, end): (usize, usize, usize),
        range: (usize, usize),
        value: u32,
    ) {
        if range.1 <= start || end <= range.0 {
            return;
        }
        self.most[at] = self.most[at].max(value);
        if range.0 <= start && end <= range.1 {
            self.whole[at] = self.whole[at].max(value);
            return;
        }
        let middle = usize::midpoint(start, end);
        self.update((2 * at, start, middle), range, value);
        self.update((2 * at + 1, middle, end), range, value);
    }
}

#[cfg(test)]
mod tests {
    use super::Skyline;

    #[test]
    fn heights_are_those_of_the_spans_that_meet_a_range() {
        let mut skyline = Skyline::new(&[(0, 10), (5, 20), (30, 40)]);
        skyline.raise(0, 10, 1);
        skyline.raise(5, 20, 2);
        assert_eq!(skyline.highest(0, 5), 1);
        assert_eq!(skyline.highest(0, 6), 2);
        assert_eq!(skyline.highest(11, 21), 2);
        assert_eq!(skyline.highest(21, 100), 0);
    }
}
