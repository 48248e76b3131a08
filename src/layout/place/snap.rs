//! Jogs of a pixel or two: a port gives way, so that its line is straight.
//!
//! A linear program keeps such a jog where a margin would be broken by a pixel. Nobody sees
//! the margin; everybody sees the jog.
//! In: a placed layered graph. Out: the same with ports moved. Refuses to know: weights.

use std::collections::BTreeMap;

use super::program::{PORT_GAP, PORT_MARGIN, Placement};
use crate::layout::layered::{Chain, Layered};

/// Jogs that are not wanted.
const SNAP: i32 = 6;
/// What the distance between two ports may lose to them; their arrowheads stay apart.
const GAP_LOSS: i32 = 3;
/// What the distance to a corner may lose to them.
const MARGIN_LOSS: i32 = 6;

/// Moves ports whose line is nearly straight.
pub(in crate::layout) fn snap(layered: &Layered, mut placement: Placement) -> Placement {
    for ports in sides(layered, &placement).values() {
        for (at, port) in ports.iter().enumerate() {
            let node = layered.ports[*port as usize].node as usize;
            let beside = |next: Option<&u32>| next.map(|next| placement.port[*next as usize]);
            let left = at.checked_sub(1).and_then(|at| beside(ports.get(at)));
            let right = beside(ports.get(at + 1));
            let near = placement.vertex[node] + PORT_MARGIN - MARGIN_LOSS;
            let far = placement.right[node] - PORT_MARGIN + MARGIN_LOSS;
            let gap = PORT_GAP - GAP_LOSS;
            let least = left.map_or(near, |left| near.max(left + gap));
            let most = right.map_or(far, |right| far.min(right - gap));
            let line = line(layered, &placement, *port);
            let jog = (line - placement.port[*port as usize]).abs();
            if jog <= SNAP && (least..=most).contains(&line) {
                placement.port[*port as usize] = line;
            }
        }
    }
    placement
}

/// Ports by node and side, from left to right.
fn sides(layered: &Layered, placement: &Placement) -> BTreeMap<(u32, bool), Vec<u32>> {
    let mut sides: BTreeMap<(u32, bool), Vec<u32>> = BTreeMap::new();
    for (id, port) in (0..).zip(&layered.ports) {
        if !port.is_aside() {
            let side = sides.entry((port.node, port.is_below)).or_default();
            side.push(id);
        }
    }
    for ports in sides.values_mut() {
        ports.sort_by_key(|port| placement.port[*port as usize]);
    }
    sides
}

/// Where the line of a port comes from or goes to.
fn line(layered: &Layered, placement: &Placement, port: u32) -> i32 {
    let port = &layered.ports[port as usize];
    let Chain { first, len, .. } = &layered.chains[port.chain as usize];
    let vertex = if port.is_below {
        *first
    } else {
        first + len - 1
    };
    placement.vertex[vertex as usize]
}
