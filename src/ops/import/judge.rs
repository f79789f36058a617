//! Judging the rows of a file: names found, drafts admitted, files looked for; every refusal at its place.

use std::collections::HashMap;
use std::path::PathBuf;

use super::{Imported, Line, NamedUnit};
use crate::model::admit::{self, Draft, Refusal};
use crate::model::advice;
use crate::model::board::Ruler;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::{Proof, Record};
use crate::model::plan::{Amount, Task};
use crate::model::unit::{Class, Tenure, UnitNo};
use crate::ops::nearby_files::{Found, NearbyFiles};
use crate::query::{self, Error, UnitKey, Workspace};
use crate::source::problem::{Place, Problem, Problems, Saying, say};
use crate::source::records;

/// Judges rows one after another.
pub(super) struct Judge<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) ruler: &'a Ruler,
    pub(super) area: Option<&'a str>,
    pub(super) today: Day,
    pub(super) units: HashMap<UnitKey, NamedUnit>,
    /// From when to when units owe, of those that do not always.
    pub(super) tenures: HashMap<UnitNo, Tenure>,
    /// What names turned out to mean, or what is wrong with them.
    pub(super) unit_names: HashMap<String, Result<NamedUnit, NotOne>>,
    pub(super) task_names: HashMap<String, usize>,
    pub(super) nearby: NearbyFiles,
    pub(super) failed: Option<Error>,
}

/// Why a name is not that of one unit or one task.
#[derive(Clone)]
pub(super) struct NotOne {
    saying: Saying,
    /// Whether several have it, or nobody.
    several: bool,
    /// Whether others are called just so.
    exact: bool,
}

