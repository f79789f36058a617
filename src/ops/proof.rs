//! Proof: a file known by its content.

use std::io::Read;
use std::path::Path;

use super::fault::Fault;
use crate::model::entry::Proof;

/// A file as proof: its name, its size and the hash of its content. The file stays where it is.
///
/// # Errors
/// [`Fault::NoFile`] for a folder, a device or the like; [`Fault::Unreadable`].
pub fn proof(path: &Path) -> Result<Proof, Fault> {
    let unreadable = |cause| Fault::Unreadable {
        path: path.to_path_buf(),
        cause,
    };
    let data = std::fs::metadata(path).map_err(unreadable)?;
    if !data.is_file() {
        return Err(Fault::NoFile {
            path: path.display().to_string(),
        });
    }
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        size += read as u64;
        hasher.update(&buffer[..read]);
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(Proof::File {
        name,
        size,
        blake3: hasher.finalize().to_hex().to_string(),
    })
}
