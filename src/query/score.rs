//! `score`: what the units' points come to.

use std::rc::Rc;

use compact_str::CompactString;

use super::error::Error;
use super::error::no_assessment;
use super::selection::Selection;
use super::survey::SurveyPart;
use super::workspace::Workspace;
use crate::model::board::View;
use crate::model::decimal::Decimal;
use crate::model::entry::TaskNo;
use crate::model::plan::Dropped;
use crate::model::score::{Ledger, Sum, is_assessed};
use crate::model::sheet::{NO_TASK, Sheet};
use crate::model::unit::UnitNo;
use crate::store::UnitLabel;

/// The points of one unit.
#[derive(Clone, Debug)]
pub(crate) struct Scored {
    /// The unit's number.
    pub no: UnitNo,
    /// Its place in the roster.
    pub place: u32,
    /// Its code.
    pub code: CompactString,
    /// Its short name.
    pub name: CompactString,
    /// Its class, by number.
    pub class: u32,
    /// What was booked.
    pub ledger: Ledger,
    /// What that comes to.
    pub sum: Sum,
    /// The place by score among all who are assessed, whatever was selected; equal scores share one.
    pub rank: usize,
}

/// The points of selected units.
#[derive(Clone, Debug)]
pub(crate) struct Scores {
    /// The units, by rank, then in the order of the roster.
    pub units: Vec<Scored>,
    /// How many are assessed, selected or not.
    pub assessed: usize,
}

/// What was found of units in a row.
#[derive(Default)]
struct Found {
    units: Vec<Scored>,
    /// The scores of all who are assessed.
    scores: Vec<Decimal>,
}

impl SurveyPart for Found {
    fn numbers(&self) -> Vec<UnitNo> {
        self.units.iter().map(|unit| unit.no).collect()
    }

    fn name(&mut self, at: usize, label: UnitLabel<'_>) {
        let unit = &mut self.units[at];
        (unit.place, unit.code, unit.name) = (label.place, label.code.into(), label.short.into());
    }
}

impl Workspace {
    /// The points of the selected units, ranked among all that are assessed: every unit that the assessment names, those that owe
    /// something where it names nobody, and every unit with points, whatever an amendment has left it to owe. The supervisor is not
    /// among them: no notice takes points from who issues it.
    ///
    /// # Errors
    /// Where the plan has no assessment, and whatever the store says.
    pub(crate) fn score(&self, selection: &Selection, view: View) -> Result<Scores, Error> {
        let Some(assessment) = &self.plan.assessment else {
            return Err(no_assessment());
        };
        let classes = self.classes.iter();
        let assessed: Vec<bool> = classes
            .map(|class| is_assessed(&self.plan, class))
            .collect();
        let (ruler, supervisor) = (self.ruler(view), self.supervisor()?);
        let by_name = !assessment.who.is_empty();
        let look = |found: &mut Found, sheet: &Sheet| {
            if supervisor == Some(sheet.unit) {
                return;
            }
            let ledger = Ledger::of(sheet, view);
            let assessed = assessed.get(sheet.class as usize).copied().unwrap_or(false);
            let has_points = || ledger.lines.iter().any(|line| line.booked.rule.is_some());
            if !(assessed && (by_name || ruler.owes(sheet.class)) || has_points()) {
                return;
            }
            let sum = ledger.sum(assessment);
            found.scores.push(sum.score);
            if selection.wants_class(sheet.class) && selection.wants_unit(sheet.unit) {
                found.units.push(Scored {
                    no: sheet.unit,
                    place: 0,
                    code: CompactString::default(),
                    name: CompactString::default(),
                    class: sheet.class,
                    ledger,
                    sum,
                    rank: 0,
                });
            }
        };
        let parts = self.sheets_in_parts(None, Found::default, look)?;
        let count = parts.iter().map(|part| part.units.len()).sum();
        let (mut units, mut scores) = (Vec::with_capacity(count), Vec::new());
        for part in parts {
            units.extend(part.units);
            scores.extend(part.scores);
        }
        scores.sort_unstable_by(|one, other| other.cmp(one));
        for unit in &mut units {
            unit.rank = scores.partition_point(|score| *score > unit.sum.score) + 1;
        }
        units.sort_unstable_by_key(|unit: &Scored| (unit.rank, unit.place));
        Ok(Scores {
            units,
            assessed: scores.len(),
        })
    }

    /// A task of that code or name that the plan has no longer and that something was said of for the unit, and its number.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn dropped_task(
        &self,
        no: UnitNo,
        text: &str,
    ) -> Result<Option<(TaskNo, Rc<Dropped>)>, Error> {
        let mut seen = Vec::new();
        self.each_sheet(Some(&[no]), &mut |sheet| {
            let tasks = sheet.items.iter().map(|item| item.task);
            seen.extend(tasks.filter(|task| self.place_of(Some(*task)).is_none()));
        })?;
        seen.sort_unstable();
        seen.dedup();
        for number in seen.into_iter().filter(|number| *number != NO_TASK) {
            let dropped = self.dropped(number)?;
            if [&dropped.code, dropped.short(), dropped.name()].contains(&text.trim()) {
                return Ok(Some((number, dropped)));
            }
        }
        Ok(None)
    }

    /// The points booked for one unit.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn ledger(&self, no: UnitNo, view: View) -> Result<Ledger, Error> {
        let mut ledger = Ledger::default();
        self.each_sheet(Some(&[no]), &mut |sheet| ledger = Ledger::of(sheet, view))?;
        Ok(ledger)
    }
}
