//! What is checked before a packed workbook is opened: how much it unpacks to. The readers of the formats believe what a file says
//! of itself.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::Unread;

/// The most bytes that a workbook may unpack to.
pub(super) const UNPACKED: u64 = 512 << 20;

/// Opens a packed workbook once it is known what it unpacks to. What the directory says is checked first, then what comes
/// out in truth.
pub(super) fn archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unread> {
    let damaged = |_| Unread::Damaged("zip".to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut said: u64 = 0;
    for at in 0..zip.len() {
        let entry = zip.by_index_raw(at).map_err(damaged)?;
        said = said.saturating_add(entry.size());
    }
    if said > UNPACKED {
        return Err(Unread::Unpacked(said));
    }
    let mut left = UNPACKED;
    for at in 0..zip.len() {
        let entry = zip.by_index(at).map_err(damaged)?;
        let came = io::copy(&mut entry.take(left + 1), &mut io::sink());
        left = left
            .checked_sub(came.map_err(|_| Unread::Damaged("zip".to_string()))?)
            .ok_or(Unread::Unpacked(UNPACKED))?;
    }
    Ok(zip)
}
