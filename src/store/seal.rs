//! Seals: a checksum (CRC-32) over the other columns of a row, kept in its last one. Whoever reads a row checks it, so that a row that
//! was changed by anything but this program is an error and never an answer. A seal takes some tens of nanoseconds and five bytes; it guards
//! against damage and edits by hand. Against somebody who makes seals anew stands the chain of hashes, which `verify` walks.

use crc32fast::Hasher;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, ToSql, params_from_iter};

use super::error::StoreError;

/// The version of stores from which on rows have seals, a head says how far they go, and documents are cut into pieces.
pub(super) const SEALS: i64 = 5;

/// A seal in the making: columns are added in the order of the table. Small ones are collected first: a call of the checksum costs more
/// than the bytes of a number.
pub(super) struct Seal {
    sum: Hasher,
    small: [u8; SMALL],
    used: usize,
}

const SMALL: usize = 128;

impl Seal {
    /// Of no column yet.
    pub(super) fn new() -> Self {
        Self {
            sum: Hasher::new(),
            small: [0; SMALL],
            used: 0,
        }
    }

    /// Adds a column.
    pub(super) fn add(mut self, value: ValueRef<'_>) -> Self {
        spell(value, |bytes| self.bytes(bytes));
        self
    }

    /// Adds a number, or that there is none.
    pub(super) fn number(self, number: impl Into<Option<i64>>) -> Self {
        self.add(number.into().map_or(ValueRef::Null, ValueRef::Integer))
    }

    /// Adds a text, or that there is none.
    pub(super) fn text<'a>(self, text: impl Into<Option<&'a str>>) -> Self {
        let text = text.into().map(str::as_bytes);
        self.add(text.map_or(ValueRef::Null, ValueRef::Text))
    }

    /// Adds bytes, or that there are none.
    pub(super) fn blob<'a>(self, bytes: impl Into<Option<&'a [u8]>>) -> Self {
        self.add(bytes.into().map_or(ValueRef::Null, ValueRef::Blob))
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

    /// The seal.
    pub(super) fn finish(mut self) -> i32 {
        self.flush();
        self.sum.finalize().cast_signed()
    }
}

/// A column as bytes that no other column has: its type, for what has a length the length, and the value.
#[inline]
pub(super) fn spell(value: ValueRef<'_>, mut put: impl FnMut(&[u8])) {
    match value {
        ValueRef::Null => put(&[0]),
        ValueRef::Integer(number) => {
            put(&[1]);
            put(&number.to_le_bytes());
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            put(&[if matches!(value, ValueRef::Text(_)) {
                2
            } else {
                3
            }]);
            put(&(bytes.len() as u64).to_le_bytes());
            put(bytes);
        }
        ValueRef::Real(number) => {
            put(&[4]);
            put(&number.to_le_bytes());
        }
    }
}

/// Makes sure that a row is as it was written: its columns from the first on, so many, are followed by its seal. The first column is the
/// row's key. A row of a store from before there were seals has none.
pub(super) fn expect(row: &Row<'_>, table: &'static str, width: usize) -> Result<(), StoreError> {
    let ValueRef::Integer(seal) = row.get_ref(width)? else {
        return Ok(());
    };
    if i64::from(of_row(row, width)?) == seal {
        return Ok(());
    }
    Err(StoreError::damaged(table, key(row.get_ref(0)?)))
}

/// The seal that a row should have.
pub(super) fn of_row(row: &Row<'_>, width: usize) -> Result<i32, StoreError> {
    let mut seal = Seal::new();
    for at in 0..width {
        seal = seal.add(row.get_ref(at)?);
    }
    Ok(seal.finish())
}

/// A row's key as people read it.
pub(super) fn key(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
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

/// Seals all rows of a table anew.
pub(super) fn put_all(connection: &Connection, table: &str) -> Result<(), StoreError> {
    let (columns, key, width) = columns_of(table);
    let next = format!(
        "SELECT {columns} FROM {table} WHERE ?1 IS NULL OR {key} > ?1 ORDER BY {key} LIMIT {AT_ONCE}"
    );
    let mut next = connection.prepare(&next)?;
    let update = format!("UPDATE {table} SET seal = ?2 WHERE {key} = ?1");
    let mut update = connection.prepare(&update)?;
    let mut after = rusqlite::types::Value::Null;
    loop {
        let mut rows = next.query([&after])?;
        let mut seals: Vec<(rusqlite::types::Value, i32)> = Vec::new();
        while let Some(row) = rows.next()? {
            seals.push((row.get(0)?, of_row(row, width)?));
        }
        drop(rows);
        let Some((last, _)) = seals.last() else {
            return Ok(());
        };
        after = last.clone();
        for (key, seal) in &seals {
            update.execute((key, seal))?;
        }
    }
}

/// How many rows are sealed before the next are read.
const AT_ONCE: usize = 4096;

/// Seals the row of that key anew, after an update.
pub(super) fn put_one(
    connection: &Connection,
    table: &str,
    wanted: &dyn ToSql,
) -> Result<(), StoreError> {
    let (columns, key, width) = columns_of(table);
    let select = format!("SELECT {columns} FROM {table} WHERE {key} = ?1");
    let mut select = connection.prepare_cached(&select)?;
    let mut rows = select.query(params_from_iter([wanted]))?;
    let Some(row) = rows.next()? else {
        return Ok(());
    };
    let seal = of_row(row, width)?;
    drop(rows);
    let update = format!("UPDATE {table} SET seal = ?2 WHERE {key} = ?1");
    let mut update = connection.prepare_cached(&update)?;
    update.execute((wanted, seal))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_do_not_run_into_each_other() {
        let seal = |texts: &[&str]| {
            let texts = texts.iter();
            texts
                .fold(Seal::new(), |seal, text| seal.text(*text))
                .finish()
        };
        assert_ne!(seal(&["ab", "c"]), seal(&["a", "bc"]));
        assert_ne!(seal(&[""]), seal(&[]));
        let long = "x".repeat(SMALL + 1);
        assert_ne!(seal(&[&long, "a"]), seal(&[&long, "b"]));
        assert_ne!(
            Seal::new().number(0).finish(),
            Seal::new().number(None).finish()
        );
    }
}
