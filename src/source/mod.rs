//! Files that people write → model, with all problems at once: plans, rosters, records, and days as people say them.
//!
//! Nothing here opens a file, knows a clock or words a sentence: bytes come in, values and [`Problem`]s go out, and a
//! problem's [`Saying`] is worded elsewhere in two languages.

pub mod day_text;
mod file_kind;
pub(crate) mod near;
pub mod plan;
pub mod problem;
pub mod records;
pub mod roster;

mod stretch;
mod table;
mod text;
mod workbook;

pub use problem::{Place, Problem, Problems, Saying, Severity};
pub use table::Input;
