//! Node placement: x coordinates of nodes, chains and ports.
//!
//! In: an ordered layered graph. Out: a [`Placement`]. Refuses to know: rows' heights, routes.

mod narrow;
mod program;
mod segment;
mod simplex;
mod snap;

pub(super) use narrow::narrow;
pub(super) use program::{PORT_GAP, PORT_MARGIN, Placement, Weights, Width, place};
pub(super) use segment::cuts;
pub(super) use snap::snap;
