//! Names that people type: a unit, a task, a record. A code, an exact name, a part that only one has; otherwise candidates.

use std::rc::Rc;

use compact_str::CompactString;

use super::error::{Candidate, Error};
use super::unit_names::{Named as UnitNamed, UnitNames, comparable};
use super::workspace::Workspace;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::{Due, Schedule};
use crate::model::entry::Seq;
use crate::model::plan::{Amount, Plan, Task};
use crate::model::quantity;
use crate::model::unit::{Class, Unit, UnitNo};
use crate::source::day_text;
use crate::source::near::{folded, slips};
use crate::source::problem::Saying;
use crate::source::problem::say;
use crate::store::UnitRow;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A unit.
    Unit(UnitNo),
    /// A task, by its place in the plan.
    Task(usize),
    /// An entry.
    Entry(Seq),
}

/// Whether a name is that text, but for the width and case of its letters.
pub(crate) fn is_called(name: &str, text: &str) -> bool {
    name == text || comparable(name) == comparable(text)
}

/// Whether a name holds that text, but for the width and case of its letters.
pub(crate) fn holds(name: &str, part: &str) -> bool {
    comparable(name).contains(&comparable(part))
}

/// How many near names are worth listing.
const NEAR: usize = 9;

impl Workspace {
    /// The unit that a text names: its code, its exact short name or name, or any part of a name that one unit has, among
    /// those that owe something. `area/name` narrows it, and so does `area`.
    ///
    /// # Errors
    /// [`Error::UnknownUnit`] and [`Error::AmbiguousUnit`] with what is near.
    pub(crate) fn find_unit(&self, text: &str, area: Option<&str>) -> Result<UnitRow, Error> {
        let (narrow, name) = match text.rsplit_once('/') {
            Some((area, name)) => (Some(area), name.trim()),
            None => (area, text.trim()),
        };
        if let Some(row) = self.unit_by_code(name)? {
            return Ok(row);
        }
        let within = narrow.map(|area| self.within(area)).transpose()?;
        let within = within.as_deref().map(Vec::as_slice);
        let exact = self.reader().units_named(name)?;
        let found = exact.iter().map(|row| UnitNamed {
            no: row.no,
            class: row.class,
        });
        let mut found: Vec<UnitNamed> = found.collect();
        self.narrow(&mut found, within);
        if found.is_empty() {
            // Only names that are typed in another form, or in part, cost a look at all of them.
            let names = self.unit_names()?;
            found = names.called(name);
            self.narrow(&mut found, within);
            if found.len() != 1 {
                found = names.holding(name, usize::MAX);
                self.narrow(&mut found, within);
            }
        }
        match found.as_slice() {
            [one] => self.unit(one.no),
            [] => Err(Error::UnknownUnit {
                text: text.to_string(),
                near: self.near(name, within)?,
            }),
            several => {
                let shown = several.iter().take(NEAR).map(|unit| unit.no);
                let shown = self.units(&shown.collect::<Vec<_>>())?;
                Err(self.ambiguous(text, several.len(), &shown)?)
            }
        }
    }

    /// The unit of that code; letters and digits of full width are those of a keyboard.
    fn unit_by_code(&self, code: &str) -> Result<Option<UnitRow>, Error> {
        let found = self.reader().unit_by_code(code)?;
        if found.is_some() || code.is_ascii() {
            return Ok(found);
        }
        Ok(self.reader().unit_by_code(&folded(code))?)
    }

    /// The names of all units. They are read when the first name is not exact.
    fn unit_names(&self) -> Result<&UnitNames, Error> {
        if let Some(names) = self.unit_names.get() {
            return Ok(names);
        }
        let names = UnitNames::read(self.reader())?;
        Ok(self.unit_names.get_or_init(|| names))
    }

    /// The units under an area, ascending; remembered, because a list names the same few areas in all its rows.
    fn within(&self, area: &str) -> Result<Rc<Vec<UnitNo>>, Error> {
        if let Some(units) = self.areas.borrow().get(area) {
            return Ok(Rc::clone(units));
        }
        let units = Rc::new(self.reader().below(self.find_area(area)?.no)?);
        let known = Rc::clone(&units);
        self.areas.borrow_mut().insert(area.to_string(), known);
        Ok(units)
    }

