//! Statements and rows of whichever engine. Rows are never copied on their way: a [`Row`] lends what the engine holds, for as long as the
//! next row is not asked for.

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;

use super::super::error::StoreError;
use super::protocol::Lent;
use super::server::{self, Server};
use super::sqlite;
use super::value::{FromValue, Value};

/// The statement that writes a row of these columns and its seal.
pub(super) fn insert(table: &str, columns: &str, replaces: bool) -> String {
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
pub(in crate::store) enum Inserter<'c> {
    File(rusqlite::CachedStatement<'c>),
    Server(&'c Server, (&'static str, &'static str, bool)),
}

impl Inserter<'_> {
    /// Writes a row, and its seal.
    ///
    /// # Errors
    /// What the engine runs into.
    #[inline]
    pub(in crate::store) fn put(
        &mut self,
        row: &[Value<'_>],
        seal: Value<'_>,
    ) -> Result<(), StoreError> {
        match self {
            Self::File(statement) => {
                sqlite::bind(statement, row)?;
                sqlite::bind_last(statement, row.len(), seal)?;
                statement.raw_execute()?;
                Ok(())
            }
            Self::Server(server, table) => server.put(*table, row, seal),
        }
    }
}

/// A statement, for as often as it is wanted.
pub(in crate::store) enum Statement<'c> {
    File(rusqlite::CachedStatement<'c>),
    Server(&'c Server, Box<str>),
}

impl Statement<'_> {
    /// Asks for a few rows: a server gives all at once.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(in crate::store) fn query(&mut self, values: &[Value<'_>]) -> Result<Rows<'_>, StoreError> {
        match self {
            Self::File(statement) => {
                sqlite::bind(statement, values)?;
                Ok(Rows::File(statement.raw_query()))
            }
            Self::Server(server, sql) => server.query(sql, values).map(Rows::Server),
        }
    }

    /// Asks for rows of which there may be any number: a server gives them in pieces.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(in crate::store) fn scan(&mut self, values: &[Value<'_>]) -> Result<Rows<'_>, StoreError> {
        match self {
            Self::File(_) => self.query(values),
            Self::Server(server, sql) => server.scan(sql, values).map(Rows::Server),
        }
    }

    /// Asks for so many rows, as far as is known.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(in crate::store) fn rows(
        &mut self,
        values: &[Value<'_>],
        expected: u64,
    ) -> Result<Rows<'_>, StoreError> {
        if expected > FEW {
            self.scan(values)
        } else {
            self.query(values)
        }
    }

    /// Carries it out; gives how many rows it changed.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(in crate::store) fn execute(&mut self, values: &[Value<'_>]) -> Result<usize, StoreError> {
        match self {
            Self::File(statement) => {
                sqlite::bind(statement, values)?;
                Ok(statement.raw_execute()?)
            }
            Self::Server(server, sql) => server.execute(sql, values),
        }
    }

    /// What `read` makes of the first row, where there is one.
    ///
    /// # Errors
    /// What `read` fails with, and what the engine runs into.
    pub(in crate::store) fn first<T>(
        &mut self,
        values: &[Value<'_>],
        read: impl FnOnce(Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.query(values)?.next()?.map(read).transpose()
    }
}

/// So many rows are few.
const FEW: u64 = 4096;

/// Rows, one after another.
pub(in crate::store) enum Rows<'s> {
    File(rusqlite::Rows<'s>),
    Server(server::Rows<'s>),
}

impl Rows<'_> {
    /// The next row.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(in crate::store) fn next(&mut self) -> Result<Option<Row<'_>>, StoreError> {
        Ok(match self {
            Self::File(rows) => rows.next()?.map(Row::File),
            Self::Server(rows) => rows.next()?.map(Row::Server),
        })
    }

    /// The row in hand.
    pub(in crate::store) fn row(&self) -> Option<Row<'_>> {
        match self {
            Self::File(rows) => rows.get().map(Row::File),
            Self::Server(rows) => rows.row().map(Row::Server),
        }
    }
}

/// A row, lent by the engine.
#[derive(Clone, Copy)]
pub(in crate::store) enum Row<'r> {
    File(&'r rusqlite::Row<'r>),
    Server(&'r postgres::Row),
}

impl<'r> Row<'r> {
    /// The value of a column, lent.
    ///
    /// # Errors
    /// What the engine runs into.
    #[inline]
    pub(in crate::store) fn lent(self, at: usize) -> Result<Value<'r>, StoreError> {
        match self {
            Self::File(row) => Ok(row.get_ref(at)?.into()),
            Self::Server(row) => Ok(row.try_get::<_, Lent<'r>>(at)?.0),
        }
    }

    /// The value of a column, as what is wanted.
    ///
    /// # Errors
    /// `Corrupt` where it is of another type.
    #[inline]
    pub(in crate::store) fn get<T: FromValue>(self, at: usize) -> Result<T, StoreError> {
        T::from_value(self.lent(at)?)
    }

    /// A column that holds a text, lent.
    ///
    /// # Errors
    /// `Corrupt` where it holds something else.
    #[inline]
    pub(in crate::store) fn text(self, at: usize) -> Result<&'r str, StoreError> {
        self.lent(at)?.text()
    }

    /// A column that may hold a text, lent.
    ///
    /// # Errors
    /// `Corrupt` where it holds something else.
    #[inline]
    pub(in crate::store) fn text_or_null(self, at: usize) -> Result<Option<&'r str>, StoreError> {
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
    pub(in crate::store) fn bytes(self, at: usize) -> Result<&'r [u8], StoreError> {
        self.lent(at)?.bytes()
    }

    /// A column that may hold bytes, lent.
    ///
    /// # Errors
    /// `Corrupt` where it holds something else.
    #[inline]
    pub(in crate::store) fn bytes_or_null(self, at: usize) -> Result<Option<&'r [u8]>, StoreError> {
        match self.lent(at)? {
            Value::Null => Ok(None),
            value => value.bytes().map(Some),
        }
    }
}
