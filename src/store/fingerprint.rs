//! Hashes of what the journal's own entries do not say in full: the plan put in force, with the roster of that day. The entry that put it
//! in force holds the hash, so that the chain covers the plan too.

use blake3::{Hash, Hasher};

use super::database::{Connection, Row, values};
use super::error::StoreError;
use super::seal::{columns_of, spell};

/// The hash of all rows of units.
///
/// # Errors
/// What reading runs into.
pub(super) fn roster(connection: &Connection) -> Result<Hash, StoreError> {
    let (columns, key, width) = columns_of("unit");
    let sql = format!("SELECT {columns} FROM unit ORDER BY {key}");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.scan(&[])?;
    let mut hasher = Hasher::new();
    let mut buffer = Vec::with_capacity(2 * ENOUGH);
    while let Some(row) = rows.next()? {
        put(row, 0..width, &mut buffer)?;
        if buffer.len() >= ENOUGH {
            hasher.update(&buffer);
            buffer.clear();
        }
    }
    hasher.update(&buffer);
    Ok(hasher.finalize())
}

/// So many bytes are hashed at once.
const ENOUGH: usize = 32 * 1024;

/// What a plan in force is, without its number, and without the stamps of its files, which change with the files.
const PLAN: &str = "SELECT batch, plan, digest, timezone, tasks, applied, in_order, units, roster FROM in_force WHERE id = ?1";

/// How many columns that has.
const PLAN_WIDTH: usize = 9;

/// The hash of the plan in force of that number; `None` where there is none.
///
/// # Errors
/// What reading runs into.
pub(super) fn plan(connection: &Connection, id: i64) -> Result<Option<Hash>, StoreError> {
    let mut statement = connection.prepare(PLAN)?;
    let mut rows = statement.query(values![id])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let mut buffer = b"duban.in_force/1\0".to_vec();
    put(row, 0..PLAN_WIDTH, &mut buffer)?;
    Ok(Some(blake3::hash(&buffer)))
}

fn put(
    row: Row<'_>,
    columns: std::ops::Range<usize>,
    buffer: &mut Vec<u8>,
) -> Result<(), StoreError> {
    for at in columns {
        spell(row.lent(at)?, |bytes| buffer.extend_from_slice(bytes));
    }
    Ok(())
}
