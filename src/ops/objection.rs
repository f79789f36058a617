//! `object`, `uphold`, `reverse`: a unit objects to what a notice booked, and is heard (申诉, 维持, 撤销).

use super::recording::{Recording, Written};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::{Act, Address, Entry, Seq, TaskNo};
use crate::model::score::{BookedLine, Ledger};
use crate::model::sheet::{Fact, NO_TASK, Sheet};
use crate::model::unit::UnitNo;
use crate::query::{Error, Workspace, due_key, given_reason, no_such_period, short_id, undone};
use crate::source::problem::say;

/// What a unit objects to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Objecting<'a> {
    /// The unit, as typed.
    pub unit: &'a str,
    /// The task, as typed; `None` = all that the notice took from the unit and that was not objected to before.
    pub task: Option<&'a str>,
    /// The due, as typed; `None` = all of the task's.
    pub period: Option<&'a str>,
    /// Only to the points for the unit as such.
    pub unit_points: bool,
    /// The notice's number.
    pub notice: u32,
    /// The day from which it acts.
    pub on: Day,
    /// Why.
    pub reason: &'a str,
    /// The area that narrows names.
    pub area: Option<&'a str>,
}

/// An objection that was recorded, or heard.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// The address of the new entry.
    pub address: Address,
    /// The unit's short name.
    pub unit: String,
    /// The task's short name; `None` = all that the notice booked for the unit.
    pub task: Option<String>,
    /// Whether it is about the points for the unit as such alone.
    pub unit_points: bool,
    /// The notice's number.
    pub notice: u32,
    /// The points that it is about, negative.
    pub points: Decimal,
}

impl Recording {
    /// Records an objection.
    ///
    /// # Errors
    /// No reason; no such notice; where the notice took no such points, or all of that was objected to before; a day before the
    /// notice's; unknown names, and whatever the store says.
    pub(crate) fn object(mut self, what: &Objecting) -> Result<Written<Heard>, Error> {
        let reason = given_reason(what.reason)?;
        let unit = self.find_unit(what.unit, what.area)?;
        let meant = what
            .task
            .map(|text| self.named_task(unit.no, text, what.on))
            .transpose()?;
        let issued = self.notice(what.notice)?.issued;
        if what.on < issued.on {
            let (id, issued) = ("notice-object-before-issue", issued.on);
            let saying = say!(id, day = what.on, issued = issued);
            return Err(saying.hint(say!("notice-on-hint")).into());
        }
        let (no, name) = (unit.no, unit.unit.short);
        let sheet = self.reader().sheet(no)?;
        let ledger = Ledger::of(&sheet, View::on(what.on));
        let number = meant.as_ref().map_or(NO_TASK, |meant| meant.number);
        let task = meant.as_ref().map(|meant| meant.name.clone());
        let nothing = || -> Error {
            let about = task.iter().map(|task| format!(" {task}"));
            let about = name.clone() + &about.collect::<String>();
            let saying = say!("error-nothing-booked", what = about, n = what.notice);
            saying.hint(say!("error-nothing-booked-hint")).into()
        };
        let of_task = |line: &&BookedLine| is_meant(line, number, what, None);
        let mut lines: Vec<&BookedLine> = ledger.of_notice(what.notice).filter(of_task).collect();
        let first = lines.first().ok_or_else(nothing)?;
        let period = match (&meant, what.period) {
            (Some(meant), Some(text)) => Some(self.booked_key(meant, text, what.on, first.seq)?),
            _ => None,
        };
        lines.retain(|line| is_meant(line, number, what, period));
        if lines.is_empty() {
            return Err(nothing());
        }
        let fresh = || lines.iter().filter(|line| line.objection.is_none());
        if fresh().next().is_none()
            && let Some(before) = lines.iter().find_map(|line| line.objection)
        {
            let saying = say!("error-objected", id = short_id(self.reader(), before.seq)?);
            return Err(saying.hint(say!("error-objected-hint")).into());
        }
        let act = Act::Object {
            notice: what.notice,
            period,
            unit_points: what.unit_points,
            reason,
        };
        let task_no = Some(number).filter(|number| *number != NO_TASK);
        let points = fresh().map(|line| line.booked.points).sum();
        let address = self.append([Entry {
            unit: Some(no),
            task: task_no,
            day: what.on,
            act,
        }])?;
        self.commit(Heard {
            address,
            unit: name,
            task,
            unit_points: what.unit_points,
            notice: what.notice,
            points,
        })
    }

