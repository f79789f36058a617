//! Surveys: the fold laid on every selected unit, once, for whatever a report wants to count.

use super::fault::Fault;
use super::office::Office;
use crate::model::board::{Cell, Desk, Ruler, View};
use crate::model::sheet::Sheet;
use crate::model::unit::UnitNo;

/// Which units and tasks a report is about.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// These units alone, in the order of their numbers; `None` = every unit.
    pub units: Option<Vec<UnitNo>>,
    /// Classes by number that are wanted; `None` = every class.
    pub classes: Option<Vec<bool>>,
    /// Tasks by place that are wanted; `None` = every task.
    pub tasks: Option<Vec<bool>>,
    /// The area that the units lie in.
    pub area: Option<UnitNo>,
}

impl Selection {
    /// Whether that task is wanted.
    pub fn wants_task(&self, task: usize) -> bool {
        self.tasks.as_ref().is_none_or(|tasks| tasks[task])
    }

    /// Whether units of that class are wanted.
    pub fn wants_class(&self, class: u32) -> bool {
        self.classes
            .as_ref()
            .is_none_or(|classes| classes.get(class as usize).copied().unwrap_or(false))
    }
}

/// One unit in a survey.
pub struct Surveyed<'a> {
    /// The unit's sheet.
    pub sheet: &'a Sheet,
    /// Its selected obligations on the day asked about.
    pub cells: &'a [Cell],
    /// The same on the day compared with; empty without one.
    pub before: &'a [Cell],
}

impl Office {
    /// Calls `visit` for every selected unit that owes something selected, in the order of unit numbers. `since` adds the
    /// cells of another day.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn survey(
        &self,
        ruler: &Ruler,
        since: Option<&Ruler>,
        selection: &Selection,
        mut visit: impl FnMut(Surveyed),
    ) -> Result<(), Fault> {
        let mut desk = Desk::default();
        let mut cells: Vec<Cell> = Vec::new();
        let mut before: Vec<Cell> = Vec::new();
        self.each_sheet(selection.units.as_deref(), &mut |sheet| {
            if !selection.wants_class(sheet.class) {
                return;
            }
            let mut lay = |ruler: &Ruler, cells: &mut Vec<Cell>| {
                cells.clear();
                ruler.cells(sheet, &mut desk, |cell| {
                    if selection.wants_task(cell.task) {
                        cells.push(cell);
                    }
                });
            };
            lay(ruler, &mut cells);
            if let Some(since) = since {
                lay(since, &mut before);
            }
            if !cells.is_empty() {
                visit(Surveyed {
                    sheet,
                    cells: &cells,
                    before: &before,
                });
            }
        })
    }

    /// The plan made ready for a view.
    pub fn ruler(&self, view: View) -> Ruler {
        Ruler::new(&self.plan, &self.numbers, &self.classes, &self.orders, view)
    }
}
