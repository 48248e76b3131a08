//! The neighbors of every vertex in the levels above and below, and along its own level.
//!
//! In: a layered graph. Out: neighbor lists. Refuses to know: orders.

use crate::layout::layered::Layered;

/// Neighbor lists of a layered graph, in compressed rows.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Net {
    pub(super) above: Lists,
    pub(super) below: Lists,
    /// Neighbors along the level.
    pub(super) beside: Lists,
    /// Whether a vertex is part of a chain.
    pub(super) is_chain: Vec<bool>,
    pub(super) level: Vec<u32>,
    /// Whether a vertex keeps its order among others of this kind.
    pub(super) is_kept: Vec<bool>,
}

/// Lists of vertices, one after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    start: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    fn build(count: usize, pairs: &[(u32, u32)]) -> Self {
        let mut start = vec![0_u32; count + 1];
        for (of, _) in pairs {
            start[*of as usize + 1] += 1;
        }
        for index in 0..count {
            start[index + 1] += start[index];
        }
        let mut next = start.clone();
        let mut items = vec![0; pairs.len()];
        for (of, item) in pairs {
            items[next[*of as usize] as usize] = *item;
            next[*of as usize] += 1;
        }
        Self { start, items }
    }

    pub(super) fn of(&self, vertex: u32) -> &[u32] {
        let vertex = vertex as usize;
        &self.items[self.start[vertex] as usize..self.start[vertex + 1] as usize]
    }
}

impl Net {
    pub(in crate::layout) fn build(layered: &Layered) -> Self {
        let count = layered.vertices.len();
        let mut down: Vec<(u32, u32)> = Vec::new();
        for chain in &layered.chains {
            let last = chain.first + chain.len - 1;
            let node = |port: &u32| layered.ports[*port as usize].node;
            down.extend(chain.tops.iter().map(|port| (node(port), chain.first)));
            down.extend((chain.first..last).map(|vertex| (vertex, vertex + 1)));
            down.extend(chain.bottoms.iter().map(|port| (last, node(port))));
        }
        let up: Vec<(u32, u32)> = down.iter().map(|(a, b)| (*b, *a)).collect();
        let beside: Vec<(u32, u32)> = layered
            .ties
            .iter()
            .filter(|tie| tie.a != tie.b)
            .flat_map(|tie| [(tie.a, tie.b), (tie.b, tie.a)])
            .collect();
        Self {
            above: Lists::build(count, &up),
            below: Lists::build(count, &down),
            beside: Lists::build(count, &beside),
            is_chain: layered
                .vertices
                .iter()
                .map(|vertex| vertex.chain.is_some())
                .collect(),
            level: layered.vertices.iter().map(|vertex| vertex.level).collect(),
            is_kept: layered
                .vertices
                .iter()
                .map(|vertex| vertex.is_kept)
                .collect(),
        }
    }

    pub(in crate::layout) fn len(&self) -> usize {
        self.level.len()
    }

    /// What it costs to stand between the ends of a level line.
    pub(super) fn obstacle(&self, vertex: u32) -> i64 {
        if self.is_chain[vertex as usize] { 2 } else { 8 }
    }
}
