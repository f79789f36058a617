//! The rows of a list against what stands ("Lists of records" in docs/plan-file.md). The key of a row is its facts, never the file's bytes nor who imported it:
//! of so many equal rows so many may stand, whatever file they came in. A row that stands is left out and counted. A row that stands
//! with another amount is either that row put right or a second fact; nobody but the person who imports it knows which, so it is
//! refused until that is said.
//!
//! Rows are compared unit by unit, each with its sheet, so that a nation's list needs no memory but the order of its rows.

mod amounts;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem::{Discriminant, discriminant};

use super::{Imported, Line, Repeats, Rows, TOLD};
use crate::model::advice::{Advice, Held};
use crate::model::board::{Ruler, View};
use crate::model::day::Day;
use crate::model::entry::{Act, Facts, Record, Seq, TaskNo};
use crate::model::review::Reviews;
use crate::model::sheet::{Fact, Item, Sheet};
use crate::query::{Error, Workspace};
use crate::source::problem::{Problem, Saying};
use crate::source::records;
use crate::store::{StoreError, StoredEntry};

/// What was found of all lines.
struct Compared<'a> {
    workspace: &'a Workspace,
    ruler: Ruler,
    repeats: Repeats,
    lines: &'a mut [Line],
    /// By place among the lines: whether it stands already, or is refused.
    left_out: Vec<bool>,
    skipped: usize,
    /// How many stand as they were put right since.
    corrected: usize,
    replaced: Replaced,
    differing: Differing,
    remarks: Remarks,
}

/// What rows replace, by row. Of several records the last is the one that the row stands for, the others are only taken back.
pub(super) type Replaced = HashMap<u32, Vec<StoredEntry>>;

/// What is said of rows with another amount than what stands, by row.
type Differing = HashMap<u32, Saying>;

/// What is worth saying of rows beside what their units have recorded: of each kind the first few, by row, and how many more.
#[derive(Default)]
struct Remarks {
    kinds: HashMap<Discriminant<Advice>, BTreeMap<u32, Advice>>,
    untold: usize,
}

impl Remarks {
    fn push(&mut self, row: u32, advice: Advice) {
        let rows = self.kinds.entry(discriminant(&advice)).or_default();
        rows.insert(row, advice);
        if rows.len() > TOLD {
            rows.pop_last();
            self.untold += 1;
        }
    }
}

/// A record on a sheet that a row may repeat.
#[derive(Clone, Copy)]
struct Repeatable {
    task: TaskNo,
    day: Day,
    seq: Seq,
    /// Whether it is neither undone nor returned.
    stands: bool,
    returned: bool,
}

/// The same, with its entry.
struct Stood {
    entry: StoredEntry,
    stands: bool,
    returned: bool,
    /// Whether it came as the row of a list, or replaces another record.
    listed: bool,
    /// Whether a row of the file says the same.
    matched: bool,
}

impl Stood {
    const fn record(&self) -> Option<&Record> {
        record_of(&self.entry)
    }
}

/// The number of equal rows: which are in use, and from where on to look for a free one.
#[derive(Default)]
struct Numbers {
    used: HashSet<u32>,
    last: u32,
    /// Whether one of them was returned.
    returned: bool,
}

impl Numbers {
    fn free(&mut self) -> u32 {
        loop {
            self.last += 1;
            if !self.used.contains(&self.last) {
                return self.last;
            }
        }
    }
}

