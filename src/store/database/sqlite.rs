//! SQLite: how a file is opened, how long to wait for somebody else, and what its values are here.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement};

use super::super::error::StoreError;
use super::value::Value;

/// How long whoever wants to write waits for somebody else.
pub(in crate::store) const PATIENCE: Duration = Duration::from_secs(60);

/// A connection that waits its turn. Readers, too, ask for the right to write where the file grants it: only so can they
/// take back what a writer that died left half done.
pub(super) fn open(path: &Path, writes: bool) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection =
        Connection::open_with_flags(path, flags).map_err(|error| unreachable_file(error, path))?;
    connection.busy_handler(Some(patient()))?;
    // Else SQLite plans a statement anew for each value bound to it where it hopes for a better plan. Ours are all by key.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(match writes {
        // Reading goes from the first page to the last, or down to a few: what is remembered costs more than it saves.
        false => "PRAGMA cache_size = -96",
        // `FULL` leaves open whether the journal's removal, which is the commit, reached the disk; `EXTRA` does not.
        true => "PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON; PRAGMA cache_size = -32768",
    })?;
    Ok(connection)
}

/// A database that is gone with its connection.
pub(super) fn scratch() -> Result<Connection, StoreError> {
    let connection = Connection::open("")?;
    connection.execute_batch(
        "PRAGMA cache_size = -32768; PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF",
    )?;
    Ok(connection)
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
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    // The file format's versions for writing and reading: 1 with a rollback journal, 2 with a write-ahead log.
    read.is_ok() && head[18..] == [2, 2]
}

/// SQLite only says that it cannot open a file; the system knows why.
fn unreachable_file(error: rusqlite::Error, path: &Path) -> StoreError {
    match std::fs::OpenOptions::new().read(true).open(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => cause.into(),
        Err(cause) => match path.parent().map(Path::metadata) {
            Some(Ok(_)) => StoreError::ReadOnly,
            _ => cause.into(),
        },
        Ok(_) => error.into(),
    }
}

/// Waits a little longer each time, and never as long as its neighbour, so that fifty writers do not wake at once.
fn patient() -> impl FnMut(i32) -> bool + Send + 'static {
    let mut since = Instant::now();
    let mut dice = u64::from(std::process::id()) ^ 0x9E37_79B9_7F4A_7C15;
    move |attempt| {
        if attempt == 0 {
            since = Instant::now();
        }
        if since.elapsed() > PATIENCE {
            return false;
        }
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        let most = 500_u64 << attempt.clamp(0, 5);
        thread::sleep(Duration::from_micros(most / 2 + dice % most));
        true
    }
}
