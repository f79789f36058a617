//! Files that a list of records names: looked for in the list's own folder and below, and nowhere else.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::intake::said;
use crate::evidence::Incoming;
use crate::source::problem::{Saying, say};

/// What a list's folder holds.
pub(super) struct NearbyFiles {
    /// The folder as it really is; `None` where it cannot be found.
    folder: Option<PathBuf>,
    found: HashMap<String, Found>,
}

/// What a name in a list stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// A file that can be taken in, as far as can be seen at its door.
    File(PathBuf),
    /// Nothing that proves, why, and what would help.
    Rejected(Saying),
}

impl NearbyFiles {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.canonicalize().ok(),
            found: HashMap::new(),
        }
    }

    /// What the name stands for.
    pub(super) fn look(&mut self, name: &str) -> Found {
        if let Some(found) = self.found.get(name) {
            return found.clone();
        }
        let found = match &self.folder {
            Some(folder) => look(folder, name),
            None => not_beside(name),
        };
        self.found.insert(name.to_string(), found.clone());
        found
    }
}

/// A path that is absolute, climbs, or leads out of the folder by a link is not opened: whoever wrote the list does not
/// choose what of this machine becomes evidence.
fn look(folder: &Path, name: &str) -> Found {
    let path = Path::new(name);
    let plain = |part: Component| matches!(part, Component::Normal(_) | Component::CurDir);
    if !path.components().all(plain) {
        return outside(name);
    }
    match folder.join(path).canonicalize() {
        Ok(real) if !real.starts_with(folder) => outside(name),
        Ok(_) => door(&folder.join(path), name),
        Err(cause) if cause.kind() == ErrorKind::PermissionDenied => door(&folder.join(path), name),
        // Not there, or no path at all, as `有` or `2张`.
        Err(_) => not_beside(name),
    }
}

fn not_beside(name: &str) -> Found {
    Found::Rejected(say!("evidence-not-beside", path = name).hint(say!("evidence-hint-beside")))
}

fn outside(name: &str) -> Found {
    Found::Rejected(say!("evidence-outside", path = name).hint(say!("evidence-hint-beside")))
}

fn door(path: &Path, name: &str) -> Found {
    match Incoming::open(path) {
        Ok(_) => Found::File(path.to_path_buf()),
        Err(unfit) => Found::Rejected(said(name, &unfit)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_list_reaches_into_its_folder_and_no_further() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("list");
        fs::create_dir_all(folder.join("photos")).unwrap();
        fs::write(outer.path().join("secret.txt"), "secret").unwrap();
        fs::write(folder.join("photos/a.txt"), "a").unwrap();
        std::os::unix::fs::symlink(outer.path().join("secret.txt"), folder.join("link.txt"))
            .unwrap();
        std::os::unix::fs::symlink("photos/a.txt", folder.join("near.txt")).unwrap();
        let mut nearby = NearbyFiles::new(&folder);
        let absolute = outer.path().join("secret.txt");
        let mut case = |name: &str, wanted: &str| match nearby.look(name) {
            Found::Rejected(saying) => assert_eq!(saying.id, wanted, "{name}"),
            Found::File(path) => panic!("{}", path.display()),
        };
        for name in [
            "../secret.txt",
            "photos/../../secret.txt",
            "photos/../photos/a.txt",
            "..",
            "link.txt",
            absolute.to_str().unwrap(),
        ] {
            case(name, "evidence-outside");
        }
        let long = "长".repeat(300);
        for name in [
            "有",
            "2张",
            "照片在群里",
            "photos/b.txt",
            "a\0b",
            "photos/a.txt/x",
            &long,
        ] {
            case(name, "evidence-not-beside");
        }
        case("photos", "evidence-folder");
        for name in ["photos/a.txt", "./photos/a.txt", "near.txt"] {
            assert!(matches!(nearby.look(name), Found::File(_)), "{name}");
        }
    }
}