impl Workspace {
    /// Takes out the lines that stand already; gives the records that lines replace, by the rows of these. Rows with another amount
    /// than what stands are problems where nobody said what they mean.
    pub(super) fn compare(
        &self,
        rows: &Rows,
        lines: &mut Vec<Line>,
        imported: &mut Imported,
    ) -> Result<Replaced, Error> {
        let (mut order, starts) = by_unit(lines);
        let mut compared = Compared {
            workspace: self,
            ruler: self.ruler(View::on(self.today)),
            repeats: rows.repeats,
            left_out: vec![false; lines.len()],
            lines,
            skipped: 0,
            corrected: 0,
            replaced: HashMap::new(),
            differing: HashMap::new(),
            remarks: Remarks::default(),
        };
        let mut failed = None;
        self.each_sheet(None, &mut |sheet| {
            let unit = sheet.unit as usize;
            let Some([start, end]) = starts.get(unit..unit + 2) else {
                return;
            };
            let own = &mut order[*start as usize..*end as usize];
            if !own.is_empty() && failed.is_none() {
                own.sort_by_key(|at| compared.lines[*at as usize].about());
                failed = compared.unit(sheet, own).err();
            }
        })?;
        failed.map_or(Ok(()), Err)?;
        let Compared {
            left_out,
            skipped,
            corrected,
            replaced,
            differing,
            remarks,
            ..
        } = compared;
        let mut left_out = left_out.into_iter();
        lines.retain(|_| !left_out.next().unwrap_or_default());
        imported.skipped = skipped;
        imported.corrected = corrected;
        self.remark_on(rows, differing, remarks, imported);
        Ok(replaced)
    }

    /// Says where rows have another amount than what stands, and what else is worth saying of rows. Places are not kept with the
    /// lines, so the file is read once more.
    fn remark_on(
        &self,
        rows: &Rows,
        mut differing: Differing,
        remarks: Remarks,
        imported: &mut Imported,
    ) {
        imported.untold += remarks.untold;
        let mut told: HashMap<u32, Vec<Advice>> = HashMap::new();
        for (row, advice) in remarks.kinds.into_values().flatten() {
            told.entry(row).or_default().push(advice);
        }
        if differing.is_empty() && told.is_empty() {
            return;
        }
        let mut number = 0;
        records::each(rows.input(), self.import_day(), &mut |row| {
            number += 1;
            let Ok(row) = row else { return };
            let advice = told.remove(&number).into_iter().flatten();
            imported
                .advice
                .extend(advice.map(|advice| (row.place(), advice)));
            if let Some(saying) = differing.remove(&number) {
                let problem = Problem::error(row.count_place(), saying);
                imported.problems.push(problem);
            }
        });
        imported.advice.sort_by_key(|(place, _)| place.line);
    }
}

