//! The arguments of `init`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz init
  archviz init platform/architecture.yaml --name \"Payments Platform\"
  archviz init --from compose docker-compose.yml           from what exists")]
pub(in crate::cli) struct InitOptions {
    /// The file to write; it must not exist; `-` is stdout
    #[arg(default_value = "architecture.yaml", value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// The platform's name [default: My Platform, or what the sources say]
    #[arg(long)]
    pub(in crate::cli) name: Option<String>,
    /// Start from what exists: kinds of sources with their files, as for `import`
    #[arg(long, num_args = 2.., value_name = "KIND FILE…")]
    pub(in crate::cli) from: Vec<String>,
}
