//! Reports: what the board says, as typed values that serialise and that lay themselves out as neutral documents.
//! Localising and masking happen here; escaping and layout do not.

pub(crate) mod audit;
pub(crate) mod board;
pub(crate) mod calendar;
pub(crate) mod change;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod frame;
pub(crate) mod lagging;
pub(crate) mod log;
pub(crate) mod mask;
pub(crate) mod notice;
pub(crate) mod optional;
pub(crate) mod plan;
pub(crate) mod proof;
pub(crate) mod remind;
pub(crate) mod review;
pub(crate) mod score;
pub(crate) mod show;
pub(crate) mod status;
pub(crate) mod todo;
pub(crate) mod verify;
pub(crate) mod weekly;

use std::io;

use serde::Serialize;

pub(crate) use change::Change;
pub(crate) use frame::Frame;

use crate::document::{Calendar, Document};
use crate::words::Words;

/// Keeps the first so many rows; how many were left out.
fn keep<T>(rows: &mut Vec<T>, limit: usize) -> usize {
    let omitted = rows.len().saturating_sub(limit);
    rows.truncate(limit);
    omitted
}

/// A report: a value for scripts (the whole, and its rows), and a document for people.
pub(crate) trait Report: Serialize {
    /// One row of the report, for `jsonl` and `csv`.
    type Row: Serialize + Sync;

    /// The rows.
    fn rows(&self) -> &[Self::Row];

    /// Whether the rows are none of [`Report::rows`], but read while they are handed out, because there may be too many to hold.
    fn reads_rows(&self) -> bool {
        false
    }

    /// Hands out the rows, some at a time.
    ///
    /// # Errors
    /// What `visit` runs into, and what the store says where rows are read.
    fn each_rows(&self, visit: &mut dyn FnMut(&[Self::Row]) -> io::Result<()>) -> io::Result<()> {
        visit(self.rows())
    }

    /// The report laid out for people, in the language of `words`.
    fn document<'a>(&'a self, words: &'a Words) -> Document<'a>;

    /// The same as one picture, of which people see no more than fits a screen.
    fn picture<'a>(&'a self, words: &'a Words) -> Document<'a> {
        self.document(words)
    }

    /// The days that it is about, where it is about days to come.
    fn calendar(&self, _words: &Words) -> Option<Calendar> {
        None
    }
}
