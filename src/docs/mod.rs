//! Documents that quote the model: marked blocks, and numbers in prose.
//!
//! In: the text of a document and a model. Out: the text as it should be, and findings.
//! Refuses to know: files and arguments.

mod files;

pub use files::files;
