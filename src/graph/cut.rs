//! Articulation points: nodes without which the rest falls apart.
//!
//! In: a number of nodes, and edges whose directions are ignored. Out: each articulation
//! point with how many nodes are cut off from the largest piece that remains. Refuses to
//! know: what the nodes stand for.
//!
//! J. Hopcroft, R. Tarjan: Algorithm 447, Efficient algorithms for graph manipulation,
//! Communications of the ACM 16 (1973), 372-378; here without recursion, and with the sizes
//! of the subtrees that a node holds together.

/// A node that holds others together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CutPoint {
    /// The node.
    pub(crate) node: usize,
    /// Nodes that lose the largest remaining piece without it.
    pub(crate) cut_off: usize,
}

/// What is known of a node during the search.
#[derive(Clone, Copy, Default)]
struct Visit {
    /// The 1-based order of discovery; 0 if not yet seen.
    order: usize,
    /// The earliest node that its subtree has an edge to.
    low: usize,
    /// Nodes of its subtree, itself included.
    size: usize,
    /// Nodes of the subtrees that hang on it alone.
    hanging: usize,
    /// The largest of them.
    largest: usize,
    /// How many there are.
    pieces: usize,
}

/// The articulation points, in the order of nodes.
pub(crate) fn cut_points(nodes: usize, edges: &[(usize, usize)]) -> Vec<CutPoint> {
    let neighbors = neighbors(nodes, edges);
    let mut visits = vec![Visit::default(); nodes];
    let mut found = Vec::new();
    for root in 0..nodes {
        if visits[root].order == 0 {
            let members = explore(root, &neighbors, &mut visits);
            let is_root = |node: usize| node == root;
            let points = members
                .iter()
                .filter_map(|node| cut_point(*node, visits[*node], is_root(*node), members.len()));
            found.extend(points);
        }
    }
    found.sort_unstable_by_key(|point| point.node);
    found
}

fn neighbors(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut neighbors = vec![Vec::new(); nodes];
    for (from, to) in edges.iter().filter(|(from, to)| from != to) {
        neighbors[*from].push(*to);
        neighbors[*to].push(*from);
    }
    for list in &mut neighbors {
        list.sort_unstable();
        list.dedup();
    }
    neighbors
}

/// Visits what hangs together with `root`; gives its nodes.
fn explore(root: usize, neighbors: &[Vec<usize>], visits: &mut [Visit]) -> Vec<usize> {
    let mut members = Vec::new();
    let mut way: Vec<(usize, usize)> = Vec::new();
    enter(root, &mut members, &mut way, visits);
    while let Some((node, at)) = way.last_mut() {
        let (node, index) = (*node, *at);
        *at += 1;
        let parent = way.len().checked_sub(2).map(|above| way[above].0);
        match neighbors[node].get(index) {
            Some(next) if visits[*next].order == 0 => {
                enter(*next, &mut members, &mut way, visits);
            }
            Some(next) if Some(*next) != parent => {
                visits[node].low = visits[node].low.min(visits[*next].order);
            }
            Some(_) => {}
            None => {
                way.pop();
                if let Some(parent) = parent {
                    leave(node, parent, visits);
                }
            }
        }
    }
    members
}

fn enter(
    node: usize,
    members: &mut Vec<usize>,
    way: &mut Vec<(usize, usize)>,
    visits: &mut [Visit],
) {
    members.push(node);
    way.push((node, 0));
    // Orders start anew in each part; only nodes of one part are ever compared.
    visits[node].order = members.len();
    visits[node].low = members.len();
    visits[node].size = 1;
}

fn leave(node: usize, parent: usize, visits: &mut [Visit]) {
    let child = visits[node];
    let above = &mut visits[parent];
    above.low = above.low.min(child.low);
    above.size += child.size;
    if child.low >= above.order {
        above.hanging += child.size;
        above.largest = above.largest.max(child.size);
        above.pieces += 1;
    }
}

/// A root is one if two pieces hang on it, any other node if one does.
fn cut_point(node: usize, visit: Visit, is_root: bool, total: usize) -> Option<CutPoint> {
    let needed = if is_root { 2 } else { 1 };
    if visit.pieces < needed {
        return None;
    }
    let above = total - 1 - visit.hanging;
    let cut_off = total - 1 - visit.largest.max(above);
    Some(CutPoint { node, cut_off })
}

#[cfg(test)]
mod tests {
    use super::{CutPoint, cut_points};

    #[track_caller]
    fn check(edges: &[(usize, usize)], expected: &[(usize, usize)]) {
        let expected: Vec<CutPoint> = expected
            .iter()
            .map(|(node, cut_off)| CutPoint {
                node: *node,
                cut_off: *cut_off,
            })
            .collect();
        assert_eq!(cut_points(8, edges), expected);
    }

    #[test]
    fn nodes_that_hold_others_together_are_found_with_what_they_hold() {
        check(&[], &[]);
        check(&[(0, 1)], &[]);
        check(&[(0, 1), (1, 2)], &[(1, 1)]);
        check(&[(1, 0), (1, 2), (1, 3)], &[(1, 2)]);
        check(&[(0, 1), (1, 2), (2, 0)], &[]);
        check(&[(0, 1), (1, 0), (0, 0)], &[]);
        // Two triangles that share node 2, and a tail.
        let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2), (4, 5)];
        check(&edges, &[(2, 2), (4, 1)]);
        // Two parts.
        check(&[(0, 1), (1, 2), (5, 6), (6, 7)], &[(1, 1), (6, 1)]);
    }

    /// Against the definition: without the node, the largest piece and the rest.
    #[test]
    fn they_are_those_of_the_definition() {
        let mut state = 7_u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from((state >> 33) % below).unwrap()
        };
        for _ in 0..300 {
            let edges: Vec<_> = (0..random(14)).map(|_| (random(8), random(8))).collect();
            let expected: Vec<CutPoint> = (0..8)
                .filter_map(|node| {
                    let before = pieces(&edges, None);
                    let own = before.iter().find(|piece| piece.contains(&node)).unwrap();
                    let after = pieces(&edges, Some(node));
                    let parts: Vec<usize> = after
                        .iter()
                        .filter(|piece| own.contains(&piece[0]))
                        .map(Vec::len)
                        .collect();
                    let largest = parts.iter().max().copied().unwrap_or(0);
                    let cut_off = parts.iter().sum::<usize>() - largest;
                    (parts.len() > 1).then_some(CutPoint { node, cut_off })
                })
                .collect();
            assert_eq!(cut_points(8, &edges), expected, "{edges:?}");
        }
    }

    fn pieces(edges: &[(usize, usize)], without: Option<usize>) -> Vec<Vec<usize>> {
        let mut label: Vec<usize> = (0..8).collect();
        for _ in 0..8 {
            for (a, b) in edges {
                if Some(*a) != without && Some(*b) != without {
                    let least = label[*a].min(label[*b]);
                    (label[*a], label[*b]) = (least, least);
                }
            }
        }
        let label = &label;
        let of =
            |name: usize| (0..8).filter(move |node| label[*node] == name && Some(*node) != without);
        let all = (0..8).map(|name| of(name).collect::<Vec<_>>());
        all.filter(|piece| !piece.is_empty()).collect()
    }
}
