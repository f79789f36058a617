//! Writing: the transaction.

use std::ops::Deref;
use std::thread;
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::batch_writer::{BatchWriter, Progress};
use super::columns::json;
use super::creation::Creation;
use super::database::{Aim, Connection, ServerAddress, values};
use super::error::StoreError;
use super::head;
use super::read::{Reader, Stamp};
use super::seal;
use super::server_schema;
use crate::model::entry::Batch;

/// How far a clock may be behind what was recorded last, in milliseconds: beyond an hour it is another's batch, or a clock that was
/// far off.
const A_WHILE: i64 = 3_600_000;

/// How long it is tried to reach a server again that went away.
const AGAIN: Duration = Duration::from_secs(if cfg!(test) { 30 } else { 15 });

/// Whether a batch is in the store at that address. Asked by whoever alone may write, so that no transaction of before is still on its way.
fn is_kept(address: &ServerAddress, batch: Uuid) -> Result<bool, StoreError> {
    let connection = Connection::open_server(address)?;
    if !server_schema::is_made(&connection, address.schema())? {
        return Ok(false);
    }
    connection.begin(Aim::Write)?;
    let sql = "SELECT EXISTS (SELECT 1 FROM batch WHERE id = ?1)";
    let kept = connection.value(sql, values![batch.as_bytes()]);
    connection.roll_back();
    kept
}

/// All that one command changes. Reads as a [`Reader`] does, its own changes included. Dropped without a commit, it was nothing.
#[derive(Debug)]
pub struct Transaction {
    reader: Reader,
    /// How far its batches are.
    pub(super) progress: Progress,
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
    pub(super) fn new(reader: Reader, creation: Option<Creation>) -> Self {
        Self {
            reader,
            progress: Progress::default(),
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
        BatchWriter::new(&self.reader, &self.progress, Batch { at, ..batch })
    }

    /// Replaces what is remembered of the files that the plan in force was read from: they changed without changing what
    /// they mean.
    ///
    /// # Errors
    /// What writing runs into.
    pub fn update_stamps(&mut self, files: &[Stamp]) -> Result<(), StoreError> {
        // Many machines read a store on a server, and each has files of its own.
        if self.connection.address().is_some() {
            return Ok(());
        }
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
        if self.progress.open.get() {
            return Err(StoreError::Unfinished);
        }
        head::put(&self.connection)?;
        match self.connection.commit() {
            Err(StoreError::Lost) => self.look_up(),
            committed => committed,
        }?;
        self.creation.map_or(Ok(()), Creation::finish)
    }

    /// Whether the last batch is in the store, where the connection was lost before the server had said so.
    fn look_up(&self) -> Result<(), StoreError> {
        let (Some(batch), Some(address)) = (self.progress.last.get(), self.connection.address())
        else {
            return Err(StoreError::Lost);
        };
        let since = Instant::now();
        loop {
            match is_kept(address, batch) {
                Ok(true) => return Ok(()),
                Ok(false) => return Err(StoreError::Lost),
                Err(_) if since.elapsed() < AGAIN => thread::sleep(Duration::from_millis(250)),
                Err(_) => return Err(StoreError::Unsure { batch }),
            }
        }
    }
}
