//! Proof on its way in: files are copied before the transaction begins, so that nobody waits for photographs.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};

use crate::evidence::{Folder, Incoming, MOST_BYTES, Rejected, Special, Taken};
use crate::model::advice::Advice;
use crate::model::entry::Proof;
use crate::model::proof::Remark;
use crate::parallel;
use crate::query::{Error, Workspace};
use crate::source::problem::{Saying, say};

/// A piece of proof as somebody offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Offered {
    /// An address on the web.
    Link(String),
    /// A file.
    File(PathBuf),
}

impl Offered {
    /// What stands for it until it is taken in.
    pub(super) fn stand_in(&self) -> Proof {
        match self {
            Self::Link(link) => Proof::Link(link.clone()),
            Self::File(path) => Proof::Named(path.display().to_string()),
        }
    }
}

/// The most threads that take files in: each may hold a photograph and its pixels, 256 MiB.
const MOST_THREADS: usize = 4;

/// Proof on its way into the evidence folder, in one command.
pub(crate) struct Intake {
    offered: Vec<Offered>,
    folder: Folder,
    path: PathBuf,
    /// What was taken in by this command already.
    taken: HashMap<PathBuf, (Proof, Vec<Advice>)>,
    /// What came of files that several threads took in, until somebody asks.
    ahead: HashMap<PathBuf, Result<Taken, Rejected>>,
    /// What the journal says of files, by their hashes. Read when a file turns out to be here already.
    recorded: OnceCell<HashMap<String, Proof>>,
}

impl Intake {
    /// Takes in the files that are offered, as far as they are not here already. What came of each is told when it is asked for.
    pub(crate) fn new(folder: &Path, offered: Vec<Offered>) -> Self {
        let mut intake = Self {
            offered: Vec::new(),
            folder: Folder::new(folder.to_path_buf()),
            path: folder.to_path_buf(),
            taken: HashMap::new(),
            ahead: HashMap::new(),
            recorded: OnceCell::new(),
        };
        intake.take_ahead(offered.iter().filter_map(|one| match one {
            Offered::Link(_) => None,
            Offered::File(path) => Some(path),
        }));
        intake.offered = offered;
        intake
    }

    /// Nothing that is there before the transaction begins.
    pub(crate) fn empty(folder: &Path) -> Self {
        Self::new(folder, Vec::new())
    }

    /// Whether nothing was offered.
    pub(crate) fn is_empty(&self) -> bool {
        self.offered.is_empty()
    }

    /// What stands for the proof until it is taken in.
    pub(super) fn stand_ins(&self) -> Vec<Proof> {
        self.offered.iter().map(Offered::stand_in).collect()
    }

    /// All that was offered, with what is odd about it. Afterwards its files are on the disk.
    pub(super) fn take_all(
        mut self,
        workspace: &Workspace,
    ) -> Result<(Vec<Proof>, Vec<Advice>), Error> {
        let (mut evidence, mut advice) = (Vec::new(), Vec::new());
        for one in std::mem::take(&mut self.offered) {
            let (proof, more) = match one {
                Offered::Link(link) => (Proof::Link(link), Vec::new()),
                Offered::File(path) => self
                    .take(&path, workspace)
                    .map_err(|unfit| refused(&path, unfit))?,
            };
            if !evidence.contains(&proof) {
                evidence.push(proof);
                advice.extend(more);
            }
        }
        self.settle()?;
        Ok((evidence, advice))
    }

