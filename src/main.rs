//! duban
fn main() {}
