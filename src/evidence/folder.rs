//! The evidence folder: what was taken in, each file under the hash of its content (`ab/abcd….jpg`), written beside, synced,
//! renamed. Nothing in it is ever changed; what somebody changed by hand is noticed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

use tempfile::{NamedTempFile, TempPath};

use super::incoming::{Incoming, ending_of};
use super::photograph::{self, Looked};
use super::rejected::Rejected;
use super::{MOST_BYTES, MOST_PHOTOGRAPH, hash, media};
use crate::model::entry::Proof;
use crate::model::proof::{Remark, Whereabouts};
use crate::scratch;

/// The evidence folder of an office.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Files that are whole, with the places that [`Folder::settle`] gives them.
    staged: Mutex<Vec<(TempPath, PathBuf)>>,
    /// Looks for what others left half written, once.
    swept: Once,
}

/// A file that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// What is recorded of it: a [`Proof::File`].
    pub proof: Proof,
    /// What is odd about it.
    pub remarks: Vec<Remark>,
    /// Whether it was not here before.
    pub is_new: bool,
}

/// Whether a text is a hash: another store's journal may say anything, such as the name of a file elsewhere.
fn is_hash(text: &str) -> bool {
    let digits = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 64 && text.bytes().all(digits)
}

/// What stands at a place in the folder.
enum Stands {
    Nothing,
    Same,
    Another,
}

impl Drop for Folder {
    /// Leaves nothing where nothing was settled: a folder that was made for what was refused is empty, and only such a one goes.
    fn drop(&mut self) {
        let staged = self.staged.get_mut();
        staged.unwrap_or_else(PoisonError::into_inner).clear();
        if self.swept.is_completed() {
            let _ = fs::remove_dir(&self.path);
        }
    }
}

impl Folder {
    /// The folder at that path. It need not be there: it is made for the first file.
    pub(crate) const fn new(path: PathBuf) -> Self {
        Self {
            path,
            staged: Mutex::new(Vec::new()),
            swept: Once::new(),
        }
    }

    /// Takes a file in. Its content is on the disk afterwards, and has its place after [`Folder::settle`]; without that, nothing of it
    /// stays. `recorded` gives what
    /// the journal says of content of that hash, if it says anything: what was looked at once is not looked at again. Several
    /// threads may do so at the same time.
    ///
    /// # Errors
    /// Every [`Rejected`] that [`Incoming::open`] does not find.
    pub(crate) fn keep(
        &self,
        incoming: Incoming,
        recorded: impl FnOnce(&str) -> Option<Proof>,
    ) -> Result<Taken, Rejected> {
        let arrived = self.receive(incoming)?;
        let known = match arrived.is_known_photograph() {
            true => recorded(&arrived.blake3).and_then(Looked::before),
            false => None,
        };
        self.keep_as(arrived, known)
    }

    /// As [`Folder::keep`], but a photograph that is here already is left for that, because the journal may know how it looks.
    ///
    /// # Errors
    /// As [`Folder::keep`].
    pub(crate) fn keep_new(&self, incoming: Incoming) -> Result<Option<Taken>, Rejected> {
        let arrived = self.receive(incoming)?;
        match arrived.is_known_photograph() {
            true => Ok(None),
            false => self.keep_as(arrived, None).map(Some),
        }
    }

    /// Reads a file and finds its place.
    fn receive(&self, incoming: Incoming) -> Result<Arrived, Rejected> {
        let photograph = incoming.is_photograph();
        let media = incoming.kind.map(|kind| kind.media);
        let file = incoming.file.take(MOST_BYTES + 1);
        let (held, blake3, size) = if photograph {
            read(file)?
        } else {
            self.copy(file)?
        };
        if size > MOST_BYTES {
            return Err(Rejected::TooLarge { size });
        }
        let place = self.place(&blake3, media, &incoming.name);
        let stands = standing(&place, &blake3, size).map_err(|cause| unwritable(&place, cause))?;
        Ok(Arrived {
            name: incoming.name,
            media,
            held,
            blake3,
            size,
            place,
            stands,
        })
    }