    /// The area that a text names, by code, exact name or part of a name; `town/…` paths narrow from the left.
    ///
    /// # Errors
    /// [`Error::UnknownPart`] and [`Error::AmbiguousUnit`] with what is near.
    pub(crate) fn find_area(&self, text: &str) -> Result<UnitRow, Error> {
        if let Some(row) = self.unit_by_code(text.trim())? {
            return Ok(row);
        }
        let areas = self.reader().areas()?;
        let (above, name) = text
            .rsplit_once('/')
            .map_or((None, text.trim()), |(above, name)| {
                (Some(above), name.trim())
            });
        let within = above
            .map(|above| Ok::<_, Error>(self.reader().below(self.find_area(above)?.no)?))
            .transpose()?;
        let inside = |no: UnitNo| {
            within
                .as_ref()
                .is_none_or(|within| within.binary_search(&no).is_ok())
        };
        let pick = |keep: &dyn Fn(&str) -> bool| -> Vec<UnitNo> {
            areas
                .iter()
                .filter(|area| inside(area.no) && keep(&area.name))
                .map(|area| area.no)
                .collect()
        };
        let mut found = pick(&|known| is_called(known, name));
        if found.is_empty() {
            found = pick(&|known| !name.is_empty() && holds(known, name));
        }
        match found.as_slice() {
            [no] => self.unit(*no),
            [] => {
                let mut areas: Vec<&str> = areas
                    .iter()
                    .filter(|area| inside(area.no))
                    .map(|area| area.name.as_str())
                    .collect();
                areas.sort_by_cached_key(|area| strsim::osa_distance(area, name));
                areas.truncate(NEAR);
                Err(Error::UnknownPart {
                    what: "area",
                    text: text.to_string(),
                    known: areas.into_iter().map(ToString::to_string).collect(),
                })
            }
            several => Err(self.ambiguous(text, several.len(), &self.units(several)?)?),
        }
    }

    /// Keeps the units that lie within, and that owe something where any does.
    fn narrow(&self, units: &mut Vec<UnitNamed>, within: Option<&[UnitNo]>) {
        if let Some(within) = within {
            units.retain(|unit| within.binary_search(&unit.no).is_ok());
        }
        let class_owes = self.class_owes.get_or_init(|| {
            let tasks = &self.plan.tasks;
            let owes = |class: &Class| tasks.iter().any(|task| class.is_any_of(&task.who));
            self.classes.iter().map(owes).collect()
        });
        let owes = |unit: &UnitNamed| {
            class_owes
                .get(unit.class as usize)
                .is_some_and(|owes| *owes)
        };
        if units.iter().any(owes) {
            units.retain(owes);
        }
    }

