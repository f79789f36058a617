//! Which files of evidence are here.

use std::path::{Path, PathBuf};

use crate::evidence::Folder;
use crate::model::entry::Proof;
use crate::model::proof::Whereabouts;

/// How many files that prove records cannot be passed on, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Missing {
    /// Not on this machine.
    pub absent: u64,
    /// Not as they were recorded.
    pub altered: u64,
    /// Here, and not to be read.
    pub unreadable: u64,
}

/// Of files that prove records those that are in the evidence folder as they were recorded, each by its place there, and how many are not.
pub(crate) fn evidence_files(folder: &Path, proofs: &[Proof]) -> (Vec<(String, PathBuf)>, Missing) {
    let own = Folder::new(folder.to_path_buf());
    let (mut files, mut missing) = (Vec::new(), Missing::default());
    for (path, whereabouts) in proofs.iter().filter_map(|proof| own.find(proof)) {
        let name = path.strip_prefix(folder).ok();
        let name = name.map(|name| name.to_string_lossy().replace('\\', "/"));
        match (name, whereabouts) {
            (Some(name), Whereabouts::Present) => files.push((name, path)),
            (_, Whereabouts::Altered) => missing.altered += 1,
            (_, Whereabouts::Unreadable) => missing.unreadable += 1,
            (_, Whereabouts::Present | Whereabouts::Absent) => missing.absent += 1,
        }
    }
    files.sort();
    files.dedup();
    (files, missing)
}
