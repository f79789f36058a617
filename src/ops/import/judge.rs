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
    pub(super) unit_names: HashMap<String, Result<NamedUnit, Saying>>,
    pub(super) task_names: HashMap<String, Option<usize>>,
    pub(super) nearby: NearbyFiles,
    pub(super) failed: Option<Error>,
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
            return self.find_unit(name, || row.unit_place(), problems);
        }
        let found = self.find_unit(code, || row.unit_code_place(), problems)?;
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
        if [&known.name, &known.short]
            .iter()
            .any(|own| query::is_called(own, name))
        {
            return Some(found);
        }
        let other = self.find_unit(name, || row.unit_place(), problems)?;
        if other.no == found.no {
            return Some(found);
        }
        let saying = say!(
            "check-two-units",
            code = code,
            unit = known.name,
            name = name
        );
        let saying = saying.hint(say!("hint-two-cells"));
        problems.push(Problem::error(row.unit_code_place(), saying));
        None
    }

    fn find_unit(
        &mut self,
        name: &str,
        place: impl Fn() -> Place,
        problems: &mut Problems,
    ) -> Option<NamedUnit> {
        if name.is_empty() {
            return None;
        }
        if let Some(known) = self.units.get(name) {
            return Some(*known);
        }
        match self.unit_names.get(name) {
            Some(Ok(known)) => return Some(*known),
            Some(Err(saying)) => {
                problems.push(Problem::error(place(), saying.clone()));
                return None;
            }
            None => {}
        }
        match self.workspace.find_unit(name, self.area) {
            Ok(found) => {
                let known = NamedUnit {
                    no: found.no,
                    class: found.class,
                };
                self.unit_names.insert(name.to_string(), Ok(known));
                Some(known)
            }
            Err(fault) => {
                // The same wrong name mostly stands in many rows, and looking for what is like it takes long.
                if let Some(said) = query::said(&fault) {
                    self.unit_names.insert(name.to_string(), Err(said));
                }
                self.object(fault, place(), problems);
                None
            }
        }
    }

    /// The task that a row means, as [`Self::unit`].
    fn task(&mut self, row: &records::Row, problems: &mut Problems) -> Option<usize> {
        let records::Named { name, code } = row.task;
        let day = row.draft.on.unwrap_or(self.today);
        if code.is_empty() {
            return self.find_task(name, day, || row.task_place(), problems);
        }
        let found = self.find_task(code, day, || row.task_code_place(), problems)?;
        if name.is_empty() || self.find_task(name, day, || row.task_place(), problems)? == found {
            return Some(found);
        }
        let task = &self.workspace.plan.tasks[found].name;
        let saying = say!("check-two-tasks", code = code, task = task, name = name);
        let saying = saying.hint(say!("hint-two-cells"));
        problems.push(Problem::error(row.task_code_place(), saying));
        None
    }

    fn find_task(
        &mut self,
        name: &str,
        day: Day,
        place: impl Fn() -> Place,
        problems: &mut Problems,
    ) -> Option<usize> {
        if name.is_empty() {
            return None;
        }
        if let Some(found) = self.task_names.get(name) {
            return *found;
        }
        match self.workspace.find_task(name, day) {
            Ok(place) => {
                // A part of a name may mean another task on another day: only codes and exact names are remembered.
                let task = &self.workspace.plan.tasks[place];
                if task.code == *name || *task.short == *name || *task.name == *name {
                    self.task_names.insert(name.to_string(), Some(place));
                }
                Some(place)
            }
            Err(fault) => {
                self.object(fault, place(), problems);
                None
            }
        }
    }

    fn object(&mut self, fault: Error, place: Place, problems: &mut Problems) {
        match query::said(&fault) {
            Some(saying) => problems.push(Problem::error(place, saying)),
            None => self.failed = Some(fault),
        }
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
