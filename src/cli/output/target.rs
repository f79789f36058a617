//! The file that `-o` names: written beside its place and renamed, or straight through where it is a device or a pipe; never
//! one of those that duban itself lives on.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::context::Context;
use crate::query::Error;
use crate::scratch;
use crate::source::problem::say;
use crate::words::args;

/// Where an answer goes that `-o` sends to a file.
#[derive(Debug)]
pub(crate) struct Target {
    /// As somebody typed it, in the folder of this run.
    path: PathBuf,
    /// What it is in the end, where it leads there through links.
    place: PathBuf,
    /// Whether it is for its owner alone.
    private: bool,
}

impl Target {
    /// The file at that path.
    ///
    /// # Errors
    /// For the store and what SQLite keeps beside it, the plan, the roster, and anything in the evidence folder: an answer would destroy
    /// what it was made from.
    pub(crate) fn of(context: &Context, path: &Path) -> Result<Self> {
        let path = context.path(path);
        let place = followed(&path);
        // Without a plan there is nothing to destroy.
        if let Ok(kept) = context.place() {
            let of_store = |ending: &str| {
                let mut name = OsString::from(kept.store.file()?);
                name.push(ending);
                Some(PathBuf::from(name))
            };
            let endings = ["", "-journal", "-wal", "-shm"].into_iter();
            let of_store: Vec<PathBuf> = endings.filter_map(of_store).collect();
            let sources = context.sources.iter().chain([&kept.plan]);
            let mut files = of_store.iter().chain(sources);
            if files.any(|file| followed(file) == place)
                || place.starts_with(followed(&kept.evidence))
            {
                let saying = say!("error-output-own", path = path.display());
                return Err(saying.hint(say!("error-output-own-hint")).into());
            }
        }
        Ok(Self {
            path,
            place,
            private: false,
        })
    }

    /// The same for what holds names and telephone numbers: nobody else may read it, unless the folder is shared.
    #[must_use]
    pub(crate) fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// Writes it. A file is written beside its place, synced and renamed, so that nobody ever sees half of it.
    ///
    /// # Errors
    /// [`Error::Unwritable`] with the reason.
    pub(crate) fn write(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Error> {
        let written = match fs::metadata(&self.path) {
            Ok(data) if !data.is_file() && !data.is_dir() => self.write_through(write),
            // Links in a ring, or a folder that may not be entered.
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            _ => self.replace(write),
        };
        written.map_err(|cause| Error::Unwritable {
            path: self.path.clone(),
            cause,
        })
    }

    /// A device or a pipe has no place beside it: renaming a file there would put a plain file where it was.
    fn write_through(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut out = BufWriter::new(File::options().write(true).open(&self.path)?);
        write(&mut out)?;
        out.flush()
    }

    fn replace(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let folder = folder_of(&self.place);
        // Asked first, because a scratch file's own error would name that file.
        fs::metadata(folder)?;
        if self.place.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut beside = match self.private {
            true => scratch::create(folder, "")?,
            false => scratch::create_open(folder)?,
        };
        scratch::sweep(folder, beside.as_file());
        let mut buffer = BufWriter::new(beside.as_file_mut());
        write(&mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        beside.as_file().sync_all()?;
        match fs::metadata(&self.place) {
            Ok(before) => fs::set_permissions(beside.path(), before.permissions())?,
            Err(_) if self.private => scratch::share(beside.path(), folder)?,
            Err(_) => {}
        }
        beside.persist(&self.place).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Writes the file that `-o` names, and says so.
pub(crate) fn save(
    context: &mut Context,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    save_to(context, &Target::of(context, path)?, write)
}

/// As [`save`], for what is for its owner alone.
pub(crate) fn save_private(
    context: &mut Context,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    save_to(context, &Target::of(context, path)?.private(), write)
}

fn save_to(
    context: &mut Context,
    target: &Target,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    target.write(write)?;
    let args = args!(path = target.path.display().to_string());
    context.say("talk-wrote", &args)?;
    if is_open_elsewhere(&target.path) {
        let text = context.words().say("talk-open-elsewhere", &args);
        context.warn(&text)?;
    }
    Ok(())
}

/// Whether an office program has that file open: it leaves a small file beside it that says so.
pub(crate) fn is_open_elsewhere(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let without_two: String = name.chars().skip(2).collect();
    // Excel and WPS, Word with a long name, LibreOffice.
    let signs = [
        format!("~${name}"),
        format!("~${without_two}"),
        format!(".~lock.{name}#"),
    ];
    signs.iter().any(|sign| path.with_file_name(sign).exists())
}

/// How many links lead on before it is surely a ring.
const MOST_LINKS: usize = 40;

/// A path without links, as far as it exists: what is not there yet is taken as it is named.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&path) else {
            break;
        };
        path = folder_of(&path).join(next);
    }
    match (fs::canonicalize(folder_of(&path)), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        // Several folders may be missing; `/` and `..` have no name.
        _ => fs::canonicalize(&path).unwrap_or(path),
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent();
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}
