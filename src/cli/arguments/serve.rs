//! The arguments of `serve`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz serve                                           at http://127.0.0.1:4567/
  archviz serve --open                                    and opens a browser there
  archviz serve --port 0 --spec platform/architecture.yaml")]
pub(in crate::cli) struct ServeOptions {
    /// The port of the loopback address; 0 takes a free one
    #[arg(long, default_value_t = 4567, value_name = "PORT")]
    pub(in crate::cli) port: u16,
    /// Open a browser at the page
    #[arg(long)]
    pub(in crate::cli) open: bool,
}
