//! Writing: batches of other stores, each kept once, in whatever order they come.

use rusqlite::OptionalExtension;

use super::batches::StoredBatch;
use super::codes::unknown;
use super::error::StoreError;
use super::write::Transaction;
use crate::journal::{Coded, Head};
use crate::model::entry::{Entry, TaskNo};
use crate::model::unit::UnitNo;

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// It is new here.
    Added(StoredBatch),
    /// It was here before; none of its entries was asked for.
    Known(StoredBatch),
}

impl Transaction<'_> {
    /// Takes over a batch of another store; `next` gives its entries one by one.
    ///
    /// # Errors
    /// `Conflict` where the batch is here with other content, `Altered` where its hash is wrong, `Unknown` where the store has no
    /// such unit or task, whatever `next` fails with, and what writing runs into. The transaction can only be dropped then.
    pub fn merge<E: From<StoreError>>(
        &mut self,
        head: &Head,
        mut next: impl FnMut() -> Result<Option<Coded>, E>,
    ) -> Result<Merged, E> {
        if let Some(known) = self.batch(&head.batch.id)? {
            return if known.hash == head.hash {
                Ok(Merged::Known(known))
            } else {
                Err(StoreError::Conflict {
                    batch: head.batch.id,
                }
                .into())
            };
        }
        let connection = self.connection;
        let mut pen = self.pen(head.batch.clone())?;
        while let Some(coded) = next()? {
            let entry = numbered(connection, coded)?;
            pen.push_merged(&entry)?;
        }
        Ok(Merged::Added(pen.end(Some(head.hash))?))
    }
}

/// An entry in the numbers of this store.
fn numbered(connection: &rusqlite::Connection, coded: Coded) -> Result<Entry, StoreError> {
    let Coded {
        unit,
        task,
        day,
        act,
    } = coded;
    let unit: Option<UnitNo> = match unit {
        None => None,
        Some(code) => {
            let mut statement = connection.prepare_cached("SELECT no FROM unit WHERE code = ?1")?;
            let no = statement.query_row([code.as_str()], |row| row.get(0));
            Some(no.optional()?.ok_or_else(|| unknown("unit", code))?)
        }
    };
    let task: Option<TaskNo> = match task {
        None => None,
        Some(code) => {
            let mut statement = connection.prepare_cached("SELECT no FROM task WHERE code = ?1")?;
            let no = statement.query_row([code.as_str()], |row| row.get(0));
            Some(no.optional()?.ok_or_else(|| unknown("task", code))?)
        }
    };
    Ok(Entry {
        unit,
        task,
        day,
        act,
    })
}
