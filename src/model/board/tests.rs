//! Laws of the fold: it agrees with a second reading of docs/rules.md on random campaigns, and its figures add up.
//!
//! `PROPTEST_CASES=20000 cargo test --lib board` looks further than the usual run.

pub(in crate::model) mod campaign;
mod cases;
mod chance;
mod deadlines;
mod laws;
mod second_reading;