impl Compared<'_> {
    /// Compares the lines of a unit, by their places in the order of task and day.
    fn unit(&mut self, sheet: &Sheet, own: &[u32]) -> Result<(), StoreError> {
        let reviews = Reviews::of(sheet, None);
        let known = known(sheet, &reviews);
        let same = |one: &u32, other: &u32| {
            self.lines[*one as usize].about() == self.lines[*other as usize].about()
        };
        let runs: Vec<&[u32]> = own.chunk_by(same).collect();
        for run in runs {
            let about = self.lines[run[0] as usize].about();
            let start = known.partition_point(|one| (one.task, one.day) < about);
            let end = known.partition_point(|one| (one.task, one.day) <= about);
            if run.len() > 1 || start < end {
                self.run(run, &known[start..end])?;
            }
        }
        self.advise(sheet, &reviews, own);
        Ok(())
    }

    /// Says what is worth saying of the lines that are left, beside what stands on the sheet and beside each other.
    fn advise(&mut self, sheet: &Sheet, reviews: &Reviews, own: &[u32]) {
        // Mostly there is nothing beside it: a nation's first list has a row a unit.
        if sheet.items.is_empty() && own.len() == 1 {
            return;
        }
        let left = own.iter().filter(|at| !self.left_out[**at as usize]);
        let mut left: Vec<u32> = left.copied().collect();
        // In the order of the file, as if one were typed after the other.
        left.sort_unstable();
        let lines = left.iter().map(|at| &self.lines[*at as usize]);
        let wanted: HashSet<TaskNo> = lines.clone().map(|line| line.task).collect();
        let mut held = Held::of(sheet, reviews, None, |task| wanted.contains(&task));
        let mut before = HashSet::new();
        for line in lines {
            let Some(place) = self.workspace.place_of(Some(line.task)) else {
                continue;
            };
            let record = line.record();
            // Rows that stand were left out, unless all are wanted again.
            let first = before.insert((line.about(), record.facts(), record.note.as_deref()));
            let stands = held.holds(line.task, line.day, record)
                && (!first || self.repeats == Repeats::Again);
            // Whoever replaces a record knows that it is there.
            if !self.replaced.contains_key(&line.row) {
                let task = &self.workspace.plan.tasks[place];
                let dues = self.ruler.dues(place);
                for advice in held.advise(task, dues, line.task, line.day, record, stands) {
                    self.remarks.push(line.row, advice);
                }
            }
            held.push(line.task, line.day, record);
        }
    }

    /// Compares lines of one unit, task and day with the records of the same.
    fn run(&mut self, run: &[u32], known: &[Repeatable]) -> Result<(), StoreError> {
        let mut stood = self.read(known)?;
        let mut fresh: Vec<u32> = run.to_vec();
        if self.repeats != Repeats::Again {
            self.skipped += self.skip(&mut fresh, &mut stood, false)?;
        }
        if self.repeats == Repeats::Refuse {
            self.corrected += self.skip(&mut fresh, &mut stood, true)?;
        }
        if self.repeats == Repeats::Refuse || self.repeats == Repeats::Replace {
            self.confront(&mut fresh, &stood);
        }
        self.number(&fresh, &stood);
        Ok(())
    }

    fn read(&self, known: &[Repeatable]) -> Result<Vec<Stood>, StoreError> {
        let seqs: Vec<Seq> = known.iter().map(|one| one.seq).collect();
        let mut stood = Vec::new();
        let mut known = known.iter();
        self.workspace
            .reader()
            .each_entry_of(&seqs, &mut |batch, entry| {
                let known = known.next();
                stood.push(Stood {
                    entry,
                    stands: known.is_some_and(|one| one.stands),
                    returned: known.is_some_and(|one| one.returned),
                    listed: matches!(batch.batch.command.as_str(), "import" | "correct"),
                    matched: false,
                });
            })?;
        Ok(stood)
    }

    /// Leaves out the lines that stand, and counts them. With `before`, those count as standing whose record was replaced since: who put a
    /// row right knew better than the list that still has it as it was, unless somebody says otherwise.
    fn skip(
        &mut self,
        fresh: &mut Vec<u32>,
        stood: &mut [Stood],
        before: bool,
    ) -> Result<usize, StoreError> {
        if fresh.is_empty() {
            return Ok(0);
        }
        let mut first: Vec<(usize, Record)> = Vec::new();
        let mut standing: HashMap<Facts, Vec<usize>> = HashMap::new();
        let open = |one: &Stood| one.stands && !one.matched;
        if before {
            for (at, one) in stood.iter().enumerate().filter(|(_, one)| open(one)) {
                let of_one = self.replaced_by(&one.entry)?.into_iter();
                first.extend(of_one.map(|record| (at, record)));
            }
            for (at, record) in &first {
                standing.entry(record.facts()).or_default().push(*at);
            }
        } else {
            for (at, one) in stood.iter().enumerate().filter(|(_, one)| open(one)) {
                if let Some(record) = one.record() {
                    standing.entry(record.facts()).or_default().push(at);
                }
            }
        }
        let mut matched = Vec::new();
        fresh.retain(|at| {
            let record = self.lines[*at as usize].record();
            let found = standing.get_mut(&record.facts()).and_then(Vec::pop);
            matched.extend(found);
            self.left_out[*at as usize] = found.is_some();
            found.is_none()
        });
        for at in &matched {
            stood[*at].matched = true;
        }
        Ok(matched.len())
    }

    /// The first of the records that one replaced after another, the last of which is this: several where one took the place of several,
    /// none where it replaces none.
    fn replaced_by(&self, entry: &StoredEntry) -> Result<Vec<Record>, StoreError> {
        let reader = self.workspace.reader();
        let mut first = Vec::new();
        let mut open = vec![(entry.seq, entry.address.index)];
        while let Some((seq, index)) = open.pop() {
            let replaces = open.len();
            for before in (seq - u64::from(index)..seq).rev() {
                let before = reader.entry(before)?;
                let Some(Act::Undo { of }) = before.map(|before| before.entry.act) else {
                    break;
                };
                let old = reader.seq_of(of)?;
                open.extend(old.map(|old| (old, of.index)));
            }
            if open.len() == replaces && seq != entry.seq {
                let old = reader.entry(seq)?;
                first.extend(old.as_ref().and_then(record_of).cloned());
            }
        }
        Ok(first)
    }

    /// Numbers equal lines, past the numbers of the rows that are there. An undone row gives its number back: it is that row again.
    fn number(&mut self, fresh: &[u32], stood: &[Stood]) {
        let mut numbers: HashMap<Facts, Numbers> = HashMap::new();
        for one in stood {
            if let Some(record) = one.record().filter(|_| one.listed) {
                let numbers = numbers.entry(record.facts()).or_default();
                numbers.used.insert(record.number());
                numbers.returned |= one.returned;
            }
        }
        let free: Vec<(u32, bool)> = fresh
            .iter()
            .map(|at| {
                let record = self.lines[*at as usize].record();
                let numbers = numbers.entry(record.facts()).or_default();
                (numbers.free(), numbers.returned)
            })
            .collect();
        drop(numbers);
        for (at, (number, returned)) in fresh.iter().zip(free) {
            let line = &mut self.lines[*at as usize];
            if number > 1 {
                line.more.get_or_insert_default().nth = Some(number);
            }
            if returned {
                self.remarks.push(line.row, Advice::Returned);
            }
        }
    }
}

