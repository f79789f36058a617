//! The plan and roster files: read, judged, and remembered by their stamps.

use std::convert::Infallible;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::clock::Clock;
use super::error::Error;
use crate::model::entry::{Act, Batch, Entry};
use crate::model::plan::Plan;
use crate::model::unit::{Classes, Unit};
use crate::parallel;
use crate::source::plan::{PlanFile, RosterSource};
use crate::source::problem::{Place, Problem, Problems, say};
use crate::source::roster::Roster;
use crate::source::{Input, plan, roster};
use crate::store::{Applying, Stamp, StoreError, Transaction};

/// The most bytes of a plan file: the largest ones known have a few ten thousand.
const PLAN: u64 = 16 << 20;

/// The most bytes of a roster: a nation's has a hundred million.
const ROSTER: u64 = 512 << 20;

/// The most bytes of a list or of a journal: seven million rows of a nation have some 400 MB.
pub(crate) const LIST: u64 = 1 << 30;

/// How many units are worth a thread's while, for the digest.
const PIECE: usize = 4096;

/// How much is read before anybody asks whether it ends.
const HEAD: u64 = 64 << 10;

/// What the files say.
pub(crate) struct Files {
    /// The plan, and what `check` needs to advise on it.
    pub file: PlanFile,
    /// The roster in the order of its file.
    pub roster: Vec<Unit>,
    /// The files as they are.
    pub stamps: Vec<Stamp>,
}

/// Plan and roster as far as they could be read, for `check`.
pub(crate) struct Surveyed {
    /// The plan.
    pub file: Option<PlanFile>,
    /// The roster.
    pub roster: Option<Roster>,
    /// The files as they are.
    pub stamps: Vec<Stamp>,
    /// Every problem of both.
    pub problems: Problems,
}

impl Surveyed {
    /// Reads what can be read of plan and roster: an error in one hides nothing of the other.
    ///
    /// # Errors
    /// [`Error::Unreadable`].
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let bytes = read(path, PLAN)?;
        let name = name_of(path);
        let mut stamps = vec![stamp(path, &name, &bytes)?];
        let plan::Surveyed {
            file,
            roster,
            mut problems,
        } = plan::survey(&name, &bytes);
        let roster = match roster {
            None => None,
            Some(RosterSource::Rows(roster)) => Some(roster),
            Some(RosterSource::File {
                path: relative,
                encoding,
                sheet,
            }) => {
                let roster_path = beside(path, &relative);
                match read(&roster_path, ROSTER) {
                    Err(Error::Unreadable { cause, .. })
                        if cause.kind() == std::io::ErrorKind::NotFound =>
                    {
                        problems.push(plan::no_roster(&name, &bytes, &relative));
                        None
                    }
                    bytes => {
                        let bytes = bytes?;
                        stamps.push(stamp(&roster_path, &relative, &bytes)?);
                        let (roster, more) = roster::read(Input {
                            name: &relative,
                            bytes: &bytes,
                            encoding: encoding.as_deref(),
                            sheet: sheet.as_deref(),
                        });
                        problems.extend(more);
                        roster
                    }
                }
            }
        };
        if let (Some(file), Some(roster)) = (&file, &roster) {
            problems.extend(plan::judge(file, roster));
        }
        Ok(Self {
            file,
            roster,
            stamps,
            problems,
        })
    }
}

