//! Writing: the entries of one batch, one after another. Nothing is held back but packed items of sheets.

use std::cell::Cell;

use uuid::Uuid;

use super::batches::StoredBatch;
use super::codes::Codes;
use super::database::{Connection, values};
use super::entries::StoredEntry;
use super::error::StoreError;
use super::moved::spread;
use super::page_buffer::{PageBuffer, Target, item_of, rule_of, target_at};
use super::read::Reader;
use super::same::{LIST, UndoRun, goes_on, has_list, link};
use super::seal::{self, Sealing};
use crate::journal::hash::{Content, chain};
use crate::journal::{Hash, Kind, body};
use crate::model::day::Day;
use crate::model::entry::{Act, Address, Batch, Entry, Seq};

/// How far the batches of a transaction are.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Whether one was begun and not finished.
    pub(super) open: Cell<bool>,
    /// The last that was finished.
    pub(super) last: Cell<Option<Uuid>>,
}

/// Writes the entries of one batch.
pub struct BatchWriter<'t> {
    reader: &'t Reader,
    progress: &'t Progress,
    insert: Sealing<'t>,
    codes: Codes<'t>,
    pending: PageBuffer,
    content: Content,
    batch: Batch,
    n: i64,
    first: Seq,
    before: Vec<u8>,
    recorded: Day,
    /// The undos right before.
    undos: UndoRun,
}