    /// Takes files in by several threads, where there are several. What came of each is told by [`Intake::take`].
    pub(super) fn take_ahead<'p>(&mut self, paths: impl IntoIterator<Item = &'p PathBuf>) {
        let mut fresh: Vec<&PathBuf> = paths.into_iter().collect();
        fresh.sort_unstable();
        fresh.dedup();
        fresh.retain(|path| !self.taken.contains_key(*path));
        let threads = parallel::threads().min(MOST_THREADS);
        let (folder, ahead) = (&self.folder, &mut self.ahead);
        let take = |path: &'p PathBuf| {
            let taken = Incoming::open(path).and_then(|incoming| folder.keep_new(incoming));
            Ok::<_, Infallible>((path, taken.transpose()))
        };
        let taken = parallel::in_order(threads, fresh, take, |(path, taken)| {
            // What is here already is taken in when its turn comes.
            ahead.extend(taken.map(|taken| (path.clone(), taken)));
            Ok(())
        });
        match taken {
            Ok(()) => {}
            Err(never) => match never {},
        }
    }

    /// Takes a file in, with what is odd about it. The same path is not read twice.
    pub(super) fn take(
        &mut self,
        path: &Path,
        workspace: &Workspace,
    ) -> Result<(Proof, Vec<Advice>), Rejected> {
        if let Some(taken) = self.taken.get(path) {
            return Ok(taken.clone());
        }
        let kept = match self.ahead.remove(path) {
            Some(taken) => taken?,
            None => self.folder.keep(Incoming::open(path)?, |blake3| {
                let recorded = self.recorded.get_or_init(|| recorded_files(workspace));
                recorded.get(blake3).cloned()
            })?,
        };
        let (name, mut remarks) = (kept.proof.name().to_string(), kept.remarks);
        if let Proof::File {
            taken: Some(taken), ..
        } = kept.proof
            && taken > workspace.today
        {
            remarks.push(Remark::TakenLater {
                taken,
                today: workspace.today,
            });
        }
        let advice = remarks.into_iter().map(|remark| Advice::Proof {
            name: name.clone(),
            remark,
        });
        let taken = (kept.proof, advice.collect());
        self.taken.insert(path.to_path_buf(), taken.clone());
        Ok(taken)
    }

    /// Makes sure that all of it is found again whatever happens: before the records that name it are committed.
    pub(super) fn settle(&mut self) -> Result<(), Error> {
        let path = &self.path;
        self.folder.settle().map_err(|unfit| refused(path, unfit))
    }
}

/// The files that the journal knows how they look. What cannot be looked up is only looked at again.
fn recorded_files(workspace: &Workspace) -> HashMap<String, Proof> {
    let mut files = HashMap::new();
    let looked = workspace.reader().each_file(&mut |proof| {
        if let Proof::File {
            blake3,
            likeness: Some(_),
            ..
        } = &proof
        {
            files.insert(blake3.clone(), proof);
        }
    });
    if looked.is_err() {
        files.clear();
    }
    files
}

/// The fault of a file that cannot be taken in.
pub(super) fn refused(path: &Path, unfit: Rejected) -> Error {
    match unfit {
        Rejected::Unreadable(cause) => Error::Unreadable {
            path: path.to_path_buf(),
            cause,
        },
        Rejected::Unwritable { path, cause } => Error::Unwritable { path, cause },
        unfit => said(&path.display().to_string(), &unfit).into(),
    }
}

/// Why a file cannot be taken in, and what would help.
pub(super) fn said(path: &str, unfit: &Rejected) -> Saying {
    let saying = match unfit {
        Rejected::Special(Special::Folder) => say!("evidence-folder", path = path),
        Rejected::Special(Special::Pipe) => say!("evidence-pipe", path = path),
        Rejected::Special(Special::Socket) => say!("evidence-socket", path = path),
        Rejected::Special(Special::Device) => say!("evidence-device", path = path),
        Rejected::Unreadable(cause) => say!("evidence-unreadable", path = path, detail = cause),
        Rejected::Empty => say!("evidence-empty", path = path),
        Rejected::TooLarge { size } => say!(
            "evidence-too-large",
            path = path,
            size = size.div_ceil(1 << 20),
            most = MOST_BYTES >> 20
        ),
        Rejected::Disguised {
            ending,
            media: Some(media),
        } => say!(
            "evidence-disguised",
            path = path,
            ending = ending,
            media = media
        ),
        Rejected::Disguised {
            ending,
            media: None,
        } => say!("evidence-not-its-ending", path = path, ending = ending),
        Rejected::CutShort => say!("evidence-cut-short", path = path),
        Rejected::Broken(detail) => say!("evidence-broken", path = path, detail = detail),
        Rejected::Unwritable { path, cause } => {
            say!("evidence-unwritable", path = path.display(), detail = cause)
        }
    };
    let hint = match unfit {
        Rejected::Special(Special::Folder) => Some(say!("evidence-hint-files")),
        Rejected::TooLarge { .. } => Some(say!("evidence-hint-link")),
        Rejected::Disguised { media: Some(_), .. } => Some(say!("evidence-hint-rename")),
        Rejected::Disguised { media: None, .. }
        | Rejected::Empty
        | Rejected::CutShort
        | Rejected::Broken(_) => Some(say!("evidence-hint-again")),
        Rejected::Special(_) | Rejected::Unreadable(_) | Rejected::Unwritable { .. } => None,
    };
    saying.hint(hint)
}
