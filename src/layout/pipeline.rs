//! The phases in order.
//!
//! In: a graph and options. Out: a drawing. Refuses to know: how a phase works.

use super::assemble::{Parts, assemble};
use super::bundle::{Strand, merge, single};
use super::drawing::{Drawing, Route};
use super::gaps::Gaps;
use super::geometry::Size;
use super::graph::Graph;
use super::heights::heights;
use super::inrow::{blocked, insert_stubs};
use super::layered::{InRow, Layered, expand};
use super::measure::{measure, score};
use super::normalize::{Problem, normalize};
use super::options::Options;
use super::order::{Goal, Nest, Order, Search, carry, initial, minimize, remembered};
use super::place::{Placement, Weights, Width, cuts, narrow, place, snap};
use super::previous::{self, displacement, spots};
use super::report::{Displacement, Simplification};
use super::route::{assign, has_crowded_channel, nets};
use super::rows::{Rows, wrap};
use super::turn::turn;

/// Lays out a graph; near to an earlier drawing, unless that costs too many crossings.
pub(super) fn run(graph: &Graph, options: &Options<'_>) -> Drawing {
    let problem = normalize(graph);
    let spots = options
        .previous
        .map(|previous| spots(&problem, previous))
        .unwrap_or_default();
    let mut drawing = if spots.iter().all(Option::is_none) {
        solve(&problem, options)
    } else {
        let near = solve(
            &Problem {
                spots,
                ..problem.clone()
            },
            options,
        );
        let fresh = solve(&problem, options);
        nearer(&problem, options, near, fresh)
    };
    drawing.bands.truncate(graph.bands.len());
    drawing.routes.resize(graph.edges.len(), Route::default());
    drawing
}

/// The drawing near to the earlier one, if it is not much more tangled.
fn nearer(problem: &Problem, options: &Options<'_>, near: Drawing, fresh: Drawing) -> Drawing {
    let is_fresh = near.report.crossings > fresh.report.crossings * 2 + ALLOWED;
    let mut drawing = if is_fresh { fresh } else { near };
    drawing.report.displacement = options.previous.map(|previous| Displacement {
        is_fresh,
        ..displacement(problem, previous, &drawing)
    });
    drawing
}

/// Crossings that are always allowed for nodes to stay where they were.
const ALLOWED: usize = 12;

/// All phases, once.
fn solve(problem: &Problem, options: &Options<'_>) -> Drawing {
    let aspect = if problem.is_transposed {
        1.0 / options.aspect.max(0.01)
    } else {
        options.aspect
    };
    let mut best = Best {
        aspect,
        drawing: None,
    };
    let budget = options.effort / 4 * share(problem.nodes.len() + problem.edges.len());
    // Frames need rows of their own; only the order within them is kept.
    let rows = if problem.spots.is_empty() || !problem.groups.is_empty() {
        wrap(problem, aspect)
    } else {
        previous::rows(problem)
    };
    let mut chosen: Option<(Arranged, Drawn)> = None;
    for arranged in arrange(problem, &rows, search(problem, budget)) {
        let drawn = arranged.page(problem, &rows).draw(&mut best);
        if chosen
            .as_ref()
            .is_none_or(|chosen| drawn.score < chosen.1.score)
        {
            chosen = Some((arranged, drawn));
        }
    }
    if let Some((arranged, drawn)) = chosen {
        arranged.page(problem, &rows).narrow(drawn, &mut best);
    }
    let mut drawing = best.drawing.map(|best| best.1).unwrap_or_default();
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
    (blocks * blocks / 4000).clamp(4, 160)
}

/// In small graphs each crossing is seen; in large ones nobody can follow long lines.
fn search(problem: &Problem, budget: u64) -> Search {
    let count = problem.nodes.len() + problem.edges.len();
    // Without lines nothing is better than the order that was given.
    let budget = if problem.edges.is_empty() { 0 } else { budget };
    let (goal, crossing) = if count < SMALL {
        (Goal::CrossingsFirst, 100)
    } else {
        (Goal::Together, 50)
    };
    let is_free = problem.spots.is_empty() && !problem.edges.is_empty();
    let orders = if is_free && count < SMALL {
        (DRAWN / count.max(1)).clamp(2, 6)
    } else {
        1
    };
    Search {
        starts: if is_free { STARTS } else { 1 },
        orders,
        crossing,
        goal,
        budget,
    }
}

/// Fewer nodes and edges make a small graph.
const SMALL: usize = 200;
/// Orders that a search starts from.
const STARTS: usize = 4;
/// Nodes and edges that are drawn at most to compare orders of as many crossings, if two
/// orders have no more.
const DRAWN: usize = 180;

/// The best drawing so far.
struct Best {
    aspect: f64,
    drawing: Option<(f64, Drawing)>,
}

impl Best {
    fn offer(&mut self, drawing: Drawing) -> f64 {
        let score = score(&drawing, self.aspect);
        if self.drawing.as_ref().is_none_or(|best| score < best.0) {
            self.drawing = Some((score, drawing));
        }
        score
    }
}

/// A layered graph and its order.
struct Arranged {
    layered: Layered,
    order: Order,
}

impl Arranged {
    fn page<'p>(&'p self, problem: &'p Problem, rows: &'p Rows) -> Page<'p> {
        Page {
            problem,
            rows,
            layered: &self.layered,
            order: &self.order,
        }
    }
}

