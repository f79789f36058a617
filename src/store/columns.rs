//! What columns hold: JSON, and numbers that follow one another.

use serde::{Deserialize, Serialize};

use super::error::StoreError;

/// Makes sure that numbers follow one another: the one found is the one that is wanted.
pub(super) fn expect_next(
    table: &'static str,
    found: i64,
    wanted: usize,
) -> Result<(), StoreError> {
    if usize::try_from(found) == Ok(wanted) {
        Ok(())
    } else {
        Err(StoreError::damaged(table, wanted))
    }
}

/// A column that holds JSON.
pub(super) fn parsed<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::corrupt(error.to_string()))
}

/// A value as JSON, for a column.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Engine(Box::new(error)))
}
