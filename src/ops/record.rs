//! `done` and `correct`: drafts admitted, and recorded all or none.

use super::intake::Intake;
use super::recording::{Recording, Written};
use crate::model::admit::{self, Draft, Refusal};
use crate::model::advice::{self, Advice, Held};
use crate::model::board::{Desk, Ruler, View};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::{Act, Address, Entry, Record, Seq, TaskNo};
use crate::model::quantity::Quantity;
use crate::model::review::Reviews;
use crate::model::sheet::Sheet;
use crate::model::so_far::so_far;
use crate::query::{Error, RefusedDraft, Workspace, names, no_record};
use crate::source::problem::say;
use crate::store::UnitRow;

/// What somebody wants recorded: each task for each unit.
pub(crate) struct Order<'a> {
    /// The units, as typed.
    pub units: &'a [String],
    /// The tasks, as typed, with their counts.
    pub tasks: &'a [(String, Option<Quantity>)],
    /// What all the records have in common, without their proof.
    pub draft: Draft,
    /// Their proof, as somebody offers it.
    pub evidence: Intake,
    /// The area that narrows names.
    pub area: Option<&'a str>,
}

/// What is to be said of a record instead of what it says.
pub(crate) struct Change<'a> {
    /// Another unit, as typed.
    pub unit: Option<&'a str>,
    /// Another task, as typed.
    pub task: Option<&'a str>,
    /// What else is given; what is not stays.
    pub draft: Draft,
    /// Other proof; none = the proof stays.
    pub evidence: Intake,
    /// The area that narrows names.
    pub area: Option<&'a str>,
}

/// A record that was made.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// Its address.
    pub address: Address,
    /// The unit, as code and short name.
    pub unit: (String, String),
    /// The task, as code and short name.
    pub task: (String, String),
    /// The record's day.
    pub day: Day,
    /// What was recorded.
    pub record: Record,
    /// What is counted.
    pub measure: Option<String>,
    /// What is worth saying of it.
    pub advice: Vec<Advice>,
    /// What it came to; `None` where it counts for nothing that the unit owes yet.
    pub progress: Option<Progress>,
}

/// Where the obligation stands that a record counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// What tells its due from the task's others: its period's last day, or its milestone's.
    pub period: Option<Day>,
    /// The latest milestone before it that has been reached.
    pub met: Option<Day>,
    /// What has been counted for it.
    pub count: Decimal,
    /// What it needs; `None` = one record is enough.
    pub need: Option<Decimal>,
}

/// A record about to be made.
struct Admitted {
    unit: UnitRow,
    task: usize,
    day: Day,
    record: Record,
}

