//! The arguments of `diff`.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz diff examples/agentic-banking/before             what came since then
  archviz diff main --format pr-comment -o comment.md      for a pull request
  archviz diff v1.4 v1.5 --fail-on breaking                between two git revisions
  archviz diff old.yaml new.yaml --format json
  archviz diff main -f mermaid                             one picture with what changed marked
  archviz diff main --class topic-removed=risky            another class for one kind of change
  archviz diff main --suggest-renames                      lines that make renames certain
  git config diff.archviz.command 'archviz diff --git-driver'   git diff by elements, see docs/git.md")]
pub(in crate::cli) struct DiffOptions {
    /// The old version: a file, a folder, or a git revision (`REV` or `REV:path`)
    #[arg(value_name = "BASE", required_unless_present = "git_driver")]
    pub(in crate::cli) base: Option<String>,
    /// The new version, in the same forms [default: the specification as it is]
    #[arg(value_name = "HEAD")]
    pub(in crate::cli) head: Option<String>,
    /// How changes are written: text, markdown, pr-comment, json or html; or a picture of them in a
    /// format of `render`
    #[arg(long, short, default_value = "text", value_name = "FORMAT")]
    pub(in crate::cli) format: String,
    /// Where the report is written; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
    /// The lowest class that makes the command fail
    #[arg(long, value_enum, default_value_t = DiffFailOn::Never, value_name = "CLASS")]
    pub(in crate::cli) fail_on: DiffFailOn,
    /// Take a kind of change for another class: breaking, risky, safe or docs; repeatable
    #[arg(long, value_name = "KIND=CLASS", action = clap::ArgAction::Append)]
    pub(in crate::cli) class: Vec<String>,
    /// Take as renamed only what `formerly` states
    #[arg(long)]
    pub(in crate::cli) no_renames: bool,
    /// Report one file to git, which calls this as an external diff (see docs/git.md)
    #[arg(long, value_name = "ARGUMENT", num_args = 1..=9, allow_hyphen_values = true, conflicts_with = "base")]
    pub(in crate::cli) git_driver: Option<Vec<String>>,
    /// Print the `formerly` lines of what looks renamed, and nothing else
    #[arg(long, conflicts_with = "no_renames")]
    pub(in crate::cli) suggest_renames: bool,
    /// A folder whose templates override built-in ones of the same name [default: templates/ beside the spec]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,
}

/// The lowest class of changes that makes `diff` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiffFailOn {
    /// Breaking changes
    Breaking,
    /// Breaking and risky changes
    Risky,
    /// Any change
    Any,
    /// None
    Never,
}
