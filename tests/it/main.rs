//! All integration tests in one binary: folders of input and expected output.
//!
//! `cargo test --test it rules::` selects an area. `BLESS=1` rewrites expected files.

mod case;
mod findings;
mod rules;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = rules::trials();
    trials.extend(findings::trials());
    libtest_mimic::run(&arguments, trials).exit();
}
