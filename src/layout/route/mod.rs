//! Edge routing: level pieces of lines on tracks between the levels.
//!
//! In: a placed layered graph. Out: nets with tracks. Refuses to know: y coordinates.

mod net;
mod skyline;
mod tracks;

pub(super) use net::{Nets, nets};
pub(super) use tracks::{assign, has_crowded_channel};
