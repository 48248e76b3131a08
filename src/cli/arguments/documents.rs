//! The arguments of `docs` and `mdbook`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::Args;

use crate::cli::report::ReportOptions;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz docs README.md docs/architecture.md             bring their blocks up to date
  archviz docs                                            the documents that the specification lists
  archviz docs --check                                    in CI: fail with a unified diff if one is stale
  archviz docs --check --format github                    the same as annotations on a pull request
  archviz docs --fix                                      also correct wrong numbers in prose
  archviz docs summary.md --check --since v1.4            with numbers such as flows.added

A block stands between two comments:
  <!-- archviz:view event_backbone -->
  <!-- archviz:end -->
Kinds of blocks: view, scenario, card, components, topics, flows, layers, statistics, producers, consumers,
number. A claim is a number in prose: <!-- archviz:claim components=32 -->.")]
pub(in crate::cli) struct DocsOptions {
    /// Documents: .md, .mdx or .adoc [default: those of the spec's `documents`]
    #[arg(value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// Write nothing; show how documents differ, and fail if one does
    #[arg(long)]
    pub(in crate::cli) check: bool,
    /// Correct wrong numbers in prose
    #[arg(long)]
    pub(in crate::cli) fix: bool,
    /// Replace blocks that somebody edited by hand
    #[arg(long)]
    pub(in crate::cli) overwrite: bool,
    /// Compare with this version for numbers such as flows.added: a file, a folder or a git revision
    #[arg(long, value_name = "BASE")]
    pub(in crate::cli) since: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) report: ReportOptions,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples, in book.toml:
  [preprocessor.archviz]
  command = \"archviz mdbook\"
  spec = \"../architecture.yaml\"                          # relative to book.toml; default: the nearest one
  pictures = \"architecture/\"                             # where `as=image` blocks find their pictures

The blocks are those of `archviz docs`. The files of the book stay as they are.")]
pub(in crate::cli) struct MdbookOptions {
    /// `supports RENDERER`, as mdBook asks before it sends the book to stdin
    #[arg(value_name = "QUESTION")]
    pub(in crate::cli) supports: Vec<String>,
}
