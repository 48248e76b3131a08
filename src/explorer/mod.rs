//! The explorer: one HTML file with the model, its pictures and its findings.
//!
//! In: what a run of the phases gave. Out: the text of the page, or of its data alone for
//! the live preview. Refuses to know: how pictures are drawn, files, and servers.

mod changes;
mod page;
mod payload;

pub use changes::{Changes, removed};
pub use page::{Live, page};
pub use payload::{Content, Pictures, payload, view};
