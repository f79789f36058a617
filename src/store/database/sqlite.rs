//! SQLite: how a file is opened, how long to wait for somebody else, and what its values are here.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Read};
use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement};

use super::super::error::StoreError;
use super::Aim;
use super::patience::{PATIENCE, patient};
use super::queue::FolderLock;
use super::value::Value;

/// After so long a file is tried again that somebody else has at this moment.
const AGAIN: Duration = Duration::from_micros(500);

/// A connection to a file.
#[derive(Debug)]
pub(super) struct File {
    connection: Connection,
    /// Whoever has begun to write has it.
    turn: RefCell<Option<FolderLock>>,
}

impl From<Connection> for File {
    fn from(connection: Connection) -> Self {
        Self {
            connection,
            turn: RefCell::default(),
        }
    }
}

impl Deref for File {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl File {
    pub(super) fn begin(&self, aim: Aim) -> Result<(), StoreError> {
        match aim {
            Aim::Look => Ok(self.execute_batch("BEGIN")?),
            Aim::Write => self.begin_in_turn(PATIENCE),
            Aim::Found => Ok(self.execute_batch("BEGIN IMMEDIATE")?),
        }
    }

    fn begin_in_turn(&self, patience: Duration) -> Result<(), StoreError> {
        let path = self.connection.path().filter(|path| !path.is_empty());
        let turn = match path.and_then(|path| Path::new(path).parent()) {
            Some(folder) => FolderLock::wait(folder, patience),
            None => Ok(None),
        };
        let begun = match turn {
            Ok(turn) => {
                let begun = self.execute_batch("BEGIN IMMEDIATE");
                self.turn.replace(turn.filter(|_| begun.is_ok()));
                begun
            }
            // It is nobody's who writes where whoever has it was halted. To wait for SQLite as well would be to wait twice.
            Err(_) => {
                self.busy_timeout(Duration::ZERO)?;
                let begun = self.execute_batch("BEGIN IMMEDIATE");
                self.busy_timeout(PATIENCE)?;
                begun
            }
        };
        Ok(begun?)
    }

    pub(super) fn commit(&self) -> Result<(), StoreError> {
        self.execute_batch("COMMIT")?;
        self.turn.take();
        Ok(())
    }

    pub(super) fn roll_back(&self) {
        if !self.is_autocommit() {
            // Nothing is lost if this fails: SQLite rolls back by itself when the file is closed.
            let _ = self.execute_batch("ROLLBACK");
        }
        self.turn.take();
    }
}

/// A connection that waits for others. Readers, too, ask for the right to write where the file grants it: only so can they
/// take back what a writer that died left half done.
pub(super) fn open(path: &Path, writes: bool) -> Result<File, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection =
        Connection::open_with_flags(path, flags).map_err(|error| unreachable_file(error, path))?;
    connection.busy_handler(Some(patient(AGAIN)))?;
    // Else SQLite plans a statement anew for each value bound to it where it hopes for a better plan. Ours are all by key.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(match writes {
        // Reading goes from the first page to the last, or down to a few: what is remembered costs more than it saves.
        false => "PRAGMA cache_size = -96",
        // `FULL` leaves open whether the journal's removal, which is the commit, reached the disk; `EXTRA` does not.
        true => "PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON; PRAGMA cache_size = -32768",
    })?;
    Ok(connection.into())
}

/// A database that is gone with its connection.
pub(super) fn scratch() -> Result<File, StoreError> {
    let connection = Connection::open("")?;
    connection.execute_batch(
        "PRAGMA cache_size = -32768; PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF",
    )?;
    Ok(connection.into())
}

/// SQLite's own copy of a database, of one moment. Who writes waits until it is done, and not for what is done with the copy.
pub(super) fn copy(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let mut copy = Connection::open(path)?;
    // It is thrown away if anything happens.
    copy.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF")?;
    match Backup::new(connection, &mut copy)?.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

/// Puts values into a statement.
#[inline]
pub(super) fn bind(statement: &mut Statement<'_>, values: &[Value<'_>]) -> Result<(), StoreError> {
    for (value, at) in values.iter().zip(1..) {
        statement.raw_bind_parameter(at, ToSqlOutput::Borrowed((*value).into()))?;
    }
    Ok(())
}

/// Puts one more value into a statement, after so many.
#[inline]
pub(super) fn bind_last(
    statement: &mut Statement<'_>,
    after: usize,
    value: Value<'_>,
) -> Result<(), StoreError> {
    Ok(statement.raw_bind_parameter(after + 1, ToSqlOutput::Borrowed(value.into()))?)
}

impl<'v> From<Value<'v>> for ValueRef<'v> {
    #[inline]
    fn from(value: Value<'v>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Integer(number) => Self::Integer(number),
            Value::Real(number) => Self::Real(number),
            Value::Text(text) => Self::Text(text),
            Value::Blob(bytes) => Self::Blob(bytes),
        }
    }
}

impl<'v> From<ValueRef<'v>> for Value<'v> {
    #[inline]
    fn from(value: ValueRef<'v>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Real(number),
            ValueRef::Text(text) => Self::Text(text),
            ValueRef::Blob(bytes) => Self::Blob(bytes),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(failure, message) => match failure.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
                ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
                ErrorCode::DiskFull => Self::Full,
                ErrorCode::NotADatabase => Self::NotADatabase,
                ErrorCode::DatabaseCorrupt => {
                    Self::corrupt(message.clone().unwrap_or_else(|| failure.to_string()))
                }
                _ => Self::Engine(Box::new(error)),
            },
            rusqlite::Error::Utf8Error(..) => Self::corrupt(error.to_string()),
            _ => Self::Engine(Box::new(error)),
        }
    }
}

/// Whether a file says that it is in write-ahead mode: only another tool switches a store to that. Whoever reads it then has to
/// write files beside it.
pub(in crate::store) fn is_in_wal(path: &Path) -> bool {
    let mut head = [0; 20];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    // The file format's versions for writing and reading: 1 with a rollback journal, 2 with a write-ahead log.
    read.is_ok() && head[18..] == [2, 2]
}

/// SQLite only says that it cannot open a file; the system knows why.
fn unreachable_file(error: rusqlite::Error, path: &Path) -> StoreError {
    match fs::OpenOptions::new().read(true).open(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => cause.into(),
        Err(cause) => match path.parent().map(Path::metadata) {
            Some(Ok(_)) => StoreError::ReadOnly,
            _ => cause.into(),
        },
        Ok(_) => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_has_the_turn_until_the_transaction_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        Connection::open(&path).unwrap();
        let file = open(&path, true).unwrap();
        let is_free = || FolderLock::wait(folder.path(), Duration::ZERO).is_ok();
        for end in [
            |file: &File| file.commit().unwrap(),
            |file: &File| file.roll_back(),
        ] {
            file.begin(Aim::Write).unwrap();
            assert!(!is_free());
            end(&file);
            assert!(is_free());
        }
        file.begin(Aim::Look).unwrap();
        assert!(is_free(), "who looks waits for nobody");
    }

    #[test]
    fn whoever_waits_in_vain_for_the_turn_writes_where_nobody_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let other = Connection::open(&path).unwrap();
        let _turn = FolderLock::wait(folder.path(), Duration::ZERO)
            .unwrap()
            .unwrap();
        let file = open(&path, true).unwrap();
        file.begin_in_turn(Duration::ZERO).unwrap();
        file.commit().unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let busy = file.begin_in_turn(Duration::ZERO);
        assert!(matches!(busy, Err(StoreError::Busy)), "{busy:?}");
    }
}
