//! The arguments of `list`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz list components
  archviz list rules
  archviz list flows --format json")]
pub(in crate::cli) struct ListOptions {
    /// What to list
    #[arg(value_enum)]
    pub(in crate::cli) what: Listing,
    /// table or json
    #[arg(long, short, value_enum, default_value_t = ListFormat::Table, value_name = "FORMAT")]
    pub(in crate::cli) format: ListFormat,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Listing {
    /// Components of the specification
    Components,
    /// Layers of the specification
    Layers,
    /// Topics with producers and consumers
    Topics,
    /// Flows, declared and derived
    Flows,
    /// Scenarios of the specification
    Scenarios,
    /// Views, declared or generated
    Views,
    /// Rules and other findings of the program
    Rules,
    /// Kinds of changes that `diff` reports
    Changes,
    /// Formats of the program
    Formats,
    /// Kinds of sources that `import` reads
    Importers,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ListFormat {
    /// Aligned columns
    Table,
    /// One array of objects
    Json,
}
