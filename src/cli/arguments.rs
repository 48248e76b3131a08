//! The arguments of every command, with examples.
//!
//! In: the process's arguments. Out: [`Arguments`]. Refuses to know: what commands do.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::levels::Levels;

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

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz check
  archviz check --spec examples/web-shop/architecture.yaml
  archviz check --format sarif -o findings.sarif
  archviz check -D warnings -A missing-owner --fail-on warning
  archviz check --format github                           annotations on a pull request
  archviz check --write-baseline baseline.json            list what is there now, to be mended later
  archviz check --baseline baseline.json                  report only what is not listed, and what is listed in vain")]
pub(super) struct CheckOptions {
    /// How findings are written: human, short, json, sarif, github, gitlab or junit
    #[arg(long, short, default_value = "human", value_name = "FORMAT")]
    pub(super) format: String,
    /// The lowest level that makes the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub(super) fail_on: FailOn,
    /// Where findings are written; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Leave out the findings that this file lists, and report entries that no longer fire
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write a baseline of all findings, and report none
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(super) write_baseline: Option<PathBuf>,
    /// The day on which exceptions may be over [default: that of the clock]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::today::parse)]
    pub(super) today: Option<crate::check::Day>,
    /// Show at most this many findings to people; 0 shows all
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub(super) max_findings: usize,
    #[command(flatten)]
    pub(super) levels: Levels,
}

/// The lowest level that makes a command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Note,
    /// Nothing
    Never,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz render                                          all views in all formats but png into out/
  archviz render -f svg -f png -f drawio                  pictures that need nothing installed
  archviz render -f mermaid -f dot -o docs/architecture
  archviz render -f mermaid --view event_backbone -o -    one picture to stdout
  archviz render -f svg --previous out/                   keep the positions of what was there
  archviz render -f png --view full --scale 3 --theme dark
  archviz render -f html --since main                     the explorer, with what changed since `main`
  archviz render --check                                  fail if what is in out/ is stale or left over
  archviz render --prune                                  delete what earlier runs left over
  archviz render --template diagram.csv.j2                a format of your own, one file a view
  archviz render --templates my-templates/                override built-in templates file by file")]
pub(super) struct RenderOptions {
    /// A format, or `all`; repeatable [default: the spec's outputs, or all but png]
    #[arg(long, short, value_name = "FORMAT", action = clap::ArgAction::Append)]
    pub(super) format: Vec<String>,
    /// A view; repeatable [default: the spec's outputs, or all]
    #[arg(long, value_name = "VIEW", action = clap::ArgAction::Append)]
    pub(super) view: Vec<String>,
    /// The folder to write into, or `-` for one text on stdout [default: the spec's outputs, or out]
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Write nothing; show how what is there differs, and fail if it does
    #[arg(long)]
    pub(super) check: bool,
    /// Delete files of earlier runs that no view or format makes any more
    #[arg(long, conflicts_with = "check")]
    pub(super) prune: bool,
    /// A template of your own as a further format: `diagram.EXT.j2`, `sequence.EXT.j2` or `document.EXT.j2`
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// A folder whose templates override built-in ones of the same name [default: templates/ beside the spec]
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
    /// Show in the explorer (html) what changed since this file, folder or git revision
    #[arg(long, value_name = "BASE")]
    pub(super) since: Option<String>,
    #[command(flatten)]
    pub(super) pictures: PictureOptions,
}

/// How svg, png and drawio are drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pictures (svg, png, drawio)")]
pub(super) struct PictureOptions {
    /// The ground that pictures are shown on
    #[arg(long, value_enum, default_value_t = Theme::Auto, value_name = "THEME")]
    pub(super) theme: Theme,
    /// Pixels of PNG for each unit of the drawing, from 0.1 to 10
    #[arg(long, default_value_t = 2.0, value_name = "N", value_parser = scale)]
    pub(super) scale: f64,
    /// Put the letters of Latin languages into every SVG
    #[arg(long)]
    pub(super) embed_font: bool,
    /// Draw every card of a large view; more than 120 are folded together by default
    #[arg(long)]
    pub(super) full: bool,
    /// Keep order and positions of an earlier SVG, or of those in a folder
    #[arg(long, value_name = "PATH")]
    pub(super) previous: Option<PathBuf>,
}

