//! `backup`: a copy of everything at one moment, proved, in one archive; and `restore`, the way back.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use crate::archive::{self, Archive, Kind, Manifest};
use crate::query::{self, Error, Place, Verification};
use crate::scratch;
use crate::source::problem::say;
use crate::store::{Access, Location, Store, StoreError};

/// What a backup will hold: a copy of the store, which was proved, and where the other files are.
pub(crate) struct Snapshot {
    /// The plan's id.
    pub plan: String,
    /// How many files of evidence are not on this machine.
    pub absent: u64,
    /// Files of plan and roster that are not there, or not below the plan's folder: a backup cannot put them back.
    pub left_out: Vec<String>,
    /// The files of plan and roster in force, onto which nothing may be written.
    pub sources: Vec<PathBuf>,
    copy: NamedTempFile,
    /// The name of the copy, and the other files by their names.
    store: String,
    files: Vec<(String, PathBuf)>,
}

/// Copies the store as it is, while others may write, and proves the copy.
///
/// # Errors
/// Where there is no store, where something is wrong with it, and whatever the store says.
pub(crate) fn snapshot(
    place: &Place,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Snapshot, Error> {
    let store = place.store.open(Access::Read)?;
    let store = store.ok_or_else(|| query::no_store(&place.store))?;
    let unwritable = |cause| Error::Unwritable {
        path: tempfile::env::temp_dir(),
        cause,
    };
    let copy = NamedTempFile::new().map_err(unwritable)?;
    store.copy_to(copy.path())?;
    drop(store);
    let own = Place {
        store: Location::File(copy.path().to_path_buf()),
        ..place.clone()
    };
    let found = Verification::of(&own, progress)?;
    let unreadable = &found.evidence.unreadable;
    if !found.is_damaged()
        && let Some(name) = unreadable.first()
    {
        let saying = say!("error-backup-unreadable", n = unreadable.len(), name = name);
        return Err(saying.hint(say!("error-backup-unreadable-hint")).into());
    }
    if !found.is_sound() {
        let saying = say!("error-unsound", n = found.places());
        return Err(saying.hint(say!("error-store-damaged-hint")).into());
    }
    let mut store = Store::open(copy.path(), Access::Read)?.ok_or(StoreError::NoPlan)?;
    let force = store.read()?.in_force()?.ok_or(StoreError::NoPlan)?;
    let named = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    let plan_name = named(&place.plan);
    let stem = Path::new(&plan_name).with_extension("");
    let stem = stem.to_string_lossy();
    let mut sources = vec![(plan_name.clone(), place.plan.clone())];
    for stamp in force.files.iter().skip(1) {
        sources.push((stamp.path.clone(), query::beside(&place.plan, &stamp.path)));
    }
    let paths = sources.iter().map(|(_, path)| path.clone()).collect();
    let is_kept = |(name, path): &(String, PathBuf)| archive::is_plain(name) && path.is_file();
    let (mut files, left_out): (Vec<_>, Vec<_>) = sources.into_iter().partition(is_kept);
    let (evidence, missing) = query::evidence_files(&place.evidence, &found.store.proofs);
    let evidence = evidence.into_iter();
    files.extend(evidence.map(|(name, path)| (format!("{stem}.evidence/{name}"), path)));
    Ok(Snapshot {
        plan: force.plan.id.to_string(),
        absent: missing.absent,
        left_out: left_out.into_iter().map(|(name, _)| name).collect(),
        sources: paths,
        copy,
        store: format!("{stem}.db"),
        files,
    })
}

impl Snapshot {
    /// Writes the archive; `at` says when it was made.
    ///
    /// # Errors
    /// When reading or writing fails.
    pub(crate) fn write(&self, out: &mut dyn Write, at: &str) -> io::Result<()> {
        let mut archive = archive::Writer::new(out);
        archive.add(&self.store, &mut File::open(self.copy.path())?)?;
        for (name, path) in &self.files {
            archive.add(name, &mut File::open(path)?)?;
        }
        archive.finish(Kind::Backup, &self.plan, at)
    }

    /// How many files it has.
    pub(crate) fn len(&self) -> usize {
        self.files.len() + 1
    }
}

/// Unpacks a backup into a folder that is not there, or empty: all of it, proved, or nothing.
///
/// # Errors
/// Where the archive is broken, where the folder has something in it, and [`Error::Unwritable`].
pub(crate) fn restore(path: &Path, folder: &Path) -> Result<Manifest, Error> {
    let unwritable = |cause| Error::Unwritable {
        path: folder.to_path_buf(),
        cause,
    };
    let broken = |fault| broken(path, fault);
    let mut archive = Archive::open(path).map_err(broken)?;
    if archive.manifest.kind != Kind::Backup {
        return Err(broken(archive::Fault::NotOurs));
    }
    let is_there = match fs::read_dir(folder) {
        Ok(mut inside) => match inside.next() {
            Some(_) => return Err(say!("error-restore-into", path = folder.display()).into()),
            None => true,
        },
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => false,
        Err(cause) => return Err(unwritable(cause)),
    };
    let above = folder
        .parent()
        .filter(|above| !above.as_os_str().is_empty());
    // In a folder that is there, whoever made it said by its rights who may read and write in it.
    let above = match is_there {
        true => folder,
        false => above.unwrap_or(Path::new(".")),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".duban-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    let beside = builder.tempdir_in(above).map_err(unwritable)?;
    archive.unpack(beside.path()).map_err(broken)?;
    share_all(beside.path(), above).map_err(unwritable)?;
    if is_there {
        move_into(beside.path(), folder).map_err(unwritable)?;
        return Ok(archive.manifest);
    }
    let beside = beside.keep();
    fs::rename(&beside, folder).map_err(|cause| {
        let _ = fs::remove_dir_all(&beside);
        unwritable(cause)
    })?;
    Ok(archive.manifest)
}

/// Moves everything in one folder into another that is empty but for it; where that fails, nothing of it stays there.
fn move_into(from: &Path, folder: &Path) -> io::Result<()> {
    let mut moved: Vec<PathBuf> = Vec::new();
    let mut move_all = || -> io::Result<()> {
        for inside in fs::read_dir(from)? {
            let inside = inside?;
            let place = folder.join(inside.file_name());
            fs::rename(inside.path(), &place)?;
            moved.push(place);
        }
        Ok(())
    };
    let done = move_all();
    if done.is_err() {
        for place in moved {
            let _ = fs::rename(&place, from.join(place.file_name().unwrap_or_default()));
        }
    }
    done
}

/// Lets the group write a folder and all in it, where the folder above is shared.
fn share_all(path: &Path, above: &Path) -> io::Result<()> {
    scratch::share(path, above)?;
    if path.is_dir() {
        for inside in fs::read_dir(path)? {
            share_all(&inside?.path(), above)?;
        }
    }
    Ok(())
}

/// Why an archive could not be unpacked.
fn broken(path: &Path, fault: archive::Fault) -> Error {
    use archive::Fault;
    let path = path.display();
    match fault {
        Fault::Io(cause) => return unpacked_nothing(path.to_string(), cause),
        Fault::NotOurs => say!("error-archive-not", path = path),
        Fault::Newer(name) => say!("error-archive-newer", path = path, name = name),
        Fault::Unsafe(name) => say!("error-archive-unsafe", path = path, name = name),
        Fault::Missing(name) => say!("error-archive-missing", path = path, name = name),
        Fault::Altered(name) => say!("error-archive-altered", path = path, name = name),
    }
    .into()
}

fn unpacked_nothing(path: String, cause: io::Error) -> Error {
    Error::Unreadable {
        path: path.into(),
        cause,
    }
}

/// A journal that came with its evidence, unpacked until this is dropped.
pub(crate) struct Unpacked {
    folder: TempDir,
    /// The journal.
    pub journal: Vec<u8>,
}

impl Unpacked {
    /// Unpacks an export.
    ///
    /// # Errors
    /// Where the archive is broken, and where it cannot be unpacked.
    pub(crate) fn of(path: &Path) -> Result<Self, Error> {
        let broken = |fault| broken(path, fault);
        let mut archive = Archive::open(path).map_err(broken)?;
        if archive.manifest.kind != Kind::Export {
            return Err(broken(archive::Fault::NotOurs));
        }
        let folder = tempfile::tempdir().map_err(|cause| broken(cause.into()))?;
        archive.unpack(folder.path()).map_err(broken)?;
        let journal = query::read(&folder.path().join(JOURNAL), query::LIST)?;
        Ok(Self { folder, journal })
    }

    /// The files of evidence, each with the hash that is its name.
    pub(super) fn evidence(&self) -> Vec<(String, PathBuf)> {
        let inside = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten();
        let shelves = inside(&self.folder.path().join(EVIDENCE));
        let files = shelves.flat_map(|shelf| inside(&shelf.path()));
        let mut files: Vec<(String, PathBuf)> = files
            .map(|file| {
                let stem = Path::new(&file.file_name()).with_extension("");
                (stem.to_string_lossy().into_owned(), file.path())
            })
            .collect();
        files.sort();
        files
    }
}

/// The journal's name in an export, and the folder of its evidence.
const JOURNAL: &str = "journal.jsonl";
const EVIDENCE: &str = "evidence";

/// Writes an export: a journal with its evidence.
///
/// # Errors
/// When reading or writing fails.
pub(crate) fn pack(
    out: &mut dyn Write,
    journal: &mut dyn Read,
    evidence: &[(String, PathBuf)],
    plan: &str,
    at: &str,
) -> io::Result<()> {
    let mut archive = archive::Writer::new(out);
    archive.add(JOURNAL, journal)?;
    for (name, path) in evidence {
        archive.add(&format!("{EVIDENCE}/{name}"), &mut File::open(path)?)?;
    }
    archive.finish(Kind::Export, plan, at)
}

/// Whether a file is an archive of ours, of whatever kind.
pub(crate) fn is_archive(path: &Path) -> bool {
    // Whoever opens a pipe has begun to read it.
    if !path.is_file() {
        return false;
    }
    let mut head = [0; 4];
    let zip = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    zip.is_ok()
        && head == *b"PK\x03\x04"
        && !matches!(Archive::open(path), Err(archive::Fault::NotOurs))
}
