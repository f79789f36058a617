//! Whose turn it is to write to a file. SQLite knows no queue: who finds it busy tries again by chance, so that of two hundred the
//! unluckiest waits many times as long as most. So whoever wants to write first stands in a queue, and keeps the turn until the
//! transaction ends.
//!
//! The queue is a lock on the store's folder, which needs no file and no right to write; Linux grants it in the order of asking, and
//! takes it from whoever dies. It makes waiting fair, and nothing more: who may write is for SQLite to say. Where a system or a network
//! folder has no such lock, one goes on without it.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::super::error::StoreError;

/// The turn to write to a store in a folder, until it is dropped.
#[derive(Debug)]
pub(in crate::store) struct FolderLock {
    _folder: File,
}

impl FolderLock {
    /// Waits for the turn; `None` where there is no queue.
    ///
    /// # Errors
    /// `Busy` where it did not come in that time.
    pub(in crate::store) fn wait(
        folder: &Path,
        patience: Duration,
    ) -> Result<Option<Self>, StoreError> {
        let Ok(folder) = File::open(folder) else {
            return Ok(None);
        };
        match folder.try_lock() {
            Ok(()) => return Ok(Some(Self { _folder: folder })),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(_)) => return Ok(None),
        }
        // Only who waits without an end has a place in the queue. That is a thread, which can be left behind.
        let (mine, turn) = mpsc::channel();
        let wait = move || {
            let locked = folder.lock();
            // Where nobody takes it any more, it is dropped, and the next one's.
            let _ = mine.send(locked.ok().map(|()| Self { _folder: folder }));
        };
        if thread::Builder::new().spawn(wait).is_err() {
            return Ok(None);
        }
        match turn.recv_timeout(patience) {
            Err(RecvTimeoutError::Timeout) => Err(StoreError::Busy),
            come => Ok(come.unwrap_or(None)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_ones_own_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let wait = |patience| FolderLock::wait(folder.path(), patience);
        let turn = wait(Duration::ZERO).unwrap().unwrap();
        assert!(matches!(wait(Duration::ZERO), Err(StoreError::Busy)));
        drop(turn);
        // Nor does who was left behind in the queue keep it.
        drop(wait(Duration::MAX).unwrap().unwrap());
        assert!(wait(Duration::MAX).unwrap().is_some());
    }

    #[test]
    fn where_there_is_no_queue_one_goes_on_without() {
        let folder = tempfile::tempdir().unwrap();
        let none = FolderLock::wait(&folder.path().join("none"), Duration::ZERO);
        assert!(none.unwrap().is_none());
    }
}
