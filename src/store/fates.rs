//! Reading: what became of entries, and which batch somebody can still undo.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::ops::ControlFlow;

use super::batches::StoredBatch;
use super::entries::StoredEntry;
use super::error::StoreError;
use super::read::Reader;
use crate::model::entry::Act;
use crate::model::sheet::{Fate, Gone, Item};
use crate::model::unit::UnitNo;

/// What became of entries, as far as is known: of each unit's entries by its sheet, which is read once for those that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Fates(HashMap<Option<UnitNo>, Gone>);

/// Of so many units it is remembered what does not stand.
const UNITS_AT_HAND: usize = 1024;

impl Fates {
    /// What became of an entry, as far as `known` lets items through: always the same ones.
    ///
    /// # Errors
    /// What reading runs into.
    pub(crate) fn of(
        &mut self,
        reader: &Reader,
        entry: &StoredEntry,
        known: impl Fn(&Item) -> bool,
    ) -> Result<Fate, StoreError> {
        if self.0.len() > UNITS_AT_HAND {
            self.0.clear();
        }
        let gone = match self.0.entry(entry.entry.unit) {
            Slot::Occupied(slot) => slot.into_mut(),
            Slot::Vacant(slot) => slot.insert(match entry.entry.unit {
                Some(unit) => Gone::of(&reader.sheet(unit)?.items, known),
                None => Gone::of(&reader.orders()?, known),
            }),
        };
        Ok(gone.fate(entry.seq))
    }
}

impl Reader {
    /// The latest batch of that person of which something can still be undone.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn last_batch_of(&self, actor: &str) -> Result<Option<StoredBatch>, StoreError> {
        let mut found = None;
        let mut fates = Fates::default();
        self.batches_of(actor, &mut |batch| {
            let mut live = false;
            self.entries_of(batch.n, &mut |entry| {
                live = !matches!(
                    entry.entry.act,
                    Act::Undo { .. } | Act::Apply { .. } | Act::Gain { .. } | Act::Contact { .. }
                ) && fates.of(self, &entry, |_| true)? == Fate::Stands;
                Ok(flow(live))
            })?;
            if live {
                found = Some(batch);
            }
            Ok(flow(live))
        })?;
        Ok(found)
    }
}

fn flow(found: bool) -> ControlFlow<()> {
    if found {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}
