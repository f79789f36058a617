//! Why a file cannot be taken in.

use std::io;
use std::path::PathBuf;

/// What is no regular file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    /// A folder.
    Folder,
    /// A pipe: opening one would wait for somebody to write into it.
    Pipe,
    /// A socket.
    Socket,
    /// A disk, a terminal, `/dev/zero`.
    Device,
}

/// Why a file cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Rejected {
    /// It is no regular file.
    #[error("no regular file")]
    Special(Special),
    /// It cannot be read, or is not there.
    #[error("cannot be read")]
    Unreadable(#[source] io::Error),
    /// There is nothing in it.
    #[error("empty")]
    Empty,
    /// It has more bytes than [`MOST_BYTES`](super::MOST_BYTES).
    #[error("too large")]
    TooLarge {
        /// How many it has, as far as they were counted.
        size: u64,
    },
    /// It is not what its ending says.
    #[error("not what `.{ending}` says")]
    Disguised {
        /// The ending.
        ending: String,
        /// What it is by its content, where that is known.
        media: Option<&'static str>,
    },
    /// A photograph that ends in the middle.
    #[error("cut short")]
    CutShort,
    /// A photograph that cannot be decoded.
    #[error("broken: {0}")]
    Broken(String),
    /// The evidence folder cannot take it.
    #[error("cannot write {}", path.display())]
    Unwritable {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
}