impl Judge<'_> {
    /// The line of a row, with the files that it names as proof, by their places among its pieces.
    pub(super) fn line(
        &mut self,
        row: &mut records::Row,
        imported: &mut Imported,
        problems: &mut Problems,
    ) -> Option<(Line, Vec<(usize, PathBuf)>)> {
        let fine = row.problems.is_empty();
        let unit = self.unit(row, problems);
        let task = self.task(row, problems);
        problems.extend(std::mem::take(&mut row.problems));
        let (unit, task) = (unit?, task?);
        if !fine {
            return None;
        }
        let workspace = self.workspace;
        let class: &Class = workspace.classes.get(unit.class as usize)?;
        let plan_task = &workspace.plan.tasks[task];
        let mut draft = std::mem::take(&mut row.draft);
        if plan_task.totals && draft.total.is_none() {
            draft.total = draft.count.take();
        }
        let missing = number_missing(plan_task, class, &draft);
        let admitted = admit::admit(
            &workspace.plan,
            plan_task,
            self.ruler.dues(task),
            class,
            self.tenures.get(&unit.no).copied().unwrap_or_default(),
            draft,
            self.today,
        );
        let (day, record) = match admitted {
            Ok(admitted) => admitted,
            Err(refusals) => {
                let successors = workspace.successors_of(unit.no, &refusals);
                let successors = successors.unwrap_or_else(|fault| {
                    self.failed = Some(fault);
                    Vec::new()
                });
                for refusal in refusals {
                    let closed = matches!(refusal, Refusal::AfterUntil { .. });
                    let hint = query::successors_hint(&successors).filter(|_| closed);
                    let saying = query::refusal(&refusal).hint(hint);
                    problems.push(Problem::error(row.place(), saying));
                }
                return None;
            }
        };
        if let Some(measure) = missing {
            let saying = say!("check-number-missing", measure = measure);
            let saying = saying.hint(say!("hint-amount"));
            problems.push(Problem::error(row.count_place(), saying));
            return None;
        }
        let number = workspace.numbers[task];
        // What the unit's sheet has to do with it is said where rows are compared with it.
        let advice = advice::of_record(plan_task, self.ruler.dues(task), day, &record);
        let early = advice::before_plan(&workspace.plan, plan_task, day);
        // No unit needs less than one, so few rows are worth a look at what it does need.
        let need = match record.count > Decimal::from_thousandths(100_000) {
            true => match workspace.unit(unit.no) {
                Ok(row) => workspace.need(task, &row.unit),
                Err(fault) => {
                    self.failed = Some(fault);
                    None
                }
            },
            false => None,
        };
        let more = advice::far_more(&record, need);
        for advice in advice.into_iter().chain(early).chain(more) {
            imported.remark(|| row.place(), advice);
        }
        let files = self.files(&record, row, problems)?;
        let line = Line {
            unit: unit.no,
            task: number,
            day,
            row: u32::try_from(imported.rows).unwrap_or(u32::MAX),
            more: (record != Record::default()).then(|| Box::new(record)),
        };
        Some((line, files))
    }

    /// The files that a record names, by their places among its proof; `None` where one of them cannot be taken in.
    fn files(
        &mut self,
        record: &Record,
        row: &records::Row,
        problems: &mut Problems,
    ) -> Option<Vec<(usize, PathBuf)>> {
        let mut files = Vec::new();
        let mut fine = true;
        for (piece, proof) in record.evidence.iter().enumerate() {
            let Proof::Named(name) = proof else { continue };
            match self.nearby.look(name) {
                Found::File(path) => files.push((piece, path)),
                Found::Rejected(saying) => {
                    problems.push(Problem::error(row.evidence_place(), saying));
                    fine = false;
                }
            }
        }
        fine.then_some(files)
    }

    /// The unit that a row means. Where it gives a code and a name, both have to be that unit's: nobody knows which of two was meant. A name
    /// alone may be that of many.
    fn unit(&mut self, row: &records::Row, problems: &mut Problems) -> Option<NamedUnit> {
        let records::Named { name, code } = row.unit;
        if code.is_empty() {
            let found = self.find_unit(name)?;
            return told(found, || row.unit_place(), problems);
        }
        let found = self.find_unit(code)?;
        let found = told(found, || row.unit_code_place(), problems)?;
        if name.is_empty() || self.units.get(name).is_some_and(|unit| unit.no == found.no) {
            return Some(found);
        }
        let known = match self.workspace.unit(found.no) {
            Ok(known) => known.unit,
            Err(fault) => {
                self.failed = Some(fault);
                return None;
            }
        };
        let own = [known.name.as_str(), known.short.as_str()];
        if is_one_of(own, name) {
            return Some(found);
        }
        let meant = self.find_unit(name)?.map(|other| other.no == found.no);
        match contradiction(meant, own, name) {
            Contradiction::None => return Some(found),
            Contradiction::Unknown(saying) => {
                problems.push(Problem::error(row.unit_place(), saying));
            }
            Contradiction::Other => {
                let unit = &known.name;
                let saying = say!("check-two-units", code = code, unit = unit, name = name);
                let saying = saying.hint(say!("hint-two-cells"));
                problems.push(Problem::error(row.unit_code_place(), saying));
            }
        }
        None
    }

    /// What a text names; `None` where that cannot be told, or nothing is named.
    fn find_unit(&mut self, name: &str) -> Option<Result<NamedUnit, NotOne>> {
        if name.is_empty() {
            return None;
        }
        if let Some(known) = self.units.get(name) {
            return Some(Ok(*known));
        }
        if let Some(known) = self.unit_names.get(name) {
            return Some(known.clone());
        }
        let found = match self.workspace.find_unit(name, self.area) {
            Ok(found) => Ok(NamedUnit {
                no: found.no,
                class: found.class,
            }),
            Err(fault) => Err(self.not_one(fault, name)?),
        };
        // The same wrong name mostly stands in many rows, and looking for what is like it takes long.
        self.unit_names.insert(name.to_string(), found.clone());
        Some(found)
    }

    /// The task that a row means, as [`Self::unit`].
    fn task(&mut self, row: &records::Row, problems: &mut Problems) -> Option<usize> {
        let records::Named { name, code } = row.task;
        let day = row.draft.on.unwrap_or(self.today);
        if code.is_empty() {
            let found = self.find_task(name, day)?;
            return told(found, || row.task_place(), problems);
        }
        let found = self.find_task(code, day)?;
        let found = told(found, || row.task_code_place(), problems)?;
        let known = &self.workspace.plan.tasks[found];
        let own = [known.name.as_str(), known.short.as_str()];
        if name.is_empty() || is_one_of(own, name) {
            return Some(found);
        }
        let meant = self.find_task(name, day)?.map(|other| other == found);
        match contradiction(meant, own, name) {
            Contradiction::None => return Some(found),
            Contradiction::Unknown(saying) => {
                problems.push(Problem::error(row.task_place(), saying));
            }
            Contradiction::Other => {
                let task = &known.name;
                let saying = say!("check-two-tasks", code = code, task = task, name = name);
                let saying = saying.hint(say!("hint-two-cells"));
                problems.push(Problem::error(row.task_code_place(), saying));
            }
        }
        None
    }

    fn find_task(&mut self, name: &str, day: Day) -> Option<Result<usize, NotOne>> {
        if name.is_empty() {
            return None;
        }
        if let Some(found) = self.task_names.get(name) {
            return Some(Ok(*found));
        }
        match self.workspace.find_task(name, day) {
            Ok(place) => {
                // A part of a name may mean another task on another day: only codes and exact names are remembered.
                let task = &self.workspace.plan.tasks[place];
                if task.code == *name || *task.short == *name || *task.name == *name {
                    self.task_names.insert(name.to_string(), place);
                }
                Some(Ok(place))
            }
            Err(fault) => Some(Err(self.not_one(fault, name)?)),
        }
    }

    /// Why a name is not that of one; `None` where something else went wrong.
    fn not_one(&mut self, fault: Error, name: &str) -> Option<NotOne> {
        let Some(saying) = query::said(&fault) else {
            self.failed = Some(fault);
            return None;
        };
        let (several, exact) = match &fault {
            Error::AmbiguousUnit { candidates, .. } | Error::AmbiguousTask { candidates, .. } => {
                let mut candidates = candidates.iter();
                (
                    true,
                    candidates.any(|one| query::is_called(&one.name, name)),
                )
            }
            _ => (false, false),
        };
        Some(NotOne {
            saying,
            several,
            exact,
        })
    }
}