impl Files {
    /// Reads plan and roster.
    ///
    /// # Errors
    /// [`Error::Unreadable`], or [`Error::Problems`] with every problem of both files.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let Surveyed {
            file,
            roster,
            stamps,
            problems,
        } = Surveyed::read(path)?;
        match (file, roster) {
            (Some(file), Some(roster)) if !problems.has_errors() => Ok(Self {
                file,
                roster: roster.units,
                stamps,
            }),
            _ => Err(Error::Problems(problems)),
        }
    }

    /// The plan.
    pub(crate) const fn plan(&self) -> &Plan {
        &self.file.plan
    }

    /// Puts the plan in force as the first, with the contacts that the roster names.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn put_in_force(
        &self,
        transaction: &mut Transaction,
        clock: Clock,
        batch: Batch,
    ) -> Result<(), StoreError> {
        let today = clock.today(self.plan().timezone);
        let digest = batch.plan.clone();
        let holds = transaction.put_in_force(&Applying {
            plan: self.plan(),
            digest: &digest,
            files: &self.stamps,
            roster: &self.roster,
            applied: today,
            batch: batch.id,
        })?;
        let mut pen = transaction.pen(batch)?;
        let entry = |unit, act| Entry {
            unit,
            task: None,
            day: today,
            act,
        };
        let first = Act::Apply {
            digest,
            reason: String::new(),
            changes: Vec::new(),
            holds: holds.to_hex().to_string(),
        };
        pen.push(&entry(None, first))?;
        for (unit, no) in self.roster.iter().zip(0..) {
            if !unit.contact.is_empty() {
                let name = unit.contact.clone();
                pen.push(&entry(Some(no), Act::Contact { name }))?;
            }
        }
        pen.finish()?;
        Ok(())
    }

    /// How many units owe something.
    pub(crate) fn owing(&self) -> usize {
        let plan = self.plan();
        // Units of one class are many, classes few.
        let mut classes = Classes::default();
        let mut owes = Vec::new();
        let units = self.roster.iter().filter(|unit| {
            let class = classes.number(unit.class(plan)) as usize;
            for class in &classes.list()[owes.len()..] {
                owes.push(plan.tasks.iter().any(|task| task.owed_by(class)));
            }
            owes[class]
        });
        units.count()
    }

    /// The digest of what both files mean: comments and layout leave it as it is.
    pub(crate) fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.file.plan.meaning());
        let lay = |units: &[Unit]| {
            let mut lines = Vec::new();
            for unit in units {
                let start = lines.len();
                lines.push(b'\n');
                if serde_json::to_writer(&mut lines, unit).is_err() {
                    lines.truncate(start);
                }
            }
            Ok::<_, Infallible>(lines)
        };
        // A first `status` of a nation takes a sixth of its time for this on one thread, line by line.
        let pieces = self.roster.chunks(PIECE).collect();
        let hashed = parallel::in_order(parallel::threads(), pieces, lay, |lines| {
            hasher.update(&lines);
            Ok(())
        });
        match hashed {
            Ok(()) => {}
            Err(never) => match never {},
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// Whether a file is as it was: by size and time, and where these differ by its content. A file that is not there has not
/// changed what is in force.
pub(super) fn is_same(plan: &Path, stamp: &Stamp, first: bool) -> bool {
    let path = if first {
        plan.to_path_buf()
    } else {
        beside(plan, &stamp.path)
    };
    let Ok(data) = fs::metadata(&path) else {
        return true;
    };
    if data.len() == stamp.size && modified(&data) == stamp.modified_ns {
        return true;
    }
    data.len() == stamp.size
        && fs::read(&path).is_ok_and(|bytes| blake3::hash(&bytes).to_hex().as_str() == stamp.blake3)
}

/// A path that the plan file names, seen from its folder.
pub(crate) fn beside(plan: &Path, relative: &str) -> PathBuf {
    plan.parent().unwrap_or(Path::new("")).join(relative)
}

/// A file's content, if it has no more bytes than that.
///
/// # Errors
/// [`Error::Unreadable`]; [`Error::Problems`] where it is larger.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let unreadable = |cause| Error::Unreadable {
        path: path.to_path_buf(),
        cause,
    };
    let file = fs::File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > most {
        return Err(too_large(&name_of(path), most));
    }
    all_of(&mut &file, &name_of(path), most).map_err(|fault| match fault {
        Error::Unreadable { cause, .. } => unreadable(cause),
        other => other,
    })
}

/// The first bytes of a file, and how many it has; no bytes of what is no plain file, which can be read only once.
///
/// # Errors
/// [`Error::Unreadable`].
pub(crate) fn head(path: &Path, most: usize) -> Result<(Vec<u8>, u64), Error> {
    let unreadable = |cause| Error::Unreadable {
        path: path.to_path_buf(),
        cause,
    };
    let data = fs::metadata(path).map_err(unreadable)?;
    let mut head = Vec::new();
    // Whoever opens a pipe has begun to read it.
    if data.is_file() {
        let file = fs::File::open(path).map_err(unreadable)?;
        let mut first = file.take(most as u64);
        first.read_to_end(&mut head).map_err(unreadable)?;
    }
    Ok((head, data.len()))
}

/// Everything that comes from a file, a pipe or a device, if it is no more than that. One that gives nothing but zeros at
/// first has no end.
///
/// # Errors
/// As [`read`].
pub(crate) fn all_of(from: &mut dyn Read, name: &str, most: u64) -> Result<Vec<u8>, Error> {
    let unreadable = |cause| Error::Unreadable {
        path: name.into(),
        cause,
    };
    let mut bytes = Vec::new();
    let mut head = from.take(HEAD);
    head.read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 == HEAD && bytes.iter().all(|byte| *byte == 0) {
        return Err(too_large(name, most));
    }
    let mut rest = from.take(most.saturating_sub(HEAD) + 1);
    rest.read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(too_large(name, most));
    }
    Ok(bytes)
}

fn too_large(name: &str, most: u64) -> Error {
    let saying = say!("check-file-large", most = most >> 20);
    let problem = Problem::error(Place::whole(name), saying);
    Error::Problems(std::iter::once(problem).collect())
}

/// A path as problems name it: the file's own name.
fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn stamp(path: &Path, name: &str, bytes: &[u8]) -> Result<Stamp, Error> {
    let data = fs::metadata(path).map_err(|cause| Error::Unreadable {
        path: path.to_path_buf(),
        cause,
    })?;
    Ok(Stamp {
        path: name.to_string(),
        size: bytes.len() as u64,
        modified_ns: modified(&data),
        blake3: blake3::hash(bytes).to_hex().to_string(),
    })
}

fn modified(data: &fs::Metadata) -> i64 {
    let since = data
        .modified()
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| {
        i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
    })
}
