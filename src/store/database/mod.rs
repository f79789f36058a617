//! The room of the engine: a connection, statements by their text, rows visited one at a time. All of `store/` speaks to it through
//! these, and in SQL that every engine understands: plain types, `?1` for what is put in, nothing that one engine alone has.
//!
//! Rows are never copied on their way: a [`Row`] lends what the engine holds, for as long as the next row is not asked for.

mod sqlite;
mod value;

use std::path::Path;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;

use super::error::StoreError;
pub(super) use sqlite::{PATIENCE, is_in_wal};
pub(super) use value::{FromValue, Value, key, values};

/// A connection to an engine.
#[derive(Debug)]
pub(super) struct Connection {
    inner: rusqlite::Connection,
}

impl Connection {
    /// Opens the file of a store; `writes` = whether it will be written to.
    ///
    /// # Errors
    /// `ReadOnly`, `Io` or `Wal` where it cannot be reached.
    pub(super) fn open_file(path: &Path, writes: bool) -> Result<Self, StoreError> {
        let inner = sqlite::open(path, writes)?;
        Ok(Self { inner })
    }

    /// A database that lasts as long as this process, in memory.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let inner = rusqlite::Connection::open_in_memory()?;
        Ok(Self { inner })
    }

    /// A database that lasts as long as this connection, in memory or, where it grows, in a file without a name.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn scratch() -> Result<Self, StoreError> {
        let inner = sqlite::scratch()?;
        Ok(Self { inner })
    }

    /// Copies the whole database, as it is at one moment, to a file that is there and empty.
    ///
    /// # Errors
    /// `Busy` where somebody else kept writing, and what reading and writing run into.
    pub(super) fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        sqlite::copy(&self.inner, path)
    }

    /// The statement of that text.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn prepare(&self, sql: &str) -> Result<Statement<'_>, StoreError> {
        Ok(Statement(self.inner.prepare_cached(sql)?))
    }

    /// What writes rows of these columns, and one more named `seal`, into a table; over those of the same first column where it is told to.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn inserter(
        &self,
        table: &str,
        columns: &str,
        replaces: bool,
    ) -> Result<Inserter<'_>, StoreError> {
        let sql = insert(table, columns, replaces);
        Ok(Inserter(self.prepare(&sql)?))
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
        Ok(self.inner.execute_batch(sql)?)
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

    /// What `read` makes of each row.
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
        !self.inner.is_autocommit()
    }

    /// How many rows this connection has changed so far.
    pub(super) fn changes(&self) -> u64 {
        self.inner.total_changes()
    }

    /// Whether it is a file that cannot be written.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn is_read_only(&self) -> Result<bool, StoreError> {
        Ok(self.inner.is_readonly("main")?)
    }

    /// Forbids all writing.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn forbid_writing(&self) -> Result<(), StoreError> {
        self.execute_batch("PRAGMA query_only = ON")
    }

    /// The file; `None` where there is none.
    pub(super) fn path(&self) -> Option<&Path> {
        let path = self.inner.path().filter(|path| !path.is_empty());
        path.map(Path::new)
    }

    /// What the engine itself finds wrong with what it keeps.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut told = self.all("PRAGMA main.integrity_check(20)", &[], |row| row.get(0))?;
        told.retain(|line: &String| line != "ok");
        Ok(told)
    }

    /// Makes all indexes anew.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn make_indexes_anew(&self) -> Result<(), StoreError> {
        self.execute_batch("REINDEX")
    }

    /// Whether an index can be taken away while many rows are added, and made at once afterwards.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn may_drop_index(&self, name: &str) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE name = ?1";
        self.value(sql, values![name])
    }

    /// Switches a file back to the one form that can be copied, where another tool switched it.
    pub(super) fn leave_wal(&self) {
        let _ = self.inner.pragma_update(None, "journal_mode", "DELETE");
    }

    /// How long to wait for somebody else.
    #[cfg(test)]
    pub(super) fn wait_for(&self, time: std::time::Duration) {
        self.inner.busy_timeout(time).unwrap();
    }

    /// Writes what a transaction changed so far to the file, as happens where it is large.
    #[cfg(test)]
    pub(super) fn flush(&self) {
        self.inner.cache_flush().unwrap();
    }
}

