//! Writing: all that derives anew, from the journal and the roster in force alone.

use super::batch_writer::wait;
use super::database::{Connection, values};
use super::entries::{ENTRIES, entry_in, seq_at};
use super::error::StoreError;
use super::moved::spread;
use super::page;
use super::page_buffer::{PageBuffer, item_of, rule_of, target_at};
use super::page_row;
use super::read::{Reader, zone_in_force};
use super::same::{UndoRun, link};
use super::unit_label;
use super::write::Transaction;
use crate::model::plan::Plan;
use crate::model::quantity;
use crate::model::sheet::Sheet;
use crate::model::zone::Zone;

impl Transaction {
    /// Makes anew all that derives from the journal and the roster in force: pages, packs, what waits for other batches, and the numbers
    /// of rules.
    ///
    /// # Errors
    /// `NoPlan`, and what reading and writing run into.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        let force = self.in_force()?.ok_or(StoreError::NoPlan)?;
        self.connection.execute_batch(EMPTY)?;
        all(self, &self.connection, &force.plan)
    }
}

/// Takes away all that derives from the journal.
pub(super) const EMPTY: &str =
    "DELETE FROM page; DELETE FROM brief; DELETE FROM dangling; DELETE FROM rule";

/// Makes all that derives from the journal of that reader, `into` where nothing of it is there.
///
/// # Errors
/// As [`Transaction::rebuild`].
pub(super) fn all(reader: &Reader, into: &Connection, plan: &Plan) -> Result<(), StoreError> {
    headers(reader, into, plan)?;
    items(&reader.connection, into, plan.timezone)?;
    unit_label::pack_all(&reader.connection, into)
}

/// Makes pages with nothing but headers, from the rows of units.
fn headers(reader: &Reader, into: &Connection, plan: &Plan) -> Result<(), StoreError> {
    let amounts = plan.attributes();
    let mut writer = page_row::writer(into)?;
    page_row::put(&mut writer, page::ORDERS, &page::empty(), 0)?;
    let (mut sections, mut out) = (Vec::new(), Vec::new());
    let mut put = |sections: &mut Vec<Vec<u8>>, number: i64| {
        let mut given = sections.drain(..);
        page::rewrite(&[], &mut out, |_, _, fresh| {
            fresh.extend(given.next().unwrap_or_default());
            Ok::<_, StoreError>(())
        })?;
        page_row::put(&mut writer, number, &out, 0)
    };
    let mut number = 0;
    reader.each_row_of_units(&mut |row| {
        let (own, _) = page::place_of(row.no);
        if own != number {
            put(&mut sections, std::mem::replace(&mut number, own))?;
        }
        let sheet = match row.gone {
            true => Sheet {
                class: page::GONE,
                ..Sheet::default()
            },
            false => Sheet {
                parent: row.parent,
                class: row.class,
                since: row.unit.since,
                until: row.unit.until,
                amounts: amounts
                    .iter()
                    .map(|name| row.unit.attribute(name).and_then(quantity::number))
                    .collect(),
                ..Sheet::default()
            },
        };
        let mut section = Vec::new();
        page::put_reheaded(&mut section, &[], &sheet)?;
        sections.push(section);
        Ok(())
    })?;
    if !sections.is_empty() {
        put(&mut sections, number)?;
    }
    Ok(())
}

/// Makes the pages anew where batches were merged after others that were recorded later: pages of older versions hold what arrived
/// last at the end.
pub(super) fn put_in_order(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM batch b JOIN batch a ON a.n = b.n + 1 WHERE (a.at, a.id) < (b.at, b.id))";
    if !connection.value::<bool>(sql, &[])? {
        return Ok(());
    }
    zone_in_force(connection)?.map_or(Ok(()), |zone| pages(connection, zone))
}

/// Notes which entries are one record. Only where something was corrected do the pages have to be made anew for it.
pub(super) fn note_same(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM batch WHERE command = 'correct')";
    let corrected = connection.value(sql, &[])?;
    match zone_in_force(connection)? {
        Some(zone) if corrected => pages(connection, zone),
        _ => link(connection, connection, None).map(drop),
    }
}

fn pages(connection: &Connection, zone: Zone) -> Result<(), StoreError> {
    empty(connection)?;
    connection.execute("DELETE FROM dangling", &[])?;
    items(connection, connection, zone)
}

/// Puts what the journal's entries leave on pages that have nothing but headers.
fn items(journal: &Connection, into: &Connection, zone: Zone) -> Result<(), StoreError> {
    let mut batches = journal.prepare("SELECT first, count, at FROM batch ORDER BY at, id")?;
    let mut batches = batches.scan(&[])?;
    let sql = format!("{ENTRIES} WHERE seq >= ?1 AND seq < ?2 ORDER BY seq");
    let mut entries = journal.prepare(&sql)?;
    let mut pending = PageBuffer::new(true);
    while let Some(batch) = batches.next()? {
        let (first, count): (i64, i64) = (batch.get(0)?, batch.get(1)?);
        let recorded = zone.day_of(batch.get(2)?);
        let mut rows = entries.rows(values![first, first + count], count.unsigned_abs())?;
        let mut undos = UndoRun::default();
        while let Some(row) = rows.next()? {
            let seq = row.get::<i64>(0)?.cast_unsigned();
            let entry = entry_in(row)?;
            let target = match entry.act.about() {
                None => None,
                Some(of) => match seq_at(journal, of)? {
                    None => {
                        wait(into, of, seq)?;
                        undos.pass(&entry, seq, recorded, None, &mut pending);
                        continue;
                    }
                    Some(of) => Some(target_at(journal, of)?),
                },
            };
            let rule = rule_of(into, &entry.act)?;
            if let Some((unit, item)) = item_of(&entry, seq, recorded, target, rule) {
                pending.add(unit, &item);
            }
            undos.pass(&entry, seq, recorded, target, &mut pending);
            if pending.is_full() {
                pending.flush(journal, into)?;
            }
        }
    }
    pending.flush(journal, into)?;
    let linked = link(journal, into, None)?;
    pending.tied.extend(linked);
    spread(journal, into, &pending.tied)
}

/// Takes all items off all pages.
fn empty(connection: &Connection) -> Result<(), StoreError> {
    let numbers: Vec<i64> = connection.all("SELECT no FROM page", &[], |row| row.get(0))?;
    let mut select = connection.prepare(page_row::ONE)?;
    let mut writer = page_row::writer(connection)?;
    let (mut sheet, mut out) = (Sheet::default(), Vec::new());
    for number in numbers {
        let mut rows = select.query(values![number])?;
        let Some(row) = rows.next()? else { continue };
        let data = page_row::data(row)?;
        page::rewrite(data, &mut out, |_, section, fresh| {
            if !section.is_empty() {
                page::read(section, 0, &mut sheet)?;
                sheet.items.clear();
                page::put_section(fresh, &sheet);
            }
            Ok::<_, StoreError>(())
        })?;
        drop(rows);
        page_row::put(&mut writer, number, &out, 0)?;
    }
    Ok(())
}
