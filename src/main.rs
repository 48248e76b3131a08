//! The `archviz` binary.
fn main() {}
