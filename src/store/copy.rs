//! A copy of the store while others write: SQLite's own, of one moment.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::error::StoreError;
use super::open::Store;

impl Store {
    /// Copies the store as it is at one moment to a file, which is there and empty. Who writes waits until it is done, and not for what is
    /// done with the copy.
    ///
    /// # Errors
    /// `Busy` where somebody else kept writing, and what reading and writing run into.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let mut copy = Connection::open(path)?;
        // It is thrown away if anything happens.
        copy.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF")?;
        match Backup::new(self.connection(), &mut copy)?.step(-1)? {
            StepResult::Done => Ok(()),
            _ => Err(StoreError::Busy),
        }
    }
}