    /// Gives what arrived its place; `known` says how a photograph looks that was looked at before.
    fn keep_as(&self, arrived: Arrived, known: Option<Looked>) -> Result<Taken, Rejected> {
        let looked = match (known, &arrived.held, arrived.media) {
            (Some(looked), ..) => looked,
            (None, Held::InMemory(bytes), Some(media)) => photograph::look(bytes, media)?,
            (None, _, Some(media)) if media.starts_with("image/") => Looked {
                remark: Some(Remark::TooManyBytes { size: arrived.size }),
                ..Looked::default()
            },
            _ => Looked::default(),
        };
        let mut remarks: Vec<Remark> = looked.remark.into_iter().collect();
        if matches!(arrived.stands, Stands::Another) {
            remarks.push(Remark::Restored);
        }
        let is_new = !matches!(arrived.stands, Stands::Same);
        if is_new {
            let beside = match arrived.held {
                Held::Beside(beside) => beside,
                Held::InMemory(bytes) => {
                    let mut beside = self.beside()?;
                    let written = beside.write_all(&bytes);
                    written.map_err(|cause| unwritable(&arrived.place, cause))?;
                    beside
                }
            };
            self.stage(beside, arrived.place)?;
        }
        Ok(Taken {
            proof: Proof::File {
                name: arrived.name,
                size: arrived.size,
                blake3: arrived.blake3,
                media: arrived.media.map(ToString::to_string),
                likeness: looked.likeness,
                taken: looked.notes.taken,
                place: looked.notes.place,
            },
            remarks,
            is_new,
        })
    }

    /// Copies a file through a buffer into the folder, hashed on the way.
    fn copy(&self, file: impl Read) -> Result<(Held, String, u64), Rejected> {
        let mut beside = self.beside()?;
        let mut copied = Copied {
            from: file,
            to: &mut beside,
            failed: false,
        };
        match hash(&mut copied) {
            Ok((blake3, size)) => Ok((Held::Beside(beside), blake3, size)),
            Err(cause) if copied.failed => Err(unwritable(&self.path, cause)),
            Err(cause) => Err(Rejected::Unreadable(cause)),
        }
    }

    /// Gives what was taken in its place, and makes sure that it is found again whatever happens: to be called before the record is
    /// committed.
    ///
    /// # Errors
    /// [`Rejected::Unwritable`].
    pub(crate) fn settle(&mut self) -> Result<(), Rejected> {
        let staged = self.staged.get_mut();
        let mut changed = BTreeSet::new();
        for (file, place) in std::mem::take(staged.unwrap_or_else(PoisonError::into_inner)) {
            if let Some(shelf) = place.parent() {
                if make(shelf)? {
                    changed.insert(self.path.clone());
                }
                changed.insert(shelf.to_path_buf());
            }
            file.persist(&place)
                .map_err(|error| unwritable(&place, error.error))?;
        }
        if !changed.is_empty() {
            // The folder itself may be new.
            changed.extend(self.path.parent().map(Path::to_path_buf));
        }
        for folder in changed {
            sync_folder(&folder).map_err(|cause| unwritable(&folder, cause))?;
        }
        Ok(())
    }

    /// Where content of that hash is kept, or would be.
    /// The photograph of that content and name, made small; nothing where it is not here, is no longer what it was, or cannot be
    /// shown.
    pub(crate) fn thumbnail(&self, blake3: &str, name: &str) -> Option<Vec<u8>> {
        if !is_hash(blake3) {
            return None;
        }
        let medias = [Some("image/jpeg"), Some("image/png"), None];
        let places = medias.map(|media| self.place(blake3, media, name));
        let file = places.iter().find_map(|place| File::open(place).ok())?;
        let mut bytes = Vec::new();
        file.take(MOST_PHOTOGRAPH).read_to_end(&mut bytes).ok()?;
        let (found, _) = hash(&mut bytes.as_slice()).ok()?;
        match found == blake3 {
            true => photograph::thumbnail(&bytes),
            false => None,
        }
    }

    fn place(&self, blake3: &str, media: Option<&str>, name: &str) -> PathBuf {
        let ending = match media.and_then(media::ending) {
            Some(ending) => Some(ending.to_string()),
            None => ending_of(Path::new(name)),
        };
        let mut file = blake3.to_string();
        if let Some(ending) = ending {
            file.push('.');
            file.push_str(&ending);
        }
        self.path.join(&blake3[..2]).join(file)
    }

