//! `import`: many records at once, or the journal of another store. All or nothing, unless asked otherwise.

mod attach;
mod judge;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufReader, Cursor};
use std::mem::{Discriminant, discriminant};
use std::ops::Range;
use std::path::Path;

use uuid::Uuid;

use attach::{Attached, attach};
use judge::Judge;

use super::intake::Intake;
use super::nearby_files::NearbyFiles;
use super::recording::{Recording, Written};
use crate::journal::wire::{Reader as JournalReader, WireError};
use crate::model::admit::Advice;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::entry::{Act, Entry, Record, Seq, TaskNo};
use crate::model::sheet::{Fact, Sheet};
use crate::model::unit::{Tenure, UnitNo};
use crate::query::{Fault, UnitKey, Workspace, standing_notices};
use crate::source::day_text::Today;
use crate::source::problem::{Place, Problems};
use crate::source::{Input, records};
use crate::store::{Merged, StoreError};

/// What is imported, and how.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The file's name, for problems.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// Its encoding, where it is not UTF-8.
    pub encoding: Option<&'a str>,
    /// The sheet of a workbook, where it is not the only one with rows.
    pub sheet: Option<&'a str>,
    /// Leave bad rows out instead of refusing all.
    pub partial: bool,
    /// Keep rows whose facts already stand.
    pub again: bool,
    /// The area that narrows names.
    pub area: Option<&'a str>,
    /// The folder of the files that rows name as proof.
    pub folder: &'a Path,
}

/// What an import did.
#[derive(Debug, Default)]
pub struct Imported {
    /// The batch; `None` where nothing was new.
    pub batch: Option<Uuid>,
    /// How many records were made.
    pub entries: usize,
    /// How many rows were left out because their facts already stand.
    pub skipped: usize,
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
    /// Whether the very same file was imported before, so that nothing was read.
    pub known: bool,
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
pub struct Merge {
    /// Batches that are new here.
    pub batches: usize,
    /// Their entries.
    pub entries: usize,
    /// Batches that were here already.
    pub known: usize,
}

/// A row that may be written. A nation has millions, of which few say more than this.
struct Line {
    unit: UnitNo,
    task: TaskNo,
    day: Day,
    more: Option<Box<More>>,
}

/// What else there is to a row.
#[derive(Default)]
struct More {
    record: Record,
    /// Where in the list of standing facts those stand that may be the same.
    twins: Range<usize>,
}

/// The lines of a file, and what has to be done before they are written.
struct Judged {
    lines: Vec<Line>,
    attached: Vec<Attached>,
    standing: Standing,
}

/// The live records of all sheets, each as one number with its place in the journal, in the order of the numbers.
#[derive(Default)]
struct Standing(Vec<(u64, Seq)>);

impl Standing {
    /// Those that may be the fact of that number.
    fn twins(&self, fact: u64) -> Range<usize> {
        let start = self.0.partition_point(|(other, _)| *other < fact);
        let length = self.0[start..]
            .iter()
            .take_while(|(other, _)| *other == fact);
        start..start + length.count()
    }
}

/// A unit that rows name.
#[derive(Clone, Copy)]
struct Known {
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
    /// [`Fault::Problems`] with every bad row, unless `partial`; and whatever the store says.
    pub fn import(
        mut self,
        rows: &Rows,
        mut intake: Intake,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Written<Imported>, Fault> {
        let mut imported = Imported::default();
        let id = content_id(rows, &self.plan.id.to_string());
        if !rows.again && self.reader().batch(&id)?.is_some() {
            imported.known = true;
            return Ok(self.nothing(imported));
        }
        let Judged {
            mut lines,
            attached,
            standing,
        } = self.judge(rows, &mut imported)?;
        attach(&self, &mut lines, attached, &mut intake, &mut imported)?;
        if imported.problems.has_errors() && !rows.partial {
            return Err(Fault::Problems(imported.problems));
        }
        imported.skipped += self.leave_out_twins(&mut lines, &standing)?;
        if lines.is_empty() {
            return Ok(self.nothing(imported));
        }
        intake.settle()?;
        imported.entries = lines.len();
        let mut batch = self.batch();
        // A file of which rows were left out may come again for the rest.
        if !imported.problems.has_errors() && self.reader().batch(&id)?.is_none() {
            batch.id = id;
        }
        imported.batch = Some(batch.id);
        let mut pen = self.transaction.pen(batch)?;
        for (line, at) in lines.into_iter().zip(1_u64..) {
            let record = line.more.map_or_else(Record::default, |more| more.record);
            pen.push(&Entry {
                unit: Some(line.unit),
                task: Some(line.task),
                day: line.day,
                act: Act::Record(record),
            })?;
            if at % 4096 == 0 {
                progress(at);
            }
        }
        pen.finish()?;
        self.commit(imported)
    }

    /// Takes over the batches of another store's journal. Importing twice changes nothing, in any order.
    ///
    /// # Errors
    /// [`Fault::Wire`], [`Fault::OtherPlan`]; [`Fault::TwoNotices`] where another store issued a notice that was issued here too;
    /// and whatever the store says.
    pub fn merge(mut self, bytes: &[u8]) -> Result<Written<Merge>, Fault> {
        let mut journal = JournalReader::new(BufReader::new(Cursor::new(bytes)))?;
        if *journal.plan() != self.plan.id {
            let (found, wanted) = (journal.plan().to_string(), self.plan.id.to_string());
            return Err(Fault::OtherPlan { found, wanted });
        }
        let mut merge = Merge::default();
        while let Some(head) = journal.head()? {
            let next = || journal.entry().map_err(Trouble::Wire);
            match self.transaction.merge(&head, next) {
                Ok(Merged::Added(batch)) => {
                    merge.batches += 1;
                    merge.entries += batch.count as usize;
                }
                Ok(Merged::Known(_)) => {
                    while journal.entry()?.is_some() {}
                    merge.known += 1;
                }
                Err(Trouble::Wire(error)) => return Err(error.into()),
                Err(Trouble::Store(error)) => return Err(error.into()),
            }
        }
        let orders = self.reader().orders()?;
        let mut numbers: Vec<u32> = standing_notices(&orders, None)
            .map(|(_, issued)| issued.number)
            .collect();
        numbers.sort_unstable();
        match numbers.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Fault::TwoNotices { number: pair[0] }),
            None => self.commit(merge),
        }
    }
}

