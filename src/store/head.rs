//! The head: one row that says how far the journal and the tables go, and the chain hash of the last batch. It is written with every
//! commit, and compared whenever somebody begins to read: rows that were taken off an end, or put there, are noticed at once.

use super::database::{Connection, Value, key};
use super::error::StoreError;
use super::label_pack;
use super::page;
use super::seal::{self, Sealing};
use super::walk::{Finding, Wrong};
use crate::model::unit::UnitNo;

/// What the head should be, as one row: each a look at the end of a table.
const FOUND: &str = "SELECT 1, coalesce((SELECT max(n) FROM batch), 0), (SELECT chain FROM batch ORDER BY n DESC LIMIT 1),
    coalesce((SELECT max(seq) FROM entry), 0), coalesce((SELECT max(no) + 1 FROM unit), 0),
    coalesce((SELECT max(no) + 1 FROM task), 0), coalesce((SELECT max(no) + 1 FROM class), 0),
    coalesce((SELECT max(no) + 1 FROM rule), 0), coalesce((SELECT max(id) FROM in_force), 0),
    coalesce((SELECT max(no) FROM document), 0), (SELECT max(no) FROM page), (SELECT max(no) FROM brief),
    (SELECT count(*) FROM batch)";

const KEPT: &str = "SELECT id, batches, chain, entries, units, tasks, classes, rules, plans, documents, seal FROM head";

/// Whose end each column is, from the second on.
const OF: [&str; 9] = [
    "batch", "batch", "entry", "unit", "task", "class", "rule", "in_force", "document",
];

const WIDTH: usize = OF.len() + 1;

/// The place of the number of units among the columns.
const UNITS: usize = 4;

/// Notes how far everything goes.
pub(super) fn put(connection: &Connection) -> Result<(), StoreError> {
    let mut found = connection.prepare(FOUND)?;
    let mut found = found.query(&[])?;
    let row = found.next()?.ok_or_else(|| damaged(0))?;
    let mut head = [Value::Null; WIDTH];
    for (value, at) in head.iter_mut().zip(0..) {
        *value = row.lent(at)?;
    }
    Sealing::replacing(connection, "head")?.put(&head)
}

/// Makes sure that everything goes as far as the head says.
///
/// # Errors
/// `Damaged` with the table that ends elsewhere.
pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    let mut kept = connection.prepare(KEPT)?;
    let mut kept = kept.query(&[])?;
    let head = kept.next()?.ok_or_else(|| damaged(0))?;
    seal::expect(head, "head", WIDTH)?;
    let mut found = connection.prepare(FOUND)?;
    let mut found = found.query(&[])?;
    let row = found.next()?.ok_or_else(|| damaged(0))?;
    for (table, at) in OF.into_iter().zip(1..) {
        if head.lent(at)? != row.lent(at)? {
            let last = head.lent(if table == "batch" { 1 } else { at })?;
            return Err(StoreError::damaged(table, key(last)));
        }
    }
    // A batch taken out of the middle. To count them is to count the pages of an index; entries are too many for that.
    let batches: i64 = row.get(WIDTH + 2)?;
    if row.get::<i64>(1)? != batches {
        let first = "SELECT place FROM (SELECT n, row_number() OVER (ORDER BY n) AS place FROM batch) WHERE n <> place LIMIT 1";
        let first: i64 = connection.value(first, &[])?;
        return Err(StoreError::damaged("batch", first));
    }
    let units: i64 = row.get(UNITS)?;
    if let Some(last) = UnitNo::try_from(units - 1).ok().filter(|_| units > 0) {
        let ends = [
            ("page", page::place_of(last).0, WIDTH),
            ("brief", i64::from(label_pack::pack_of(last)), WIDTH + 1),
        ];
        for (table, end, at) in ends {
            if row.get::<Option<i64>>(at)? != Some(end) {
                return Err(StoreError::damaged(table, end));
            }
        }
    }
    Ok(())
}

/// Every table that ends elsewhere than the head says.
///
/// # Errors
/// What reading runs into.
pub(super) fn ends(connection: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut kept = connection.prepare(KEPT)?;
    let mut kept = kept.query(&[])?;
    let Some(head) = kept.next()? else {
        return Ok(vec![Finding::new(Wrong::Missing, "head", 1)]);
    };
    if seal::expect(head, "head", WIDTH).is_err() {
        return Ok(vec![Finding::new(Wrong::Changed, "head", 1)]);
    }
    let mut found = connection.prepare(FOUND)?;
    let mut found = found.query(&[])?;
    let row = found.next()?.ok_or_else(|| damaged(0))?;
    let mut findings = Vec::new();
    for (table, at) in OF.into_iter().zip(1..) {
        let (told, is) = (head.lent(at)?, row.lent(at)?);
        if told == is {
            continue;
        }
        // Numbers of these begin with 0, and the head counts them.
        let from = i64::from(["unit", "task", "class", "rule"].contains(&table));
        findings.push(match (told, is) {
            (Value::Integer(told), Value::Integer(is)) if told > is => {
                Finding::new(Wrong::Missing, table, is.saturating_sub(from - 1))
            }
            (Value::Integer(told), Value::Integer(_)) => {
                Finding::new(Wrong::Inserted, table, told.saturating_sub(from - 1))
            }
            _ if findings.is_empty() => Finding::new(Wrong::Changed, table, key(row.lent(1)?)),
            _ => continue,
        });
    }
    Ok(findings)
}

fn damaged(row: i64) -> StoreError {
    StoreError::damaged("head", row)
}
