//! The process floor of the benchmarks: an empty program, built as the real one is.

fn main() {}
