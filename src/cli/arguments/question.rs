//! The arguments of `trace` and `impact`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz trace postgresql audit_service                  every way that data takes
  archviz trace user cosmos_db --max-hops 6 -f json
  archviz trace user cosmos_db -f mermaid                 the same as a picture
  archviz trace user_updates_profile                      a scenario with its latency budget
  archviz trace user_updates_profile -f markdown -o journey.md

A way follows flows, and goes through a topic from its producers to its consumers.
Fails with 1 if there is no way, if nothing backs a step, or if a budget is exceeded.")]
pub(in crate::cli) struct TraceOptions {
    /// The component or topic to start from; alone, a scenario
    #[arg(value_name = "FROM|SCENARIO")]
    pub(in crate::cli) from: String,
    /// The component or topic to get to
    #[arg(value_name = "TO")]
    pub(in crate::cli) to: Option<String>,
    /// Show paths of at most this many hops; the shortest is always shown
    #[arg(long, default_value_t = 8, value_name = "N")]
    pub(in crate::cli) max_hops: usize,
    /// Show at most this many paths
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(in crate::cli) max_paths: usize,
    #[command(flatten)]
    pub(in crate::cli) delivery: Delivery,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz impact kafka                                    who is hurt, how, and whom to ask
  archviz impact db.changes.users -f markdown
  archviz impact postgresql -f mermaid -o impact.mmd
  archviz impact                                          single points of failure, circles, fan-in and fan-out")]
pub(in crate::cli) struct ImpactOptions {
    /// The component or topic that goes away; without it, what the whole hangs on
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) delivery: Delivery,
}

/// How an answer is written, and where to.
#[derive(Debug, Args)]
pub(in crate::cli) struct Delivery {
    /// text, json or markdown, or a format of pictures such as mermaid
    #[arg(long, short, default_value = "text", value_name = "FORMAT")]
    pub(in crate::cli) format: String,
    /// The file to write; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
}
