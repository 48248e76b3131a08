//! The best one-to-one assignment of old elements to new ones.
//!
//! In: a table of scores. Out: pairs with the highest sum of scores. Refuses to know: what is
//! assigned.
//!
//! The Hungarian method with potentials and shortest augmenting paths, O(n²·m): H. W. Kuhn,
//! The Hungarian method for the assignment problem, Naval Research Logistics Quarterly 2,
//! 1955; in the row-by-row form of J. Munkres, Journal of SIAM 5, 1957. Rows are the smaller side.

/// Pairs of row and column; every row of the smaller side has one.
pub(super) fn best_assignment(scores: &[Vec<u32>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (scores.len(), scores.first().map_or(0, Vec::len));
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    let mut pairs: Vec<(usize, usize)> = if rows <= columns {
        assign(rows, columns, |row, column| -i64::from(scores[row][column]))
    } else {
        let pairs = assign(columns, rows, |column, row| -i64::from(scores[row][column]));
        pairs
            .into_iter()
            .map(|(column, row)| (row, column))
            .collect()
    };
    pairs.sort_unstable();
    pairs
}

/// The pairs with the lowest sum of costs; there are at least as many columns as rows.
fn assign(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> i64) -> Vec<(usize, usize)> {
    // Column 0 is where a row begins that has no partner yet; rows and columns count from 1.
    let (mut of_row, mut of_column) = (vec![0_i64; rows + 1], vec![0_i64; columns + 1]);
    let mut partner = vec![0_usize; columns + 1];
    for row in 1..=rows {
        partner[0] = row;
        let mut at = 0;
        let mut slack = vec![i64::MAX; columns + 1];
        let (mut from, mut is_done) = (vec![0_usize; columns + 1], vec![false; columns + 1]);
        while partner[at] != 0 {
            is_done[at] = true;
            let (here, mut step, mut next) = (partner[at], i64::MAX, 0);
            for column in 1..=columns {
                if is_done[column] {
                    continue;
                }
                let reduced = cost(here - 1, column - 1) - of_row[here] - of_column[column];
                if reduced < slack[column] {
                    (slack[column], from[column]) = (reduced, at);
                }
                if slack[column] < step {
                    (step, next) = (slack[column], column);
                }
            }
            for column in 0..=columns {
                if is_done[column] {
                    of_row[partner[column]] += step;
                    of_column[column] -= step;
                } else if slack[column] != i64::MAX {
                    slack[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            let before = from[at];
            partner[at] = partner[before];
            at = before;
        }
    }
    let pairs = (1..=columns).filter(|column| partner[*column] != 0);
    pairs
        .map(|column| (partner[column] - 1, column - 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::best_assignment;

    #[test]
    fn the_sum_counts_and_not_the_first_best_pair() {
        // Greedy takes 9 and is left with 0.
        let scores = vec![vec![9, 8], vec![8, 0]];
        assert_eq!(best_assignment(&scores), [(0, 1), (1, 0)]);
        assert_eq!(best_assignment(&[vec![1], vec![5], vec![3]]), [(1, 0)]);
        assert_eq!(best_assignment(&[]), []);
    }

    #[test]
    fn no_assignment_of_small_tables_is_better() {
        let mut seed: u32 = 7;
        let mut random = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % 50
        };
        for _ in 0..50 {
            let scores: Vec<Vec<u32>> =
                (0..4).map(|_| (0..5).map(|_| random()).collect()).collect();
            let found: u32 = best_assignment(&scores)
                .iter()
                .map(|(row, column)| scores[*row][*column])
                .sum();
            assert_eq!(found, best(&scores, 0, &mut Vec::new()));
        }
    }

    /// Tries every assignment.
    fn best(scores: &[Vec<u32>], row: usize, taken: &mut Vec<usize>) -> u32 {
        if row == scores.len() {
            return 0;
        }
        let mut highest = 0;
        for column in 0..scores[row].len() {
            if !taken.contains(&column) {
                taken.push(column);
                highest = highest.max(scores[row][column] + best(scores, row + 1, taken));
                taken.pop();
            }
        }
        highest
    }
}
