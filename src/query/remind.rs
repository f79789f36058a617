//! `remind` (催办): what each unit is told to see to.

use super::error::Error;
use super::selection::Selection;
use super::workspace::Workspace;
use crate::model::board::{Cell, View};
use crate::model::day::Day;
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;
use crate::store::UnitRow;

/// What one unit is reminded of.
#[derive(Clone, Debug)]
pub(crate) struct Reminder {
    /// The unit.
    pub row: UnitRow,
    /// The area above it.
    pub area: Option<String>,
    /// The obligations, each with its key where the plan gives the task several.
    pub dues: Vec<(Cell, Option<Day>)>,
}

impl Workspace {
    /// What the selected units are to be reminded of: what is overdue, and where somebody says `within` how many days, what falls due
    /// in them (today alone: 0) and what was returned and is to be put right in them. The longest overdue come first, then the order of the roster. The supervisor is
    /// not among them: it does not remind itself; nor are units that are closed.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn reminders(
        &self,
        selection: &Selection,
        on: Day,
        within: Option<i32>,
    ) -> Result<Vec<Reminder>, Error> {
        let ruler = self.ruler(View::on(on));
        let supervisor = self.supervisor()?;
        let soon = |day: Option<Day>| {
            let days = day.map(|day| day - on).zip(within);
            days.is_some_and(|(days, within)| days <= within)
        };
        let mut found: Vec<(UnitNo, Vec<(Cell, Option<Day>)>)> = Vec::new();
        self.survey(&ruler, selection, |unit| {
            let wanted = |cell: &&Cell| match cell.standing {
                Standing::Overdue => true,
                Standing::Returned => soon(cell.rectify),
                Standing::DueSoon | Standing::Pending => soon(cell.due),
                _ => false,
            };
            let dues = unit.cells.iter().filter(wanted);
            let dues: Vec<_> = dues.map(|cell| (*cell, ruler.period(cell))).collect();
            let spared = supervisor == Some(unit.sheet.unit) || unit.sheet.is_closed(on);
            if !dues.is_empty() && !spared {
                found.push((unit.sheet.unit, dues));
            }
        })?;
        let numbers: Vec<UnitNo> = found.iter().map(|(no, _)| *no).collect();
        let mut reminders = Vec::with_capacity(found.len());
        for (row, (_, dues)) in self.units(&numbers)?.into_iter().zip(found) {
            let area = row.parent.map(|parent| self.unit(parent)).transpose()?;
            let area = area.map(|area| area.unit.short);
            reminders.push(Reminder { row, area, dues });
        }
        let longest = |reminder: &Reminder| reminder.dues.iter().map(|(cell, _)| cell.days).max();
        reminders
            .sort_by_key(|reminder| (std::cmp::Reverse(longest(reminder)), reminder.row.place));
        Ok(reminders)
    }
}
