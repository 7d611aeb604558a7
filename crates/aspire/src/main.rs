//! Aspire, the one binary.
fn main() {}
