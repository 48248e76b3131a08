//! The command line: arguments in, phases called, exit code out.
//!
//! In: arguments. Out: data on stdout or in files, findings and progress on stderr, and
//! one of the documented exit codes. Refuses to know: how any phase works.

mod arguments;
mod base;
mod check;
mod diff;
mod documents;
mod drift;
mod explain;
mod folder;
mod git_driver;
mod import;
mod init;
mod levels;
mod list;
mod mdbook;
mod merge;
mod output;
mod page;
mod question;
mod render;
mod report;
mod resolved;
mod serve;
mod shell;
mod summary;
mod today;
mod workspace;

pub use arguments::command;

use clap::Parser;

use arguments::{Arguments, Verb};
use output::Output;

/// What a run ended with. The numbers are a contract; none is ever a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above the level that fails.
    Clean = 0,
    /// Findings, or a difference under `--check`.
    Findings = 1,
    /// Arguments that can't be understood.
    Usage = 2,
    /// An input could not be read, or an output not written.
    Io = 3,
}

/// Runs the program with the process's arguments.
pub fn run() -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let mut output = Output::new(arguments.color, arguments.quiet);
    match dispatch(&arguments, &mut output) {
        Ok(exit) => exit,
        Err(error) if output::is_broken_pipe(&error) => Exit::Clean,
        Err(error) => {
            output.error(&error);
            Exit::Io
        }
    }
}

/// Help and version go to stdout and succeed; everything else is a usage error.
fn usage(error: &clap::Error) -> Exit {
    let is_failure = error.use_stderr();
    // Nothing can be done if the terminal is gone.
    let _ = error.print();
    if is_failure { Exit::Usage } else { Exit::Clean }
}

fn dispatch(arguments: &Arguments, output: &mut Output) -> anyhow::Result<Exit> {
    match &arguments.verb {
        Verb::Check(options) => check::run(arguments, options, output),
        Verb::Render(options) => render::run(arguments, options, output),
        Verb::Trace(options) => question::trace(arguments, options, output),
        Verb::Impact(options) => question::impact(arguments, options, output),
        Verb::Serve(options) => serve::run(arguments, options, output),
        Verb::Summary(options) => summary::run(arguments, options, output),
        Verb::Diff(options) => diff::run(arguments, options, output),
        Verb::Merge(options) => merge::run(options, output),
        Verb::Docs(options) => documents::run(arguments, options, output),
        Verb::List(options) => list::run(arguments, options, output),
        Verb::Explain(options) => explain::run(options, output),
        Verb::Drift(options) => drift::run(arguments, options, output),
        Verb::Import(options) => import::run(arguments, options, output),
        Verb::Init(options) => init::run(options, output),
        Verb::Mdbook(options) => mdbook::run(arguments, options, output),
        Verb::Schema { what } => shell::schema(*what, output),
        Verb::Completions { shell } => shell::completions(*shell, output),
        Verb::Man { out } => shell::man(out, output),
    }
}
