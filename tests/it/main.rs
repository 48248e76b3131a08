//! All integration tests in one binary: folders of input and expected output.
//!
//! `cargo test --test it rules::` selects an area. `BLESS=1` rewrites expected files.
//! Trials that need the real consumers run under `tests/run`, which installs them.

mod case;
mod cli;
mod corpus;
mod diff;
mod docs;
mod drift;
mod examples;
mod findings;
mod finished;
mod git;
mod hostile;
mod house;
mod import;
mod merge;
mod mutations;
mod pictures;
mod properties;
mod repository;
mod rules;
mod seed;
mod serve;
mod truth;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let areas: &[fn() -> Vec<Trial>] = &[
        rules::trials,
        examples::trials,
        docs::trials,
        cli::trials,
        git::trials,
        merge::trials,
        house::trials,
        import::trials,
        corpus::trials,
        properties::trials,
        pictures::trials,
        drift::trials,
        truth::trials,
        mutations::trials,
        findings::trials,
        finished::trials,
        seed::trials,
        serve::trials,
        diff::trials,
    ];
    let trials: Vec<Trial> = areas.iter().flat_map(|area| area()).collect();
    libtest_mimic::run(&arguments, trials).exit();
}