    /// Where the content of a piece of proof is kept, or would be, and whether it is there as it was recorded; `None` for
    /// what is no file. What a journal says is never a path: a hash is sixty-four digits or none, and an ending is one of the
    /// list or a few letters.
    pub(crate) fn find(&self, proof: &Proof) -> Option<(PathBuf, Whereabouts)> {
        let Proof::File {
            name,
            size,
            blake3,
            media,
            ..
        } = proof
        else {
            return None;
        };
        if !is_hash(blake3) {
            return None;
        }
        let place = self.place(blake3, media.as_deref(), name);
        let whereabouts = match standing(&place, blake3, *size) {
            Ok(Stands::Same) => Whereabouts::Present,
            Ok(Stands::Nothing) => Whereabouts::Absent,
            Ok(Stands::Another) => Whereabouts::Altered,
            Err(_) => Whereabouts::Unreadable,
        };
        Some((place, whereabouts))
    }

    /// A new file in the folder, which goes away by itself unless it is settled in.
    fn beside(&self) -> Result<NamedTempFile, Rejected> {
        make(&self.path)?;
        let beside = scratch::create(&self.path, "");
        let beside = beside.map_err(|cause| unwritable(&self.path, cause))?;
        self.swept
            .call_once(|| scratch::sweep(&self.path, beside.as_file()));
        Ok(beside)
    }

    /// Syncs a file, whose place it will have. Whoever may read any new file may read it, and nobody may write it.
    fn stage(&self, beside: NamedTempFile, place: PathBuf) -> Result<(), Rejected> {
        let synced = scratch::share(beside.path(), &self.path)
            .and_then(|()| read_only(beside.path()))
            .and_then(|()| beside.as_file().sync_all());
        synced.map_err(|cause| unwritable(&place, cause))?;
        let mut staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        // Closed: there may be more of them than files that a process may hold open.
        staged.push((beside.into_temp_path(), place));
        Ok(())
    }
}

/// Makes a folder where it is not, inside one that is there; whether it is new.
fn make(folder: &Path) -> Result<bool, Rejected> {
    match scratch::create_folder(folder) {
        Ok(()) => {
            let shared = scratch::share(folder, folder);
            shared.map_err(|cause| unwritable(folder, cause))?;
            Ok(true)
        }
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => match folder.is_dir() {
            true => Ok(false),
            false => Err(unwritable(folder, io::ErrorKind::NotADirectory.into())),
        },
        Err(cause) => Err(unwritable(folder, cause)),
    }
}

/// A file that was read and is not in its place yet.
struct Arrived {
    name: String,
    media: Option<&'static str>,
    held: Held,
    blake3: String,
    size: u64,
    place: PathBuf,
    stands: Stands,
}

impl Arrived {
    /// Whether it is a photograph, and something stands in its place already.
    const fn is_known_photograph(&self) -> bool {
        matches!(self.held, Held::InMemory(_)) && !matches!(self.stands, Stands::Nothing)
    }
}

/// What was read of a file, where it is held until it has its place.
enum Held {
    InMemory(Vec<u8>),
    Beside(NamedTempFile),
}

/// Reads a file into memory.
fn read(mut file: impl Read) -> Result<(Held, String, u64), Rejected> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(Rejected::Unreadable)?;
    let (blake3, size) = hash(bytes.as_slice()).map_err(Rejected::Unreadable)?;
    Ok((Held::InMemory(bytes), blake3, size))
}

fn unwritable(path: &Path, cause: io::Error) -> Rejected {
    Rejected::Unwritable {
        path: path.to_path_buf(),
        cause,
    }
}

fn is_absent(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// What stands at a place where content of that hash and size should be.
fn standing(place: &Path, blake3: &str, size: u64) -> io::Result<Stands> {
    let data = match fs::symlink_metadata(place) {
        Ok(data) => data,
        Err(cause) if is_absent(&cause) => return Ok(Stands::Nothing),
        Err(cause) => return Err(cause),
    };
    if !data.is_file() || data.len() != size {
        return Ok(Stands::Another);
    }
    let (found, _) = hash(File::open(place)?)?;
    Ok(if found == blake3 {
        Stands::Same
    } else {
        Stands::Another
    })
}

/// A reader whose bytes are written elsewhere as well.
struct Copied<R, W> {
    from: R,
    to: W,
    /// Whether it was the writer that failed.
    failed: bool,
}

impl<R: Read, W: Write> Read for Copied<R, W> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        if let Err(cause) = self.to.write_all(&buffer[..read]) {
            self.failed = true;
            return Err(cause);
        }
        Ok(read)
    }
}

#[cfg(unix)]
fn read_only(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode();
    fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o444))
}

#[cfg(not(unix))]
fn read_only(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    // The folder above a relative name is the one at hand.
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
