//! A file that is to be taken in: opened, and judged by its size and first bytes, before it is read.

use std::fs::{File, FileType, Metadata};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::media::{self, HEAD, Kind};
use super::rejected::{Rejected, Special};
use super::{MOST_BYTES, MOST_PHOTOGRAPH};

/// A file that is to be taken in. Only its first bytes have been read.
pub(crate) struct Incoming {
    pub(super) name: String,
    pub(super) kind: Option<&'static Kind>,
    pub(super) file: File,
    pub(super) size: u64,
}

impl Incoming {
    /// Opens a file and looks at its first bytes. Never waits: what is no regular file is not opened.
    ///
    /// # Errors
    /// [`Rejected::Special`], [`Rejected::Unreadable`], [`Rejected::Empty`], [`Rejected::TooLarge`], [`Rejected::Disguised`].
    pub(crate) fn open(path: &Path) -> Result<Self, Rejected> {
        regular(&std::fs::metadata(path).map_err(Rejected::Unreadable)?)?;
        let mut file = File::open(path).map_err(Rejected::Unreadable)?;
        let data = file.metadata().map_err(Rejected::Unreadable)?;
        regular(&data)?;
        if data.len() > MOST_BYTES {
            return Err(Rejected::TooLarge { size: data.len() });
        }
        let mut head = Vec::with_capacity(HEAD);
        (&mut file)
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .and_then(|_| file.seek(SeekFrom::Start(0)))
            .map_err(Rejected::Unreadable)?;
        if head.is_empty() {
            return Err(Rejected::Empty);
        }
        let ending = ending_of(path);
        let kind = media::of(&head, ending.as_deref()).map_err(|media| Rejected::Disguised {
            ending: ending.unwrap_or_default(),
            media,
        })?;
        let name = path.file_name();
        Ok(Self {
            name: name.map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            kind,
            file,
            size: data.len(),
        })
    }

    /// Whether it is a picture that is looked at, and so is held in memory.
    pub(super) fn is_photograph(&self) -> bool {
        self.size <= MOST_PHOTOGRAPH
            && self
                .kind
                .is_some_and(|kind| kind.media.starts_with("image/"))
    }
}

/// The ending of a path in small letters, where it has one that is plain.
pub(super) fn ending_of(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_str()?;
    let plain =
        (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| ending.to_ascii_lowercase())
}

fn regular(data: &Metadata) -> Result<(), Rejected> {
    if data.is_file() {
        return Ok(());
    }
    Err(Rejected::Special(if data.is_dir() {
        Special::Folder
    } else {
        special(data.file_type())
    }))
}

#[cfg(unix)]
fn special(kind: FileType) -> Special {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        Special::Pipe
    } else if kind.is_socket() {
        Special::Socket
    } else {
        Special::Device
    }
}

#[cfg(not(unix))]
fn special(_kind: FileType) -> Special {
    Special::Device
}
