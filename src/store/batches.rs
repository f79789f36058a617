//! Reading: batches, by number, id, tail and actor.

use std::ops::ControlFlow;

use uuid::Uuid;

use super::columns::expect_next;
use super::database::{Row, Value, values};
use super::error::StoreError;
use super::read::Reader;
use super::seal;
use crate::journal::{Hash, Head};
use crate::model::entry::{Batch, Seq};

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

const BATCHES: &str =
    "SELECT n, id, tail, at, actor, command, plan, first, count, hash, chain, seal FROM batch";

/// How many columns of a batch stand before its seal.
const WIDTH: usize = 11;

impl Reader {
    /// The batch of that id.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn batch(&self, id: &Uuid) -> Result<Option<StoredBatch>, StoreError> {
        let batch = self.one_batch("WHERE id = ?1", values![id.as_bytes()])?;
        match batch {
            // An index that leads to another row.
            Some(batch) if batch.batch.id != *id => Err(StoreError::damaged("batch", batch.n)),
            batch => Ok(batch),
        }
    }

    /// The batches whose ids end in those 32 bits, oldest first: people type eight hexadecimal digits.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn batches_by_tail(&self, tail: u32) -> Result<Vec<StoredBatch>, StoreError> {
        let mut list = Vec::new();
        self.batches("WHERE tail = ?1 ORDER BY n", values![tail], &mut |batch| {
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
        let mut wanted = 0;
        self.batches("ORDER BY n", &[], &mut |batch| {
            wanted += 1;
            expect_next("batch", batch.n, wanted)?;
            visit(batch)
        })
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
        self.batches("WHERE actor = ?1 ORDER BY n DESC", values![actor], visit)
    }

    /// The chain hash of the last batch: it stands for the whole journal.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn chain(&self) -> Result<Option<Hash>, StoreError> {
        let last = self.one_batch("ORDER BY n DESC LIMIT 1", &[])?;
        Ok(last.map(|batch| batch.chain))
    }

    /// The batch of that number.
    ///
    /// # Errors
    /// `Damaged` where there is none, and what reading runs into.
    pub fn batch_number(&self, n: i64) -> Result<StoredBatch, StoreError> {
        self.one_batch("WHERE n = ?1", values![n])?
            .ok_or_else(|| StoreError::damaged("batch", n))
    }

    /// Calls `visit` with every batch that put a plan in force, here or in another store, in the order of their moments.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn each_apply(
        &self,
        visit: &mut dyn FnMut(StoredBatch) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        // The words of the index, which SQLite recognises by them.
        self.batches("WHERE command = 'apply' ORDER BY at, id", &[], visit)
    }

    /// The batch that was recorded first, whichever arrived first.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn first_batch(&self) -> Result<Option<StoredBatch>, StoreError> {
        self.one_batch("ORDER BY at, id LIMIT 1", &[])
    }

    fn one_batch(
        &self,
        rest: &str,
        values: &[Value<'_>],
    ) -> Result<Option<StoredBatch>, StoreError> {
        let sql = format!("{BATCHES} {rest}");
        self.connection.first(&sql, values, stored_batch)
    }

    fn batches(
        &self,
        rest: &str,
        values: &[Value<'_>],
        visit: &mut dyn FnMut(StoredBatch) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare(&format!("{BATCHES} {rest}"))?;
        let mut rows = statement.scan(values)?;
        while let Some(row) = rows.next()? {
            if visit(stored_batch(row)?)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn stored_batch(row: Row<'_>) -> Result<StoredBatch, StoreError> {
    seal::expect(row, "batch", WIDTH)?;
    unsealed_batch(row).map_err(|error| error.at("batch", row.get(0).unwrap_or(0_i64)))
}

fn unsealed_batch(row: Row<'_>) -> Result<StoredBatch, StoreError> {
    Ok(StoredBatch {
        n: row.get(0)?,
        batch: Batch {
            id: Uuid::from_bytes(row.get(1)?),
            at: row.get(3)?,
            actor: row.get(4)?,
            command: row.get(5)?,
            plan: row.get(6)?,
        },
        first: row.get::<i64>(7)?.cast_unsigned(),
        count: row.get(8)?,
        hash: Hash::from_bytes(row.get(9)?),
        chain: Hash::from_bytes(row.get(10)?),
    })
}
