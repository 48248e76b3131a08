//! The arguments of `summary`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz summary --since examples/agentic-banking/before
  archviz summary --since v1.4 -o docs/integration-summary.md
  archviz summary --since origin/main:platform/architecture.yaml --format html -o summary.html
  archviz summary --spec v2.0:architecture.yaml --since v1.4    two revisions, no checkout

BASE is a file, a folder, a git revision (the same specification there, includes and all) or REV:path.
What exists as a file or folder is meant; write refs/heads/NAME for a branch of the same name.")]
pub(in crate::cli) struct SummaryOptions {
    /// The version to compare with
    #[arg(long, value_name = "BASE")]
    pub(in crate::cli) since: String,
    /// The file to write; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
    /// Markdown, or one self-contained page
    #[arg(long, short, value_enum, default_value_t = SummaryFormat::Markdown, value_name = "FORMAT")]
    pub(in crate::cli) format: SummaryFormat,
    /// Link to rendered pictures in this folder, such as `archviz render -f svg` writes, instead of Mermaid
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) pictures: Option<String>,
    /// A template of your own instead of the built-in one: `NAME.md.j2` or `NAME.html.j2`
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) template: Option<PathBuf>,
    /// A folder whose templates override built-in ones of the same name [default: templates/ beside the spec]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,
}

/// How a summary is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SummaryFormat {
    /// GitHub-flavored Markdown
    Markdown,
    /// One HTML page with its styles and pictures
    Html,
}
