//! The phases in order.
//!
//! In: a graph and options. Out: a drawing. Refuses to know: how a phase works.

use super::assemble::{Parts, assemble};
use super::bundle::{Bundling, bundle};
use super::drawing::Drawing;
use super::gaps::Gaps;
use super::graph::Graph;
use super::heights::heights;
use super::inrow::{blocked, insert_stubs};
use super::layered::{InRow, expand};
use super::normalize::normalize;
use super::options::Options;
use super::order::{Nest, Net, Search, initial, minimize};
use super::place::{Weights, place};
use super::route::{assign, nets};
use super::rows::wrap;

/// Lays out a graph.
pub(super) fn run(graph: &Graph, options: &Options<'_>) -> Drawing {
    let problem = normalize(graph);
    let rows = wrap(&problem, options.aspect);
    let nest = Nest::build(&problem, &rows);
    let strands = bundle(&problem, &rows, Bundling::AtHubs);
    let mut in_row = vec![InRow::Straight; problem.edges.len()];
    let mut search = Search { restarts: 6, budget: options.effort };
    let (mut layered, mut order) = loop {
        let layered = expand(&problem, &rows, &strands, &in_row);
        let net = Net::build(&layered);
        let (order, _) = minimize(&net, &nest, initial(&layered), search);
        let blocked = blocked(&problem, &layered, &order);
        if blocked.is_empty() {
            break (layered, order);
        }
        for edge in blocked {
            let row = rows.of_node[problem.edges[edge as usize].from] as usize;
            in_row[edge as usize] = if row + 1 == rows.len() && row > 0 { InRow::Above } else { InRow::Below };
        }
        search.restarts = 2;
    };
    insert_stubs(&problem, &mut layered, &mut order);
    let weights = Weights { jog: 8, cut: 16, center: 1, tie: 2, width: 4, rounds: 2, budget: 10_000_000 };
    let placement = place(&layered, &order, &Gaps::new(&problem, &layered), weights);
    let mut nets = nets(&layered, &placement);
    let tracks = assign(&mut nets, layered.level_count);
    let heights = heights(&problem, &rows, &layered, &tracks);
    assemble(&Parts { problem: &problem, layered: &layered, placement: &placement, nets: &nets, heights: &heights })
}
