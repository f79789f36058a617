//! The head: one row that says how far the journal and the tables go, and the chain hash of the last batch. It is written with every
//! commit. Whoever begins to read compares the ends of journal and roster with it, and those of the other tables where they are read, so that
//! rows that were taken off an end are missed; whoever begins to write compares all, as the head is written anew.

use super::database::{Connection, Value, key};
use super::ends::Ends;
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

/// The head, and what of it is looked at whatever is read. As one statement: to ask for all that [`FOUND`] asks took a town's `status` 390,000
/// instructions of 3.3 million, most of them to understand the question.
const READ: &str = "SELECT id, batches, chain, entries, units, tasks, classes, rules, plans, documents, seal,
    coalesce((SELECT max(n) FROM batch), 0), (SELECT count(*) FROM batch), (SELECT chain FROM batch WHERE n = batches),
    coalesce((SELECT max(seq) FROM entry), 0), coalesce((SELECT max(no) + 1 FROM unit), 0) FROM head";

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

/// Makes sure that journal and roster go as far as the head says; gives how far the rest goes.
///
/// # Errors
/// `Damaged` with the table that ends elsewhere.
pub(super) fn read(connection: &Connection) -> Result<Ends, StoreError> {
    let mut statement = connection.prepare(READ)?;
    let mut rows = statement.query(&[])?;
    let row = rows.next()?.ok_or_else(|| damaged(0))?;
    seal::expect(row, "head", WIDTH)?;
    let (last, count): (i64, i64) = (row.get(WIDTH + 1)?, row.get(WIDTH + 2)?);
    let ends = [
        (1, last),
        (3, row.get(WIDTH + 4)?),
        (UNITS, row.get(WIDTH + 5)?),
    ];
    for (at, found) in ends {
        let told: i64 = row.get(at)?;
        if told != found {
            return Err(StoreError::damaged(OF[at - 1], told));
        }
    }
    if row.lent(2)? != row.lent(WIDTH + 3)? {
        return Err(StoreError::damaged("batch", last));
    }
    expect_no_gap(connection, last, count)?;
    let number = |at| row.get::<i64>(at);
    let count = |at| Ok::<_, StoreError>(usize::try_from(number(at)?).unwrap_or(usize::MAX));
    Ok(Ends {
        entries: number(3)?,
        units: number(UNITS)?,
        tasks: number(5)?,
        classes: count(6)?,
        rules: count(7)?,
        plans: number(8)?,
        documents: number(9)?,
    })
}

/// A batch taken out of the middle. To count them is to count the pages of an index; entries are too many for that.
fn expect_no_gap(connection: &Connection, last: i64, count: i64) -> Result<(), StoreError> {
    if last == count {
        return Ok(());
    }
    let first =
        "SELECT place FROM (SELECT n, row_number() OVER (ORDER BY n) AS place FROM batch) AS placed
        WHERE n <> place ORDER BY n LIMIT 1";
    let first: i64 = connection.value(first, &[])?;
    Err(StoreError::damaged("batch", first))
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
    expect_no_gap(connection, row.get(1)?, row.get(WIDTH + 2)?)?;
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
