//! The arguments of `drift`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use clap::Args;

use crate::cli::report::ReportOptions;

/// Here the form `json` says more than findings.
const FORMAT: &str =
    "json (every fact), or a form of findings: human, short, sarif, github, gitlab or junit";

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
#[command(mut_arg("format", |arg| arg.help(FORMAT)))]
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
    #[command(flatten)]
    pub(in crate::cli) report: ReportOptions,
}
