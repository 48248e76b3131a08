//! Blocks: nodes, groups of a row, and whole chains, each with one place in a global order.
//!
//! In: a layered graph. Out: blocks with the links at their ends. Refuses to know: orders.

use super::nest::Nest;
use crate::layout::layered::{Layered, index};

/// A block's link to another one, with its weight.
pub(super) type Link = (u32, i32);

/// All blocks of a layered graph.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks {
    pub(super) list: Vec<Block>,
    /// What is asked most of each block, side by side.
    pub(super) outlines: Vec<Outline>,
    /// The links of all blocks, one after another; first those above, then those below.
    links: Vec<Link>,
    /// Where the blocks of each level start, if levels stand one after another.
    level_start: Vec<u32>,
    /// Blocks that are no chains; they come first.
    pub(super) node_count: usize,
    /// The block of each vertex.
    pub(super) of_vertex: Vec<u32>,
}

/// What is asked most of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outline {
    pub(super) first: u32,
    pub(super) last: u32,
    /// Whether it stays in the order of others of its level that are kept.
    pub(super) is_kept: bool,
    /// Whether level lines lead to it.
    pub(super) is_tied: bool,
    /// The weight of a chain's line.
    pub(super) weight: i32,
    /// How much room it takes.
    pub(super) width: i32,
    /// Where its links start, where those below start, and where they end.
    ranges: [u32; 3],
}

impl Outline {
    /// Whether two blocks share a level.
    #[inline]
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// What keeps its place in all levels that it passes.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) first: u32,
    pub(super) last: u32,
    /// Its vertices, from top to bottom or from left to right.
    pub(super) vertices: Vec<u32>,
    /// Links to blocks above and below.
    pub(super) above: Vec<Link>,
    pub(super) below: Vec<Link>,
    /// Blocks of its level that a level line joins to it.
    pub(super) beside: Vec<u32>,
    /// What it costs a level line to pass it.
    pub(super) obstacle: i64,
    /// Whether it stays in the order of others of its level that are kept.
    pub(super) is_kept: bool,
    /// How much room it takes.
    pub(super) width: i64,
}

impl Block {
    fn outline(&self, ranges: [u32; 3]) -> Outline {
        Outline {
            ranges,
            first: self.first,
            last: self.last,
            is_kept: self.is_kept,
            is_tied: !self.beside.is_empty(),
            weight: i32::try_from(self.obstacle / 2).unwrap_or(i32::MAX),
            width: i32::try_from(self.width).unwrap_or(i32::MAX),
        }
    }
}

/// Weight of a line that stands for some edges; two single lines that cross cost 4.
fn weight(edges: usize) -> i32 {
    i32::try_from(edges.min(64)).unwrap_or(64) + 1
}

impl Blocks {
    pub(super) fn build(layered: &Layered, nest: &Nest) -> Self {
        let mut blocks = Self {
            list: Vec::new(),
            outlines: Vec::new(),
            links: Vec::new(),
            level_start: Vec::new(),
            node_count: 0,
            of_vertex: vec![0; layered.vertices.len()],
        };
        blocks.nodes(layered, nest);
        blocks.node_count = blocks.list.len();
        for chain in 0..layered.chains.len() {
            blocks.chain(layered, chain);
        }
        for tie in &layered.ties {
            let (a, b) = (
                blocks.of_vertex[tie.a as usize],
                blocks.of_vertex[tie.b as usize],
            );
            if a != b {
                blocks.list[a as usize].beside.push(b);
                blocks.list[b as usize].beside.push(a);
            }
        }
        blocks.outline();
        blocks
    }

    /// Sets what is asked most of each block beside the others.
    pub(super) fn outline(&mut self) {
        self.outlines.clear();
        self.links.clear();
        for block in &self.list {
            let start = index(self.links.len());
            self.links.extend_from_slice(&block.above);
            let middle = index(self.links.len());
            self.links.extend_from_slice(&block.below);
            let end = index(self.links.len());
            self.outlines.push(block.outline([start, middle, end]));
        }
        let count = self.list.iter().map(|block| block.last as usize + 1).max();
        let mut sizes = vec![0; count.unwrap_or(0) + 1];
        for level in self.list.iter().flat_map(|block| block.first..=block.last) {
            sizes[level as usize + 1] += 1;
        }
        for level in 1..sizes.len() {
            sizes[level] += sizes[level - 1];
        }
        self.level_start = sizes;
    }

