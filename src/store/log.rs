//! Reading: batches and entries, the journal itself.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Params, Row};
use uuid::Uuid;

use super::codes::Codes;
use super::error::StoreError;
use super::read::{Reader, Which};
use crate::journal::{Coded, Hash, Head, Kind, body};
use crate::model::day::Day;
use crate::model::entry::{Act, Address, Batch, Entry, Seq, TaskNo};
use crate::model::sheet::{Fact, Item};
use crate::model::unit::UnitNo;

/// A batch as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBatch {
    /// Its number in this store, from 1.
    pub n: i64,
    /// Who did what, and when.
    pub batch: Batch,
    /// The seq of its first entry.
    pub first: Seq,
    /// How many entries it has.
    pub count: u32,
    /// The hash of its content.
    pub hash: Hash,
    /// The hash that chains it to the batches before it.
    pub chain: Hash,
}

impl StoredBatch {
    /// The head by which other stores know it.
    pub fn head(&self) -> Head {
        Head {
            batch: self.batch.clone(),
            count: self.count,
            hash: self.hash,
        }
    }
}

/// An entry as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its place in this store's journal.
    pub seq: Seq,
    /// Its address in every store.
    pub address: Address,
    /// The number of its batch.
    pub batch: i64,
    /// What it says.
    pub entry: Entry,
}

/// Which entries of the journal to list; by default all, oldest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogFilter<'a> {
    /// Not those that act from an earlier day.
    pub from: Option<Day>,
    /// Not those that act from a later day.
    pub to: Option<Day>,
    /// Only those on the sheets of these units.
    pub units: Option<&'a [UnitNo]>,
    /// Only those about these tasks.
    pub tasks: Option<&'a [TaskNo]>,
    /// Only those of these kinds.
    pub kinds: Option<&'a [Kind]>,
    /// Only what that person typed.
    pub actor: Option<&'a str>,
    /// The newest first.
    pub newest_first: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

const BATCHES: &str =
    "SELECT n, id, at, actor, command, plan, first, count, hash, chain FROM batch";

const ENTRIES: &str = "SELECT seq, batch, kind, unit, task, day, body FROM entry";

