//! Bands become rows of nodes.
//!
//! A band that is wider than the picture should be is wrapped ("stretch width",
//! after Nikolov, Tarassov and Branke, "In search for efficient heuristics for minimum-width
//! graph layering with consideration of dummy nodes", 2005).
//! In: a problem. Out: the row of each node. Refuses to know: orders within rows.

use super::layered::index;
use super::normalize::Problem;

/// Distance between neighbors that matters for the width of a row.
const PITCH: i32 = 44;

/// What a row takes besides its nodes: lines and labels above and below.
const CHANNEL: i32 = 60;
/// In a picture of fewer nodes, lines and labels need a share of the width.
const FEW: usize = 100;
const SHARE: f64 = 1.25;

/// Nodes in rows, from top to bottom.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// The row of each node.
    pub(super) of_node: Vec<u32>,
    /// The band of each row.
    pub(super) band: Vec<usize>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.band.len()
    }
}

/// Fills rows in the given order, and wraps at the width that gives the aspect.
pub(super) fn wrap(problem: &Problem, aspect: f64) -> Rows {
    let mut filler = Filler {
        problem,
        width: target_width(problem, aspect),
        rows: Rows {
            of_node: vec![0; problem.nodes.len()],
            band: Vec::new(),
        },
        used: 0,
    };
    let pulls = pulls(problem);
    for (band, items) in items(problem).iter_mut().enumerate() {
        filler.start(band);
        sort(items, &pulls);
        filler.fill(band, items);
    }
    filler.rows
}

/// What stays together in a row: a node, or a group with what is in it.
enum Item {
    Node(usize),
    Group(Vec<Item>),
}

struct Filler<'p> {
    problem: &'p Problem,
    width: i64,
    rows: Rows,
    /// How much of the last row is taken.
    used: i64,
}

impl Filler<'_> {
    fn start(&mut self, band: usize) {
        self.rows.band.push(band);
        self.used = 0;
    }

    /// Spreads items evenly over as many rows as they need. A group that is wider than a row
    /// has rows of its own.
    fn fill(&mut self, band: usize, items: &[Item]) {
        let total: i64 = items.iter().map(|item| self.wide(item)).sum();
        let share = total / ((total + self.width - 1) / self.width).max(1) + 1;
        for item in items {
            let wide = self.wide(item);
            match item {
                Item::Group(members) if wide > self.width && count(item) > 1 => {
                    if self.used > 0 {
                        self.start(band);
                    }
                    self.fill(band, members);
                    // What follows starts another row, and so does the next band.
                    self.used = i64::MAX / 4;
                }
                _ => {
                    if self.used > 0 && self.used + wide / 2 > share {
                        self.start(band);
                    }
                    self.used += wide;
                    self.put(item);
                }
            }
        }
    }

    fn put(&mut self, item: &Item) {
        match item {
            Item::Node(node) => self.rows.of_node[*node] = index(self.rows.band.len() - 1),
            Item::Group(members) => members.iter().for_each(|member| self.put(member)),
        }
    }

    fn wide(&self, item: &Item) -> i64 {
        match item {
            Item::Node(node) => pitch(self.problem, *node),
            Item::Group(members) => {
                members.iter().map(|member| self.wide(member)).sum::<i64>() + 28
            }
        }
    }
}

/// For each node, how its edges lead up (negative) or down.
fn pulls(problem: &Problem) -> Vec<(i64, i64)> {
    let mut pulls = vec![(0, 0); problem.nodes.len()];
    for edge in &problem.edges {
        let (from, to) = (problem.nodes[edge.from].band, problem.nodes[edge.to].band);
        let direction = i64::from(to > from) - i64::from(to < from);
        for (node, direction) in [(edge.from, direction), (edge.to, -direction)] {
            pulls[node].0 += direction;
            pulls[node].1 += 1;
        }
    }
    pulls
}

/// Items whose edges lead up come first: they get the upper rows.
fn sort(items: &mut [Item], pulls: &[(i64, i64)]) {
    for item in items.iter_mut() {
        if let Item::Group(members) = item {
            sort(members, pulls);
        }
    }
    items.sort_by_cached_key(|item| {
        let (sum, count) = pull(item, pulls);
        sum * 1000 / count.max(1)
    });
}

fn pull(item: &Item, pulls: &[(i64, i64)]) -> (i64, i64) {
    match item {
        Item::Node(node) => pulls[*node],
        Item::Group(members) => members
            .iter()
            .map(|member| pull(member, pulls))
            .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)),
    }
}

fn count(item: &Item) -> usize {
    match item {
        Item::Node(_) => 1,
        Item::Group(members) => members.iter().map(count).sum(),
    }
}

fn pitch(problem: &Problem, node: usize) -> i64 {
    i64::from(problem.nodes[node].width + PITCH)
}

/// The items of each band: outermost groups, and nodes outside of groups.
fn items(problem: &Problem) -> Vec<Vec<Item>> {
    let mut bands: Vec<Vec<Item>> = (0..problem.bands.len()).map(|_| Vec::new()).collect();
    let mut inner: Vec<Vec<Item>> = problem.groups.iter().map(|_| Vec::new()).collect();
    let mut band_of_group = vec![0; problem.groups.len()];
    for (node, data) in problem.nodes.iter().enumerate() {
        match data.group {
            Some(group) => inner[group].push(Item::Node(node)),
            None => bands[data.band].push(Item::Node(node)),
        }
        for group in std::iter::successors(data.group, |group| problem.groups[*group].parent) {
            band_of_group[group] = data.band;
        }
    }
    for group in (0..problem.groups.len()).rev() {
        let members = std::mem::take(&mut inner[group]);
        if members.is_empty() {
            continue;
        }
        match problem.groups[group].parent {
            Some(parent) => inner[parent].push(Item::Group(members)),
            None => bands[band_of_group[group]].push(Item::Group(members)),
        }
    }
    bands
}

/// The least width at which the rows are not too high for the aspect.
fn target_width(problem: &Problem, aspect: f64) -> i64 {
    let mut totals = vec![0; problem.bands.len()];
    let mut widest = 1;
    for (index, node) in problem.nodes.iter().enumerate() {
        totals[node.band] += pitch(problem, index);
        widest = widest.max(pitch(problem, index));
    }
    let heights = problem.nodes.iter().map(|node| node.height);
    let row_height = f64::from(heights.max().unwrap_or(0) + CHANNEL);
    let stretch = if problem.nodes.len() < FEW {
        SHARE
    } else {
        1.0
    };
    let mut width = widest.max(400);
    for _ in 0..96 {
        let rows: i64 = totals.iter().map(|total| (total + width - 1) / width).sum();
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let (across, down) = (width as f64 * stretch, rows as f64 * row_height);
        if across >= aspect * down {
            break;
        }
        width += width / 12 + 1;
    }
    width
}