/// The places of lines, those of one unit in a row and in the order of the file; and where each unit's begin, one more than there are
/// numbers. They are counted, not sorted: lines come in the order of days.
fn by_unit(lines: &[Line]) -> (Vec<u32>, Vec<u32>) {
    let most = lines.iter().map(|line| line.unit).max();
    let mut starts = vec![0_u32; most.map_or(1, |most| most as usize + 2)];
    for line in lines {
        starts[line.unit as usize + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let (mut next, mut order) = (starts.clone(), vec![0; lines.len()]);
    for (line, at) in lines.iter().zip(0_u32..) {
        let next = &mut next[line.unit as usize];
        order[*next as usize] = at;
        *next += 1;
    }
    (order, starts)
}

/// The records of a sheet by task and day: those that stand, and those whose numbers stay in use because they were returned or replaced,
/// or were themselves in the place of another. A row recorded under such a number would be one with all of these, and count for nothing
/// beside them.
fn known(sheet: &Sheet, reviews: &Reviews) -> Vec<Repeatable> {
    if sheet.items.is_empty() {
        return Vec::new();
    }
    let is_return = |(_, by): &(Seq, Item)| matches!(by.fact, Fact::Return { .. });
    let replaced: HashSet<Seq> = sheet
        .items
        .iter()
        .filter_map(|item| match item.fact {
            Fact::Same { of, replaces: true } => Some([of, item.seq]),
            _ => None,
        })
        .flatten()
        .collect();
    let mut known = Vec::new();
    for item in &sheet.items {
        let returned = reviews.on(item.seq).iter().any(is_return);
        let undone = reviews.is_undone(item.seq);
        let record = matches!(item.fact, Fact::Record(_));
        if record && (!undone || returned || replaced.contains(&item.seq)) {
            known.push(Repeatable {
                task: item.task,
                day: item.day,
                seq: item.seq,
                stands: !undone && !returned,
                returned: returned && !undone,
            });
        }
    }
    known.sort_by_key(|one| (one.task, one.day));
    known
}

const fn record_of(entry: &StoredEntry) -> Option<&Record> {
    match &entry.entry.act {
        Act::Record(record) => Some(record),
        _ => None,
    }
}
