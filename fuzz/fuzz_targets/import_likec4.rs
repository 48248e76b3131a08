//! Any bytes as a file of kind `likec4`.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| reading::read("likec4", "fuzz.json", bytes));
