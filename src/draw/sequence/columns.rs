//! Where lifelines stand: as near to each other as heads, labels and notes allow.
//!
//! In: measured heads, rows and boxes. Out: the middle of each column. Refuses to know:
//! heights. One pass from left to right finds the least distances, as for a shortest
//! schedule: every wish is about a column and one further to the left.

use super::rows::Row;
use super::{BOX_PADDING, Head, LayerBox};
use crate::view::SequenceView;

/// Between heads.
const GAP: f64 = 22.0;

/// The middle of each lifeline.
pub(super) struct Columns {
    pub(super) centers: Vec<f64>,
    /// Everything is between zero and this.
    pub(super) width: f64,
}

impl Columns {
    pub(super) fn place(
        view: &SequenceView<'_>,
        heads: &[Head],
        rows: &[Row],
        boxes: &[LayerBox],
    ) -> Self {
        let mut columns = Self {
            centers: Vec::with_capacity(heads.len()),
            width: 0.0,
        };
        let wishes = wishes(view.participants.len(), rows);
        for (index, head) in heads.iter().enumerate() {
            let half = head.card.size.width / 2.0;
            let before = columns
                .centers
                .last()
                .copied()
                .zip(index.checked_sub(1).and_then(|index| heads.get(index)));
            let beside = before.map_or(half, |(center, left)| {
                center + left.card.size.width / 2.0 + GAP + half
            });
            let starts = boxes.iter().any(|open| open.range.0 == index);
            let padding = if starts {
                BOX_PADDING * if index == 0 { 1.0 } else { 2.0 }
            } else {
                0.0
            };
            let wished = wishes[index]
                .iter()
                .map(|(from, room)| columns.centers[*from] + room);
            let titled = title_end(boxes, index, heads, &columns.centers) + half;
            columns
                .centers
                .push(wished.fold((beside + padding).max(titled), f64::max).ceil());
        }
        columns.width = columns.right(heads, rows, boxes);
        columns
    }

    /// The outer edges of the heads in a range.
    pub(super) fn span(&self, range: (usize, usize), heads: &[Head]) -> (f64, f64) {
        let half = |index: usize| {
            heads
                .get(index)
                .map_or(0.0, |head| head.card.size.width / 2.0)
        };
        let center = |index: usize| self.centers.get(index).copied().unwrap_or(0.0);
        let last = range.1.saturating_sub(1);
        let left = center(range.0) - half(range.0);
        (left, (center(last) + half(last)).max(left))
    }

    fn right(&self, heads: &[Head], rows: &[Row], boxes: &[LayerBox]) -> f64 {
        let (_, heads_end) = self.span((0, heads.len()), heads);
        let beside = rows
            .iter()
            .map(|row| self.centers.get(row.to).copied().unwrap_or(0.0) + row.beside);
        let titles = title_end(boxes, heads.len(), heads, &self.centers);
        beside.fold((heads_end + BOX_PADDING).max(titles), f64::max)
    }
}

/// The title of the box before a lifeline needs room as well.
fn title_end(boxes: &[LayerBox], index: usize, heads: &[Head], centers: &[f64]) -> f64 {
    let Some(open) = boxes.iter().find(|open| open.range.1 == index) else {
        return 0.0;
    };
    let (Some(title), Some(center), Some(head)) = (
        &open.title,
        centers.get(open.range.0),
        heads.get(open.range.0),
    ) else {
        return 0.0;
    };
    center - head.card.size.width / 2.0 + title.size().width + BOX_PADDING
}

/// For each column the least distance from columns before it.
fn wishes(columns: usize, rows: &[Row]) -> Vec<Vec<(usize, f64)>> {
    let mut wishes: Vec<Vec<(usize, f64)>> = vec![Vec::new(); columns];
    for row in rows {
        let (left, right) = (row.from.min(row.to), row.from.max(row.to));
        if left < right {
            wishes[right].push((left, row.between));
        } else if let Some(next) = wishes.get_mut(left + 1) {
            next.push((left, row.beside + 14.0));
        }
    }
    wishes
}
