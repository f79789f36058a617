//! Seals: a checksum (CRC-32) over the other columns of a row, kept in its last one. Whoever reads a row checks it, so that a row that
//! was changed by anything but this program is an error and never an answer. A seal takes some tens of nanoseconds and five bytes; it guards
//! against damage and edits by hand. Against somebody who makes seals anew stands the chain of hashes, which `verify` walks.

use crc32fast::Hasher;

use super::database::{Connection, Inserter, Row, Value, key};
use super::error::StoreError;

/// The version of stores from which on rows have seals, a head says how far they go, and documents are cut into pieces.
pub(super) const SEALS: i64 = 5;

/// A seal in the making: columns are added in the order of the table. Small ones are collected first: a call of the checksum costs more
/// than the bytes of a number.
struct Seal {
    sum: Hasher,
    small: [u8; SMALL],
    used: usize,
}

const SMALL: usize = 128;

impl Seal {
    /// Of no column yet.
    fn new() -> Self {
        Self {
            sum: Hasher::new(),
            small: [0; SMALL],
            used: 0,
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if self.used + bytes.len() > SMALL {
            self.flush();
        }
        match self.small[self.used..].get_mut(..bytes.len()) {
            Some(room) => {
                room.copy_from_slice(bytes);
                self.used += bytes.len();
            }
            None => self.sum.update(bytes),
        }
    }

    fn flush(&mut self) {
        self.sum.update(&self.small[..self.used]);
        self.used = 0;
    }

    fn finish(mut self) -> i32 {
        self.flush();
        self.sum.finalize().cast_signed()
    }
}

/// The seal of a row of these columns.
pub(super) fn of(row: &[Value<'_>]) -> i32 {
    let mut seal = Seal::new();
    for value in row {
        spell(*value, |bytes| seal.bytes(bytes));
    }
    seal.finish()
}

/// A column as bytes that no other column has: its type, for what has a length the length, and the value.
#[inline]
pub(super) fn spell(value: Value<'_>, mut put: impl FnMut(&[u8])) {
    match value {
        Value::Null => put(&[0]),
        Value::Integer(number) => {
            put(&[1]);
            put(&number.to_le_bytes());
        }
        Value::Text(bytes) | Value::Blob(bytes) => {
            put(&[if matches!(value, Value::Text(_)) {
                2
            } else {
                3
            }]);
            put(&(bytes.len() as u64).to_le_bytes());
            put(bytes);
        }
        Value::Real(number) => {
            put(&[4]);
            put(&number.to_le_bytes());
        }
    }
}

/// Makes sure that a row is as it was written: its columns from the first on, so many, are followed by its seal. The first column is the
/// row's key. A row of a store from before there were seals has none.
pub(super) fn expect(row: Row<'_>, table: &'static str, width: usize) -> Result<(), StoreError> {
    let Value::Integer(seal) = row.lent(width)? else {
        return Ok(());
    };
    if i64::from(of_row(row, width)?) == seal {
        return Ok(());
    }
    Err(StoreError::damaged(table, key(row.lent(0)?)))
}

/// The seal that a row should have.
pub(super) fn of_row(row: Row<'_>, width: usize) -> Result<i32, StoreError> {
    let mut seal = Seal::new();
    for at in 0..width {
        spell(row.lent(at)?, |bytes| seal.bytes(bytes));
    }
    Ok(seal.finish())
}

/// Writes rows into a table, each with its seal.
pub(super) struct Sealing<'c>(Inserter<'c>);

impl<'c> Sealing<'c> {
    /// Adds rows.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn adding(
        connection: &'c Connection,
        table: &'static str,
    ) -> Result<Self, StoreError> {
        let (columns, _, _) = columns_of(table);
        Ok(Self(connection.inserter(table, columns, false)?))
    }

    /// Puts rows over those of the same key.
    ///
    /// # Errors
    /// What the engine runs into.
    pub(super) fn replacing(
        connection: &'c Connection,
        table: &'static str,
    ) -> Result<Self, StoreError> {
        let (columns, _, _) = columns_of(table);
        Ok(Self(connection.inserter(table, columns, true)?))
    }

