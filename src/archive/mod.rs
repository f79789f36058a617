//! Archives: files that belong together in one zip, with a manifest of their sizes and hashes. `backup` and `export` write them, `restore`
//! and `import` read them. They may come from anybody: no name in one leads out of the folder, nothing in one is a link, and nothing is
//! larger than the manifest says, which is looked at before anything is unpacked.

mod names;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

pub(crate) use names::is_plain;

use serde::{Deserialize, Serialize};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The name of the manifest in an archive.
const MANIFEST: &str = "manifest.json";

/// The form that this version writes.
const SCHEMA: &str = "duban.archive/1";

const FAMILY: &str = "duban.archive/";

/// What an archive is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// A store with its plan, roster and evidence, to be put back.
    Backup,
    /// A journal with its evidence, for another store.
    Export,
}

/// What stands in an archive.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    schema: String,
    /// What it is for.
    pub kind: Kind,
    /// The plan's id.
    pub plan: String,
    /// When it was made.
    pub at: String,
    /// Its files but this one.
    pub files: Vec<Listed>,
}

/// One file of an archive.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listed {
    /// Its path in the archive.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// The BLAKE3 hash of its content, in hexadecimal.
    pub blake3: String,
}

/// Why an archive cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// It could not be read, or its files could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// No zip, or one without a manifest.
    #[error("not an archive of duban")]
    NotOurs,
    /// Of a newer form.
    #[error("`{0}` is newer than `{SCHEMA}`")]
    Newer(String),
    /// A name that leads elsewhere, a link, or more bytes than such an archive can hold.
    #[error("`{0}` is not safe to unpack")]
    Unsafe(String),
    /// A file that the manifest lists and that is not there, or the other way round.
    #[error("`{0}` is missing, or not listed")]
    Missing(String),
    /// A file that is not what the manifest says.
    #[error("`{0}` is not what the manifest says")]
    Altered(String),
}

/// Writes an archive, file by file, to whatever takes bytes.
pub(crate) struct Writer<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    files: Vec<Listed>,
}

