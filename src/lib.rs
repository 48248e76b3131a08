//! Architecture as code: a YAML specification in; findings, diagrams and change reports out.
//!
//! Phases, in order: `source` (texts), `spec` (what was written), `model` (what is
//! meant), `graph`, `check` (findings), `view` (what to show), `layout` (positions),
//! `render` (files), and `diff` (what changed between two models).
//! `pipeline` alone calls them in order.

pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod diff;
pub mod docs;
pub mod draw;
pub mod drift;
pub mod excerpt;
pub mod explorer;
pub mod files;
pub mod graph;
pub mod import;
pub mod layout;
pub mod merge;
pub mod model;
pub mod pipeline;
pub mod query;
pub mod render;
pub mod serve;
pub mod source;
pub mod spec;
mod text;
pub mod update;
pub mod view;
