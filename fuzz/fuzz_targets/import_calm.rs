//! Any bytes as a file of kind `calm`.

#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| reading::read("calm", "fuzz.json", bytes));