/// The statement that writes a row of these columns and its seal.
fn insert(table: &str, columns: &str, replaces: bool) -> String {
    let names = || columns.split(", ").chain(["seal"]);
    let marks: Vec<String> = (1..=names().count()).map(|at| format!("?{at}")).collect();
    let mut sql = format!(
        "INSERT INTO {table} ({columns}, seal) VALUES ({})",
        marks.join(", ")
    );
    if replaces {
        let set: Vec<String> = names()
            .skip(1)
            .map(|name| format!("{name} = excluded.{name}"))
            .collect();
        let key = names().next().unwrap_or_default();
        sql += &format!(" ON CONFLICT ({key}) DO UPDATE SET {}", set.join(", "));
    }
    sql
}

/// Writes rows into a table.
pub(super) struct Inserter<'c>(Statement<'c>);

impl Inserter<'_> {
    /// Writes a row, and its seal.
    ///
    /// # Errors
    /// What the engine runs into.
    #[inline]
    pub(super) fn put(&mut self, row: &[Value<'_>], seal: Value<'_>) -> Result<(), StoreError> {
        let statement = &mut self.0.0;
        sqlite::bind(statement, row)?;
        sqlite::bind_last(statement, row.len(), seal)?;
        statement.raw_execute()?;
        Ok(())
    }
}

/// A statement, for as often as it is wanted.
pub(super) struct Statement<'c>(rusqlite::CachedStatement<'c>);

impl Statement<'_> {
    /// Asks for rows.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn query(&mut self, values: &[Value<'_>]) -> Result<Rows<'_>, StoreError> {
        sqlite::bind(&mut self.0, values)?;
        Ok(Rows(self.0.raw_query()))
    }

    /// Carries it out; gives how many rows it changed.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn execute(&mut self, values: &[Value<'_>]) -> Result<usize, StoreError> {
        sqlite::bind(&mut self.0, values)?;
        Ok(self.0.raw_execute()?)
    }

    /// What `read` makes of the first row, where there is one.
    ///
    /// # Errors
    /// What `read` fails with, and what the engine runs into.
    pub(super) fn first<T>(
        &mut self,
        values: &[Value<'_>],
        read: impl FnOnce(Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.query(values)?.next()?.map(read).transpose()
    }
}

/// Rows, one after another.
pub(super) struct Rows<'s>(rusqlite::Rows<'s>);

impl Rows<'_> {
    /// The next row.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, StoreError> {
        Ok(self.0.next()?.map(Row))
    }

    /// The row in hand.
    pub(super) fn row(&self) -> Option<Row<'_>> {
        self.0.get().map(Row)
    }
}

/// A row, lent by the engine.
#[derive(Clone, Copy)]
pub(super) struct Row<'r>(&'r rusqlite::Row<'r>);

impl<'r> Row<'r> {
    /// The value of a column, lent.
    ///
    /// # Errors
    /// What the engine runs into.
    #[inline]
    pub(super) fn lent(self, at: usize) -> Result<Value<'r>, StoreError> {
        Ok(self.0.get_ref(at)?.into())
    }

    /// The value of a column, as what is wanted.
    ///
    /// # Errors
    /// `Corrupt` where it is of another type.
    #[inline]
    pub(super) fn get<T: FromValue>(self, at: usize) -> Result<T, StoreError> {
        T::from_value(self.lent(at)?)
    }

    /// A column that holds a text, lent.
    ///
    /// # Errors
    /// `Corrupt` where it holds something else.
    #[inline]
    pub(super) fn text(self, at: usize) -> Result<&'r str, StoreError> {
        self.lent(at)?.text()
    }

    /// A column that may hold a text, lent.
    ///
    /// # Errors
    /// `Corrupt` where it holds something else.
    #[inline]
    pub(super) fn text_or_null(self, at: usize) -> Result<Option<&'r str>, StoreError> {
        match self.lent(at)? {
            Value::Null => Ok(None),
            value => value.text().map(Some),
        }
    }

    /// A column that holds bytes, lent.
    ///
    /// # Errors
    /// `Corrupt` where it holds something else.
    #[inline]
    pub(super) fn bytes(self, at: usize) -> Result<&'r [u8], StoreError> {
        self.lent(at)?.bytes()
    }

    /// A column that may hold bytes, lent.
    ///
    /// # Errors
    /// `Corrupt` where it holds something else.
    #[inline]
    pub(super) fn bytes_or_null(self, at: usize) -> Result<Option<&'r [u8]>, StoreError> {
        match self.lent(at)? {
            Value::Null => Ok(None),
            value => value.bytes().map(Some),
        }
    }
}
