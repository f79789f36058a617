//! What somebody asks about: a day, and what was known by when.

use super::day::Day;

/// What is looked at: a day, and what was known by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The day asked about (`--as-of`).
    pub as_of: Day,
    /// Only what had been recorded by this day counts (`--known-by`).
    pub known_by: Option<Day>,
    /// Days of grace instead of the plan's.
    pub grace: Option<i32>,
}

impl View {
    /// All that is known, on that day.
    pub const fn on(as_of: Day) -> Self {
        Self {
            as_of,
            known_by: None,
            grace: None,
        }
    }
}
