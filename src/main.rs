//! The `archviz` binary: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(archviz::cli::run() as u8)
}
