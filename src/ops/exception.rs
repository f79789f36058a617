//! Orders, exceptions and praise: `instruct`, `excuse`, `extend` (rule 9), `commend`.

use super::recording::{Recording, Written};
use crate::model::board::{Cell, View};
use crate::model::day::Day;
use crate::model::due::Schedule;
use crate::model::entry::{Act, Address, Entry};
use crate::model::standing::Standing;
use crate::query::{Error, Selection, given_reason};
use crate::source::problem::say;

/// What an exception is about.
#[derive(Clone, Debug)]
pub(crate) struct Term<'a> {
    /// The unit, as typed.
    pub unit: &'a str,
    /// The task, as typed.
    pub task: &'a str,
    /// The due, as typed; `None` = all of the task's.
    pub period: Option<&'a str>,
    /// The day from which it acts.
    pub on: Day,
    /// Why.
    pub reason: &'a str,
    /// The area that narrows names.
    pub area: Option<&'a str>,
}

/// An exception or an order that was recorded.
#[derive(Clone, Debug)]
pub(crate) struct Termed {
    /// Its address.
    pub address: Address,
    /// The unit's short name; empty for an order.
    pub unit: String,
    /// The task's short name; empty for praise of a unit as such.
    pub task: String,
    /// The day, as it was, of the one due that an exception names.
    pub named: Option<Day>,
    /// Of an exception that names no due of a task with several: the days, as they were, of those that are open.
    pub open: Vec<Day>,
}

impl Recording {
    /// Excuses a unit from a task, or from one due of it.
    ///
    /// # Errors
    /// A task that the unit does not owe, no reason, unknown names and periods, and whatever the store says.
    pub(crate) fn excuse(self, term: &Term) -> Result<Written<Termed>, Error> {
        self.except(term, |period, reason, _| Ok(Act::Excuse { period, reason }))
    }

    /// Gives a unit until another day.
    ///
    /// # Errors
    /// Where that would move no due day, and as for [`Recording::excuse`].
    pub(crate) fn extend(self, term: &Term, due: Day) -> Result<Written<Termed>, Error> {
        self.except(term, |period, reason, cells| {
            let days = || {
                cells
                    .iter()
                    .filter(|cell| period.is_none() || cell.key == period)
                    .filter_map(|cell| cell.due)
            };
            match days().min() {
                Some(earliest) if due <= earliest => Err(not_later(earliest, due)),
                _ => Ok(Act::Extend {
                    period,
                    due,
                    reason,
                }),
            }
        })
    }

    fn except(
        self,
        term: &Term,
        act: impl FnOnce(Option<Day>, String, &[Cell]) -> Result<Act, Error>,
    ) -> Result<Written<Termed>, Error> {
        let reason = given_reason(term.reason)?;
        let unit = self.find_unit(term.unit, term.area)?;
        let place = self.find_task(term.task, term.on)?;
        let period = term
            .period
            .map(|text| self.due_key(place, text, term.on))
            .transpose()?;
        let only = Selection {
            units: Some(vec![unit.no]),
            ..Selection::default()
        };
        let mut cells: Vec<Cell> = Vec::new();
        self.survey(&self.ruler(View::on(term.on)), &only, |unit| {
            cells.extend(unit.cells.iter().filter(|cell| cell.task == place));
        })?;
        let task = self.plan.tasks[place].short.clone();
        if cells.is_empty() {
            return Err(say!("error-not-owed", unit = unit.unit.short, task = task).into());
        }
        let named = cells.iter().find(|cell| cell.key == period);
        let named = named.filter(|_| period.is_some()).and_then(|cell| cell.due);
        let act = act(period, reason, &cells)?;
        let several = period.is_none() && cells.len() > 1;
        let open = cells.iter().filter(|cell| several && is_open(cell));
        let open = open.filter_map(|cell| cell.due);
        // An extension only gives time: what is due later stays.
        let moved = |day: &Day| !matches!(act, Act::Extend { due, .. } if due <= *day);
        let open = open.filter(moved).collect();
        let entry = Entry {
            unit: Some(unit.no),
            task: Some(self.numbers[place]),
            day: term.on,
            act,
        };
        self.commit_one(entry, unit.unit.short, task, named, open)
    }

    /// Records that the order for a task has arrived.
    ///
    /// # Errors
    /// A task that waits for no order, no reason, an unknown task, a due day before the order's, and whatever the store says.
    pub(crate) fn instruct(
        self,
        task: &str,
        due: Day,
        on: Day,
        reason: &str,
    ) -> Result<Written<Termed>, Error> {
        let reason = given_reason(reason)?;
        let place = self.find_task(task, on)?;
        let task = &self.plan.tasks[place];
        if task.schedule != Schedule::Instruction {
            let saying = say!("error-not-on-instruction", task = task.short);
            return Err(saying.hint(say!("error-not-on-instruction-hint")).into());
        }
        if due < on {
            return Err(not_later(on, due));
        }
        let task = task.short.clone();
        let number = Some(self.numbers[place]);
        let entry = Entry {
            unit: None,
            task: number,
            day: on,
            act: Act::Instruct { due, reason },
        };
        self.commit_one(entry, String::new(), task, None, Vec::new())
    }

    /// Records that a unit, or its work on a task, deserves praise.
    ///
    /// # Errors
    /// A task that the plan does not ask of it, no reason, unknown names, and whatever the store says.
    pub(crate) fn commend(
        self,
        (unit, task): (&str, Option<&str>),
        on: Day,
        reason: &str,
        area: Option<&str>,
    ) -> Result<Written<Termed>, Error> {
        let reason = given_reason(reason)?;
        let unit = self.find_unit(unit, area)?;
        let place = task.map(|text| self.find_task(text, on)).transpose()?;
        let task = place.map(|place| &self.plan.tasks[place]);
        let short = task.map(|task| task.short.clone()).unwrap_or_default();
        if task.is_some_and(|task| !unit.unit.class(&self.plan).is_any_of(&task.who)) {
            return Err(say!("error-not-owed", unit = unit.unit.short, task = short).into());
        }
        let entry = Entry {
            unit: Some(unit.no),
            task: place.map(|place| self.numbers[place]),
            day: on,
            act: Act::Commend { reason },
        };
        self.commit_one(entry, unit.unit.short, short, None, Vec::new())
    }

    /// Records one entry.
    fn commit_one(
        mut self,
        entry: Entry,
        unit: String,
        task: String,
        named: Option<Day>,
        open: Vec<Day>,
    ) -> Result<Written<Termed>, Error> {
        let address = self.append([entry])?;
        self.commit(Termed {
            address,
            unit,
            task,
            named,
            open,
        })
    }
}

/// Whether something is still to be done.
fn is_open(cell: &Cell) -> bool {
    !cell.standing.is_completed() && cell.standing != Standing::Excused
}

/// The new due day is not after the one in force.
fn not_later(due: Day, day: Day) -> Error {
    say!("error-not-later", due = due, day = day).into()
}
