//! The arguments of `check`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::Args;

use crate::cli::report::ReportOptions;

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
    #[command(flatten)]
    pub(in crate::cli) report: ReportOptions,
    /// Leave out the findings that this file lists, and report entries that no longer fire
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Write a baseline of all findings, and report none
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(in crate::cli) write_baseline: Option<PathBuf>,
    /// The day on which exceptions may be over [default: that of the clock]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::cli::today::parse)]
    pub(in crate::cli) today: Option<crate::check::Day>,
}
