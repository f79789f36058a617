//! Evidence (佐证): files that prove a record, taken in and kept by their content.
//!
//! A file that is taken in gets a [`Proof::File`](crate::model::entry::Proof): its name, size and BLAKE3 hash, its media type
//! by its content, and for a photograph how it looks and the day and place that the camera noted. Its content is kept in the
//! evidence folder, where its hash is its name. What is kept is on the disk before the record is committed, so a record never
//! names what was lost; what was kept for a record that then was refused stays, harms nothing, and is found again.
//!
//! Refused ([`Rejected`]): what is no regular file (a folder, a pipe, a socket, a device), what cannot be read, what is empty or
//! larger than [`MOST_BYTES`], what its ending does not say (a PNG called `.jpg`), a photograph cut short or broken. A link in
//! a folder is followed to the file. Recorded with a [`Remark`](crate::model::proof::Remark), because the record is true all
//! the same: a day that the camera says is still to come, a photograph of a kind that cannot be compared, or one larger than
//! [`MOST_PHOTOGRAPH`] bytes or [`MOST_DECODED`] bytes of pixels (64 million; of a progressive JPEG 21 million), which is
//! kept and never decoded.
//!
//! A file is read once: small ones in memory, larger ones through a buffer into the folder.

mod camera;
mod folder;
mod incoming;
mod media;
mod photograph;
mod rejected;

pub(crate) use folder::{Folder, Taken};
pub(crate) use incoming::Incoming;
pub(crate) use rejected::{Rejected, Special};

/// The most bytes that a file may have: 256 MiB, some minutes of video.
pub(crate) const MOST_BYTES: u64 = 256 << 20;

/// The most bytes that a photograph may have to be looked at: 64 MiB. It is held in memory while that is done.
pub(crate) const MOST_PHOTOGRAPH: u64 = 64 << 20;

/// The most bytes that the pixels of a photograph may take to be decoded: 192 MiB.
pub(crate) const MOST_DECODED: u64 = 192 << 20;

/// The BLAKE3 hash of what a reader gives, in hexadecimal, and how much it was.
fn hash(mut from: impl std::io::Read) -> std::io::Result<(String, u64)> {
    let mut hasher = blake3::Hasher::new();
    let size = std::io::copy(&mut from, &mut hasher)?;
    Ok((hasher.finalize().to_hex().to_string(), size))
}

#[cfg(test)]
mod tests;