impl Recording {
    /// Records what was ordered.
    ///
    /// # Errors
    /// [`Error::Refused`] with every reason against every draft, unknown names, and whatever the store says.
    pub(crate) fn done(mut self, order: Order) -> Result<Written<Vec<Recorded>>, Error> {
        let today = self.today;
        let day = order.draft.on.unwrap_or(today);
        let mut units: Vec<UnitRow> = Vec::new();
        for text in order.units {
            let row = self.find_unit(text, order.area)?;
            if units.iter().all(|known| known.no != row.no) {
                units.push(row);
            }
        }
        let mut tasks: Vec<(usize, &Option<Quantity>)> = Vec::new();
        for (text, count) in order.tasks {
            tasks.push((self.find_task(text, day)?, count));
        }
        let mut common = order.draft.clone();
        common.evidence = order.evidence.stand_ins();
        let ruler = self.ruler(View::on(today));
        let mut admitted: Vec<Admitted> = Vec::new();
        let mut refusals = Vec::new();
        for unit in units {
            for (task, count) in &tasks {
                let mut draft = common.clone();
                if let Some(Quantity { number, measure }) = count {
                    draft.count = Some(*number);
                    draft.measure.clone_from(measure);
                }
                // What this order makes of the same task counts as well.
                let same = |one: &&Admitted| one.unit.no == unit.no && one.task == *task;
                let also = admitted.iter().filter(same).map(|one| one.record.count);
                let beside = Beside {
                    but: None,
                    also: also.sum(),
                };
                match self.admit(&ruler, unit.clone(), *task, draft, beside)? {
                    Ok(one) => admitted.push(one),
                    Err(refusal) => refusals.push(refusal),
                }
            }
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let (evidence, odd) = order.evidence.take_all(&self)?;
        for one in &mut admitted {
            one.record.evidence.clone_from(&evidence);
        }
        let mut advice = Vec::with_capacity(admitted.len());
        for one in &admitted {
            let mut of_one = self.advise(&ruler, one, None)?;
            of_one.extend_from_slice(&odd);
            advice.push(of_one);
        }
        let entries: Vec<Entry> = admitted.iter().map(|one| self.entry(one)).collect();
        let first = self.append(entries)?;
        let recorded = admitted.into_iter().zip(advice).zip(0..);
        let recorded = recorded.map(|((one, advice), index)| {
            self.recorded(&ruler, one, advice, Address { index, ..first })
        });
        let recorded = recorded.collect::<Result<_, _>>()?;
        self.commit(recorded)
    }

    /// Replaces a record: takes it back and records it with what is given now instead.
    ///
    /// # Errors
    /// As for [`Recording::done`]; an entry that is no record or has been undone.
    pub(crate) fn correct(
        mut self,
        what: &str,
        change: Change,
    ) -> Result<Written<(String, Recorded)>, Error> {
        let Change {
            unit,
            task,
            draft: change,
            evidence,
            area,
        } = change;
        let today = self.today;
        let (told, old_day, old) = self.record_named(what, area, today)?;
        let unit = match unit {
            Some(text) => self.find_unit(text, area)?,
            None => self.unit(told.entry.unit.unwrap_or_default())?,
        };
        let task = match task {
            Some(text) => self.find_task(text, old_day)?,
            None => self
                .place_of(told.entry.task)
                .ok_or_else(|| no_record(what))?,
        };
        let before = Record {
            nth: None,
            ..old.clone()
        };
        let is_given = change.count.is_some() || change.total.is_some();
        let kept = (!is_given && !old.nil && !change.nil).then_some(old.count);
        // A task of running totals takes a lone amount as one.
        let (count, total) = match (self.plan.tasks[task].totals, change.total) {
            (true, None) => (None, change.count.or(kept)),
            (_, total) => (change.count.or(kept), total),
        };
        let draft = Draft {
            on: change.on.or(Some(old_day)),
            count,
            total,
            measure: change.measure,
            nil: change.nil || (old.nil && !is_given),
            form: change.form.or(old.form),
            period: change.period.or(old.period.map(|key| (key, key))),
            from: change.from.or(old.from),
            via: change.via.or(old.via),
            note: change.note.or(old.note),
            evidence: if evidence.is_empty() {
                old.evidence
            } else {
                evidence.stand_ins()
            },
        };
        let ruler = self.ruler(View::on(today));
        let but = self.reader().seq_of(told.address)?;
        let beside = Beside {
            but,
            also: Decimal::ZERO,
        };
        let mut one = self
            .admit(&ruler, unit, task, draft, beside)?
            .map_err(|refusal| Error::Refused(vec![refusal]))?;
        let replaced = !evidence.is_empty();
        let (taken, odd) = evidence.take_all(&self)?;
        if replaced {
            one.record.evidence = taken;
        }
        let about = (told.entry.unit, told.entry.task, old_day);
        let number = Some(self.numbers[one.task]);
        if (Some(one.unit.no), number, one.day) == about && one.record == before {
            let saying = say!("error-correct-nothing", id = what);
            return Err(saying.hint(say!("error-correct-nothing-hint")).into());
        }
        let undo = Entry {
            act: Act::Undo { of: told.address },
            ..told.entry.clone()
        };
        let advice = self.advise(&ruler, &one, but)?;
        let advice = advice
            .into_iter()
            .filter(|advice| !matches!(advice, Advice::Stands | Advice::Fulfilled { .. }))
            .chain(odd);
        let replacement = self.entry(&one);
        let undone = self.append([undo, replacement])?;
        let address = Address { index: 1, ..undone };
        let recorded = self.recorded(&ruler, one, advice.collect(), address)?;
        self.commit((what.to_string(), recorded))
    }
}

/// What a draft stands beside, where it says how much there is in all.
#[derive(Clone, Copy)]
struct Beside {
    /// The record that it replaces.
    but: Option<Seq>,
    /// What is about to be recorded with it.
    also: Decimal,
}

impl Workspace {
    fn admit(
        &self,
        ruler: &Ruler,
        unit: UnitRow,
        task: usize,
        mut draft: Draft,
        beside: Beside,
    ) -> Result<Result<Admitted, RefusedDraft>, Error> {
        let class = unit.unit.class(&self.plan);
        let against = self.settle_total(ruler, &unit, task, &mut draft, beside)?;
        let admitted = admit::admit(
            &self.plan,
            &self.plan.tasks[task],
            ruler.dues(task),
            &class,
            unit.unit.tenure(),
            draft,
            self.today,
        );
        let admitted = match (admitted, against) {
            (admitted, None) => admitted,
            (Ok(_), Some(against)) => Err(vec![against]),
            (Err(mut refusals), Some(against)) => {
                refusals.push(against);
                Err(refusals)
            }
        };
        Ok(match admitted {
            Ok((day, record)) => Ok(Admitted {
                unit,
                task,
                day,
                record,
            }),
            Err(refusals) => Err(RefusedDraft {
                unit: names(&unit.unit),
                task: self.task_names(task),
                successors: self.successors_of(unit.no, &refusals)?,
                refusals,
            }),
        })
    }

