//! Chains: the shortest ways from one node to others, where some nodes must not be passed.
//!
//! In: edges between numbered nodes, a start, and what each node is to the search. Out: one
//! shortest chain to each goal that is reached. Refuses to know: what the nodes stand for.

use std::collections::VecDeque;

/// What a node is to a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Chains may pass it.
    Pass,
    /// Chains end at it.
    Goal,
    /// Chains must not touch it.
    Stop,
}

/// Who reaches whom in one step; neighbors in order, each once.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    next: Vec<Vec<usize>>,
}

impl Steps {
    /// The edges between so many nodes.
    pub(crate) fn new(nodes: usize, edges: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut next = vec![Vec::new(); nodes];
        for (from, to) in edges {
            next[from].push(to);
        }
        for list in &mut next {
            list.sort_unstable();
            list.dedup();
        }
        Self { next }
    }

    /// The shortest chain from `start` to each goal, by length, then by goal. `effort` is what
    /// may still be spent, in edges; a search that spends all of it ends early.
    pub(crate) fn chains(
        &self,
        start: usize,
        effort: &mut usize,
        role: impl Fn(usize) -> Role,
    ) -> Vec<Vec<usize>> {
        let mut came_from = std::collections::BTreeMap::from([(start, start)]);
        let mut waiting = VecDeque::from([start]);
        let mut goals = Vec::new();
        while let Some(node) = waiting.pop_front() {
            for next in &self.next[node] {
                *effort = effort.saturating_sub(1);
                if *effort == 0 || came_from.contains_key(next) || role(*next) == Role::Stop {
                    continue;
                }
                came_from.insert(*next, node);
                match role(*next) {
                    Role::Goal => goals.push(*next),
                    _ => waiting.push_back(*next),
                }
            }
        }
        let chain = |goal: usize| {
            let back = std::iter::successors(Some(goal), |node| {
                let before = came_from.get(node).copied()?;
                (before != *node).then_some(before)
            });
            let mut chain: Vec<usize> = back.collect();
            chain.reverse();
            chain
        };
        goals.into_iter().map(chain).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, Steps};

    #[test]
    fn chains_are_shortest_and_end_at_their_goals() {
        let steps = Steps::new(6, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (1, 5), (5, 4)]);
        let role = |node| match node {
            3 | 4 => Role::Goal,
            _ => Role::Pass,
        };
        let found = steps.chains(0, &mut 100, role);
        assert_eq!(found, [vec![0, 2, 3], vec![0, 1, 5, 4]]);
        let role = |node| match node {
            4 => Role::Goal,
            5 => Role::Stop,
            _ => Role::Pass,
        };
        assert_eq!(steps.chains(0, &mut 100, role), [vec![0, 2, 3, 4]]);
        assert!(steps.chains(0, &mut 2, role).is_empty());
    }
}
