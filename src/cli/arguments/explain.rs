//! The arguments of `explain`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz explain topic-without-consumer
  archviz explain unknown-key
  archviz explain wildcard-coverage-changed")]
pub(in crate::cli) struct ExplainOptions {
    /// The code of a finding, or the id of a change
    pub(in crate::cli) code: String,
}
