//! All integration tests in one binary: folders of input and expected output.
//!
//! `cargo test --test it rules::` selects an area. `BLESS=1` rewrites expected files.
//! Trials that need the real consumers run under `tests/run`, which installs them.

mod case;
mod cli;
mod corpus;
mod diff;
mod docs;
mod documents;
mod drawing;
mod drift;
mod drift_laws;
mod examples;
mod explorer;
mod findings;
mod finished;
mod git;
mod git_driver;
mod hostile;
mod house;
mod import;
mod import_laws;
mod layout;
mod merge;
mod pictures;
mod pipelines;
mod policies;
mod properties;
mod queries;
mod repository;
mod rules;
mod scratch;
mod seed;
mod serve;
mod summary;
mod template_keys;
mod tools;
mod truth;
mod update;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let areas: &[fn() -> Vec<Trial>] = &[
        rules::trials,
        policies::trials,
        examples::trials,
        docs::trials,
        documents::trials,
        drawing::trials,
        queries::trials,
        pipelines::trials,
        tools::trials,
        template_keys::trials,
        cli::trials,
        git::trials,
        git_driver::trials,
        merge::trials,
        summary::trials,
        house::trials,
        import::trials,
        import_laws::trials,
        corpus::trials,
        update::trials,
        layout::trials,
        properties::trials,
        pictures::trials,
        drift::trials,
        truth::trials,
        drift_laws::trials,
        findings::trials,
        finished::trials,
        seed::trials,
        serve::trials,
        explorer::trials,
        diff::trials,
    ];
    let trials: Vec<Trial> = areas.iter().flat_map(|area| area()).collect();
    libtest_mimic::run(&arguments, trials).exit();
}
