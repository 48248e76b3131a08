//! The reading floor of the benchmarks: one file in, its syntax tree out, and nothing else.

use std::process::ExitCode;

use archviz::source::Sources;

fn main() -> ExitCode {
    let text = std::env::args().nth(1).map(std::fs::read_to_string);
    let Some(Ok(text)) = text else {
        return ExitCode::FAILURE;
    };
    let mut sources = Sources::default();
    let id = sources.add("benchmark.yaml", text);
    let is_read = sources.root(id).is_some();
    // As `check` does: the process ends here.
    std::mem::forget(sources);
    if is_read {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
