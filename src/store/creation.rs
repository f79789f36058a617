//! A store that is being created: whole, or not there. It is written beside its place and gets its name with the first commit, so
//! that a first command that is refused, or dies, leaves nothing.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::database::{FolderLock, PATIENCE};
use super::error::StoreError;
use crate::scratch;

/// A store without its name.
#[derive(Debug)]
pub(super) struct Creation {
    file: TempPath,
    path: PathBuf,
    /// Who creates a store in a folder waits for others who write there.
    _turn: Option<FolderLock>,
}

impl Creation {
    /// Waits until nobody else creates a store in that folder; `None` where there is one at `path` by then.
    pub(super) fn begin(path: &Path) -> Result<Option<Self>, StoreError> {
        let folder = folder_of(path);
        let turn = FolderLock::wait(folder, PATIENCE)?;
        if path.exists() {
            return Ok(None);
        }
        let file = scratch::create(folder, ".db").map_err(unwritable)?;
        scratch::sweep(folder, file.as_file());
        scratch::share(file.path(), folder).map_err(unwritable)?;
        Ok(Some(Self {
            file: file.into_temp_path(),
            path: path.to_path_buf(),
            _turn: turn,
        }))
    }

    /// Where it is written.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Gives it its name, for good.
    ///
    /// # Errors
    /// `Busy` where somebody else created it all the same: on a file system without locks.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        match self.file.persist_noclobber(&self.path) {
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(StoreError::Busy);
            }
            result => result.map_err(|error| error.error)?,
        }
        // It is named either way; whether the name outlives a loss of power is for the file system to say.
        if let Ok(folder) = File::open(folder_of(&self.path)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent();
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn unwritable(cause: io::Error) -> StoreError {
    match cause.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        io::ErrorKind::StorageFull => StoreError::Full,
        _ => cause.into(),
    }
}
