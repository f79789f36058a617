//! The rows of pages: the page itself, the seq up to which it goes, and its seal.

use rusqlite::{Connection, Row, Statement};

use super::columns::wrong;
use super::error::StoreError;
use super::page;
use super::seal::{self, Seal};
use crate::model::entry::Seq;
use crate::model::sheet::Sheet;

/// Selects the page of a number.
pub(super) const ONE: &str = "SELECT no, data, seq, seal FROM page WHERE no = ?1";

/// Writes a page, over what stood there.
pub(super) const UPSERT: &str = "INSERT INTO page VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (no) DO UPDATE SET data = excluded.data, seq = excluded.seq, seal = excluded.seal";

/// The page in a row of its columns.
///
/// # Errors
/// `Damaged` where it is not as it was written.
pub(super) fn data<'r>(row: &'r Row<'_>) -> Result<&'r [u8], StoreError> {
    seal::expect(row, "page", 3)?;
    row.get_ref(1)?.as_blob().map_err(wrong)
}

/// The seq up to which a page goes.
pub(super) fn seq(row: &Row<'_>) -> Result<Seq, StoreError> {
    Ok(row.get::<_, i64>(2)?.cast_unsigned())
}

/// Writes a page with the statement [`UPSERT`].
pub(super) fn put(
    upsert: &mut Statement<'_>,
    number: i64,
    data: &[u8],
    seq: Seq,
) -> Result<(), StoreError> {
    let seq = seq.cast_signed();
    let seal = Seal::new().number(number).blob(data).number(seq).finish();
    upsert.execute((number, data, seq, seal))?;
    Ok(())
}

/// Notes on pages of an older version up to which seq they go.
///
/// # Errors
/// What reading and writing run into.
pub(super) fn note_seqs(connection: &Connection) -> Result<(), StoreError> {
    let numbers: Vec<i64> = connection
        .prepare("SELECT no FROM page")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut select = connection.prepare("SELECT data FROM page WHERE no = ?1")?;
    let mut update = connection.prepare("UPDATE page SET seq = ?2 WHERE no = ?1")?;
    for number in numbers {
        let mut rows = select.query([number])?;
        let Some(row) = rows.next()? else { continue };
        let data = row.get_ref(0)?.as_blob().map_err(wrong)?;
        let seq = last_seq(data).map_err(|error| StoreError::from(error).at("page", number))?;
        drop(rows);
        update.execute((number, seq.cast_signed()))?;
    }
    let sql = "INSERT OR IGNORE INTO page (no, data) VALUES (?1, ?2)";
    connection.execute(sql, (page::ORDERS, page::empty()))?;
    Ok(())
}

/// The greatest seq on a page.
fn last_seq(data: &[u8]) -> Result<Seq, page::PageError> {
    let mut rest = page::open(data)?;
    let (mut sheet, mut last) = (Sheet::default(), 0);
    for _ in 0..page::UNITS {
        page::read(page::section(&mut rest)?, 0, &mut sheet)?;
        last = sheet.items.iter().map(|item| item.seq).fold(last, Seq::max);
    }
    Ok(last)
}
