//! Files that people write → model, with all problems at once: plans, rosters, records, and days as people say them.
//!
//! Nothing here opens a file, knows a clock or words a sentence: bytes come in, values and [`problem::Problem`]s go out, and a
//! problem's [`problem::Saying`] is worded elsewhere in two languages.

pub(crate) mod day_text;
mod file_kind;
pub(crate) mod near;
pub(crate) mod plan;
pub(crate) mod problem;
pub(crate) mod records;
pub(crate) mod roster;
mod stretch;
mod table;
mod text;
mod workbook;

pub use table::Input;
