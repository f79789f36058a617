//! Reading: entries, by seq, address and batch.

use std::ops::ControlFlow;

use super::batches::StoredBatch;
use super::codes::Codes;
use super::database::{Connection, Row, values};
use super::error::StoreError;
use super::read::Reader;
use super::seal;
use crate::journal::{Coded, Kind, body};
use crate::model::day::Day;
use crate::model::entry::{Act, Address, Entry, Proof, Seq};

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

/// The columns that `entry_in` reads.
pub(super) const ENTRIES: &str = "SELECT seq, batch, kind, unit, task, day, body, seal FROM entry";

/// How a file among the proofs of a record begins, in its body.
const FILE: &[u8] = b"{\"file\":";

/// How many columns of an entry stand before its seal.
pub(super) const WIDTH: usize = 7;

impl Reader {
    /// The entry of that seq.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn entry(&self, seq: Seq) -> Result<Option<StoredEntry>, StoreError> {
        let sql = format!("{ENTRIES} WHERE seq = ?1");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(values![seq.cast_signed()])?;
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
        let mut statement = self.connection.prepare(&sql)?;
        let (first, end) = (batch.first, batch.first + u64::from(batch.count));
        let mut rows = statement.rows(
            values![first.cast_signed(), end.cast_signed()],
            batch.count.into(),
        )?;
        let mut next = batch.first;
        while let Some(row) = rows.next()? {
            let entry = stored_entry(row, &batch)?;
            if entry.seq != next {
                return Err(StoreError::damaged("entry", next));
            }
            next += 1;
            if visit(entry)?.is_break() {
                return Ok(());
            }
        }
        match next == end {
            true => Ok(()),
            false => Err(StoreError::damaged("entry", next)),
        }
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
        let mut codes = Codes::new(&self.connection)?;
        self.entries_of(n, &mut |entry| visit(codes.coded(entry.entry)?))
    }

    /// As [`Reader::coded_of`], for a batch that was found whole: rows of the roster may be damaged.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn salvaged_of(
        &self,
        n: i64,
        visit: &mut dyn FnMut(Coded) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut codes = Codes::lenient(&self.connection)?;
        self.entries_of(n, &mut |entry| visit(codes.coded(entry.entry)?))
    }

    /// Calls `visit` with every piece of proof that is a file, in the order of the journal, undone or not.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn each_file(&self, visit: &mut dyn FnMut(Proof)) -> Result<(), StoreError> {
        let sql = format!("{ENTRIES} WHERE kind = ?1 AND body IS NOT NULL ORDER BY seq");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.scan(values![Kind::Record.number()])?;
        while let Some(row) = rows.next()? {
            // Few do, and only these are worth reading.
            let body = row.bytes(6)?;
            if !body.windows(FILE.len()).any(|bytes| bytes == FILE) {
                continue;
            }
            if let Act::Record(record) = entry_in(row)?.act {
                let files = record.evidence.into_iter();
                files
                    .filter(|proof| matches!(proof, Proof::File { .. }))
                    .for_each(&mut *visit);
            }
        }
        Ok(())
    }

    /// Calls `visit` with the entries of those seqs and their batches, in the order given.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn each_entry_of(
        &self,
        seqs: &[Seq],
        visit: &mut dyn FnMut(&StoredBatch, StoredEntry),
    ) -> Result<(), StoreError> {
        let sql = format!("{ENTRIES} WHERE seq = ?1");
        let mut statement = self.connection.prepare(&sql)?;
        let mut current: Option<StoredBatch> = None;
        for seq in seqs {
            let mut rows = statement.query(values![seq.cast_signed()])?;
            let row = rows.next()?;
            let row = row.ok_or_else(|| StoreError::damaged("entry", seq))?;
            let n: i64 = row.get(1)?;
            let batch = match current.take().filter(|batch| batch.n == n) {
                Some(batch) => batch,
                None => self.batch_number(n)?,
            };
            visit(&batch, stored_entry(row, &batch)?);
            current = Some(batch);
        }
        Ok(())
    }

    /// The seq of the entry at that address; `None` where the store does not have it.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn seq_of(&self, address: Address) -> Result<Option<Seq>, StoreError> {
        seq_at(&self.connection, address)
    }
}

/// As [`Reader::seq_of`].
pub(super) fn seq_at(connection: &Connection, address: Address) -> Result<Option<Seq>, StoreError> {
    let sql = "SELECT first, count FROM batch WHERE id = ?1";
    let found = connection.first(sql, values![address.batch.as_bytes()], |row| {
        Ok((row.get::<i64>(0)?, row.get::<u32>(1)?))
    })?;
    let found = found.filter(|(_, count)| address.index < *count);
    Ok(found.map(|(first, _)| first.cast_unsigned() + u64::from(address.index)))
}

/// The entry in a row of `ENTRIES`.
///
/// # Errors
/// `Damaged` where it is not as it was written.
pub(super) fn entry_in(row: Row<'_>) -> Result<Entry, StoreError> {
    seal::expect(row, "entry", WIDTH)?;
    unsealed_entry(row).map_err(|error| error.at("entry", row.get(0).unwrap_or(0_i64)))
}

/// As [`entry_in`], whatever the seal says.
pub(super) fn unsealed_entry(row: Row<'_>) -> Result<Entry, StoreError> {
    let number: i64 = row.get(2)?;
    let kind = Kind::from_number(number)
        .ok_or_else(|| StoreError::corrupt(format!("entries of kind {number}")))?;
    let content = row.bytes_or_null(6)?;
    Ok(Entry {
        unit: row.get(3)?,
        task: row.get(4)?,
        day: Day::from_number(row.get(5)?),
        act: body::decode(kind, content)?,
    })
}

/// The entry in a row of `ENTRIES`, with its address.
pub(super) fn stored_entry(row: Row<'_>, batch: &StoredBatch) -> Result<StoredEntry, StoreError> {
    let seq = row.get::<i64>(0)?.cast_unsigned();
    let index = u32::try_from(seq.wrapping_sub(batch.first))
        .ok()
        .filter(|index| *index < batch.count)
        .ok_or_else(|| StoreError::damaged("entry", seq))?;
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
