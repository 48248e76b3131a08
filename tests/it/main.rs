//! All integration tests in one binary: folders of input and expected output.
//!
//! `cargo test --test it rules::` selects an area. `BLESS=1` rewrites expected files.

mod case;
mod rules;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let trials: Vec<Trial> = rules::trials();
    libtest_mimic::run(&arguments, trials).exit();
}
