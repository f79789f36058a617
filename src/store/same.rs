//! Entries that are one record: what several stores made of one row of a list, and what replaces a record. Derived from the journal
//! like everything on pages, and a function of a sheet's records alone, so that it is the same in whatever order batches arrive.
//!
//! A row's key is its facts and its number among equal rows (`Record::facts`, `Record::number`), so nothing is stored with a record, and
//! only a record beside another of equal facts is looked up. A record that follows undos in one batch replaces what these took back:
//! so write `correct` and `import --replace`, and so wrote every version before.

use std::collections::{HashMap, HashSet};

use super::database::{Connection, values};
use super::entries::{ENTRIES, entry_in};
use super::error::StoreError;
use super::page;
use super::page_buffer::{PageBuffer, Target};
use super::page_row;
use crate::model::day::Day;
use crate::model::entry::{Act, Entry, Record, Seq, TaskNo};
use crate::model::sheet::{Fact, Item, Mark, NO_TASK, Sheet};
use crate::model::unit::UnitNo;

/// The command whose records are rows of lists.
pub(super) const LIST: &str = "import";

/// The undos that stand in one row in a batch, all of one unit and task, up to where the batch is read.
#[derive(Default)]
pub(super) struct UndoRun {
    about: Option<(Option<UnitNo>, Option<TaskNo>)>,
    taken_back: Vec<Target>,
    /// Whether one of them waits for an entry that is not there yet.
    waits: bool,
}

/// Whether an undo goes on with a row of undos.
pub(super) fn goes_on(one: &Entry, next: &Entry) -> bool {
    let undo = |entry: &Entry| matches!(entry.act, Act::Undo { .. });
    undo(one) && undo(next) && (one.unit, one.task) == (next.unit, next.task)
}

impl UndoRun {
    /// Passes the next entry of the batch. Where it is a record, it replaces all that the undos right before it took back: that is noted where
    /// these stand, and on its own sheet if that is another. Until all of them are there nothing is noted, so that their order is
    /// that of the undos, whatever arrived first.
    pub(super) fn pass(
        &mut self,
        entry: &Entry,
        seq: Seq,
        recorded: Day,
        target: Option<Target>,
        pending: &mut PageBuffer,
    ) {
        match entry.act {
            Act::Undo { .. } => {
                let about = Some((entry.unit, entry.task));
                if self.about != about {
                    self.clear();
                    self.about = about;
                }
                let twice = |target: &Target| self.taken_back.iter().any(|of| of.seq == target.seq);
                match target {
                    Some(target) if !target.recorded || twice(&target) => {}
                    Some(target) => self.taken_back.push(target),
                    None => self.waits = true,
                }
                return;
            }
            Act::Record(_) if !self.waits => self.note(entry, seq, recorded, pending),
            _ => {}
        }
        self.clear();
    }

    fn note(&self, entry: &Entry, seq: Seq, recorded: Day, pending: &mut PageBuffer) {
        let mut units: Vec<Option<UnitNo>> = Vec::new();
        for unit in self.taken_back.iter().map(|of| of.unit) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        if !units.is_empty() && !units.contains(&entry.unit) {
            units.push(entry.unit);
        }
        for unit in units {
            for of in &self.taken_back {
                let item = Item {
                    seq,
                    task: of.task.unwrap_or(NO_TASK),
                    day: entry.day,
                    lag: recorded - entry.day,
                    fact: Fact::Same {
                        of: of.seq,
                        replaces: true,
                    },
                };
                pending.add(unit, &item);
            }
        }
    }

    fn clear(&mut self) {
        self.about = None;
        self.taken_back.clear();
        self.waits = false;
    }
}

/// Whether a batch but that one came from a list. The rows of one batch are never one, so a first list needs no second look.
pub(super) fn has_list(connection: &Connection, but: i64) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM batch WHERE command = ?1 AND n <> ?2)";
    connection.value(sql, values![LIST, but])
}

