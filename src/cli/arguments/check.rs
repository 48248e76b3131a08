//! The arguments of `check`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::levels::Levels;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz check
  archviz check --spec examples/web-shop/architecture.yaml
  archviz check --format sarif -o findings.sarif
  archviz check -D warnings -A missing-owner --fail-on warning
  archviz check --format github                           annotations on a pull request
  archviz check --write-baseline baseline.json            list what is there now, to be mended later
  archviz check --baseline baseline.json                  report only what is not listed, and what is listed in vain")]
pub(in crate::cli) struct CheckOptions {
    /// How findings are written: human, short, json, sarif, github, gitlab or junit
    #[arg(long, short, default_value = "human", value_name = "FORMAT")]
    pub(in crate::cli) format: String,
    /// The lowest level that makes the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub(in crate::cli) fail_on: FailOn,
    /// Where findings are written; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
    /// Leave out the findings that this file lists, and report entries that no longer fire
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Write a baseline of all findings, and report none
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(in crate::cli) write_baseline: Option<PathBuf>,
    /// The day on which exceptions may be over [default: that of the clock]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::cli::today::parse)]
    pub(in crate::cli) today: Option<crate::check::Day>,
    /// Show at most this many findings to people; 0 shows all
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub(in crate::cli) max_findings: usize,
    #[command(flatten)]
    pub(in crate::cli) levels: Levels,
}

/// The lowest level that makes a command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Note,
    /// Nothing
    Never,
}
