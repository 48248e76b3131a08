//! Any bytes go in as the text of a source of kind `structurizr`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| archviz_fuzz::import("structurizr", "workspace.json", bytes));