    fn ambiguous(&self, text: &str, matched: usize, rows: &[UnitRow]) -> Result<Error, Error> {
        let candidates = rows
            .iter()
            .take(NEAR)
            .map(|row| self.candidate(row))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Error::AmbiguousUnit {
            text: text.to_string(),
            matched,
            candidates,
        })
    }

    pub(crate) fn candidate(&self, row: &UnitRow) -> Result<Candidate, Error> {
        let area = row
            .parent
            .map(|parent| self.unit(parent))
            .transpose()?
            .map(|row| row.unit.short);
        Ok(Candidate {
            code: row.unit.code.to_string(),
            name: row.unit.short.clone(),
            area,
        })
    }

    /// Units with a name like the one typed: those that share its beginning, for a slip at the end.
    fn near(&self, name: &str, within: Option<&[UnitNo]>) -> Result<Vec<Candidate>, Error> {
        let letters: Vec<char> = name.chars().collect();
        let halves = letters
            .chunks(letters.len().div_ceil(2).max(1))
            .map(|half| half.iter().collect::<String>());
        let mut found = Vec::new();
        for half in halves {
            found.extend(self.unit_names()?.holding(&half, NEAR * 4));
        }
        self.narrow(&mut found, within);
        found.sort_unstable_by_key(|unit| unit.no);
        found.dedup();
        let numbers: Vec<UnitNo> = found.iter().map(|unit| unit.no).collect();
        let mut rows = self.units(&numbers)?;
        let typed = comparable(name);
        let slips = |row: &UnitRow| strsim::osa_distance(&comparable(&row.unit.short), &typed);
        rows.sort_by_cached_key(|row| (slips(row), row.place));
        rows.retain(|row| slips(row) <= letters.len().div_ceil(2) + 1);
        rows.iter().take(3).map(|row| self.candidate(row)).collect()
    }

    /// The task that a text names: its code, its exact short name or name, or any part of a name that one task has; among
    /// those open on `day` first.
    ///
    /// # Errors
    /// [`Error::UnknownTask`] and [`Error::AmbiguousTask`] with what is near.
    pub(crate) fn find_task(&self, text: &str, day: Day) -> Result<usize, Error> {
        let text = text.trim();
        if let Some(place) = self.plan.task(text) {
            return Ok(place);
        }
        if let Some(place) = self.plan.task(&folded(text)) {
            return Ok(place);
        }
        let pick = |keep: &dyn Fn(&Task) -> bool| -> Vec<usize> {
            let tasks = self.plan.tasks.iter().enumerate();
            tasks
                .filter(|(_, task)| keep(task))
                .map(|(place, _)| place)
                .collect()
        };
        let mut found = pick(&|task| is_called(&task.short, text) || is_called(&task.name, text));
        if found.is_empty() && !text.is_empty() {
            found = pick(&|task| holds(&task.name, text) || holds(&task.short, text));
        }
        if found.len() > 1 && found.iter().any(|place| self.is_open(*place, day)) {
            found.retain(|place| self.is_open(*place, day));
        }
        let candidate = |place: &usize| {
            let task = &self.plan.tasks[*place];
            Candidate {
                code: task.code.to_string(),
                name: task.short.clone(),
                area: None,
            }
        };
        match found.as_slice() {
            [place] => Ok(*place),
            [] => {
                let slips = |task: &Task| {
                    let names = [task.code.as_str(), &task.short, &task.name];
                    names.iter().filter_map(|name| slips(text, name)).min()
                };
                let tasks = self.plan.tasks.iter().enumerate();
                let mut near: Vec<(usize, usize)> = tasks
                    .filter_map(|(place, task)| Some((slips(task)?, place)))
                    .collect();
                near.sort_unstable();
                near.truncate(3);
                Err(Error::UnknownTask {
                    text: text.to_string(),
                    near: near.iter().map(|(_, place)| candidate(place)).collect(),
                })
            }
            several => Err(Error::AmbiguousTask {
                text: text.to_string(),
                candidates: several.iter().map(candidate).collect(),
            }),
        }
    }

    /// Whether a task is owed and its window holds that day: from the first day that counts, else its phase's, to its last
    /// due day, or to its phase's end where an order has to come first.
    fn is_open(&self, place: usize, day: Day) -> bool {
        // A list asks this of every row, and a task may have ten thousand dues.
        let windows = self.windows.get_or_init(|| {
            let window = |task: &Task| {
                let phase = self.plan.phase_of(task);
                let dues = task.schedule.dues(self.plan.issued);
                let first = dues.iter().filter_map(|due| due.opens).min();
                let last = dues.iter().map(|due| due.due).max();
                first.unwrap_or(phase.from)..=last.unwrap_or(phase.to)
            };
            self.plan.tasks.iter().map(window).collect()
        });
        self.plan.tasks[place].is_owed() && windows[place].contains(&day)
    }

    pub(crate) fn task_names(&self, task: usize) -> (String, String) {
        let task = &self.plan.tasks[task];
        (task.code.to_string(), task.short.clone())
    }

    /// What a unit needs for a task.
    pub(crate) fn need(&self, task: usize, unit: &Unit) -> Option<Decimal> {
        match &self.plan.tasks[task]
            .need_of(&unit.class(&self.plan))?
            .amount
        {
            Amount::Count(count) => Some(*count),
            Amount::Share { share, of } => Some(share.of(quantity::number(unit.attribute(of)?)?)),
        }
    }

    /// The key of the due of a task that a text names.
    pub(crate) fn due_key(&self, place: usize, text: &str, today: Day) -> Result<Day, Error> {
        due_key(&self.plan, place, text, today)
    }

    /// The unit, the task or the entry that a text names, tried in the order entry id, unit, task.
    ///
    /// # Errors
    /// [`Error::UnknownName`] where nothing fits, and the ambiguities.
    pub(crate) fn named(&self, text: &str, area: Option<&str>, view: View) -> Result<Named, Error> {
        if let Some(seq) = self.entry_id(text)? {
            return Ok(Named::Entry(seq));
        }
        let mut like = Vec::new();
        match self.find_task(text, view.as_of) {
            Ok(place)
                if self.plan.tasks[place].code == *text
                    || self.reader().units_named(text)?.is_empty() =>
            {
                return Ok(Named::Task(place));
            }
            Ok(_) => {}
            Err(Error::UnknownTask { near, .. }) => like = near,
            Err(fault) => {
                return self
                    .find_unit(text, area)
                    .map(|row| Named::Unit(row.no))
                    .map_err(|_| fault);
            }
        }
        match self.find_unit(text, area) {
            Ok(row) => Ok(Named::Unit(row.no)),
            Err(fault @ (Error::UnknownUnit { .. } | Error::UnknownPart { .. })) => {
                let near = match fault {
                    Error::UnknownUnit { near, .. } => near,
                    _ => Vec::new(),
                };
                match self.latest_record(text, area, view.as_of) {
                    Ok(Some(seq)) => Ok(Named::Entry(seq)),
                    _ => Err(Error::UnknownName {
                        text: text.to_string(),
                        near: near.into_iter().chain(like).collect(),
                    }),
                }
            }
            Err(fault) => Err(fault),
        }
    }
}

