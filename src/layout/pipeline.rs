//! The phases in order.
//!
//! In: a graph and options. Out: a drawing. Refuses to know: how a phase works.

use super::assemble::{Parts, assemble};
use super::bundle::{Strand, merge, single};
use super::drawing::{Drawing, Route};
use super::gaps::Gaps;
use super::graph::Graph;
use super::heights::heights;
use super::inrow::{blocked, insert_stubs};
use super::layered::{InRow, Layered, expand};
use super::measure::{measure, score};
use super::normalize::{Problem, normalize};
use super::options::Options;
use super::order::{Goal, Nest, Order, Search, carry, initial, minimize};
use super::place::{Placement, Weights, place};
use super::route::{assign, nets};
use super::rows::{Estimate, Rows, wrap};
use super::turn::turn;

/// Lays out a graph.
pub(super) fn run(graph: &Graph, options: &Options<'_>) -> Drawing {
    let problem = normalize(graph);
    let mut best = Best {
        aspect: options.aspect,
        drawing: None,
    };
    let mut estimate = Estimate::guess(&problem);
    let budget =
        options.effort / 4 * share(problem.nodes.len() + problem.edges.len()) / ATTEMPTS as u64;
    for attempt in 0..ATTEMPTS {
        let rows = wrap(&problem, options.aspect, estimate);
        let search = search(&problem, attempt, budget);
        let (mut layered, mut order) = arrange(&problem, &rows, search);
        insert_stubs(&problem, &mut layered, &mut order);
        for drawing in draw(&problem, &rows, &layered, &order) {
            best.offer(drawing);
        }
        if let Some(drawing) = &best.drawing {
            estimate = Estimate::learn(&problem, &rows, drawing.1.size);
        }
    }
    let mut drawing = best.drawing.map(|best| best.1).unwrap_or_default();
    drawing.bands.truncate(graph.bands.len());
    drawing.routes.resize(graph.edges.len(), Route::default());
    let figures = measure(&drawing);
    drawing.report.crossings = figures.crossings;
    drawing.report.bends = figures.bends;
    drawing.report.length = figures.length;
    if problem.is_transposed {
        turn(&mut drawing);
    }
    drawing
}

/// Larger graphs get a larger share of work, up to a limit; four stands for one.
fn share(blocks: usize) -> u64 {
    let blocks = blocks as u64;
    (blocks * blocks.isqrt() / 180).clamp(4, 80)
}

/// In small graphs each crossing is seen; in large ones nobody can follow long lines.
fn search(problem: &Problem, attempt: usize, budget: u64) -> Search {
    let is_small = problem.nodes.len() + problem.edges.len() < 200;
    let (goal, crossing) = if is_small {
        (Goal::CrossingsFirst, 100)
    } else {
        (Goal::Together, 50)
    };
    Search {
        attempt,
        crossing,
        goal,
        budget,
    }
}

/// Orders that are worked out.
const ATTEMPTS: usize = 1;

/// The best drawing so far.
struct Best {
    aspect: f64,
    drawing: Option<(f64, Drawing)>,
}

impl Best {
    fn offer(&mut self, drawing: Drawing) {
        let score = score(&drawing, self.aspect);
        if self.drawing.as_ref().is_none_or(|best| score < best.0) {
            self.drawing = Some((score, drawing));
        }
    }
}

/// Orders all levels; edges that cannot be level lines go around their row.
fn arrange(problem: &Problem, rows: &Rows, search: Search) -> (Layered, Order) {
    let nest = Nest::build(problem, rows);
    let strands = single(problem);
    let mut in_row = vec![InRow::Straight; problem.edges.len()];
    let mut layered = expand(problem, rows, &strands, &in_row);
    let (mut order, _) = minimize(&layered, &nest, &initial(&layered), search);
    loop {
        let blocked = blocked(problem, &layered, &order);
        if blocked.is_empty() {
            break;
        }
        for edge in blocked {
            let row = rows.of_node[problem.edges[edge as usize].from] as usize;
            in_row[edge as usize] = if row + 1 == rows.len() && row > 0 {
                InRow::Above
            } else {
                InRow::Below
            };
        }
        let next = expand(problem, rows, &strands, &in_row);
        let start = carry(&layered, &order, &next);
        let again = Search {
            attempt: 0,
            budget: search.budget / 4,
            ..search
        };
        (order, _) = minimize(&next, &nest, &start, again);
        layered = next;
    }
    join(problem, rows, &in_row, layered, order)
}

/// Joins lines that run side by side.
fn join(
    problem: &Problem,
    rows: &Rows,
    in_row: &[InRow],
    layered: Layered,
    order: Order,
) -> (Layered, Order) {
    let strands: Vec<Strand> = merge(problem, rows, &layered, &order);
    if strands.len() == problem.edges.len() {
        return (layered, order);
    }
    let joined = expand(problem, rows, &strands, in_row);
    let order = carry(&layered, &order, &joined);
    (joined, order)
}

/// Widths of the picture that are tried, as the weight of its width.
const WIDTHS: [i32; 3] = [4, 12, 30];
/// Drawings of more nodes and edges are placed once, not for each width.
const LARGE: usize = 2000;
/// Exchanges of the network simplex at most.
const EXCHANGES: u64 = 30_000_000;

/// Places, routes and puts together, once for each width.
fn draw(problem: &Problem, rows: &Rows, layered: &Layered, order: &Order) -> Vec<Drawing> {
    let is_large = problem.nodes.len() + problem.edges.len() > LARGE;
    let widths = if is_large { &WIDTHS[1..2] } else { &WIDTHS[..] };
    let rounds = if is_large { 1 } else { 2 };
    let weights = Weights {
        jog: 8,
        cut: 16,
        center: 1,
        tie: 2,
        rounds,
        budget: EXCHANGES,
    };
    let placements = place(
        layered,
        order,
        &Gaps::new(problem, layered),
        weights,
        widths,
    );
    placements
        .iter()
        .map(|placement| finish(problem, rows, layered, placement))
        .collect()
}

fn finish(problem: &Problem, rows: &Rows, layered: &Layered, placement: &Placement) -> Drawing {
    let mut nets = nets(layered, placement);
    let tracks = assign(&mut nets, layered.level_count);
    let heights = heights(problem, rows, layered, &tracks);
    let mut drawing = assemble(&Parts {
        problem,
        layered,
        placement,
        nets: &nets,
        heights: &heights,
    });
    drawing.report.steps = placement.steps;
    drawing
}
