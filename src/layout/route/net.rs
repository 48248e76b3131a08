//! Nets: what has to be joined in each channel between two levels.
//!
//! In: a placed layered graph. Out: nets by channel. Refuses to know: tracks.

use crate::layout::layered::{Layered, index};
use crate::layout::place::Placement;

/// Ends above and below a channel that one line joins.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Net {
    pub(in crate::layout) channel: u32,
    /// X coordinates of lines that come from above.
    pub(in crate::layout) tops: Vec<i32>,
    /// X coordinates of lines that leave below.
    pub(in crate::layout) bottoms: Vec<i32>,
    /// Which track its level piece runs on; none for a straight line.
    pub(in crate::layout) track: Option<u32>,
    /// The rest of the line, if it had to be broken to pass another.
    pub(in crate::layout) rest: Option<u32>,
}

/// All nets, and where chains find them.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Nets {
    pub(in crate::layout) list: Vec<Net>,
    /// The net above the first vertex of each chain.
    pub(in crate::layout) above: Vec<Option<u32>>,
    /// The net below each vertex of a chain.
    pub(in crate::layout) below: Vec<Option<u32>>,
}

impl Net {
    /// The left and right end of its level piece.
    pub(in crate::layout) fn span(&self) -> (i32, i32) {
        let ends = || self.tops.iter().chain(&self.bottoms).copied();
        (ends().min().unwrap_or(0), ends().max().unwrap_or(0))
    }

    pub(in crate::layout) fn is_straight(&self) -> bool {
        let (left, right) = self.span();
        left == right
    }
}

/// The nets of all chains.
pub(in crate::layout) fn nets(layered: &Layered, placement: &Placement) -> Nets {
    let mut found = Nets {
        list: Vec::new(),
        above: vec![None; layered.chains.len()],
        below: vec![None; layered.vertices.len()],
    };
    for (chain, data) in layered.chains.iter().enumerate() {
        let last = data.first + data.len - 1;
        let top = placement.vertex[data.first as usize];
        let bottom = placement.vertex[last as usize];
        let first_channel = layered.vertices[data.first as usize].level;
        if let Some(tops) = ports(layered, placement, &data.tops) {
            found.above[chain] = Some(found.add(first_channel - 1, tops, vec![top]));
        }
        for vertex in data.first..last {
            let ends = [vertex, vertex + 1].map(|vertex| placement.vertex[vertex as usize]);
            let channel = layered.vertices[vertex as usize].level;
            found.below[vertex as usize] = Some(found.add(channel, vec![ends[0]], vec![ends[1]]));
        }
        if let Some(bottoms) = ports(layered, placement, &data.bottoms) {
            let channel = layered.vertices[last as usize].level;
            found.below[last as usize] = Some(found.add(channel, vec![bottom], bottoms));
        }
    }
    join_legs(layered, placement, &mut found);
    found
}

impl Nets {
    fn add(&mut self, channel: u32, tops: Vec<i32>, bottoms: Vec<i32>) -> u32 {
        self.list.push(Net {
            channel,
            tops,
            bottoms,
            ..Net::default()
        });
        index(self.list.len() - 1)
    }
}

/// The x coordinates of ports that are reached through the channel.
fn ports(layered: &Layered, placement: &Placement, ports: &[u32]) -> Option<Vec<i32>> {
    let reached: Vec<i32> = ports
        .iter()
        .filter(|port| !layered.ports[**port as usize].is_aside())
        .map(|port| placement.port[*port as usize])
        .collect();
    (!reached.is_empty()).then_some(reached)
}

/// The two legs of a line around a row meet beyond their level.
fn join_legs(layered: &Layered, placement: &Placement, found: &mut Nets) {
    for tie in layered.ties.iter().filter(|tie| tie.edge.is_none()) {
        let ends = vec![
            placement.vertex[tie.a as usize],
            placement.vertex[tie.b as usize],
        ];
        let level = layered.vertices[tie.a as usize].level;
        let chains =
            [tie.a, tie.b].map(|leg| layered.vertices[leg as usize].chain.unwrap_or(0) as usize);
        if layered.chains[chains[0]].bottoms.is_empty() {
            let net = found.add(level, ends, Vec::new());
            found.below[tie.a as usize] = Some(net);
            found.below[tie.b as usize] = Some(net);
        } else {
            let net = found.add(level - 1, Vec::new(), ends);
            found.above[chains[0]] = Some(net);
            found.above[chains[1]] = Some(net);
        }
    }
}
