//! Which vertices of a level have to stay together: the members of groups.
//!
//! In: groups of a problem. Out: sorted levels, and levels taken apart into items that may
//! change places. Refuses to know: crossings.

use crate::layout::normalize::Problem;
use crate::layout::rows::Rows;

/// The groups around each node that stand in one row.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Nest {
    /// From the outermost to the innermost; empty for chains.
    paths: Vec<Vec<u32>>,
    /// Whether a level has groups.
    has_groups: Vec<bool>,
}

/// Part of a level.
pub(super) enum Item {
    Vertex(u32),
    Group(Vec<Item>),
}

impl Nest {
    pub(in crate::layout) fn build(problem: &Problem, rows: &Rows) -> Self {
        let mut row_of_group: Vec<Option<Option<u32>>> = vec![None; problem.groups.len()];
        for (index, node) in problem.nodes.iter().enumerate() {
            let row = rows.of_node[index];
            for group in ancestors(problem, node.group) {
                row_of_group[group] = match row_of_group[group] {
                    None => Some(Some(row)),
                    Some(Some(known)) if known == row => Some(Some(row)),
                    _ => Some(None),
                };
            }
        }
        let mut nest = Self {
            paths: vec![Vec::new(); problem.nodes.len()],
            has_groups: vec![false; rows.len() * 2],
        };
        for (index, node) in problem.nodes.iter().enumerate() {
            let mut path: Vec<u32> = ancestors(problem, node.group)
                .filter(|group| row_of_group[*group].flatten().is_some())
                .map(crate::layout::layered::index)
                .collect();
            path.reverse();
            nest.has_groups[rows.of_node[index] as usize * 2] |= !path.is_empty();
            nest.paths[index] = path;
        }
        nest
    }

    fn path(&self, vertex: u32) -> &[u32] {
        self.paths.get(vertex as usize).map_or(&[], Vec::as_slice)
    }

    /// The outermost group of a row around a node.
    pub(super) fn outermost(&self, vertex: u32) -> Option<u32> {
        self.path(vertex).first().copied()
    }

    /// Whether a level has groups.
    pub(super) fn has_groups(&self, level: usize) -> bool {
        self.has_groups.get(level).is_some_and(|has| *has)
    }

    fn is_flat(&self, level: u32) -> bool {
        !self.has_groups(level as usize)
    }

    /// Sorts by key; members of a group stay together.
    pub(super) fn sort(&self, level: u32, items: &mut Vec<u32>, keys: &[i64]) {
        if self.is_flat(level) {
            items.sort_by_key(|vertex| keys[*vertex as usize]);
            return;
        }
        let mut tree = self.items(level, items);
        sort_items(&mut tree, keys);
        items.clear();
        flatten(&tree, items);
    }

    /// Takes a level apart into vertices and groups.
    pub(super) fn items(&self, level: u32, vertices: &[u32]) -> Vec<Item> {
        if self.is_flat(level) {
            return vertices.iter().copied().map(Item::Vertex).collect();
        }
        self.items_at(vertices, 0)
    }

    fn items_at(&self, vertices: &[u32], depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        let mut groups: Vec<(u32, usize, Vec<u32>)> = Vec::new();
        for vertex in vertices {
            let Some(group) = self.path(*vertex).get(depth) else {
                items.push(Item::Vertex(*vertex));
                continue;
            };
            if let Some(known) = groups.iter_mut().find(|known| known.0 == *group) {
                known.2.push(*vertex);
            } else {
                groups.push((*group, items.len(), vec![*vertex]));
                items.push(Item::Group(Vec::new()));
            }
        }
        for (_, place, members) in groups {
            items[place] = Item::Group(self.items_at(&members, depth + 1));
        }
        items
    }
}

fn ancestors(problem: &Problem, group: Option<usize>) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(group, |group| problem.groups[*group].parent)
}

fn sort_items(items: &mut [Item], keys: &[i64]) {
    for item in items.iter_mut() {
        if let Item::Group(members) = item {
            sort_items(members, keys);
        }
    }
    items.sort_by_cached_key(|item| {
        let mut members = Vec::new();
        flatten(std::slice::from_ref(item), &mut members);
        let sum: i64 = members.iter().map(|vertex| keys[*vertex as usize]).sum();
        sum / i64::try_from(members.len().max(1)).unwrap_or(1)
    });
}

/// The vertices of items in order.
pub(super) fn flatten(items: &[Item], into: &mut Vec<u32>) {
    for item in items {
        match item {
            Item::Vertex(vertex) => into.push(*vertex),
            Item::Group(members) => flatten(members, into),
        }
    }
}
