//! Drawings of graphs that were laid out before, for those who draw the same again and again.
//!
//! In: a graph. Out: its drawing, from memory if the graph was laid out a little while ago;
//! a layout follows from its graph alone, so nobody can tell the difference but by the time.
//! Refuses to know: what graphs are of, and how a layout is made.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Drawing, Graph, Options, layout};

/// Rounds for which a drawing is kept that nobody asks for: what is broken by one save is
/// often back with the next.
const KEPT_ROUNDS: u32 = 4;

/// What was laid out in the last rounds.
#[derive(Debug, Default)]
pub struct Memory(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    round: u32,
    known: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    graph: Graph,
    drawing: Drawing,
    /// When it was last asked for.
    round: u32,
}

impl Memory {
    /// Begins a round; drawings that were not asked for in the last ones are forgotten.
    pub fn begin_round(&self) {
        let mut state = self.lock();
        state.round = state.round.wrapping_add(1);
        let now = state.round;
        state
            .known
            .retain(|known| now.wrapping_sub(known.round) <= KEPT_ROUNDS);
    }

    /// The drawing of a graph without special wishes.
    pub fn layout(&self, graph: &Graph) -> Drawing {
        if let Some(drawing) = self.lock().recall(graph) {
            return drawing;
        }
        // Other threads are not kept waiting; two may find the same drawing.
        let drawing = layout(graph, &Options::default());
        self.lock().learn(graph, &drawing);
        drawing
    }

    /// A thread that panicked left whole entries behind.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn recall(&mut self, graph: &Graph) -> Option<Drawing> {
        let now = self.round;
        let known = self.known.iter_mut().find(|known| known.graph == *graph)?;
        known.round = now;
        Some(known.drawing.clone())
    }

    fn learn(&mut self, graph: &Graph, drawing: &Drawing) {
        self.known.push(Known {
            graph: graph.clone(),
            drawing: drawing.clone(),
            round: self.round,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT_ROUNDS, Memory};
    use crate::layout::{Band, Edge, Graph, Node, Options, Size, layout};

    fn chain(nodes: usize) -> Graph {
        let node = |band| Node {
            size: Size {
                width: 80.0,
                height: 40.0,
            },
            band,
            group: None,
        };
        let edge = |from| Edge {
            from,
            to: from + 1,
            ..Edge::default()
        };
        Graph {
            bands: vec![Band::default(); nodes],
            nodes: (0..nodes).map(node).collect(),
            edges: (1..nodes).map(|to| edge(to - 1)).collect(),
            ..Graph::default()
        }
    }

    #[test]
    fn what_is_remembered_is_what_would_be_drawn() {
        let memory = Memory::default();
        for nodes in [2, 5, 2, 5, 3] {
            let graph = chain(nodes);
            let drawn = layout(&graph, &Options::default());
            assert_eq!(memory.layout(&graph), drawn, "{nodes} nodes");
        }
        assert_eq!(memory.lock().known.len(), 3);
    }

    #[test]
    fn what_nobody_asks_for_is_forgotten() {
        let memory = Memory::default();
        memory.layout(&chain(2));
        for round in 0..=KEPT_ROUNDS {
            assert_eq!(memory.lock().known.len(), 1 + usize::from(round > 0));
            memory.begin_round();
            memory.layout(&chain(3));
        }
        assert_eq!(memory.lock().known.len(), 1);
    }
}
