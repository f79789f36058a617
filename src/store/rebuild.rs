//! Writing: all pages anew, from the journal and the roster in force alone.

use rusqlite::Connection;

use super::batch_writer::target_at;
use super::entries::{ENTRIES, entry_in, seq_at};
use super::error::StoreError;
use super::page;
use super::page_buffer::{PageBuffer, item_of, rule_of};
use super::read::{wrong, zone_in_force};
use super::same::{link, replacement};
use super::write::Transaction;
use crate::model::entry::Act;
use crate::model::sheet::Sheet;
use crate::model::zone::Zone;

impl Transaction {
    /// Makes all pages anew from the journal; headers stay as the plan in force made them.
    ///
    /// # Errors
    /// `NoPlan`, and what reading and writing run into.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        let zone = self.zone()?.ok_or(StoreError::NoPlan)?;
        pages(&self.connection, zone)
    }
}

/// Makes the pages anew where batches were merged after others that were recorded later: pages of older versions hold what arrived
/// last at the end.
pub(super) fn put_in_order(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM batch b JOIN batch a ON a.n = b.n + 1 WHERE (a.at, a.id) < (b.at, b.id))";
    if !connection.query_row(sql, [], |row| row.get(0))? {
        return Ok(());
    }
    zone_in_force(connection)?.map_or(Ok(()), |zone| pages(connection, zone))
}

/// Notes which entries are one record. Only where something was corrected do the pages have to be made anew for it.
pub(super) fn note_same(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM batch WHERE command = 'correct')";
    let corrected = connection.query_row(sql, [], |row| row.get(0))?;
    match zone_in_force(connection)? {
        Some(zone) if corrected => pages(connection, zone),
        _ => link(connection, None),
    }
}

fn pages(connection: &Connection, zone: Zone) -> Result<(), StoreError> {
    empty(connection)?;
    let mut batches = connection.prepare("SELECT first, count, at FROM batch ORDER BY at, id")?;
    let mut batches = batches.query([])?;
    let sql = format!("{ENTRIES} WHERE seq >= ?1 AND seq < ?2 ORDER BY seq");
    let mut entries = connection.prepare(&sql)?;
    let mut pending = PageBuffer::new(true);
    while let Some(batch) = batches.next()? {
        let (first, count): (i64, i64) = (batch.get(0)?, batch.get(1)?);
        let recorded = zone.day_of(batch.get(2)?);
        let mut rows = entries.query((first, first + count))?;
        let mut taken_back = None;
        while let Some(row) = rows.next()? {
            let seq = row.get::<_, i64>(0)?.cast_unsigned();
            let entry = entry_in(row)?;
            let undone = taken_back.take();
            let target = match entry.act.about() {
                None => None,
                Some(of) => match seq_at(connection, of)? {
                    None => continue,
                    Some(of) => Some(target_at(connection, of)?),
                },
            };
            let rule = rule_of(connection, &entry.act)?;
            if let Some((unit, item)) = item_of(&entry, seq, recorded, target, rule) {
                pending.add(unit, &item);
            }
            if let Some((unit, item)) = replacement(&entry, seq, recorded, undone) {
                pending.add(unit, &item);
            }
            if matches!(entry.act, Act::Undo { .. }) {
                taken_back = target;
            }
            if pending.is_full() {
                pending.flush(connection)?;
            }
        }
    }
    pending.flush(connection)?;
    link(connection, None)
}

/// Takes all items off all pages.
fn empty(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM page WHERE no = ?1", [page::ORDERS])?;
    let numbers: Vec<i64> = connection
        .prepare("SELECT no FROM page")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut select = connection.prepare("SELECT data FROM page WHERE no = ?1")?;
    let mut update = connection.prepare("UPDATE page SET data = ?2 WHERE no = ?1")?;
    let (mut sheet, mut out) = (Sheet::default(), Vec::new());
    for number in numbers {
        let mut rows = select.query([number])?;
        let Some(row) = rows.next()? else { continue };
        let data = row.get_ref(0)?.as_blob().map_err(wrong)?;
        page::rewrite(data, &mut out, |_, section, fresh| {
            if !section.is_empty() {
                page::read(section, 0, &mut sheet)?;
                sheet.items.clear();
                page::put_section(fresh, &sheet);
            }
            Ok::<_, StoreError>(())
        })?;
        drop(rows);
        update.execute((number, &out))?;
    }
    Ok(())
}