/// The ground that pictures are shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Theme {
    /// What the reader's system prefers; light in PNG
    Auto,
    /// Light
    Light,
    /// Dark
    Dark,
}

fn scale(text: &str) -> Result<f64, String> {
    let scale = text.parse::<f64>().ok();
    let in_range = scale.filter(|scale| (0.1..=10.0).contains(scale));
    in_range.ok_or_else(|| "a number from 0.1 to 10".to_owned())
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz trace postgresql audit_service                  every way that data takes
  archviz trace user cosmos_db --max-hops 6 -f json
  archviz trace user cosmos_db -f mermaid                 the same as a picture
  archviz trace user_updates_profile                      a scenario with its latency budget
  archviz trace user_updates_profile -f markdown -o journey.md

A way follows flows, and goes through a topic from its producers to its consumers.
Fails with 1 if there is no way, if nothing backs a step, or if a budget is exceeded.")]
pub(super) struct TraceOptions {
    /// The component or topic to start from; alone, a scenario
    #[arg(value_name = "FROM|SCENARIO")]
    pub(super) from: String,
    /// The component or topic to get to
    #[arg(value_name = "TO")]
    pub(super) to: Option<String>,
    /// Show paths of at most this many hops; the shortest is always shown
    #[arg(long, default_value_t = 8, value_name = "N")]
    pub(super) max_hops: usize,
    /// Show at most this many paths
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(super) max_paths: usize,
    #[command(flatten)]
    pub(super) delivery: Delivery,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz impact kafka                                    who is hurt, how, and whom to ask
  archviz impact db.changes.users -f markdown
  archviz impact postgresql -f mermaid -o impact.mmd
  archviz impact                                          single points of failure, circles, fan-in and fan-out")]
pub(super) struct ImpactOptions {
    /// The component or topic that goes away; without it, what the whole hangs on
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    #[command(flatten)]
    pub(super) delivery: Delivery,
}

/// How an answer is written, and where to.
#[derive(Debug, Args)]
pub(super) struct Delivery {
    /// text, json or markdown, or a format of pictures such as mermaid
    #[arg(long, short, default_value = "text", value_name = "FORMAT")]
    pub(super) format: String,
    /// The file to write; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(super) output: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz serve                                           at http://127.0.0.1:4567/
  archviz serve --open                                    and opens a browser there
  archviz serve --port 0 --spec platform/architecture.yaml")]
pub(super) struct ServeOptions {
    /// The port of the loopback address; 0 takes a free one
    #[arg(long, default_value_t = 4567, value_name = "PORT")]
    pub(super) port: u16,
    /// Open a browser at the page
    #[arg(long)]
    pub(super) open: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz summary --since examples/agentic-banking/before
  archviz summary --since v1.4 -o docs/integration-summary.md
  archviz summary --since origin/main:platform/architecture.yaml --format html -o summary.html
  archviz summary --spec v2.0:architecture.yaml --since v1.4    two revisions, no checkout

BASE is a file, a folder, a git revision (the same specification there, includes and all) or REV:path.
What exists as a file or folder is meant; write refs/heads/NAME for a branch of the same name.")]
pub(super) struct SummaryOptions {
    /// The version to compare with
    #[arg(long, value_name = "BASE")]
    pub(super) since: String,
    /// The file to write; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Markdown, or one self-contained page
    #[arg(long, short, value_enum, default_value_t = SummaryFormat::Markdown, value_name = "FORMAT")]
    pub(super) format: SummaryFormat,
    /// Link to rendered pictures in this folder, such as `archviz render -f svg` writes, instead of Mermaid
    #[arg(long, value_name = "PATH")]
    pub(super) pictures: Option<String>,
    /// A template of your own instead of the built-in one: `NAME.md.j2` or `NAME.html.j2`
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// A folder whose templates override built-in ones of the same name [default: templates/ beside the spec]
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz merge base.yaml ours.yaml theirs.yaml -o merged.yaml
  git config merge.archviz.driver 'archviz merge %O %A %B -o %A --path %P --marker-size %L'
  # then, in .gitattributes:
  # architecture.yaml merge=archviz

Exit codes: 0 merged, 1 both sides changed the same thing (marked in the result), 3 a file can't be read.")]
pub(super) struct MergeOptions {
    /// The version that both sides come from
    pub(super) base: PathBuf,
    /// Our version
    pub(super) ours: PathBuf,
    /// Their version
    pub(super) theirs: PathBuf,
    /// The file to write; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(super) output: PathBuf,
    /// What the file is called, for messages
    #[arg(long, value_name = "PATH")]
    pub(super) path: Option<PathBuf>,
    /// How long the marks of a conflict are
    #[arg(long, default_value_t = 7, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub(super) marker_size: u8,
    /// What conflicts call our side
    #[arg(long, default_value = "ours", value_name = "NAME")]
    pub(super) ours_name: String,
    /// What conflicts call their side
    #[arg(long, default_value = "theirs", value_name = "NAME")]
    pub(super) theirs_name: String,
}

/// How a summary is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SummaryFormat {
    /// GitHub-flavored Markdown
    Markdown,
    /// One HTML page with its styles and pictures
    Html,
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
pub(super) struct DiffOptions {
    /// The old version: a file, a folder, or a git revision (`REV` or `REV:path`)
    #[arg(value_name = "BASE", required_unless_present = "git_driver")]
    pub(super) base: Option<String>,
    /// The new version, in the same forms [default: the specification as it is]
    #[arg(value_name = "HEAD")]
    pub(super) head: Option<String>,
    /// How changes are written: text, markdown, pr-comment, json or html; or a picture of them in a
    /// format of `render`
    #[arg(long, short, default_value = "text", value_name = "FORMAT")]
    pub(super) format: String,
    /// Where the report is written; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(super) output: PathBuf,
    /// The lowest class that makes the command fail
    #[arg(long, value_enum, default_value_t = DiffFailOn::Never, value_name = "CLASS")]
    pub(super) fail_on: DiffFailOn,
    /// Take a kind of change for another class: breaking, risky, safe or docs; repeatable
    #[arg(long, value_name = "KIND=CLASS", action = clap::ArgAction::Append)]
    pub(super) class: Vec<String>,
    /// Take as renamed only what `formerly` states
    #[arg(long)]
    pub(super) no_renames: bool,
    /// Report one file to git, which calls this as an external diff (see docs/git.md)
    #[arg(long, value_name = "ARGUMENT", num_args = 1..=9, allow_hyphen_values = true, conflicts_with = "base")]
    pub(super) git_driver: Option<Vec<String>>,
    /// Print the `formerly` lines of what looks renamed, and nothing else
    #[arg(long, conflicts_with = "no_renames")]
    pub(super) suggest_renames: bool,
    /// A folder whose templates override built-in ones of the same name [default: templates/ beside the spec]
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
}

/// The lowest class of changes that makes `diff` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFailOn {
    /// Breaking changes
    Breaking,
    /// Breaking and risky changes
    Risky,
    /// Any change
    Any,
    /// None
    Never,
}

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
pub(super) struct DocsOptions {
    /// Documents: .md, .mdx or .adoc [default: those of the spec's `documents`]
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Write nothing; show how documents differ, and fail if one does
    #[arg(long)]
    pub(super) check: bool,
    /// Correct wrong numbers in prose
    #[arg(long)]
    pub(super) fix: bool,
    /// Replace blocks that somebody edited by hand
    #[arg(long)]
    pub(super) overwrite: bool,
    /// Compare with this version for numbers such as flows.added: a file, a folder or a git revision
    #[arg(long, value_name = "BASE")]
    pub(super) since: Option<String>,
    /// How findings are written: human, short, json, sarif, github, gitlab or junit
    #[arg(long, short, default_value = "human", value_name = "FORMAT")]
    pub(super) format: String,
    /// The lowest level that makes the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub(super) fail_on: FailOn,
    /// Where findings are written; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) levels: Levels,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples, in book.toml:
  [preprocessor.archviz]
  command = \"archviz mdbook\"
  spec = \"../architecture.yaml\"                          # relative to book.toml; default: the nearest one
  pictures = \"architecture/\"                             # where `as=image` blocks find their pictures

The blocks are those of `archviz docs`. The files of the book stay as they are.")]
pub(super) struct MdbookOptions {
    /// `supports RENDERER`, as mdBook asks before it sends the book to stdin
    #[arg(value_name = "QUESTION")]
    pub(super) supports: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz list components
  archviz list rules
  archviz list flows --format json")]
pub(super) struct ListOptions {
    /// What to list
    #[arg(value_enum)]
    pub(super) what: Listing,
    /// table or json
    #[arg(long, short, value_enum, default_value_t = ListFormat::Table, value_name = "FORMAT")]
    pub(super) format: ListFormat,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Listing {
    /// Components of the specification
    Components,
    /// Layers of the specification
    Layers,
    /// Topics with producers and consumers
    Topics,
    /// Flows, declared and derived
    Flows,
    /// Scenarios of the specification
    Scenarios,
    /// Views, declared or generated
    Views,
    /// Rules and other findings of the program
    Rules,
    /// Kinds of changes that `diff` reports
    Changes,
    /// Formats of the program
    Formats,
    /// Kinds of sources that `import` reads
    Importers,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// Aligned columns
    Table,
    /// One array of objects
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz explain topic-without-consumer
  archviz explain unknown-key
  archviz explain wildcard-coverage-changed")]
pub(super) struct ExplainOptions {
    /// The code of a finding, or the id of a change
    pub(super) code: String,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz init
  archviz init platform/architecture.yaml --name \"Payments Platform\"
  archviz init --from compose docker-compose.yml           from what exists")]
pub(super) struct InitOptions {
    /// The file to write; it must not exist; `-` is stdout
    #[arg(default_value = "architecture.yaml", value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The platform's name [default: My Platform, or what the sources say]
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Start from what exists: kinds of sources with their files, as for `import`
    #[arg(long, num_args = 2.., value_name = "KIND FILE…")]
    pub(super) from: Vec<String>,
}

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
pub(super) struct DriftOptions {
    /// A kind of source, its files or folders, then further kinds [default: the spec's sources]
    #[arg(value_name = "KIND FILE…")]
    pub(super) sources: Vec<String>,
    /// The environment whose sources count, beside those of all environments
    #[arg(long, value_name = "NAME")]
    pub(super) env: Option<String>,
    /// The day that acceptances are held against [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::today::parse)]
    pub(super) today: Option<crate::check::Day>,
    /// json (every fact), or a form of findings: human, short, sarif, github, gitlab or junit
    #[arg(long, short, default_value = "human", value_name = "FORMAT")]
    pub(super) format: String,
    /// The lowest level that makes the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub(super) fail_on: FailOn,
    /// Where the report is written; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Show at most this many findings to people; 0 shows all
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub(super) max_findings: usize,
    #[command(flatten)]
    pub(super) levels: Levels,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz import compose docker-compose.yml                to stdout
  archviz import compose docker-compose.yml -o architecture.yaml
  archviz import compose base.yml prod.yml                 merged, as with several -f
  archviz import kubernetes k8s/ compose compose.yaml      one model of several sources
  archviz import kubernetes k8s/ --format json             every fact with file, line and confidence
  archviz import --update compose compose.yaml             what the specification lacks, as a diff
  archviz import --update --yes compose compose.yaml       adds it; nothing else is touched

A word that is a kind starts a group of files; `archviz list importers` lists the kinds.
Exit code 3 means that something could not be read; the rest is imported.")]
pub(super) struct ImportOptions {
    /// A kind of source, its files or folders, then further kinds
    #[arg(required = true, value_name = "KIND FILE…")]
    pub(super) sources: Vec<String>,
    /// spec, or json with the evidence of every fact
    #[arg(long, short, value_enum, default_value_t = ImportFormat::Spec, value_name = "FORMAT")]
    pub(super) format: ImportFormat,
    /// The file to write; it must not exist; `-` is stdout
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    pub(super) output: PathBuf,
    /// The platform's name [default: what the sources say, or the folder]
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Show what the specification lacks, as a unified diff; what it says is left alone
    #[arg(long, conflicts_with_all = ["format", "output", "name"])]
    pub(super) update: bool,
    /// Write what `--update` shows
    #[arg(long, short, requires = "update", visible_alias = "write")]
    pub(super) yes: bool,
}

/// What an import becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportFormat {
    /// A specification
    Spec,
    /// Facts with their evidence
    Json,
}

/// The command's description, for completions, man pages and docs.
pub fn command() -> clap::Command {
    Arguments::command()
}
