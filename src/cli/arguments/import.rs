//! The arguments of `import`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz import compose docker-compose.yml                to stdout
  archviz import compose docker-compose.yml -o architecture.yaml
  archviz import compose base.yml prod.yml                 merged, as with several -f
  archviz import kubernetes k8s/ compose compose.yaml      one model of several sources
  archviz import kubernetes k8s/ --format json             every fact with file, line and confidence
  archviz import --update compose compose.yaml             what the specification lacks, as a diff
  archviz import --update --yes compose compose.yaml       adds it; nothing else is touched

A word that is a kind starts a group of files; `archviz list importers` lists the kinds.
Exit code 3 means that something could not be read; the rest is imported.")]
pub(in crate::cli) struct ImportOptions {
    /// A kind of source, its files or folders, then further kinds
    #[arg(required = true, value_name = "KIND FILE…")]
    pub(in crate::cli) sources: Vec<String>,
    /// spec, or json with the evidence of every fact
    #[arg(long, short, value_enum, default_value_t = ImportFormat::Spec, value_name = "FORMAT")]
    pub(in crate::cli) format: ImportFormat,
    /// The file to write; it must not exist; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
    /// The platform's name [default: what the sources say, or the folder]
    #[arg(long)]
    pub(in crate::cli) name: Option<String>,
    /// Show what the specification lacks, as a unified diff; what it says is left alone
    #[arg(long, conflicts_with_all = ["format", "output", "name"])]
    pub(in crate::cli) update: bool,
    /// Write what `--update` shows
    #[arg(long, short, requires = "update", visible_alias = "write")]
    pub(in crate::cli) yes: bool,
}

/// What an import becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ImportFormat {
    /// A specification
    Spec,
    /// Facts with their evidence
    Json,
}