impl<W: Write> Writer<W> {
    /// Begins an archive.
    pub(crate) fn new(out: W) -> Self {
        Self {
            zip: ZipWriter::new_stream(out),
            files: Vec::new(),
        }
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When reading or writing fails.
    pub(crate) fn add(&mut self, path: &str, from: &mut dyn Read) -> io::Result<()> {
        self.begin(path)?;
        let mut hasher = blake3::Hasher::new();
        let mut room = vec![0; 1 << 16];
        loop {
            let read = from.read(&mut room)?;
            if read == 0 {
                break;
            }
            hasher.update(&room[..read]);
            self.zip.write_all(&room[..read])?;
        }
        self.files.push(Listed {
            path: path.to_string(),
            size: hasher.count(),
            blake3: hasher.finalize().to_hex().to_string(),
        });
        Ok(())
    }

    /// Adds the manifest, and ends.
    ///
    /// # Errors
    /// When writing fails.
    pub(crate) fn finish(mut self, kind: Kind, plan: &str, at: &str) -> io::Result<()> {
        self.begin(MANIFEST)?;
        let manifest = Manifest {
            schema: SCHEMA.to_string(),
            kind,
            plan: plan.to_string(),
            at: at.to_string(),
            files: std::mem::take(&mut self.files),
        };
        serde_json::to_writer_pretty(&mut self.zip, &manifest)?;
        self.zip.finish().map_err(io::Error::other)?;
        Ok(())
    }

    fn begin(&mut self, path: &str) -> io::Result<()> {
        let method = match names::is_packed(path) {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .large_file(true)
            .unix_permissions(0o600);
        self.zip.start_file(path, options).map_err(io::Error::other)
    }
}

/// An archive whose names and sizes were looked at.
pub(crate) struct Archive {
    zip: ZipArchive<File>,
    /// What stands in it.
    pub manifest: Manifest,
}

/// The most bytes of a manifest: some 200 for each file.
const MOST_MANIFEST: u64 = 256 << 20;

/// How many times its own size an archive may hold: journals have some thirty times, and who makes a trap wants thousands.
const MOST_TIMES: u64 = 200;

/// What a small archive may hold in any case.
const ANYWAY: u64 = 1 << 30;

impl Archive {
    /// Opens an archive, and looks at every name and size in it.
    ///
    /// # Errors
    /// Every [`Fault`] but `Altered`.
    pub(crate) fn open(path: &Path) -> Result<Self, Fault> {
        // A device or a pipe is none, and some never end.
        if !fs::metadata(path)?.is_file() {
            return Err(Fault::NotOurs);
        }
        let file = File::open(path)?;
        let most = file
            .metadata()?
            .len()
            .saturating_mul(MOST_TIMES)
            .max(ANYWAY);
        let mut zip = ZipArchive::new(file).map_err(|_| Fault::NotOurs)?;
        // What is no archive of ours has names of its own: a workbook that LibreOffice wrote has folders.
        let manifest = read_manifest(&mut zip)?;
        let mut sizes = BTreeMap::new();
        let mut folded = BTreeSet::new();
        for at in 0..zip.len() {
            let entry = zip.by_index_raw(at).map_err(|_| Fault::NotOurs)?;
            let name = entry.name().map_err(|_| Fault::NotOurs)?.to_string();
            // Names that some systems take for one are one.
            let known = !folded.insert(name.to_lowercase());
            if known || !is_plain(&name) || entry.is_symlink() || entry.is_dir() {
                return Err(Fault::Unsafe(name));
            }
            sizes.insert(name, entry.size());
        }
        sizes.remove(MANIFEST);
        let mut total = 0_u64;
        for listed in &manifest.files {
            match sizes.remove(&listed.path) {
                None => return Err(Fault::Missing(listed.path.clone())),
                Some(size) if size != listed.size => {
                    return Err(Fault::Altered(listed.path.clone()));
                }
                Some(size) => total = total.saturating_add(size),
            }
            if total > most {
                return Err(Fault::Unsafe(listed.path.clone()));
            }
        }
        match sizes.into_keys().next() {
            Some(surplus) => Err(Fault::Missing(surplus)),
            None => Ok(Self { zip, manifest }),
        }
    }

    /// Unpacks everything into a folder that is there and empty, and proves it.
    ///
    /// # Errors
    /// `Altered` with the first file that is not what the manifest says, and `Io`.
    pub(crate) fn unpack(&mut self, folder: &Path) -> Result<(), Fault> {
        for listed in &self.manifest.files {
            let altered = || Fault::Altered(listed.path.clone());
            let place = folder.join(&listed.path);
            if let Some(above) = place.parent() {
                create_folders(above)?;
            }
            let mut file = BufWriter::new(create(&place)?);
            let entry = self.zip.by_name(&listed.path).map_err(|_| altered())?;
            let mut hasher = blake3::Hasher::new();
            // No more than the manifest says, whatever the bytes unpack to.
            let mut from = entry.take(listed.size.saturating_add(1));
            let mut room = vec![0; 1 << 16];
            loop {
                let read = from.read(&mut room).map_err(|_| altered())?;
                if read == 0 {
                    break;
                }
                hasher.update(&room[..read]);
                file.write_all(&room[..read])?;
            }
            let same = hasher.count() == listed.size
                && hasher.finalize().to_hex().as_str() == listed.blake3;
            if !same {
                return Err(altered());
            }
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
        }
        Ok(())
    }
}

fn read_manifest(zip: &mut ZipArchive<File>) -> Result<Manifest, Fault> {
    let entry = zip.by_name(MANIFEST).map_err(|_| Fault::NotOurs)?;
    if entry.size() > MOST_MANIFEST {
        return Err(Fault::Unsafe(MANIFEST.to_string()));
    }
    let mut text = Vec::new();
    let read = entry.take(MOST_MANIFEST).read_to_end(&mut text);
    read.map_err(|_| Fault::NotOurs)?;
    let value: serde_json::Value = serde_json::from_slice(&text).map_err(|_| Fault::NotOurs)?;
    match value.get("schema").and_then(serde_json::Value::as_str) {
        Some(SCHEMA) => serde_json::from_value(value).map_err(|_| Fault::NotOurs),
        Some(newer) if newer.starts_with(FAMILY) => Err(Fault::Newer(newer.to_string())),
        _ => Err(Fault::NotOurs),
    }
}

/// A folder and those above it as far as they are not there, for their owner alone.
fn create_folders(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// A new file, for its owner alone.
fn create(place: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(place)
}
