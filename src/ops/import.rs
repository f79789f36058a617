//! `import`: many records at once, or the journal of another store. All or nothing, unless asked otherwise.

mod attach;
mod judge;
mod standing;

pub(crate) use attach::{LIST_HEAD, may_name_files};

use std::collections::{HashMap, HashSet};
use std::io::{self, BufReader, Cursor};
use std::mem::{Discriminant, discriminant};
use std::path::Path;
use std::sync::LazyLock;

use uuid::Uuid;

use attach::{Attached, attach};
use judge::Judge;

use super::backup::Unpacked;
use super::intake::{Intake, refused};
use super::nearby_files::NearbyFiles;
use super::recording::{Recording, Written};
use crate::evidence::{Folder, Incoming, Rejected};
use crate::journal::Coded;
use crate::journal::wire::{Reader as JournalReader, WireError};
use crate::model::advice::Advice;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::entry::{Act, Entry, Proof, Record, TaskNo};
use crate::model::unit::{Tenure, UnitNo};
use crate::query::{Error, UnitKey, Workspace, standing_notices};
use crate::source::day_text::Today;
use crate::source::problem::{Place, Problems, say};
use crate::source::{Input, records};
use crate::store::{Merged, StoreError};

/// What is imported, and how.
#[derive(Clone, Debug)]
pub(crate) struct Rows<'a> {
    /// The file's name, for problems.
    pub name: &'a str,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its encoding, where it is not UTF-8.
    pub encoding: Option<&'a str>,
    /// The sheet of a workbook, where it is not the only one with rows.
    pub sheet: Option<&'a str>,
    /// Leave bad rows out instead of refusing all.
    pub partial: bool,
    /// Only say what would be recorded.
    pub dry_run: bool,
    /// What becomes of rows that stand already, in full or with another amount.
    pub repeats: Repeats,
    /// The area that narrows names.
    pub area: Option<&'a str>,
    /// The folder of the files that rows name as proof.
    pub folder: &'a Path,
}

/// What becomes of rows that say what stands already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Repeats {
    /// A row that stands is left out; one with another amount is refused.
    #[default]
    Refuse,
    /// A row that stands is left out; one with another amount replaces what stands.
    Replace,
    /// A row that stands is left out; one with another amount is a further fact.
    Add,
    /// Every row is recorded.
    Again,
}

/// What an import did.
#[derive(Debug, Default)]
pub(crate) struct Imported {
    /// The batch; `None` where nothing was new.
    pub batch: Option<Uuid>,
    /// How many records were made.
    pub entries: usize,
    /// How many rows were left out because their facts already stand.
    pub skipped: usize,
    /// How many were left out because what they said was put right since.
    pub corrected: usize,
    /// How many records of another amount they replace.
    pub replaced: usize,
    /// Bad rows, with `partial`, and warnings about the file.
    pub problems: Problems,
    /// Rows with something worth saying, of each kind the first few.
    pub advice: Vec<(Place, Advice)>,
    /// How much more is worth saying.
    pub untold: usize,
    /// How much of each kind was met.
    met: HashMap<Discriminant<Advice>, usize>,
    /// Rows read.
    pub rows: u64,
}

impl Imported {
    /// Notes what is worth saying of a row, or that something is.
    fn remark(&mut self, place: impl FnOnce() -> Place, advice: Advice) {
        let met = self.met.entry(discriminant(&advice)).or_default();
        *met += 1;
        if *met <= TOLD {
            self.advice.push((place(), advice));
        } else {
            self.untold += 1;
        }
    }
}

/// What a merge did.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Merge {
    /// Batches that are new here.
    pub batches: usize,
    /// Their entries.
    pub entries: usize,
    /// Batches that were here already.
    pub known: usize,
    /// Files of evidence that came with them and were not here.
    pub evidence: usize,
}

/// A row that may be written. A nation has millions, of which few say more than this.
struct Line {
    unit: UnitNo,
    task: TaskNo,
    day: Day,
    /// Which row of the file it is, from 1; `u32::MAX` where a file has more.
    row: u32,
    /// What it says, where that is more than that something was done.
    more: Option<Box<Record>>,
}

impl Line {
    /// What it is about, but for the unit.
    const fn about(&self) -> (TaskNo, Day) {
        (self.task, self.day)
    }

