//! The rows of pages: the page itself, the seq up to which it goes, and its seal.

use super::database::{Connection, Row, values};
use super::error::StoreError;
use super::page;
use super::seal::{self, Sealing};
use crate::model::entry::Seq;
use crate::model::sheet::Sheet;

/// Selects the page of a number.
pub(super) const ONE: &str = "SELECT no, data, seq, seal FROM page WHERE no = ?1";

/// What writes pages, over those that stand there.
pub(super) fn writer(connection: &Connection) -> Result<Sealing<'_>, StoreError> {
    Sealing::replacing(connection, "page")
}

/// The page in a row of its columns.
///
/// # Errors
/// `Damaged` where it is not as it was written.
pub(super) fn data(row: Row<'_>) -> Result<&[u8], StoreError> {
    seal::expect(row, "page", 3)?;
    row.bytes(1)
}

/// The seq up to which a page goes.
pub(super) fn seq(row: Row<'_>) -> Result<Seq, StoreError> {
    Ok(row.get::<i64>(2)?.cast_unsigned())
}

/// Writes a page.
pub(super) fn put(
    pages: &mut Sealing<'_>,
    number: i64,
    data: &[u8],
    seq: Seq,
) -> Result<(), StoreError> {
    pages.put(values![number, data, seq.cast_signed()])
}

/// Notes on pages of an older version up to which seq they go.
///
/// # Errors
/// What reading and writing run into.
pub(super) fn note_seqs(connection: &Connection) -> Result<(), StoreError> {
    let numbers: Vec<i64> = connection.all("SELECT no FROM page", &[], |row| row.get(0))?;
    let mut select = connection.prepare("SELECT data FROM page WHERE no = ?1")?;
    let mut update = connection.prepare("UPDATE page SET seq = ?2 WHERE no = ?1")?;
    for number in numbers {
        let mut rows = select.query(values![number])?;
        let Some(row) = rows.next()? else { continue };
        let data = row.bytes(0)?;
        let seq = last_seq(data).map_err(|error| StoreError::from(error).at("page", number))?;
        drop(rows);
        update.execute(values![number, seq.cast_signed()])?;
    }
    let sql = "INSERT INTO page (no, data) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    connection.execute(sql, values![page::ORDERS, page::empty().as_slice()])?;
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
