//! Lines that several flows share, each stretch of them once.
//!
//! In: lines that cover each other in part. Out: lines that cover the same and nothing
//! twice, so that dashes do not run into each other. Refuses to know: whose lines they are.

use crate::layout::Point;

/// Lines nearer than this are one.
const SAME: f64 = 0.6;
/// Above this many stretches lines are painted as they are: the time is quadratic.
const MAX_STRETCHES: usize = 3_000;

/// An upright or level stretch: the place of its line and its ends along it.
#[derive(Clone, Copy)]
struct Stretch {
    is_level: bool,
    place: f64,
    from: f64,
    to: f64,
}

/// The lines, without what an earlier one covers.
pub(super) fn disjoint(lines: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let number: usize = lines.iter().map(Vec::len).sum();
    if number > MAX_STRETCHES {
        return lines.to_vec();
    }
    let mut covered: Vec<Stretch> = Vec::new();
    let mut done: Vec<Vec<Point>> = Vec::new();
    for line in lines {
        let mut own = Vec::new();
        let mut open: Vec<Point> = Vec::new();
        for stretch in line.windows(2).filter_map(stretch) {
            for (from, to) in uncovered(stretch, &covered) {
                extend(&mut open, &mut done, stretch, (from, to));
            }
            own.push(stretch);
        }
        done.push(open);
        covered.extend(own);
    }
    done.retain(|line| line.len() > 1);
    done
}

fn stretch(pair: &[Point]) -> Option<Stretch> {
    let [a, b] = pair else { return None };
    let is_level = (a.y - b.y).abs() < (a.x - b.x).abs();
    let (place, from, to) = if is_level {
        (a.y, a.x, b.x)
    } else {
        (a.x, a.y, b.y)
    };
    ((from - to).abs() > f64::EPSILON).then_some(Stretch {
        is_level,
        place,
        from,
        to,
    })
}

/// The parts of a stretch that none of the others covers, in its own direction.
fn uncovered(stretch: Stretch, covered: &[Stretch]) -> Vec<(f64, f64)> {
    let (low, high) = (stretch.from.min(stretch.to), stretch.from.max(stretch.to));
    let mut left = vec![(low, high)];
    let is_same = |other: &&Stretch| {
        other.is_level == stretch.is_level && (other.place - stretch.place).abs() < SAME
    };
    for other in covered.iter().filter(is_same) {
        let (start, end) = (other.from.min(other.to), other.from.max(other.to));
        left = left
            .into_iter()
            .flat_map(|(low, high)| [(low, high.min(start)), (low.max(end), high)])
            .filter(|(low, high)| high - low > SAME)
            .collect();
    }
    if stretch.from > stretch.to {
        left.reverse();
        return left.into_iter().map(|(low, high)| (high, low)).collect();
    }
    left
}

/// Goes on with the open line if the part starts where it ends; else starts a new one.
fn extend(
    open: &mut Vec<Point>,
    done: &mut Vec<Vec<Point>>,
    stretch: Stretch,
    (from, to): (f64, f64),
) {
    let at = |along: f64| {
        if stretch.is_level {
            Point {
                x: along,
                y: stretch.place,
            }
        } else {
            Point {
                x: stretch.place,
                y: along,
            }
        }
    };
    let start = at(from);
    let goes_on = open
        .last()
        .is_some_and(|last| (last.x - start.x).abs() < SAME && (last.y - start.y).abs() < SAME);
    if !goes_on {
        done.push(std::mem::replace(open, vec![start]));
    }
    open.push(at(to));
}

#[cfg(test)]
mod tests {
    use super::disjoint;
    use crate::layout::Point;

    fn line(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
    }

    #[test]
    fn what_is_covered_is_not_painted_again() {
        let first = line(&[(0.0, 0.0), (0.0, 10.0), (20.0, 10.0), (20.0, 30.0)]);
        let second = line(&[(40.0, 0.0), (40.0, 10.0), (20.0, 10.0), (20.0, 30.0)]);
        let painted = disjoint(&[first.clone(), second, first.clone()]);
        let branch = line(&[(40.0, 0.0), (40.0, 10.0), (20.0, 10.0)]);
        assert_eq!(painted, [first, branch]);
    }

    #[test]
    fn a_line_may_leave_and_come_back() {
        let first = line(&[(0.0, 10.0), (0.0, 20.0)]);
        let second = line(&[(0.0, 0.0), (0.0, 30.0)]);
        let painted = disjoint(&[first.clone(), second]);
        assert_eq!(
            painted,
            [
                first,
                line(&[(0.0, 0.0), (0.0, 10.0)]),
                line(&[(0.0, 20.0), (0.0, 30.0)])
            ]
        );
    }
}