impl<'t> BatchWriter<'t> {
    pub(super) fn new(
        reader: &'t Reader,
        progress: &'t Progress,
        batch: Batch,
    ) -> Result<Self, StoreError> {
        let zone = reader.zone()?.ok_or(StoreError::NoPlan)?;
        if reader.batch(&batch.id)?.is_some() {
            return Err(StoreError::Conflict { batch: batch.id });
        }
        let connection = &reader.connection;
        // The head was compared with it when the transaction began.
        let last = "SELECT n, chain FROM batch ORDER BY n DESC LIMIT 1";
        let last = connection.first(last, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (n, before): (i64, _) = last.unwrap_or_else(|| (0, vec![0; 32]));
        let newest = "SELECT at, id FROM batch ORDER BY at DESC, id DESC LIMIT 1";
        let newest = connection.first(newest, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let newest: Option<(i64, [u8; 16])> = newest;
        let own = (batch.at, *batch.id.as_bytes());
        progress.open.set(true);
        Ok(Self {
            reader,
            progress,
            insert: Sealing::adding(connection, "entry")?,
            codes: Codes::new(connection)?,
            pending: PageBuffer::new(newest.is_none_or(|newest| newest < own)),
            content: Content::new(&batch),
            recorded: zone.day_of(batch.at),
            batch,
            n: n + 1,
            first: reader.last_seq()? + 1,
            before,
            undos: UndoRun::default(),
        })
    }

    /// Adds the next entry.
    ///
    /// # Errors
    /// `Unknown` where the store has no such unit or task, `NoSuchEntry` where it is about an entry that is not there, and what
    /// writing runs into.
    pub fn push(&mut self, entry: &Entry) -> Result<Seq, StoreError> {
        let target = match entry.act.about() {
            None => None,
            Some(of) => Some(self.target(of)?.ok_or(StoreError::NoSuchEntry(of))?),
        };
        self.put(entry, target)
    }

    /// Adds an entry of another store: one that is about an entry not yet merged waits for it.
    pub(super) fn push_merged(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let Some(of) = entry.act.about() else {
            return self.put(entry, None).map(drop);
        };
        let target = self.target(of)?;
        let seq = self.put(entry, target)?;
        if target.is_none() {
            wait(&self.reader.connection, of, seq)?;
        }
        Ok(())
    }

    fn put(&mut self, entry: &Entry, target: Option<Target>) -> Result<Seq, StoreError> {
        let seq = self.first + u64::from(self.content.count());
        let kind = Kind::of(&entry.act);
        let body = body::encode(&entry.act)?;
        let (unit, task) = self.codes.of(entry.unit, entry.task)?;
        self.content
            .add(kind, unit, task, entry.day, body.as_deref());
        self.insert.put(values![
            seq.cast_signed(),
            self.n,
            kind.number(),
            entry.unit,
            entry.task,
            entry.day.number(),
            body.as_deref(),
        ])?;
        let rule = rule_of(&self.reader.connection, &entry.act)?;
        if let Some((unit, item)) = item_of(entry, seq, self.recorded, target, rule) {
            self.pending.add(unit, &item);
        }
        let Self { undos, pending, .. } = self;
        undos.pass(entry, seq, self.recorded, target, pending);
        if self.pending.is_full() {
            let connection = &self.reader.connection;
            self.pending.flush(connection, connection)?;
        }
        Ok(seq)
    }

    /// The entry at an address, in a batch before or in this one.
    fn target(&self, of: Address) -> Result<Option<Target>, StoreError> {
        let seq = if of.batch == self.batch.id {
            (of.index < self.content.count()).then(|| self.first + u64::from(of.index))
        } else {
            self.reader.seq_of(of)?
        };
        seq.map(|seq| target_at(&self.reader.connection, seq))
            .transpose()
    }

    /// How many entries were added.
    pub const fn count(&self) -> u32 {
        self.content.count()
    }

    /// Ends the batch.
    ///
    /// # Errors
    /// What writing runs into.
    pub fn finish(self) -> Result<StoredBatch, StoreError> {
        self.end(None)
    }

    /// Ends the batch, whose hash must be the one that its store gave it.
    pub(super) fn end(mut self, wanted: Option<Hash>) -> Result<StoredBatch, StoreError> {
        let count = self.content.count();
        let hash = self.content.finish();
        if wanted.is_some_and(|wanted| wanted != hash) {
            return Err(StoreError::Altered {
                batch: self.batch.id,
            });
        }
        let chain = chain(&self.before, &hash);
        let Batch {
            id,
            at,
            actor,
            command,
            plan,
        } = &self.batch;
        let connection = &self.reader.connection;
        let row = values![
            self.n,
            id.as_bytes(),
            tail(id),
            *at,
            actor,
            command,
            plan,
            self.first.cast_signed(),
            count,
            hash.as_bytes(),
            chain.as_bytes(),
        ];
        seal::add(connection, "batch", row)?;
        settle(self.reader, id, &mut self.pending)?;
        self.pending.flush(connection, connection)?;
        if self.batch.command == LIST && has_list(connection, self.n)? {
            self.pending.pages.sort_unstable();
            self.pending.pages.dedup();
            let linked = link(connection, connection, Some(&self.pending.pages))?;
            self.pending.tied.extend(linked);
        }
        spread(connection, connection, &self.pending.tied)?;
        self.progress.open.set(false);
        self.progress.last.set(Some(self.batch.id));
        Ok(StoredBatch {
            n: self.n,
            batch: self.batch,
            first: self.first,
            count,
            hash,
            chain,
        })
    }
}

/// Notes that an entry waits for one that is not there yet.
pub(super) fn wait(connection: &Connection, of: Address, seq: Seq) -> Result<(), StoreError> {
    let sql = "INSERT INTO dangling VALUES (?1, ?2, ?3)";
    let values = values![of.batch.as_bytes(), of.index, seq.cast_signed()];
    connection.execute(sql, values)?;
    Ok(())
}

/// The low 32 bits of an id: what people see and type of it.
pub(super) fn tail(id: &Uuid) -> i64 {
    let [.., a, b, c, d] = *id.as_bytes();
    i64::from(u32::from_be_bytes([a, b, c, d]))
}

/// Puts on their sheets the entries that waited for a batch that is now there.
fn settle(reader: &Reader, id: &Uuid, pending: &mut PageBuffer) -> Result<(), StoreError> {
    let connection = &reader.connection;
    let sql = "SELECT place, seq FROM dangling WHERE batch = ?1 ORDER BY seq";
    let waiting: Vec<(u32, i64)> = connection.all(sql, values![id.as_bytes()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    if waiting.is_empty() {
        return Ok(());
    }
    pending.newest = false;
    let zone = reader.zone()?.ok_or(StoreError::NoPlan)?;
    let mut passed = 0;
    for (index, seq) in waiting {
        let address = Address { batch: *id, index };
        let Some(of) = reader.seq_of(address)? else {
            continue;
        };
        let seq = seq.cast_unsigned();
        let Some(waiter) = reader.entry(seq)? else {
            continue;
        };
        let at = reader.batch_number(waiter.batch)?.batch.at;
        let target = target_at(connection, of)?;
        let recorded = zone.day_of(at);
        let rule = rule_of(connection, &waiter.entry.act)?;
        if let Some((unit, item)) = item_of(&waiter.entry, seq, recorded, Some(target), rule) {
            pending.add(unit, &item);
        }
        if seq >= passed {
            passed = pass_undos(reader, &waiter, recorded, pending)?;
        }
    }
    let sql = "DELETE FROM dangling WHERE batch = ?1";
    connection.execute(sql, values![id.as_bytes()])?;
    Ok(())
}

/// Notes what a record replaces where the undos right before it, one of which waited, are all there now. Gives the first seq behind them.
fn pass_undos(
    reader: &Reader,
    waiter: &StoredEntry,
    recorded: Day,
    pending: &mut PageBuffer,
) -> Result<Seq, StoreError> {
    let in_batch = |seq: Seq| {
        let entry = reader.entry(seq)?;
        Ok::<_, StoreError>(entry.filter(|entry| entry.batch == waiter.batch))
    };
    let mut first = waiter.clone();
    while let Some(before) = in_batch(first.seq - 1)?
        && goes_on(&before.entry, &first.entry)
    {
        first = before;
    }
    let mut undos = UndoRun::default();
    loop {
        let StoredEntry { seq, entry, .. } = &first;
        let of = entry.act.about().map(|of| reader.seq_of(of)).transpose()?;
        let target = of.flatten().map(|of| target_at(&reader.connection, of));
        undos.pass(entry, *seq, recorded, target.transpose()?, pending);
        match in_batch(seq + 1)? {
            Some(next) if matches!(first.entry.act, Act::Undo { .. }) => first = next,
            _ => return Ok(seq + 1),
        }
    }
}
