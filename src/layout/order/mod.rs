//! Crossing minimization: in which order the vertices of each level stand.
//!
//! In: a layered graph. Out: an [`Order`]. Refuses to know: coordinates.

mod barycenter;
mod blocks;
mod count;
mod global;
mod nest;
mod net;
mod search;
mod sift;

pub(super) use nest::Nest;
use net::Net;
pub(super) use search::{Goal, Search, carry, initial, minimize, remembered};

use super::layered::index;

/// The order of each level, and the position of each vertex in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) levels: Vec<Vec<u32>>,
    pub(super) position: Vec<u32>,
}

impl Order {
    /// Replaces the order of a level.
    pub(super) fn set(&mut self, level: usize, vertices: Vec<u32>) {
        for (position, vertex) in vertices.iter().enumerate() {
            self.position[*vertex as usize] = index(position);
        }
        self.levels[level] = vertices;
    }

    /// Adds a new vertex to a level.
    pub(super) fn insert(&mut self, level: usize, at: usize, vertex: u32) {
        let mut vertices = std::mem::take(&mut self.levels[level]);
        vertices.insert(at.min(vertices.len()), vertex);
        self.position
            .resize(self.position.len().max(vertex as usize + 1), 0);
        self.set(level, vertices);
    }
}
