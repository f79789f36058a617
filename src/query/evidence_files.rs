//! Which files of evidence are here.

use std::path::{Path, PathBuf};

use crate::evidence::Folder;
use crate::model::entry::Proof;
use crate::model::proof::Whereabouts;

/// Of files that prove records those that are in the evidence folder as they were recorded, each by its place there, and how many are not.
pub(crate) fn evidence_files(folder: &Path, proofs: &[Proof]) -> (Vec<(String, PathBuf)>, u64) {
    let own = Folder::new(folder.to_path_buf());
    let (mut files, mut absent) = (Vec::new(), 0);
    for (path, whereabouts) in proofs.iter().filter_map(|proof| own.find(proof)) {
        let name = path.strip_prefix(folder).ok();
        let name = name.map(|name| name.to_string_lossy().replace('\\', "/"));
        match name.filter(|_| whereabouts == Whereabouts::Present) {
            Some(name) => files.push((name, path)),
            None => absent += 1,
        }
    }
    files.sort();
    files.dedup();
    (files, absent)
}
