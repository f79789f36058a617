//! A copy of the store while others write, of one moment.

use std::path::Path;

use super::error::StoreError;
use super::open::Store;

impl Store {
    /// Copies the store as it is at one moment to a file, which is there and empty. Who writes waits until it is done, and not for what is
    /// done with the copy.
    ///
    /// # Errors
    /// `Busy` where somebody else kept writing, and what reading and writing run into.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        self.connection().copy_to(path)
    }
}
