//! The live preview: the explorer on loopback, made anew whenever the specification is saved.
//!
//! In: data of the page, version by version. Out: answers to a browser on this machine.
//! Refuses to know: how the data is made, terminals, and other machines.

mod board;
mod http;
mod inputs;
mod rebuild;
mod watch;

pub use board::Board;
pub use http::Server;
pub use inputs::folders;
pub use rebuild::Rebuild;
pub use watch::{Watch, settle};