impl Workspace {
    /// Reads every row and admits it, or says what is wrong with it.
    fn judge(&self, rows: &Rows, imported: &mut Imported) -> Result<Judged, Fault> {
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
            standing: if rows.again {
                Standing::default()
            } else {
                self.standing_facts()?
            },
            seen: (!rows.again).then(HashSet::default),
            nearby: NearbyFiles::new(rows.folder),
            failed: None,
        };
        let (mut lines, mut attached) = (Vec::new(), Vec::new());
        let mut problems = Problems::default();
        let input = Input {
            name: rows.name,
            bytes: rows.bytes,
            encoding: rows.encoding,
            sheet: rows.sheet,
        };
        let today = Today {
            day: today,
            zone: self.plan.timezone,
            issued: self.plan.issued,
        };
        let of_file = records::each(input, today, &mut |row| {
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
        let Judge {
            failed, standing, ..
        } = judge;
        if let Some(fault) = failed {
            return Err(fault);
        }
        problems.extend(of_file);
        imported.problems = problems;
        Ok(Judged {
            lines,
            attached,
            standing,
        })
    }

    /// Units by code, with their classes, and the tenures of those few that have one.
    fn unit_codes(&self) -> Result<(HashMap<UnitKey, Known>, HashMap<UnitNo, Tenure>), Fault> {
        let (mut codes, mut tenures) = (HashMap::new(), HashMap::new());
        self.reader().each_code(&mut |no, code, class, tenure| {
            codes.insert(UnitKey::from(code), Known { no, class });
            if tenure != Tenure::default() {
                tenures.insert(no, tenure);
            }
        })?;
        Ok((codes, tenures))
    }

    /// What stands already, as far as sheets know it.
    fn standing_facts(&self) -> Result<Standing, Fault> {
        let mut facts = Vec::new();
        self.each_sheet(None, &mut |sheet: &Sheet| {
            let undone = sheet.undone();
            for item in &sheet.items {
                if let Fact::Record(mark) = item.fact
                    && !undone.contains(&item.seq)
                {
                    let content = (mark.count, mark.total, mark.nil, mark.period);
                    let fact = fingerprint(&(sheet.unit, item.task, item.day, content));
                    facts.push((fact, item.seq));
                }
            }
        })?;
        facts.sort_unstable();
        Ok(Standing(facts))
    }

    /// Leaves out the lines that say what a standing record says, word for word; how many these were.
    fn leave_out_twins(&self, lines: &mut Vec<Line>, standing: &Standing) -> Result<usize, Fault> {
        let has_twins = |line: &Line| {
            line.more
                .as_ref()
                .is_some_and(|more| !more.twins.is_empty())
        };
        if !lines.iter().any(has_twins) {
            return Ok(0);
        }
        let before = lines.len();
        let reader = self.reader();
        let mut failed = None;
        lines.retain(|line| {
            let Some(more) = &line.more else { return true };
            let same = standing.0[more.twins.clone()].iter().any(|(_, seq)| {
                let entry = reader.entry(*seq).unwrap_or_else(|error| {
                    failed = Some(error);
                    None
                });
                entry.is_some_and(
                    |stored| matches!(&stored.entry.act, Act::Record(other) if *other == more.record),
                )
            });
            !same
        });
        failed.map_or(Ok(()), Err)?;
        Ok(before - lines.len())
    }
}

/// What may fail while a batch is merged.
enum Trouble {
    Wire(WireError),
    Store(StoreError),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The id of a file's content under a plan: the same file gives the same batch.
fn content_id(rows: &Rows, plan: &str) -> Uuid {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(plan.as_bytes())
        .update(&[0])
        .update(rows.bytes);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Uuid::new_v8(bytes)
}

fn fingerprint(fact: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    fact.hash(&mut hasher);
    hasher.finish()
}

/// The hash of a fingerprint, which is one already.
#[derive(Default)]
struct Fingerprint(u64);

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