/// Notes on their sheets which records are one row of a list: on the pages of those numbers, which ascend, or on all. Gives the units on whose
/// sheets something changed.
///
/// # Errors
/// What reading and writing run into.
pub(super) fn link(
    journal: &Connection,
    into: &Connection,
    pages: Option<&[i64]>,
) -> Result<Vec<UnitNo>, StoreError> {
    let all: Vec<i64>;
    let pages = if let Some(pages) = pages {
        pages
    } else {
        let sql = "SELECT no FROM page WHERE no >= 0 ORDER BY no";
        all = into.all(sql, &[], |row| row.get(0))?;
        &all
    };
    let mut select = into.prepare(page_row::ONE)?;
    let mut writer = page_row::writer(into)?;
    let (mut sheet, mut out, mut linked) = (Sheet::default(), Vec::new(), Vec::new());
    for number in pages {
        let mut rows = select.query(values![*number])?;
        let Some(row) = rows.next()? else { continue };
        let (data, seq) = (page_row::data(row)?, page_row::seq(row)?);
        let mut changed = false;
        page::rewrite(data, &mut out, |place, section, fresh| {
            if !section.is_empty() {
                page::read(section, 0, &mut sheet)?;
                if relink(journal, &mut sheet)? {
                    changed = true;
                    linked.extend((page::first_of(*number)..).nth(place));
                    page::put_section(fresh, &sheet);
                    return Ok(());
                }
            }
            fresh.extend_from_slice(section);
            Ok::<_, StoreError>(())
        })?;
        drop(rows);
        if changed {
            page_row::put(&mut writer, *number, &out, seq)?;
        }
    }
    Ok(linked)
}

/// Notes on a sheet which of its records are one row: each but the first is one with the first. Whether anything changed.
fn relink(connection: &Connection, sheet: &mut Sheet) -> Result<bool, StoreError> {
    let mut records: Vec<(u32, Day, Mark, usize)> = Vec::new();
    for (at, item) in sheet.items.iter().enumerate() {
        if let Fact::Record(mark) = item.fact {
            records.push((item.task, item.day, mark, at));
        }
    }
    if records.len() < 2 {
        return Ok(false);
    }
    let key = |(task, day, mark, _): &(u32, Day, Mark, usize)| {
        let Mark {
            count,
            total,
            nil,
            proof,
            period,
        } = *mark;
        (*task, *day, count, total, nil, proof, period)
    };
    records.sort_by_key(key);
    let mut links: HashMap<Seq, Seq> = HashMap::new();
    for alike in records.chunk_by(|one, other| key(one) == key(other)) {
        if alike.len() < 2 {
            continue;
        }
        let mut rows: Vec<(Seq, i64, Record)> = Vec::new();
        for (_, _, _, at) in alike {
            let seq = sheet.items[*at].seq;
            rows.extend(row(connection, seq)?.map(|(batch, record)| (seq, batch, record)));
        }
        let mut first = HashMap::new();
        for (seq, batch, record) in &rows {
            let first = first
                .entry((record.facts(), record.number()))
                .or_insert((*seq, *batch));
            if first.1 != *batch {
                links.insert(*seq, first.0);
            }
        }
    }
    // Rows of other sheets stand here beside a record that was moved; they are theirs to say.
    let here: HashSet<Seq> = records
        .iter()
        .map(|(_, _, _, at)| sheet.items[*at].seq)
        .collect();
    let copy = |item: &Item| match item.fact {
        Fact::Same {
            of,
            replaces: false,
        } if here.contains(&item.seq) => Some((item.seq, of)),
        _ => None,
    };
    let known = sheet.items.iter().filter_map(copy);
    if known.collect::<HashMap<_, _>>() == links {
        return Ok(false);
    }
    let items = std::mem::take(&mut sheet.items);
    for item in items {
        if copy(&item).is_some() {
            continue;
        }
        sheet.items.push(item);
        if let (Fact::Record(_), Some(of)) = (item.fact, links.get(&item.seq)) {
            let fact = Fact::Same {
                of: *of,
                replaces: false,
            };
            sheet.items.push(Item { fact, ..item });
        }
    }
    Ok(true)
}

/// The record of that seq and its batch, where it came as the row of a list.
fn row(connection: &Connection, seq: Seq) -> Result<Option<(i64, Record)>, StoreError> {
    let sql = format!(
        "{ENTRIES} WHERE seq = ?1 AND ?2 = (SELECT command FROM batch WHERE n = entry.batch)"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(values![seq.cast_signed(), LIST])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    Ok(match entry_in(row)?.act {
        Act::Record(record) => Some((row.get(1)?, record)),
        _ => None,
    })
}
