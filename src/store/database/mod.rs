//! The room of the engine: a connection, statements by their text, rows visited one at a time. All of `store/` speaks to it through
//! these, and in SQL that every engine understands: plain types, `?1` for what is put in, nothing that one engine alone has. The engines
//! are SQLite, for a store that is a file, and a server that speaks PostgreSQL's protocol, for one that many offices share.

mod address;
mod password;
mod patience;
mod protocol;
mod queue;
mod rows;
mod server;
mod sqlite;
mod tls;
mod value;

use std::path::Path;

use super::error::StoreError;
pub(crate) use address::{AddressError, ServerAddress};
pub(crate) use address::{is_address, plan_in};
pub(crate) use password::Variables;
pub(super) use patience::PATIENCE;
pub(super) use queue::FolderLock;
use rows::insert;
pub(super) use rows::{Inserter, Row, Rows, Statement};
use server::Server;
pub(super) use sqlite::is_in_wal;
pub(super) use value::{FromValue, Value, key, values};

/// A connection to an engine.
#[derive(Debug)]
pub(super) struct Connection(Engine);

#[derive(Debug)]
enum Engine {
    File(sqlite::File),
    Server(Box<Server>),
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// To look: it sees one moment.
    Look,
    /// To write: it alone may, and waits for its turn.
    Write,
    /// To make a store that nobody else knows of yet.
    Found,
}

impl Connection {
    /// Opens the file of a store; `writes` = whether it will be written to.
    ///
    /// # Errors
    /// `ReadOnly`, `Io` or `Wal` where it cannot be reached.
    pub(super) fn open_file(path: &Path, writes: bool) -> Result<Self, StoreError> {
        Ok(Self(Engine::File(sqlite::open(path, writes)?)))
    }