    /// Where counts add up, makes of a running total what is missing to it; or says what stands against that (rule 2).
    fn settle_total(
        &self,
        ruler: &Ruler,
        unit: &UnitRow,
        task: usize,
        draft: &mut Draft,
        beside: Beside,
    ) -> Result<Option<Refusal>, Error> {
        let Some(total) = draft.total.filter(|_| !draft.nil) else {
            return Ok(None);
        };
        if draft.count.is_some() {
            draft.total = None; // nothing more is to be said of it
            return Ok(Some(Refusal::TotalAndCount));
        }
        let (known, number) = (&self.plan.tasks[task], self.numbers[task]);
        if known.totals {
            return Ok(None);
        }
        draft.total = None;
        // An amount out of bounds is refused as such.
        draft.count = Some(total);
        if total <= Decimal::ZERO || total > admit::MOST {
            return Ok(None);
        }
        let day = draft.on.unwrap_or(self.today);
        let sheet = self.reader().sheet(unit.no)?;
        // What names several periods is refused.
        let about = (day, draft.period.map(|(_, last)| last));
        let stands = so_far((known, number), ruler.dues(task), &sheet, about, beside.but);
        let standing = stands + beside.also;
        if total <= standing {
            return Ok(Some(Refusal::TotalReached {
                total,
                standing,
                day,
            }));
        }
        draft.count = Some(total - standing);
        Ok(None)
    }

    /// What is worth saying of a record; `but` is the one that it replaces.
    fn advise(
        &self,
        ruler: &Ruler,
        one: &Admitted,
        but: Option<Seq>,
    ) -> Result<Vec<Advice>, Error> {
        let sheet = self.reader().sheet(one.unit.no)?;
        let task = &self.plan.tasks[one.task];
        let number = self.numbers[one.task];
        let (day, record) = (one.day, &one.record);
        let dues = ruler.dues(one.task);
        let reviews = Reviews::of(&sheet, None);
        let held = Held::of(&sheet, &reviews, but, |task| task == number);
        let stands = held.holds(number, day, record)
            && self.is_recorded(&sheet, &reviews, (number, day), record)?;
        let mut advice = advice::of_record(task, dues, day, record);
        advice.extend(held.advise(task, dues, number, day, record, stands));
        advice.extend(advice::before_plan(&self.plan, task, day));
        let need = self.need(one.task, &one.unit.unit);
        advice.extend(advice::far_more(record, need));
        Ok(advice)
    }

    /// Whether a record that stands says the same in all, form, proof and remark included. A sheet holds none of these.
    fn is_recorded(
        &self,
        sheet: &Sheet,
        reviews: &Reviews,
        about: (TaskNo, Day),
        record: &Record,
    ) -> Result<bool, Error> {
        let records = reviews.records(sheet, None);
        let records = records.filter(|(item, _)| (item.task, item.day) == about);
        let seqs: Vec<Seq> = records.map(|(item, _)| item.seq).collect();
        let mut found = false;
        self.reader().each_entry_of(&seqs, &mut |_, stored| {
            if let Act::Record(other) = &stored.entry.act {
                found |= other.facts() == record.facts() && other.note == record.note;
            }
        })?;
        Ok(found)
    }

    fn entry(&self, one: &Admitted) -> Entry {
        Entry {
            unit: Some(one.unit.no),
            task: Some(self.numbers[one.task]),
            day: one.day,
            act: Act::Record(one.record.clone()),
        }
    }

    /// Where the obligation stands that a record counts for which is on its unit's sheet by now.
    fn progress(&self, ruler: &Ruler, one: &Admitted) -> Result<Option<Progress>, Error> {
        let sheet = self.reader().sheet(one.unit.no)?;
        let mut cells = Vec::new();
        ruler.cells(&sheet, &mut Desk::default(), |cell| {
            if cell.task == one.task && cell.key.is_some() {
                cells.push(cell);
            }
        });
        let mut met = None;
        let cell = if self.plan.tasks[one.task].schedule.period().is_some() {
            let due = admit::period_of(ruler.dues(one.task), one.day, one.record.period);
            cells
                .iter()
                .find(|cell| due.is_some_and(|due| cell.key == Some(due.key)))
        } else {
            // Milestones share one sum: the first that is open is what it is on the way to.
            let open = cells.iter().position(|cell| cell.fulfilled.is_none());
            met = open
                .and_then(|at| cells[..at].last())
                .and_then(|cell| cell.due);
            open.map_or(cells.last(), |at| cells.get(at))
        };
        Ok(cell.map(|cell| Progress {
            period: ruler.period(cell),
            met,
            count: cell.count,
            need: cell.need,
        }))
    }

    fn recorded(
        &self,
        ruler: &Ruler,
        one: Admitted,
        advice: Vec<Advice>,
        address: Address,
    ) -> Result<Recorded, Error> {
        Ok(Recorded {
            progress: self.progress(ruler, &one)?,
            address,
            unit: names(&one.unit.unit),
            task: self.task_names(one.task),
            day: one.day,
            record: one.record,
            measure: self.plan.tasks[one.task]
                .target
                .as_ref()
                .map(|target| target.measure.clone()),
            advice,
        })
    }
}
