//! Random graphs for laws about drawings.
//!
//! In: proptest. Out: graphs with groups, loops, parallel edges and hubs.

use archviz::layout::{Band, Direction, Edge, Graph, Group, Node, Size};
use proptest::prelude::{Strategy, any};
use proptest::sample::Index;

/// What a graph is made from.
#[derive(Clone, Debug)]
pub(crate) struct Seeds {
    direction: bool,
    bands: usize,
    groups: Vec<(Index, bool, Index)>,
    nodes: Vec<(u8, u8, Index, bool, Index)>,
    edges: Vec<(Index, Index, u8, u8)>,
}

/// Graphs of up to a number of nodes.
pub(crate) fn graphs(nodes: usize) -> impl Strategy<Value = Graph> {
    let group = (any::<Index>(), any::<bool>(), any::<Index>());
    let node = (
        any::<u8>(),
        any::<u8>(),
        any::<Index>(),
        any::<bool>(),
        any::<Index>(),
    );
    let edge = (any::<Index>(), any::<Index>(), any::<u8>(), any::<u8>());
    (
        any::<bool>(),
        1..6_usize,
        proptest::collection::vec(group, 0..4),
        proptest::collection::vec(node, 0..nodes),
        proptest::collection::vec(edge, 0..nodes * 2),
    )
        .prop_map(|(direction, bands, groups, nodes, edges)| {
            build(&Seeds {
                direction,
                bands,
                groups,
                nodes,
                edges,
            })
        })
}

fn build(seeds: &Seeds) -> Graph {
    let mut graph = Graph {
        direction: if seeds.direction {
            Direction::Right
        } else {
            Direction::Down
        },
        bands: vec![
            Band {
                title: Size::new(90.0, 30.0)
            };
            seeds.bands
        ],
        ..Graph::default()
    };
    for (band, is_nested, parent) in &seeds.groups {
        let parent =
            (*is_nested && !graph.groups.is_empty()).then(|| parent.index(graph.groups.len()));
        let band = parent.map_or(band.index(seeds.bands), |parent| graph.groups[parent].band);
        graph.groups.push(Group {
            band,
            parent,
            title: Size::new(70.0, 16.0),
        });
    }
    for (width, height, band, is_grouped, group) in &seeds.nodes {
        let group =
            (*is_grouped && !graph.groups.is_empty()).then(|| group.index(graph.groups.len()));
        let band = group.map_or(band.index(seeds.bands), |group| graph.groups[group].band);
        let size = Size::new(40.0 + f64::from(*width), 30.0 + f64::from(*height / 4));
        graph.nodes.push(Node { size, band, group });
    }
    if !graph.nodes.is_empty() {
        let count = graph.nodes.len();
        graph.edges = seeds
            .edges
            .iter()
            .map(|(from, to, label, bundle)| Edge {
                // Every third edge ends at a hub.
                from: from.index(count),
                to: if label % 3 == 0 { 0 } else { to.index(count) },
                label: (label % 4 > 0).then(|| Size::new(f64::from(*label) / 2.0 + 10.0, 18.0)),
                bundle: (bundle % 4 > 0).then(|| u32::from(bundle % 4)),
            })
            .collect();
    }
    graph
}