/// A unit's code as the key of a map that is asked with plain text.
pub(crate) type UnitKey = CompactString;

/// A name that could not be found as the saying of a problem; `None` for any other fault.
pub(crate) fn said(fault: &Error) -> Option<Saying> {
    let (id, text, hint, candidates) = match fault {
        Error::UnknownUnit { text, near } => ("error-unknown-unit", text, "error-near", near),
        Error::UnknownTask { text, near } => ("error-unknown-task", text, "error-near", near),
        Error::AmbiguousUnit {
            text, candidates, ..
        } => {
            let id = "error-ambiguous-unit-row";
            (id, text, "error-candidates", candidates)
        }
        Error::AmbiguousTask { text, candidates } => {
            let id = "error-ambiguous-task-row";
            (id, text, "error-candidates", candidates)
        }
        _ => return None,
    };
    let names = candidates.iter().take(5).map(Candidate::to_string);
    let names = names.collect::<Vec<_>>().join(", ");
    let hint = (!names.is_empty()).then(|| say!(hint, names = names));
    Some(say!(id, text = text).hint(hint))
}

/// A unit's code and short name.
pub(crate) fn names(unit: &Unit) -> (String, String) {
    (unit.code.to_string(), unit.short.clone())
}

/// The key of the due of a plan's task that a text names: the period that holds the day, or the milestone of that day.
pub(crate) fn due_key(plan: &Plan, place: usize, text: &str, today: Day) -> Result<Day, Error> {
    let task = &plan.tasks[place];
    let no_such = || no_such_period(&task.short, text);
    let named = day_text::period(text, today).map_err(|_| no_such())?;
    let dues = task.schedule.dues(plan.issued);
    let keys = match &task.schedule {
        Schedule::Every { .. } => task.schedule.periods_in(&dues, named),
        Schedule::Milestones { .. } => {
            let (first, last) = named;
            let keys_by = |day: fn(&Due) -> Day| -> Vec<Day> {
                let named = |due: &&Due| (first..=last).contains(&day(due));
                dues.iter().filter(named).map(|due| due.key).collect()
            };
            // A milestone that was moved is known by its day as well as by the one that it had.
            match keys_by(|due| due.due) {
                keys if keys.is_empty() => keys_by(|due| due.key),
                keys => keys,
            }
        }
        Schedule::Once { .. } | Schedule::Instruction => {
            return Err(say!("error-no-periods", task = task.short).into());
        }
    };
    match keys.as_slice() {
        [] => Err(no_such()),
        [key] => Ok(*key),
        keys => Err(many_periods(keys).into()),
    }
}

/// What was to name one period names several.
pub(super) fn many_periods(keys: &[Day]) -> Saying {
    /// So many are named: enough to see that they are several, and how one is written.
    const FEW: usize = 3;
    let few: Vec<String> = keys.iter().take(FEW).map(Day::to_string).collect();
    let days = few.join(", ");
    let hint = say!("refusal-many-periods-hint", day = keys[0]);
    say!("refusal-many-periods", n = keys.len(), days = days).hint(hint)
}

/// No period of that task is called that.
pub(crate) fn no_such_period(task: &str, text: &str) -> Error {
    let hint = say!("error-no-such-period-hint");
    let saying = say!("error-no-such-period", task = task, text = text);
    saying.hint(hint).into()
}
