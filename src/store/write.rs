//! Writing: the transaction.

use std::cell::Cell;
use std::ops::Deref;

use super::batch_writer::BatchWriter;
use super::columns::json;
use super::creation::Creation;
use super::database::values;
use super::error::StoreError;
use super::head;
use super::read::{Reader, Stamp};
use super::seal;
use crate::model::entry::Batch;

/// How far a clock may be behind what was recorded last, in milliseconds: beyond an hour it is another's batch, or a clock that was
/// far off.
const A_WHILE: i64 = 3_600_000;

/// All that one command changes. Reads as a [`Reader`] does, its own changes included. Dropped without a commit, it was nothing.
#[derive(Debug)]
pub struct Transaction {
    reader: Reader,
    /// Whether a batch was begun and not finished.
    pub(super) open: Cell<bool>,
    /// Of a store that gets its name with this transaction.
    creation: Option<Creation>,
}

impl Deref for Transaction {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Transaction {
    pub(super) const fn new(reader: Reader, creation: Option<Creation>) -> Self {
        Self {
            reader,
            open: Cell::new(false),
            creation,
        }
    }

    /// Begins a batch. A plan must be in force: its time zone says on which day an entry was recorded. What is typed here is recorded
    /// after what was typed here before, though the clock may not have moved, or have been set back a little, or be held by the user.
    ///
    /// # Errors
    /// `NoPlan`; `Conflict` where a batch of that id is there; and what reading runs into.
    pub fn pen(&mut self, batch: Batch) -> Result<BatchWriter<'_>, StoreError> {
        let newest = "SELECT max(at) FROM batch";
        let newest: Option<i64> = self.connection.value(newest, &[])?;
        let at = match newest {
            Some(newest) if (0..A_WHILE).contains(&(newest - batch.at)) => newest + 1,
            _ => batch.at,
        };
        BatchWriter::new(&self.reader, &self.open, Batch { at, ..batch })
    }

    /// Replaces what is remembered of the files that the plan in force was read from: they changed without changing what
    /// they mean.
    ///
    /// # Errors
    /// What writing runs into.
    pub fn update_stamps(&mut self, files: &[Stamp]) -> Result<(), StoreError> {
        let last = "SELECT max(id) FROM in_force";
        let id: i64 = self.connection.value(last, &[])?;
        let sql = "UPDATE in_force SET files = ?1 WHERE id = ?2";
        self.connection.execute(sql, values![&json(files)?, id])?;
        seal::put_one(&self.connection, "in_force", id.into())
    }

    /// Keeps everything, for good: it is on the disk when this returns.
    ///
    /// # Errors
    /// `Unfinished` where a batch was left so, `Full`, `Busy` where a reader would not end, `Engine`; nothing was kept then.
    pub fn commit(self) -> Result<(), StoreError> {
        if self.open.get() {
            return Err(StoreError::Unfinished);
        }
        head::put(&self.connection)?;
        self.connection.execute_batch("COMMIT")?;
        self.creation.map_or(Ok(()), Creation::finish)
    }
}
