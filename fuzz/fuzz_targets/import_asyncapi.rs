//! Any bytes go in as the text of a source of kind `asyncapi`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| archviz_fuzz::import("asyncapi", "asyncapi.yaml", bytes));
