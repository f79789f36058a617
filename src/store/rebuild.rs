//! Writing: all pages anew, from the journal and the roster in force alone.

use rusqlite::Connection;

use super::entries::entry_in;
use super::error::StoreError;
use super::page;
use super::pen::target_at;
use super::pending::{Pending, item_of, rule_of};
use super::read::wrong;
use super::write::Transaction;
use crate::model::sheet::Sheet;

impl Transaction<'_> {
    /// Makes all pages anew from the journal; headers stay as the plan in force made them.
    ///
    /// # Errors
    /// `NoPlan`, and what reading and writing run into.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        let zone = self.zone()?.ok_or(StoreError::NoPlan)?;
        let connection = self.connection;
        empty(connection)?;
        let sql = "SELECT e.seq, e.batch, e.kind, e.unit, e.task, e.day, e.body, b.at
            FROM entry e JOIN batch b ON b.n = e.batch ORDER BY e.seq";
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut pending = Pending::default();
        while let Some(row) = rows.next()? {
            let seq = row.get::<_, i64>(0)?.cast_unsigned();
            let entry = entry_in(row)?;
            let recorded = zone.day_of(row.get(7)?);
            let target = match entry.act.about() {
                None => None,
                Some(of) => match self.seq_of(of)? {
                    None => continue,
                    Some(of) => Some(target_at(connection, of)?),
                },
            };
            let rule = rule_of(connection, &entry.act)?;
            if let Some((unit, item)) = item_of(&entry, seq, recorded, target, rule) {
                pending.add(unit, &item);
            }
            if pending.is_full() {
                pending.flush(connection)?;
            }
        }
        pending.flush(connection)
    }
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