    /// Writes a row: its columns in the order of the table, but for the seal.
    ///
    /// # Errors
    /// What the engine runs into.
    #[inline]
    pub(super) fn put(&mut self, row: &[Value<'_>]) -> Result<(), StoreError> {
        self.0.put(row, of(row).into())
    }
}

/// Adds one row to a table, with its seal.
///
/// # Errors
/// What the engine runs into.
pub(super) fn add(
    connection: &Connection,
    table: &'static str,
    row: &[Value<'_>],
) -> Result<(), StoreError> {
    Sealing::adding(connection, table)?.put(row)
}

/// The tables whose rows have seals, each with its columns before the seal, its key first.
pub(super) const TABLES: [(&str, &str); 13] = [
    ("meta", "key, value"),
    (
        "batch",
        "n, id, tail, at, actor, command, plan, first, count, hash, chain",
    ),
    ("entry", "seq, batch, kind, unit, task, day, body"),
    (
        "unit",
        "no, place, code, name, short, kind, labels, parent, head, contact, phone, since, until, was, attributes, class, area, gone",
    ),
    ("task", "no, code"),
    ("rule", "no, id"),
    ("class", "no, json"),
    (
        "in_force",
        "id, batch, plan, digest, timezone, tasks, files, applied, in_order, units, roster",
    ),
    ("document", "no, hash, size"),
    ("piece", "id, data"),
    ("page", "no, data, seq"),
    ("brief", "no, data"),
    (
        "head",
        "id, batches, chain, entries, units, tasks, classes, rules, plans, documents",
    ),
];

/// The columns of a table before its seal, its key first.
pub(super) fn columns_of(table: &str) -> (&'static str, &'static str, usize) {
    let known = TABLES.iter().find(|(name, _)| *name == table);
    let columns = known.map_or("", |(_, columns)| columns);
    let key = columns.split(',').next().unwrap_or_default();
    (columns, key, columns.split(',').count())
}

/// Seals all rows of a table anew, whose keys are numbers or texts.
pub(super) fn put_all(connection: &Connection, table: &str) -> Result<(), StoreError> {
    let (columns, key, width) = columns_of(table);
    let next =
        |from| format!("SELECT {columns} FROM {table} {from} ORDER BY {key} LIMIT {AT_ONCE}");
    let mut first = connection.prepare(&next(String::new()))?;
    let mut next = connection.prepare(&next(format!("WHERE {key} > ?1")))?;
    let mut update = connection.prepare(&update(table, key))?;
    let mut after: Option<Key> = None;
    loop {
        let mut rows = match &after {
            None => first.query(&[])?,
            Some(after) => next.query(&[after.lend()])?,
        };
        let mut seals: Vec<(Key, i32)> = Vec::new();
        while let Some(row) = rows.next()? {
            seals.push((Key::of(row.lent(0)?)?, of_row(row, width)?));
        }
        drop(rows);
        for (key, seal) in &seals {
            update.execute(&[key.lend(), (*seal).into()])?;
        }
        match seals.pop() {
            Some((last, _)) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// How many rows are sealed before the next are read.
const AT_ONCE: usize = 4096;

/// A key, kept.
enum Key {
    Number(i64),
    Text(String),
}

impl Key {
    fn of(value: Value<'_>) -> Result<Self, StoreError> {
        Ok(match value {
            Value::Integer(number) => Self::Number(number),
            value => Self::Text(value.text()?.to_string()),
        })
    }

    fn lend(&self) -> Value<'_> {
        match self {
            Self::Number(number) => Value::Integer(*number),
            Self::Text(text) => text.into(),
        }
    }
}

/// Seals the row of that key anew, after an update.
pub(super) fn put_one(
    connection: &Connection,
    table: &str,
    wanted: Value<'_>,
) -> Result<(), StoreError> {
    let (columns, key, width) = columns_of(table);
    let select = format!("SELECT {columns} FROM {table} WHERE {key} = ?1");
    if let Some(seal) = connection.first(&select, &[wanted], |row| of_row(row, width))? {
        connection.execute(&update(table, key), &[wanted, seal.into()])?;
    }
    Ok(())
}

fn update(table: &str, key: &str) -> String {
    format!("UPDATE {table} SET seal = ?2 WHERE {key} = ?1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::database::values;

    #[test]
    fn columns_do_not_run_into_each_other() {
        assert_ne!(of(values!["ab", "c"]), of(values!["a", "bc"]));
        assert_ne!(of(values![""]), of(&[]));
        let long = "x".repeat(SMALL + 1);
        assert_ne!(of(values![&long, "a"]), of(values![&long, "b"]));
        assert_ne!(of(values![0_i64]), of(&[Value::Null]));
    }
}
