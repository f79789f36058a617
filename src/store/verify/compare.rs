//! What derives from the journal, compared with what the journal gives.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::Verified;
use crate::store::database::{Connection, Row, Rows, Value, key, values};
use crate::store::error::StoreError;
use crate::store::read::Reader;
use crate::store::rebuild;
use crate::store::seal::Sealing;
use crate::store::walk::{Finding, Wrong};

/// The tables that derive from the journal.
const DERIVED: &str = "
CREATE TABLE page (no INTEGER PRIMARY KEY, data BLOB NOT NULL, seq INTEGER NOT NULL, seal INTEGER NOT NULL);
CREATE TABLE brief (no INTEGER PRIMARY KEY, data BLOB NOT NULL, seal INTEGER NOT NULL);
CREATE TABLE rule (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seal INTEGER NOT NULL);
CREATE TABLE dangling (batch BLOB NOT NULL, place INTEGER NOT NULL, seq INTEGER NOT NULL);
";

/// The same with their columns, so many of them a key, by which they are read.
const COMPARED: [(&str, &str, usize); 4] = [
    ("page", "no, data, seq", 1),
    ("brief", "no, data", 1),
    ("rule", "no, id", 1),
    ("dangling", "batch, place, seq", 3),
];

impl Reader {
    /// Makes what derives anew beside the store, in a database of its own, and compares.
    pub(super) fn compare(
        &self,
        rules: &BTreeSet<String>,
        verified: &mut Verified,
    ) -> Result<(), StoreError> {
        let Some(force) = self.in_force()? else {
            return Ok(());
        };
        let fresh = Connection::scratch()?;
        fresh.execute_batch(DERIVED)?;
        let mut own_rules = Sealing::adding(&fresh, "rule")?;
        for (no, id) in self.rules()? {
            own_rules.put(values![no, &id])?;
            if !rules.contains(&id) {
                verified.push(Finding::new(Wrong::Inserted, "rule", no));
            }
        }
        for (no, class) in self.classes_of_units(&force.plan)? {
            if force.classes.get(no as usize) != Some(&class) {
                verified.push(Finding::new(Wrong::Derived, "class", no));
            }
        }
        rebuild::all(self, &fresh, &force.plan)?;
        for (table, columns, keys) in COMPARED {
            compare(&self.connection, &fresh, table, columns, keys, verified)?;
        }
        Ok(())
    }
}

/// Tells every row of a table that is not what was made anew.
fn compare(
    own: &Connection,
    fresh: &Connection,
    table: &'static str,
    columns: &str,
    keys: usize,
    verified: &mut Verified,
) -> Result<(), StoreError> {
    let order: Vec<String> = (1..=keys).map(|at| at.to_string()).collect();
    let sql = format!(
        "SELECT {columns} FROM {table} ORDER BY {}",
        order.join(", ")
    );
    let (mut own, mut fresh) = (own.prepare(&sql)?, fresh.prepare(&sql)?);
    let (mut own, mut fresh) = (own.scan(&[])?, fresh.scan(&[])?);
    let width = columns.split(',').count();
    // What waits for another batch is known by its seq, all else by its key.
    let name = if keys == 1 { 0 } else { keys - 1 };
    let (mut here, mut made) = (own.next()?.is_some(), fresh.next()?.is_some());
    while let Some((side, row)) = lesser(&own, here, &fresh, made, keys)? {
        let wrong = match side {
            Ordering::Less => Some(Wrong::Inserted),
            Ordering::Greater if keys > 1 => Some(Wrong::Missing),
            Ordering::Greater => Some(Wrong::Derived),
            Ordering::Equal => {
                let other = fresh.row();
                let same = other.is_some_and(|other| {
                    (keys..width).all(|at| matches!((row.lent(at), other.lent(at)), (Ok(one), Ok(other)) if one == other))
                });
                (!same).then_some(Wrong::Derived)
            }
        };
        if let Some(wrong) = wrong {
            verified.push(Finding::new(wrong, table, key(row.lent(name)?)));
        }
        if side != Ordering::Greater {
            here = own.next()?.is_some();
        }
        if side != Ordering::Less {
            made = fresh.next()?.is_some();
        }
    }
    Ok(())
}

/// The row in hand that comes first, and how it stands to the other: `Less` where the first side alone has it.
fn lesser<'r>(
    own: &'r Rows<'_>,
    here: bool,
    fresh: &'r Rows<'_>,
    made: bool,
    keys: usize,
) -> Result<Option<(Ordering, Row<'r>)>, StoreError> {
    let (own, fresh) = (own.row().filter(|_| here), fresh.row().filter(|_| made));
    Ok(match (own, fresh) {
        (None, None) => None,
        (Some(row), None) => Some((Ordering::Less, row)),
        (None, Some(row)) => Some((Ordering::Greater, row)),
        (Some(row), Some(other)) => {
            let mut order = Ordering::Equal;
            for at in 0..keys {
                order = order.then(by_key(row.lent(at)?, other.lent(at)?));
            }
            let row = if order == Ordering::Greater {
                other
            } else {
                row
            };
            Some((order, row))
        }
    })
}

/// Keys in the order in which engines sort them.
fn by_key(one: Value<'_>, other: Value<'_>) -> Ordering {
    match (one, other) {
        (Value::Integer(one), Value::Integer(other)) => one.cmp(&other),
        (Value::Blob(one), Value::Blob(other)) => one.cmp(other),
        // Keys of other types are told where tables are looked at.
        _ => Ordering::Equal,
    }
}