    /// Records how an objection was heard: the points stay, or are given back.
    ///
    /// # Errors
    /// No reason; where the text stands for no objection, or for one that has been undone or heard before; a day before the
    /// objection's; and whatever the store says.
    pub(crate) fn hear(
        mut self,
        text: &str,
        granted: bool,
        on: Day,
        reason: &str,
        area: Option<&str>,
    ) -> Result<Written<Heard>, Error> {
        let reason = given_reason(reason)?;
        let no_objection = || -> Error {
            let hint = say!("error-no-objection-hint");
            say!("error-no-objection", text = text).hint(hint).into()
        };
        let seq = match self.entry_id(text)? {
            Some(seq) => seq,
            None => self
                .open_objection(text, area, on)?
                .ok_or_else(no_objection)?,
        };
        let told = self.entry_told(seq)?;
        let Act::Object {
            notice,
            unit_points,
            ..
        } = told.entry.act
        else {
            return Err(no_objection());
        };
        if !told.stands() {
            return Err(undone(text));
        }
        if on < told.entry.day {
            let (id, objected) = ("notice-heard-before-objection", told.entry.day);
            let saying = say!(id, day = on, objected = objected);
            return Err(saying.hint(say!("notice-on-hint")).into());
        }
        let of = told.address;
        let Entry { unit, task, .. } = told.entry;
        let no = unit.ok_or_else(no_objection)?;
        let (unit_name, task_name) = (
            told.unit.map(|(_, name)| name),
            told.task.map(|(_, name)| name),
        );
        let sheet = self.reader().sheet(no)?;
        if let Some(before) = verdict_on(&sheet, seq) {
            let saying = say!("error-already-heard", id = short_id(self.reader(), before)?);
            return Err(saying.hint(say!("error-already-heard-hint")).into());
        }
        let ledger = Ledger::of(&sheet, View::on(on));
        let about =
            |line: &&BookedLine| line.objection.is_some_and(|objection| objection.seq == seq);
        let points = ledger
            .lines
            .iter()
            .filter(about)
            .map(|line| line.booked.points)
            .sum();
        let act = if granted {
            Act::Reverse { of, reason }
        } else {
            Act::Uphold { of, reason }
        };
        let address = self.append([Entry {
            unit,
            task,
            day: on,
            act,
        }])?;
        self.commit(Heard {
            address,
            unit: unit_name.unwrap_or_default(),
            task: task_name,
            unit_points,
            notice,
            points,
        })
    }
}

impl Workspace {
    /// The task that somebody types: one of the plan's, or one that the plan has no longer but a notice named.
    fn named_task(&self, unit: UnitNo, text: &str, on: Day) -> Result<Meant, Error> {
        match self.find_task(text, on) {
            Ok(place) => Ok(Meant {
                place: Some(place),
                number: self.numbers[place],
                name: self.plan.tasks[place].short.clone(),
            }),
            Err(fault) => match self.dropped_task(unit, text)? {
                Some((number, dropped)) => Ok(Meant {
                    place: None,
                    number,
                    name: dropped.short().to_string(),
                }),
                None => Err(fault),
            },
        }
    }

    /// The key of the due of a task that a text names, in the plan under which the points were booked: an amendment may have given the
    /// task other periods since, or dropped it.
    fn booked_key(&self, meant: &Meant, text: &str, on: Day, booked: Seq) -> Result<Day, Error> {
        if let Some((plan, numbers)) = self.reader().in_force_for(booked)?
            && let Some(place) = numbers.iter().position(|number| *number == meant.number)
        {
            return due_key(&plan, place, text, on);
        }
        // The notice was issued under a plan that was never in force here.
        match meant.place {
            Some(place) => self.due_key(place, text, on),
            None => Err(no_such_period(&meant.name, text)),
        }
    }

    /// The objection of `unit/task`, or of a unit, that waits to be heard: the latest.
    fn open_objection(
        &self,
        text: &str,
        area: Option<&str>,
        on: Day,
    ) -> Result<Option<Seq>, Error> {
        let (unit, task) = match text.rsplit_once('/') {
            Some((unit, task)) => {
                let unit = self.find_unit(unit, area)?;
                let task = self.named_task(unit.no, task, on)?.number;
                (unit, Some(task))
            }
            None => (self.find_unit(text, area)?, None),
        };
        let mut found = None;
        self.each_sheet(Some(&[unit.no]), &mut |sheet| {
            let open = sheet.live(View::on(on)).filter(|item| {
                matches!(item.fact, Fact::Object { .. })
                    && task.is_none_or(|task| item.task == task)
                    && verdict_on(sheet, item.seq).is_none()
            });
            found = open.map(|item| item.seq).last();
        })?;
        Ok(found)
    }
}

/// A task that somebody typed.
struct Meant {
    /// Its place in the plan; `None` where the plan has it no longer.
    place: Option<usize>,
    number: TaskNo,
    name: String,
}

/// Whether an objection to a task's due, or to all of a unit's, means that line: points were taken.
fn is_meant(line: &BookedLine, task: TaskNo, what: &Objecting, period: Option<Day>) -> bool {
    let any_task = task == NO_TASK && !what.unit_points;
    line.booked.points < Decimal::ZERO
        && (any_task || line.task == task)
        && (period.is_none() || line.booked.period == period)
}

/// The verdict on an objection that stands, whatever its day.
fn verdict_on(sheet: &Sheet, objection: Seq) -> Option<Seq> {
    let undone = sheet.undone();
    let verdict = sheet.items.iter().find(|item| {
        matches!(item.fact, Fact::Uphold { of } | Fact::Reverse { of } if of == objection)
            && !undone.contains(&item.seq)
    });
    verdict.map(|item| item.seq)
}