    /// A database that lasts as long as this process, in memory.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        Ok(Self(Engine::File(
            rusqlite::Connection::open_in_memory()?.into(),
        )))
    }

    /// A database that lasts as long as this connection, in memory or, where it grows, in a file without a name.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn scratch() -> Result<Self, StoreError> {
        Ok(Self(Engine::File(sqlite::scratch()?)))
    }

    /// A connection to a server, in the schema of a plan, which need not be there.
    ///
    /// # Errors
    /// `Unreachable` and `Login`.
    pub(super) fn open_server(address: &ServerAddress) -> Result<Self, StoreError> {
        Ok(Self(Engine::Server(Box::new(Server::connect(address)?))))
    }

    /// The server; `None` where the store is a file.
    pub(super) fn address(&self) -> Option<&ServerAddress> {
        match &self.0 {
            Engine::File(_) => None,
            Engine::Server(server) => Some(server.address()),
        }
    }

    /// Copies the whole file, as it is at one moment, to one that is there and empty; whether there is a file.
    ///
    /// # Errors
    /// `Busy` where somebody else kept writing, and what reading and writing run into.
    pub(super) fn copy_file(&self, path: &Path) -> Result<bool, StoreError> {
        match &self.0 {
            Engine::File(file) => sqlite::copy(file, path).map(|()| true),
            Engine::Server(_) => Ok(false),
        }
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// `Busy` where somebody else kept writing, and what the engine runs into.
    pub(super) fn begin(&self, aim: Aim) -> Result<(), StoreError> {
        match &self.0 {
            Engine::File(file) => file.begin(aim),
            Engine::Server(server) => server.begin(aim),
        }
    }

    /// Keeps for good what the transaction changed.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn commit(&self) -> Result<(), StoreError> {
        match &self.0 {
            Engine::File(file) => file.commit(),
            Engine::Server(server) => server.commit(),
        }
    }

    /// Takes back what the transaction changed, where one has begun and not ended.
    pub(super) fn roll_back(&self) {
        match &self.0 {
            Engine::File(file) => file.roll_back(),
            Engine::Server(server) => server.roll_back(),
        }
    }

    /// The statement of that text.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn prepare(&self, sql: &str) -> Result<Statement<'_>, StoreError> {
        Ok(match &self.0 {
            Engine::File(file) => Statement::File(file.prepare_cached(sql)?),
            Engine::Server(server) => Statement::Server(server, sql.into()),
        })
    }

    /// What writes rows of these columns, and one more named `seal`, into a table; over those of the same first column where it is told to.
    /// On a server they wait, and are there before anything else is asked or the transaction ends.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn inserter(
        &self,
        table: &'static str,
        columns: &'static str,
        replaces: bool,
    ) -> Result<Inserter<'_>, StoreError> {
        Ok(match &self.0 {
            Engine::File(file) => {
                Inserter::File(file.prepare_cached(&insert(table, columns, replaces))?)
            }
            Engine::Server(server) => Inserter::Server(server, (table, columns, replaces)),
        })
    }

    /// Carries a statement out; gives how many rows it changed.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        self.prepare(sql)?.execute(values)
    }

    /// Carries several statements out, into which nothing is put.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn execute_batch(&self, sql: &str) -> Result<(), StoreError> {
        match &self.0 {
            Engine::File(file) => Ok(file.execute_batch(sql)?),
            Engine::Server(server) => server.execute_batch(sql),
        }
    }

    /// The one value that a statement asks for.
    ///
    /// # Errors
    /// `Corrupt` where there is no row, and what the engine runs into.
    pub(super) fn value<T: FromValue>(
        &self,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<T, StoreError> {
        let found = self.first(sql, values, |row| row.get(0))?;
        found.ok_or_else(|| StoreError::corrupt("no row"))
    }

    /// What `read` makes of the first row, where there is one.
    ///
    /// # Errors
    /// What `read` fails with, and what the engine runs into.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnOnce(Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.prepare(sql)?.first(values, read)
    }

    /// What `read` makes of each of a few rows.
    ///
    /// # Errors
    /// What `read` fails with, and what the engine runs into.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(values)?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            list.push(read(row)?);
        }
        Ok(list)
    }

    /// Whether a transaction has begun and not ended.
    pub(super) fn in_transaction(&self) -> bool {
        match &self.0 {
            Engine::File(file) => !file.is_autocommit(),
            Engine::Server(server) => server.in_transaction(),
        }
    }

    /// The file, for another connection to the same moment, and how many rows this one has changed so far; `None` where there is none.
    pub(super) fn file(&self) -> Option<(&Path, u64)> {
        let Engine::File(file) = &self.0 else {
            return None;
        };
        let path = file.path().filter(|path| !path.is_empty())?;
        Some((Path::new(path), file.total_changes()))
    }

    /// Whether what is written lasts longer than the connection.
    pub(super) fn is_kept(&self) -> bool {
        match &self.0 {
            Engine::File(file) => file.path().is_some_and(|path| !path.is_empty()),
            Engine::Server(_) => true,
        }
    }

    /// How many rows this connection has changed so far; of no use where other connections see another moment.
    pub(super) fn changes(&self) -> u64 {
        match &self.0 {
            Engine::File(file) => file.total_changes(),
            Engine::Server(_) => 0,
        }
    }

    /// Whether it is a file that cannot be written.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn is_read_only(&self) -> Result<bool, StoreError> {
        match &self.0 {
            Engine::File(file) => Ok(file.is_readonly("main")?),
            Engine::Server(_) => Ok(false),
        }
    }

    /// Forbids all writing to a file; on a server each transaction says whether it writes.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn forbid_writing(&self) -> Result<(), StoreError> {
        match &self.0 {
            Engine::File(_) => self.execute_batch("PRAGMA query_only = ON"),
            Engine::Server(_) => Ok(()),
        }
    }

    /// What the engine itself finds wrong with what it keeps. A server looks after that by itself.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        if let Engine::Server(_) = &self.0 {
            return Ok(Vec::new());
        }
        let mut told = self.all("PRAGMA main.integrity_check(20)", &[], |row| row.get(0))?;
        told.retain(|line: &String| line != "ok");
        Ok(told)
    }

    /// Makes all indexes of a file anew.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn make_indexes_anew(&self) -> Result<(), StoreError> {
        match &self.0 {
            Engine::File(_) => self.execute_batch("REINDEX"),
            Engine::Server(_) => Ok(()),
        }
    }

    /// Whether an index can be taken away while many rows are added, and made at once afterwards: on a server it is not ours to take.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn may_drop_index(&self, name: &str) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE name = ?1";
        match &self.0 {
            Engine::File(_) => self.value(sql, values![name]),
            Engine::Server(_) => Ok(false),
        }
    }

    /// Switches a file back to the one form that can be copied, where another tool switched it.
    pub(super) fn leave_wal(&self) {
        if let Engine::File(file) = &self.0 {
            let _ = file.pragma_update(None, "journal_mode", "DELETE");
        }
    }

    /// How long to wait for somebody else.
    #[cfg(test)]
    pub(super) fn wait_for(&self, time: std::time::Duration) {
        match &self.0 {
            Engine::File(file) => file.busy_timeout(time).unwrap(),
            Engine::Server(_) => {
                let sql = format!("SET lock_timeout TO '{}ms'", time.as_millis().max(1));
                self.execute_batch(&sql).unwrap();
            }
        }
    }

    /// Writes what a transaction changed so far to the file, as happens where it is large.
    #[cfg(test)]
    pub(super) fn flush(&self) {
        if let Engine::File(file) = &self.0 {
            file.cache_flush().unwrap();
        }
    }

    /// The number of the server's process behind this connection.
    #[cfg(test)]
    pub(super) fn process(&self) -> i32 {
        match &self.0 {
            Engine::File(_) => panic!("a file has none"),
            Engine::Server(server) => server.process(),
        }
    }
}