impl Reader<'_> {
    /// The batch of that id.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn batch(&self, id: &Uuid) -> Result<Option<StoredBatch>, StoreError> {
        self.one_batch("WHERE id = ?1", [id.as_bytes()])
    }

    /// The batches whose ids end in those 32 bits, oldest first: people type eight hexadecimal digits.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn batches_by_tail(&self, tail: u32) -> Result<Vec<StoredBatch>, StoreError> {
        let mut list = Vec::new();
        self.batches("WHERE tail = ?1 ORDER BY n", [tail], &mut |batch| {
            list.push(batch);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(list)
    }

    /// Calls `visit` with every batch, oldest first, until it breaks.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn each_batch(
        &self,
        visit: &mut dyn FnMut(StoredBatch) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        self.batches("ORDER BY n", [], visit)
    }

    /// Calls `visit` with the batches of that person, newest first, until it breaks.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn batches_of(
        &self,
        actor: &str,
        visit: &mut dyn FnMut(StoredBatch) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        self.batches("WHERE actor = ?1 ORDER BY n DESC", [actor], visit)
    }

    /// The latest batch of that person of which something can still be undone.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn last_batch_of(&self, actor: &str) -> Result<Option<StoredBatch>, StoreError> {
        let mut found = None;
        self.batches_of(actor, &mut |batch| {
            let mut live = false;
            self.entries_of(batch.n, &mut |entry| {
                live = !matches!(
                    entry.entry.act,
                    Act::Undo { .. } | Act::Apply { .. } | Act::Gain { .. } | Act::Contact { .. }
                ) && !self.is_undone(&entry)?;
                Ok(flow(live))
            })?;
            if live {
                found = Some(batch);
            }
            Ok(flow(live))
        })?;
        Ok(found)
    }

    /// Whether an undo has taken the entry back.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn is_undone(&self, entry: &StoredEntry) -> Result<bool, StoreError> {
        let undoes = |item: &Item| matches!(item.fact, Fact::Undo { of } if of == entry.seq);
        Ok(match entry.entry.unit {
            Some(unit) => self.sheet(unit)?.items.iter().any(undoes),
            None => self.orders()?.iter().any(undoes),
        })
    }

    /// The entry of that seq.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn entry(&self, seq: Seq) -> Result<Option<StoredEntry>, StoreError> {
        let sql = format!("{ENTRIES} WHERE seq = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([seq.cast_signed()])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let batch = self.batch_number(row.get(1)?)?;
        stored_entry(row, &batch).map(Some)
    }

    /// Calls `visit` with every entry of the batch of that number, in order, until it breaks.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn entries_of(
        &self,
        n: i64,
        visit: &mut dyn FnMut(StoredEntry) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let batch = self.batch_number(n)?;
        let sql = format!("{ENTRIES} WHERE seq >= ?1 AND seq < ?2 ORDER BY seq");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let (first, end) = (batch.first, batch.first + u64::from(batch.count));
        let mut rows = statement.query([first.cast_signed(), end.cast_signed()])?;
        while let Some(row) = rows.next()? {
            if visit(stored_entry(row, &batch)?)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Calls `visit` with every entry of a batch, in the form that every store understands. For export.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn coded_of(
        &self,
        n: i64,
        visit: &mut dyn FnMut(Coded) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut codes = Codes::new(self.connection)?;
        self.entries_of(n, &mut |entry| visit(codes.coded(entry.entry)?))
    }

    /// The seq of the entry at that address; `None` where the store does not have it.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn seq_of(&self, address: Address) -> Result<Option<Seq>, StoreError> {
        let sql = "SELECT first, count FROM batch WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row([address.batch.as_bytes()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?))
        });
        let found = found
            .optional()?
            .filter(|(_, count)| address.index < *count);
        Ok(found.map(|(first, _)| first.cast_unsigned() + u64::from(address.index)))
    }

    /// Calls `visit` with the entries that pass the filter and their batches, until it breaks.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn log(
        &self,
        filter: &LogFilter<'_>,
        visit: &mut dyn FnMut(&StoredBatch, StoredEntry) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut left = filter.limit.unwrap_or(usize::MAX);
        let mut current: Option<StoredBatch> = None;
        let mut take = |row: &Row<'_>| -> Result<ControlFlow<()>, StoreError> {
            if left == 0 {
                return Ok(ControlFlow::Break(()));
            }
            if !passes(filter, row)? {
                return Ok(ControlFlow::Continue(()));
            }
            let n: i64 = row.get(1)?;
            let batch = match current.take().filter(|batch| batch.n == n) {
                Some(batch) => batch,
                None => self.batch_number(n)?,
            };
            let batch = current.insert(batch);
            if filter.actor.is_some_and(|actor| batch.batch.actor != actor) {
                return Ok(ControlFlow::Continue(()));
            }
            left -= 1;
            Ok(visit(batch, stored_entry(row, batch)?))
        };
        let Some(units) = filter.units else {
            let order = if filter.newest_first { "DESC" } else { "ASC" };
            let sql = format!("{ENTRIES} ORDER BY seq {order}");
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if take(row)?.is_break() {
                    break;
                }
            }
            return Ok(());
        };
        let mut seqs: Vec<Seq> = Vec::new();
        self.each_sheet(Which::Units(units), &mut |sheet| {
            seqs.extend(sheet.items.iter().map(|item| item.seq));
        })?;
        seqs.sort_unstable();
        if filter.newest_first {
            seqs.reverse();
        }
        let sql = format!("{ENTRIES} WHERE seq = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        for seq in seqs {
            let mut rows = statement.query([seq.cast_signed()])?;
            let row = rows.next()?;
            let row = row.ok_or_else(|| StoreError::corrupt(format!("no entry {seq}")))?;
            if take(row)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn batch_number(&self, n: i64) -> Result<StoredBatch, StoreError> {
        self.one_batch("WHERE n = ?1", [n])?
            .ok_or_else(|| StoreError::corrupt(format!("no batch {n}")))
    }

    fn one_batch(
        &self,
        rest: &str,
        params: impl Params,
    ) -> Result<Option<StoredBatch>, StoreError> {
        let mut found = None;
        self.batches(rest, params, &mut |batch| {
            found = Some(batch);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    fn batches(
        &self,
        rest: &str,
        params: impl Params,
        visit: &mut dyn FnMut(StoredBatch) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{BATCHES} {rest}"))?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            let batch = StoredBatch {
                n: row.get(0)?,
                batch: Batch {
                    id: Uuid::from_bytes(row.get(1)?),
                    at: row.get(2)?,
                    actor: row.get(3)?,
                    command: row.get(4)?,
                    plan: row.get(5)?,
                },
                first: row.get::<_, i64>(6)?.cast_unsigned(),
                count: row.get(7)?,
                hash: Hash::from_bytes(row.get(8)?),
                chain: Hash::from_bytes(row.get(9)?),
            };
            if visit(batch)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn flow(found: bool) -> ControlFlow<()> {
    if found {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

fn passes(filter: &LogFilter<'_>, row: &Row<'_>) -> Result<bool, StoreError> {
    let kind: i64 = row.get(2)?;
    let task: Option<TaskNo> = row.get(4)?;
    let day = Day::from_number(row.get(5)?);
    let of_kind = |kinds: &[Kind]| kinds.iter().any(|it| i64::from(it.number()) == kind);
    Ok(filter.from.is_none_or(|from| day >= from)
        && filter.to.is_none_or(|to| day <= to)
        && filter.kinds.is_none_or(of_kind)
        && filter
            .tasks
            .is_none_or(|tasks| task.is_some_and(|task| tasks.contains(&task))))
}

/// The entry in a row of `ENTRIES`.
pub(super) fn entry_in(row: &Row<'_>) -> Result<Entry, StoreError> {
    let number: i64 = row.get(2)?;
    let kind = Kind::from_number(number)
        .ok_or_else(|| StoreError::corrupt(format!("entries of kind {number}")))?;
    let content = row
        .get_ref(6)?
        .as_blob_or_null()
        .map_err(super::read::wrong)?;
    Ok(Entry {
        unit: row.get(3)?,
        task: row.get(4)?,
        day: Day::from_number(row.get(5)?),
        act: body::decode(kind, content)?,
    })
}

fn stored_entry(row: &Row<'_>, batch: &StoredBatch) -> Result<StoredEntry, StoreError> {
    let seq = row.get::<_, i64>(0)?.cast_unsigned();
    let index = u32::try_from(seq.wrapping_sub(batch.first))
        .map_err(|_| StoreError::corrupt(format!("entry {seq} is outside its batch")))?;
    Ok(StoredEntry {
        seq,
        address: Address {
            batch: batch.batch.id,
            index,
        },
        batch: batch.n,
        entry: entry_in(row)?,
    })
}
