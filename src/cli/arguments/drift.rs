//! The arguments of `drift`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::Args;

use super::check::FailOn;
use crate::cli::levels::Levels;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz drift                                            the sources that the specification names
  archviz drift compose docker-compose.yml                 these sources instead
  archviz drift kubernetes k8s/ connect connectors/*.json
  archviz drift --env prod                                 the sources of one environment
  archviz drift --format json                              every fact with its verdict and both places
  archviz drift --format github -D drift-version           annotations; other versions are errors

Only acceptances look at the date: `--today` makes a run repeatable.
Exit code 3 means that a source could not be read; what could be read is compared.")]
pub(in crate::cli) struct DriftOptions {
    /// A kind of source, its files or folders, then further kinds [default: the spec's sources]
    #[arg(value_name = "KIND FILE…")]
    pub(in crate::cli) sources: Vec<String>,
    /// The environment whose sources count, beside those of all environments
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// The day that acceptances are held against [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::cli::today::parse)]
    pub(in crate::cli) today: Option<crate::check::Day>,
    /// json (every fact), or a form of findings: human, short, sarif, github, gitlab or junit
    #[arg(long, short, default_value = "human", value_name = "FORMAT")]
    pub(in crate::cli) format: String,
    /// The lowest level that makes the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub(in crate::cli) fail_on: FailOn,
    /// Where the report is written; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
    /// Show at most this many findings to people; 0 shows all
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub(in crate::cli) max_findings: usize,
    #[command(flatten)]
    pub(in crate::cli) levels: Levels,
}
