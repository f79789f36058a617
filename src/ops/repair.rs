//! `repair`: what derives from the journal made anew, in one transaction.

use crate::query::{self, Error, Place};
use crate::store::{Access, Repaired};

/// Makes anew what derives from the journal, where it is not what that gives. Where the journal itself, or what was put in force, is
/// damaged, nothing is changed.
///
/// # Errors
/// Where there is no store, and whatever the store says.
pub(crate) fn repair(place: &Place) -> Result<Repaired, Error> {
    let store = place.store.open(Access::Write)?;
    let mut store = store.ok_or_else(|| query::no_store(&place.store))?;
    let mut transaction = store.write_anyway()?;
    let repaired = transaction.repair()?;
    if repaired.left.is_empty() && !repaired.changed.is_empty() {
        transaction.commit()?;
    }
    Ok(repaired)
}
