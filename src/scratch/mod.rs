//! Scratch files: written beside their place and renamed once they are whole, so that nobody ever sees half a file. The store, the
//! evidence and `-o` write so.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

use tempfile::NamedTempFile;

/// How the names begin of files that are not whole yet.
const PREFIX: &str = ".duban-";

/// How much older than a new file what is not whole must be to be of nobody who still writes.
const LEFT: Duration = Duration::from_secs(24 * 60 * 60);

/// A new file in that folder, for its owner alone, which goes away by itself unless it is given its place. The store, evidence and backups
/// are such: they hold names and telephone numbers.
///
/// # Errors
/// Where the folder takes no new file.
pub(crate) fn create(folder: &Path, suffix: &str) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(suffix)
        .tempfile_in(folder)
}

/// A new file in that folder that others may read: as for any new file, the process's umask says who.
///
/// # Errors
/// Where the folder takes no new file.
pub(crate) fn create_open(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// A new folder, for its owner alone.
///
/// # Errors
/// Where there is one already, and where none can be made.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Removes what processes that were killed left in that folder; how old it is, a new file beside it tells. It is only in the way: what
/// cannot be removed stays.
pub(crate) fn sweep(folder: &Path, new: &File) {
    let Ok(now) = new.metadata().and_then(|file| file.modified()) else {
        return;
    };
    let is_left = |file: &fs::DirEntry| {
        let half = file.file_name().to_string_lossy().starts_with(PREFIX);
        let file = file.metadata().ok().filter(|file| half && file.is_file());
        let written = file.and_then(|file| file.modified().ok());
        written.is_some_and(|written| now.duration_since(written).is_ok_and(|age| age > LEFT))
    };
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    for left in files.filter(is_left) {
        let _ = fs::remove_file(left.path());
    }
}

/// Lets the group write what stands in a folder that hands its group on (setgid): such a folder is shared by an office, and one whose
/// umask is 022 would lock the colleagues out.
///
/// # Errors
/// Where the rights cannot be set.
#[cfg(unix)]
pub(crate) fn share(path: &Path, folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(folder)?.permissions().mode() & 0o2000 == 0 {
        return Ok(());
    }
    let file = fs::metadata(path)?;
    let group = if file.is_dir() { 0o070 } else { 0o060 };
    let mode = file.permissions().mode() | group;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Only Unix has such folders.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn share(_path: &Path, _folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_a_day_ago_goes_and_what_somebody_still_writes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let day = Duration::from_secs(24 * 60 * 60);
        let write = |name: &str, age: Duration| {
            let file = File::create(folder.path().join(name)).unwrap();
            let modified = file.metadata().unwrap().modified().unwrap();
            file.set_modified(modified - age).unwrap();
        };
        write(".duban-old", 2 * day);
        write(".duban-old.db", 2 * day);
        write(".duban-old.db-journal", 2 * day);
        write(".duban-fresh", day / 2);
        write("duban.db", 2 * day);
        let new = create(folder.path(), "").unwrap();
        sweep(folder.path(), new.as_file());
        drop(new);
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, [".duban-fresh", "duban.db"]);
    }

    #[cfg(unix)]
    #[test]
    fn only_in_a_shared_folder_the_group_may_write() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, inner) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&file, "").unwrap();
        fs::create_dir(&inner).unwrap();
        let set = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for (shared, of_file, of_folder) in [(0o755, 0o600, 0o700), (0o2775, 0o660, 0o770)] {
            set(folder.path(), shared);
            set(&file, 0o600);
            set(&inner, 0o700);
            share(&file, folder.path()).unwrap();
            share(&inner, folder.path()).unwrap();
            assert_eq!((mode(&file), mode(&inner)), (of_file, of_folder));
        }
    }
}
