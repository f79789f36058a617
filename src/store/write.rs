//! Writing: the transaction.

use std::cell::Cell;
use std::ops::Deref;

use super::creation::Creation;
use super::error::StoreError;
use super::pen::Pen;
use super::read::{Reader, Stamp, json};
use crate::model::entry::Batch;

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

    /// Begins a batch. A plan must be in force: its time zone says on which day an entry was recorded.
    ///
    /// # Errors
    /// `NoPlan`; `Conflict` where a batch of that id is there; and what reading runs into.
    pub fn pen(&mut self, batch: Batch) -> Result<Pen<'_>, StoreError> {
        Pen::new(&self.reader, &self.open, batch)
    }

    /// Replaces what is remembered of the files that the plan in force was read from: they changed without changing what
    /// they mean.
    ///
    /// # Errors
    /// What writing runs into.
    pub fn update_stamps(&mut self, files: &[Stamp]) -> Result<(), StoreError> {
        let sql = "UPDATE in_force SET files = ?1 WHERE id = (SELECT max(id) FROM in_force)";
        self.connection.execute(sql, [json(files)?])?;
        Ok(())
    }

    /// Keeps everything, for good: it is on the disk when this returns.
    ///
    /// # Errors
    /// `Unfinished` where a batch was left so, `Full`, `Busy` where a reader would not end, `Engine`; nothing was kept then.
    pub fn commit(self) -> Result<(), StoreError> {
        if self.open.get() {
            return Err(StoreError::Unfinished);
        }
        self.connection.execute_batch("COMMIT")?;
        self.creation.map_or(Ok(()), Creation::finish)
    }
}