    /// What it says.
    fn record(&self) -> &Record {
        static PLAIN: LazyLock<Record> = LazyLock::new(Record::default);
        self.more.as_deref().unwrap_or(&PLAIN)
    }
}

/// The lines of a file, and the files that have to be attached before they are written.
struct Judged {
    lines: Vec<Line>,
    attached: Vec<Attached>,
}

/// A unit that rows name.
#[derive(Clone, Copy)]
struct NamedUnit {
    no: UnitNo,
    class: u32,
}

/// The most rows with advice of one kind that are told one by one.
const TOLD: usize = 20;

impl Recording {
    /// Records the rows of a file in one batch. `intake` holds the files that they name; `progress` is told how many rows have been
    /// written, now and then.
    ///
    /// # Errors
    /// [`Error::Problems`] with every bad row, unless `partial`; and whatever the store says.
    pub(crate) fn import(
        mut self,
        mut rows: Rows,
        mut intake: Intake,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Written<Imported>, Error> {
        let mut imported = Imported::default();
        let Judged {
            mut lines,
            attached,
        } = self.judge(&rows, &mut imported)?;
        attach(&self, &mut lines, attached, &mut intake, &mut imported)?;
        let mut replaced = self.compare(&rows, &mut lines, &mut imported)?;
        // Nothing of it is asked for any more, and of a nation it has 160 MB: kept, the import took 472 MB at its peak, and takes 431 now.
        rows.bytes = Vec::new();
        if imported.problems.has_errors() && !rows.partial {
            return Err(Error::Problems(imported.problems));
        }
        if lines.is_empty() {
            return Ok(self.nothing(imported));
        }
        imported.entries = lines.len();
        imported.replaced = replaced.values().map(Vec::len).sum();
        if rows.dry_run {
            return Ok(self.nothing(imported));
        }
        intake.settle()?;
        let batch = self.batch();
        imported.batch = Some(batch.id);
        let mut pen = self.transaction.pen(batch)?;
        for (line, at) in lines.into_iter().zip(1_u64..) {
            for old in replaced.remove(&line.row).into_iter().flatten() {
                pen.push(&Entry {
                    act: Act::Undo { of: old.address },
                    ..old.entry
                })?;
            }
            pen.push(&Entry {
                unit: Some(line.unit),
                task: Some(line.task),
                day: line.day,
                act: Act::Record(line.more.map_or_else(Record::default, |more| *more)),
            })?;
            if at % 4096 == 0 {
                progress(at);
            }
        }
        pen.finish()?;
        self.commit(imported)
    }

    /// Takes over the batches of another store's journal, or says what that would bring. Importing twice changes nothing, in any order.
    ///
    /// # Errors
    /// [`Error::Wire`], and for a journal of another plan; where another store issued a notice that was issued here too;
    /// and whatever the store says.
    pub(crate) fn merge(
        mut self,
        bytes: &[u8],
        unpacked: Option<&Unpacked>,
        dry_run: bool,
    ) -> Result<Written<Merge>, Error> {
        let mut journal = JournalReader::new(BufReader::new(Cursor::new(bytes)))?;
        if *journal.plan() != self.plan.id {
            let (found, wanted) = (journal.plan(), &self.plan.id);
            return Err(say!("error-other-plan", found = found, wanted = wanted).into());
        }
        if journal.is_masked() {
            return Err(say!("error-masked").hint(say!("error-masked-hint")).into());
        }
        let mut merge = Merge::default();
        let mut named = HashSet::new();
        while let Some(head) = journal.head()? {
            let next = || {
                let entry = journal.entry().map_err(MergeError::Wire)?;
                note_files(entry.as_ref(), &mut named);
                Ok(entry)
            };
            match self.transaction.merge(&head, next) {
                Ok(Merged::Added(batch)) => {
                    merge.batches += 1;
                    merge.entries += batch.count as usize;
                }
                Ok(Merged::Known(_)) => {
                    while let Some(entry) = journal.entry()? {
                        note_files(Some(&entry), &mut named);
                    }
                    merge.known += 1;
                }
                Err(MergeError::Wire(error)) => return Err(error.into()),
                Err(MergeError::Store(error)) => return Err(error.into()),
            }
        }
        let orders = self.reader().orders()?;
        let mut numbers: Vec<u32> = standing_notices(&orders, None)
            .map(|(_, issued)| issued.number)
            .collect();
        numbers.sort_unstable();
        match numbers.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(say!("error-two-notices", n = pair[0])
                .hint(say!("error-two-notices-hint"))
                .into()),
            None if dry_run => Ok(self.nothing(merge)),
            None => {
                if let Some(unpacked) = unpacked {
                    merge.evidence = self.take_over(unpacked, &named)?;
                }
                self.commit(merge)
            }
        }
    }
}

