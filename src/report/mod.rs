//! Reports: what the board says, as typed values that serialise and that lay themselves out as neutral documents.
//! Localising and masking happen here; escaping and layout do not.

pub mod audit;
pub mod board;
pub mod change;
pub mod check;
pub mod explain;
pub mod frame;
pub mod lagging;
pub mod log;
pub mod mask;
pub mod notice;
pub mod optional;
pub mod plan;
pub mod proof;
pub mod remind;
pub mod review;
pub mod score;
pub mod show;
pub mod status;
pub mod todo;

use serde::Serialize;

pub use change::Change;
pub use frame::Frame;

use crate::document::Document;
use crate::words::Words;

/// A report: a value for scripts (the whole, and its rows), and a document for people.
pub trait Report: Serialize {
    /// One row of the report, for `jsonl` and `csv`.
    type Row: Serialize + Sync;

    /// The rows.
    fn rows(&self) -> &[Self::Row];

    /// The report laid out for people, in the language of `words`.
    fn document<'a>(&'a self, words: &'a Words) -> Document<'a>;
}
