//! The arguments of every command, with examples: one file a command.
//!
//! In: the process's arguments. Out: [`Arguments`]. Refuses to know: what commands do.

mod check;
mod diff;
mod documents;
mod drift;
mod explain;
mod import;
mod init;
mod list;
mod merge;
mod question;
mod render;
mod serve;
mod summary;

use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

pub(super) use check::CheckOptions;
pub(super) use diff::{DiffFailOn, DiffOptions};
pub(super) use documents::{DocsOptions, MdbookOptions};
pub(super) use drift::DriftOptions;
pub(super) use explain::ExplainOptions;
pub(super) use import::{ImportFormat, ImportOptions};
pub(super) use init::InitOptions;
pub(super) use list::{ListFormat, ListOptions, Listing};
pub(super) use merge::MergeOptions;
pub(super) use question::{Delivery, ImpactOptions, TraceOptions};
pub(super) use render::{PictureOptions, RenderOptions, Theme};
pub(super) use serve::ServeOptions;
pub(super) use summary::{SummaryFormat, SummaryOptions};

/// Architecture as code for teams who live with event streams.
#[derive(Debug, Parser)]
#[command(
    name = "archviz",
    version,
    max_term_width = 100,
    propagate_version = true
)]
#[command(after_help = "Examples:
  archviz check                                           every finding, at its place, with its cure
  archviz render                                          all views in all formats into out/
  archviz render -f mermaid --view event_backbone -o -    one picture to stdout
  archviz explain topic-without-consumer                  what a finding means

Exit codes: 0 clean, 1 findings, 2 usage, 3 an input could not be read or an output not written.")]
pub(super) struct Arguments {
    /// The specification [default: the nearest architecture.yaml in this folder and above]
    #[arg(
        long,
        short = 's',
        global = true,
        env = "ARCHVIZ_SPEC",
        value_name = "FILE"
    )]
    pub(super) spec: Option<PathBuf>,
    /// When to use colors
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
    /// Say only what was asked for
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Report every finding of every rule, with place, reason and help
    Check(CheckOptions),
    /// Write views and documents in any format
    Render(RenderOptions),
    /// Show the ways from one place to another, or a scenario in time
    Trace(TraceOptions),
    /// Show who is hurt when something goes away, or what the whole hangs on
    Impact(ImpactOptions),
    /// Show the explorer in a browser, live: it follows every save
    Serve(ServeOptions),
    /// Write the integration summary: what came since another version, with counts that add up
    Summary(SummaryOptions),
    /// Report what changed between two versions, whom it hurts, and where
    Diff(DiffOptions),
    /// Merge two versions of a specification by elements, for people and as a merge driver of git
    Merge(MergeOptions),
    /// Fill marked blocks of documents, and check the numbers in their prose
    Docs(DocsOptions),
    /// List what the specification or the program has
    List(ListOptions),
    /// Say what a finding means, why it matters and how to mend it
    Explain(ExplainOptions),
    /// Compare the specification with files of the real system
    Drift(DriftOptions),
    /// Write a specification of what exists in files of the real system
    Import(ImportOptions),
    /// Write a commented starter specification
    Init(InitOptions),
    /// Fill the marked blocks of a book, as a preprocessor of mdBook
    Mdbook(MdbookOptions),
    /// Print the JSON Schema of the language, or of what a command writes
    #[command(after_help = "Examples:
  archviz schema > architecture.schema.json
  archviz schema diff > changes.schema.json
  # then, as first line of architecture.yaml:
  # yaml-language-server: $schema=architecture.schema.json

  archviz schema drift                                    what `drift --format json` writes")]
    Schema {
        /// What is described
        #[arg(value_enum, default_value_t = SchemaOf::Language, value_name = "WHAT")]
        what: SchemaOf,
    },
    /// Print completions for a shell
    #[command(after_help = "Examples:
  archviz completions bash > /etc/bash_completion.d/archviz
  archviz completions zsh > ~/.zfunc/_archviz")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write man pages into a folder
    #[command(after_help = "Examples:
  archviz man --out man/
  man ./man/archviz-check.1")]
    Man {
        /// The folder
        #[arg(long, default_value = "man", value_name = "DIR")]
        out: PathBuf,
    },
}

/// What a JSON Schema is printed of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// Specifications
    Language,
    /// What `diff --format json` writes
    Diff,
    /// What `drift --format json` writes
    Drift,
}

/// The command's description, for completions, man pages and docs.
pub fn command() -> clap::Command {
    Arguments::command()
}