impl Recording {
    /// Takes over the files of evidence that came with a journal, as far as its records name them.
    fn take_over(&self, unpacked: &Unpacked, named: &HashSet<String>) -> Result<usize, Error> {
        let mut folder = Folder::new(self.place.evidence.clone());
        let mut taken = 0;
        for (hash, path) in unpacked.evidence() {
            if !named.contains(&hash) {
                continue;
            }
            let kept = Incoming::open(&path).and_then(|file| folder.keep(file, |_| None));
            let kept = kept.and_then(|kept| match kept.proof.content() == hash {
                true => Ok(kept.is_new),
                false => Err(Rejected::Unreadable(io::ErrorKind::InvalidData.into())),
            });
            let is_new = kept.map_err(|unfit| refused(&path, unfit))?;
            taken += usize::from(is_new);
        }
        let settled = folder.settle();
        settled.map_err(|unfit| refused(&self.place.evidence, unfit))?;
        Ok(taken)
    }
}

/// Notes the files that an entry names, by their hashes.
fn note_files(entry: Option<&Coded>, named: &mut HashSet<String>) {
    if let Some(Coded {
        act: Act::Record(record),
        ..
    }) = entry
    {
        let files = record.evidence.iter();
        let files = files.filter(|proof| matches!(proof, Proof::File { .. }));
        named.extend(files.map(|proof| proof.content().to_string()));
    }
}

impl Rows<'_> {
    /// The file, for whoever reads it.
    fn input(&self) -> Input<'_> {
        Input {
            name: self.name,
            bytes: &self.bytes,
            encoding: self.encoding,
            sheet: self.sheet,
        }
    }
}

impl Workspace {
    /// Reads every row and admits it, or says what is wrong with it.
    fn judge(&self, rows: &Rows, imported: &mut Imported) -> Result<Judged, Error> {
        let today = self.today;
        let ruler = self.ruler(View::on(today));
        let (units, tenures) = self.unit_codes()?;
        let mut judge = Judge {
            workspace: self,
            ruler: &ruler,
            area: rows.area,
            today,
            units,
            tenures,
            unit_names: HashMap::new(),
            task_names: HashMap::new(),
            nearby: NearbyFiles::new(rows.folder),
            failed: None,
        };
        let (mut lines, mut attached) = (Vec::new(), Vec::new());
        let mut problems = Problems::default();
        let of_file = records::each(rows.input(), self.import_day(), &mut |row| {
            imported.rows += 1;
            match row {
                Err(problem) => problems.push(problem),
                Ok(row) => {
                    if let Some((line, files)) = judge.line(row, imported, &mut problems) {
                        attached.extend(files.into_iter().map(|(piece, path)| Attached {
                            line: lines.len(),
                            piece,
                            path,
                            place: row.evidence_place(),
                        }));
                        lines.push(line);
                    }
                }
            }
        });
        if let Some(fault) = judge.failed {
            return Err(fault);
        }
        problems.extend(of_file);
        imported.problems = problems;
        Ok(Judged { lines, attached })
    }

    /// What days in a list count from.
    fn import_day(&self) -> Today {
        Today {
            day: self.today,
            zone: self.plan.timezone,
            issued: self.plan.issued,
        }
    }

    /// Units by code, with their classes, and the tenures of those few that have one.
    fn unit_codes(&self) -> Result<(HashMap<UnitKey, NamedUnit>, HashMap<UnitNo, Tenure>), Error> {
        let (mut codes, mut tenures) = (HashMap::new(), HashMap::new());
        self.reader().each_code(&mut |no, code, class, tenure| {
            codes.insert(UnitKey::from(code), NamedUnit { no, class });
            if tenure != Tenure::default() {
                tenures.insert(no, tenure);
            }
        })?;
        Ok((codes, tenures))
    }
}

/// What may fail while a batch is merged.
enum MergeError {
    Wire(WireError),
    Store(StoreError),
}

impl From<StoreError> for MergeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