    /// Where the blocks of a level are, if levels stand one after another.
    pub(super) fn level(&self, level: u32) -> std::ops::Range<usize> {
        let level = level as usize;
        self.level_start[level] as usize..self.level_start[level + 1] as usize
    }

    /// The blocks of all levels, one level after another, each in the order of a sequence.
    pub(super) fn by_level(&self, sequence: &[u32]) -> Vec<u32> {
        let mut next = self.level_start.clone();
        let mut levels = vec![0; next.last().copied().unwrap_or(0) as usize];
        for block in sequence {
            let outline = &self.outlines[*block as usize];
            for next in &mut next[outline.first as usize..=outline.last as usize] {
                levels[*next as usize] = *block;
                *next += 1;
            }
        }
        levels
    }

    /// Links to blocks above.
    #[inline]
    pub(super) fn above(&self, outline: &Outline) -> &[Link] {
        &self.links[outline.ranges[0] as usize..outline.ranges[1] as usize]
    }

    /// Links to blocks below.
    #[inline]
    pub(super) fn below(&self, outline: &Outline) -> &[Link] {
        &self.links[outline.ranges[1] as usize..outline.ranges[2] as usize]
    }

    /// All links of a block.
    pub(super) fn links(&self, block: u32) -> &[Link] {
        let ranges = self.outlines[block as usize].ranges;
        &self.links[ranges[0] as usize..ranges[2] as usize]
    }

    /// Members of groups that are kept stand in the order that they had.
    pub(super) fn remember(&mut self, position: &[u32]) {
        for block in self.list.iter_mut().filter(|block| block.is_kept) {
            block
                .vertices
                .sort_by_key(|vertex| position[*vertex as usize]);
        }
    }

    fn nodes(&mut self, layered: &Layered, nest: &Nest) {
        let mut block_of_group: Vec<Option<u32>> = Vec::new();
        for (vertex, data) in (0..).zip(&layered.vertices) {
            if data.chain.is_some() {
                continue;
            }
            let group = nest.outermost(vertex).map(|group| group as usize);
            if let Some(group) = group {
                block_of_group.resize(block_of_group.len().max(group + 1), None);
            }
            let known = group.and_then(|group| block_of_group[group]);
            let block = known.unwrap_or(index(self.list.len()));
            if known.is_none() {
                self.list.push(Block {
                    first: data.level,
                    last: data.level,
                    ..Block::default()
                });
            }
            if let Some(group) = group {
                block_of_group[group] = Some(block);
            }
            let members = &mut self.list[block as usize];
            members.vertices.push(vertex);
            members.obstacle += 16;
            members.is_kept |= data.is_kept;
            members.width += i64::from(data.left + data.right) + 28;
            self.of_vertex[vertex as usize] = block;
        }
    }

    fn chain(&mut self, layered: &Layered, chain: usize) {
        let data = &layered.chains[chain];
        let block = index(self.list.len());
        let vertices: Vec<u32> = layered.vertices_of(chain).collect();
        for vertex in &vertices {
            self.of_vertex[*vertex as usize] = block;
        }
        let ends = |ports: &[u32]| -> Vec<Link> {
            let ends = ports.iter().map(|port| &layered.ports[*port as usize]);
            ends.map(|port| (self.of_vertex[port.node as usize], weight(port.edges.len())))
                .collect()
        };
        let (above, below) = (ends(&data.tops), ends(&data.bottoms));
        for (end, weight) in &above {
            self.list[*end as usize].below.push((block, *weight));
        }
        for (end, weight) in &below {
            self.list[*end as usize].above.push((block, *weight));
        }
        let first = layered.vertices[data.first as usize].level;
        let label = data.label.map_or(0, |label| label.1.0);
        self.list.push(Block {
            first,
            last: first + data.len - 1,
            vertices,
            above,
            below,
            beside: Vec::new(),
            is_kept: false,
            obstacle: 2 * i64::from(weight(data.edges.len())),
            width: i64::from(label / i32::try_from(data.len.min(4)).unwrap_or(1)) + 14,
        });
    }
}