/// Orders all levels, in several ways.
fn arrange(problem: &Problem, rows: &Rows, search: Search) -> Vec<Arranged> {
    let nest = Nest::build(problem, rows);
    let strands = single(problem);
    let in_row = vec![InRow::Straight; problem.edges.len()];
    let layered = expand(problem, rows, &strands, &in_row);
    let orders = minimize(&layered, &nest, &start(problem, &layered), search);
    let plan = Plan {
        problem,
        rows,
        nest: &nest,
        search: Search {
            starts: 1,
            orders: 1,
            budget: search.budget / 8,
            ..search
        },
    };
    // The last one takes what the others copied: large graphs have but one.
    let copies = std::iter::repeat_n(layered, orders.len());
    copies
        .zip(orders)
        .map(|(layered, order)| plan.complete(&strands, layered, order))
        .collect()
}

/// What an order is completed by.
struct Plan<'p> {
    problem: &'p Problem,
    rows: &'p Rows,
    nest: &'p Nest,
    search: Search,
}

impl Plan<'_> {
    /// Edges that cannot be level lines go around their row; lines side by side are joined.
    fn complete(&self, strands: &[Strand], mut layered: Layered, mut order: Order) -> Arranged {
        let (problem, rows) = (self.problem, self.rows);
        let mut in_row = vec![InRow::Straight; problem.edges.len()];
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
            let next = expand(problem, rows, strands, &in_row);
            let start = carry(&layered, &order, &next);
            let mut orders = minimize(&next, self.nest, &start, self.search);
            order = orders.swap_remove(0);
            layered = next;
        }
        let (mut layered, mut order) = join(problem, rows, &in_row, layered, order);
        insert_stubs(problem, &mut layered, &mut order);
        Arranged { layered, order }
    }
}

fn start(problem: &Problem, layered: &Layered) -> Order {
    if problem.spots.is_empty() {
        initial(layered)
    } else {
        remembered(layered, &problem.spots)
    }
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

/// How much the width matters, in lines of eight.
const WIDTH: i32 = 12;
/// How much it matters that nodes stay where they were.
const ANCHOR: i32 = 1000;
/// Drawings of more nodes and edges are placed once, not for each width.
const LARGE: usize = 2000;
/// Widths that are made possible by cuts, as shares of what the aspect asks for.
const NARROWER: [f64; 3] = [1.3, 1.1, 0.95];
/// Exchanges of the network simplex at most.
const EXCHANGES: u64 = 10_000_000;

/// An order that is to be drawn.
struct Page<'p> {
    problem: &'p Problem,
    rows: &'p Rows,
    layered: &'p Layered,
    order: &'p Order,
}

/// How an order was drawn.
struct Drawn {
    score: f64,
    size: Size,
    is_cut: Vec<bool>,
    placement: Placement,
}

impl Page<'_> {
    fn is_large(&self) -> bool {
        self.problem.nodes.len() + self.problem.edges.len() > LARGE
    }

    /// Draws with straight lines, as wide as that takes.
    fn draw(&self, best: &mut Best) -> Drawn {
        let mut is_cut = cuts(self.layered, self.order);
        if !self.problem.spots.is_empty() && !self.is_large() {
            // Any line may give way to nodes that stay where they were.
            is_cut.fill(true);
        }
        let free = Width {
            weight: WIDTH,
            most: None,
        };
        self.place(is_cut, free, None, best)
    }

    /// If that is too wide, draws with lines that give way.
    fn narrow(&self, mut drawn: Drawn, best: &mut Best) {
        if self.is_large() || !self.problem.spots.is_empty() {
            return;
        }
        let (size, gaps) = (drawn.size, Gaps::new(self.problem, self.layered));
        for share in NARROWER {
            #[expect(clippy::cast_possible_truncation, reason = "sizes in pixels")]
            let width = (size.height * best.aspect * share) as i32 - self.problem.gutter;
            let least = narrow(self.layered, self.order, &gaps, &mut drawn.is_cut, width);
            let most = least.max(width);
            if f64::from(most) < size.width {
                let tight = Width {
                    weight: WIDTH,
                    most: Some(most),
                };
                drawn = self.place(drawn.is_cut, tight, Some(&drawn.placement), best);
            }
        }
    }

    /// Places, routes and puts together, and offers the drawing.
    fn place(
        &self,
        is_cut: Vec<bool>,
        width: Width,
        near: Option<&Placement>,
        best: &mut Best,
    ) -> Drawn {
        let weights = Weights {
            jog: 8,
            cut: 16,
            center: 1,
            tie: 2,
            anchor: ANCHOR,
            rounds: if self.is_large() { 1 } else { 2 },
            budget: EXCHANGES,
        };
        let gaps = Gaps::new(self.problem, self.layered);
        let placement = place(
            self.layered,
            self.order,
            &gaps,
            &is_cut,
            weights,
            width,
            near,
        );
        let shown = snap(self.layered, placement.clone());
        let drawing = finish(self.problem, self.rows, self.layered, &shown);
        Drawn {
            size: drawing.size,
            score: best.offer(drawing),
            is_cut,
            placement,
        }
    }
}

fn finish(problem: &Problem, rows: &Rows, layered: &Layered, placement: &Placement) -> Drawing {
    let mut nets = nets(layered, placement);
    let is_fast = has_crowded_channel(&nets, layered.level_count);
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
    if problem.nodes.len() + problem.edges.len() > LARGE {
        drawing.report.simplifications = vec![
            Simplification::FewerRestarts,
            Simplification::NoSifting,
            Simplification::FastPlacement,
        ];
    }
    if is_fast {
        let simplifications = &mut drawing.report.simplifications;
        simplifications.push(Simplification::FastTracks);
    }
    drawing
}
