//! The arguments of `merge`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz merge base.yaml ours.yaml theirs.yaml -o merged.yaml
  git config merge.archviz.driver 'archviz merge %O %A %B -o %A --path %P --marker-size %L'
  # then, in .gitattributes:
  # architecture.yaml merge=archviz

Exit codes: 0 merged, 1 both sides changed the same thing (marked in the result), 3 a file can't be read.")]
pub(in crate::cli) struct MergeOptions {
    /// The version that both sides come from
    pub(in crate::cli) base: PathBuf,
    /// Our version
    pub(in crate::cli) ours: PathBuf,
    /// Their version
    pub(in crate::cli) theirs: PathBuf,
    /// The file to write; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
    /// What the file is called, for messages
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) path: Option<PathBuf>,
    /// How long the marks of a conflict are
    #[arg(long, default_value_t = 7, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub(in crate::cli) marker_size: u8,
    /// What conflicts call our side
    #[arg(long, default_value = "ours", value_name = "NAME")]
    pub(in crate::cli) ours_name: String,
    /// What conflicts call their side
    #[arg(long, default_value = "theirs", value_name = "NAME")]
    pub(in crate::cli) theirs_name: String,
}