/// What has been found, or nothing where that has been told.
fn told<T>(
    found: Result<T, NotOne>,
    place: impl Fn() -> Place,
    problems: &mut Problems,
) -> Option<T> {
    let told = |unfound: NotOne| problems.push(Problem::error(place(), unfound.saying));
    found.map_err(told).ok()
}

/// Whether one of these names is that one.
fn is_one_of(own: [&str; 2], name: &str) -> bool {
    own.iter().any(|own| query::is_called(own, name))
}

/// How a name contradicts the code beside it.
enum Contradiction {
    None,
    Other,
    Unknown(Saying),
}

/// How a name that is none of the code's own contradicts the code. `meant` tells whether the name means what the code does. A part of names
/// of several is no contradiction where it is a part of the code's own.
fn contradiction(meant: Result<bool, NotOne>, own: [&str; 2], name: &str) -> Contradiction {
    let is_part = || own.iter().any(|own| query::holds(own, name));
    match meant {
        Ok(true) => Contradiction::None,
        Err(NotOne { exact: false, .. }) if is_part() => Contradiction::None,
        Err(NotOne {
            several: false,
            saying,
            ..
        }) => Contradiction::Unknown(saying),
        Ok(false) | Err(_) => Contradiction::Other,
    }
}

/// The measure of a task that counts more than whether something was done, where the row gives no number: 1 would be a
/// guess.
fn number_missing<'t>(task: &'t Task, class: &Class, draft: &Draft) -> Option<&'t str> {
    let given = draft.count.is_some() || draft.total.is_some() || draft.nil;
    let need = task.need_of(class)?;
    let one = matches!(need.amount, Amount::Count(count) if count <= Decimal::ONE);
    (!given && !one).then_some(task.target.as_ref()?.measure.as_str())
}
