//! Writing: batches of other stores, each kept once, in whatever order they come.

use std::rc::Rc;

use super::batch_writer::BatchWriter;
use super::batches::StoredBatch;
use super::error::StoreError;
use super::numbers::Numbers;
use super::write::Transaction;
use crate::journal::{Coded, Head};

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// It is new here.
    Added(StoredBatch),
    /// It was here before; none of its entries was asked for.
    Known(StoredBatch),
}

impl Transaction {
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
        let connection = Rc::clone(&self.connection);
        let mut numbers = Numbers::new(&connection)?;
        let mut pen = BatchWriter::new(self, &self.progress, head.batch.clone())?;
        while let Some(coded) = next()? {
            pen.push_merged(&numbers.entry(coded)?)?;
        }
        Ok(Merged::Added(pen.end(Some(head.hash))?))
    }
}
