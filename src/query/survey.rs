//! Surveys: the fold laid on every selected unit, once, for whatever a report wants to count.

use std::collections::BTreeMap;

use super::error::Error;
use super::selection::Selection;
use super::workspace::Workspace;
use crate::model::board::{Cell, Desk, Ruler, View};
use crate::model::decimal::Decimal;
use crate::model::sheet::Sheet;
use crate::model::unit::UnitNo;
use crate::parallel;
use crate::store::{Reader, Store, StoreError, UnitLabel, Which};

/// What was done of an optional task.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Optional {
    /// Units with a record in force.
    pub units: u64,
    /// Records in force.
    pub records: u64,
    /// What they come to.
    pub sum: Decimal,
}

impl Optional {
    fn add(&mut self, units: u64, records: u64, sum: Decimal) {
        self.units += units;
        self.records += records;
        self.sum += sum;
    }
}

/// What one thread counts of optional tasks.
type Counted = (Desk, BTreeMap<usize, Optional>);

/// One unit in a survey.
pub(crate) struct Surveyed<'a> {
    /// The unit's sheet.
    pub sheet: &'a Sheet,
    /// Its selected obligations on the day asked about, as far as they are wanted.
    pub cells: &'a [Cell],
    /// The same on the day compared with; empty without one.
    pub before: &'a [Cell],
}

/// What is found of units in a row, by one thread, which also looks up what lists say of them.
pub(crate) trait WantsLabels: Send {
    /// The units to look up, ascending.
    fn numbers(&self) -> Vec<UnitNo>;
    /// Takes what lists say of one of them, by its place among the numbers.
    fn name(&mut self, at: usize, brief: UnitLabel<'_>);
}

/// Tells a part what lists say of the units that it found, looked up by `each`.
fn told<P: WantsLabels, E>(
    part: &mut P,
    each: impl FnOnce(&[UnitNo], &mut dyn FnMut(UnitLabel<'_>)) -> Result<(), E>,
) -> Result<(), E> {
    let (numbers, mut at) = (part.numbers(), 0);
    each(&numbers, &mut |brief| {
        part.name(at, brief);
        at += 1;
    })
}

/// A part whose units nobody looks up.
struct Nameless<P>(P);

impl<P: Send> WantsLabels for Nameless<P> {
    fn numbers(&self) -> Vec<UnitNo> {
        Vec::new()
    }

    fn name(&mut self, _: usize, _: UnitLabel<'_>) {}
}

/// A part with where its sheets are laid out.
struct Laid<P> {
    table: Table,
    part: P,
}

impl<P: WantsLabels> WantsLabels for Laid<P> {
    fn numbers(&self) -> Vec<UnitNo> {
        self.part.numbers()
    }

    fn name(&mut self, at: usize, brief: UnitLabel<'_>) {
        self.part.name(at, brief);
    }
}

/// The fewest units of a part where there are several: a thread takes a third of a millisecond to begin.
const MANY: u32 = 1024;

/// Into how many pieces the share of a thread is cut, so that one that begins late takes fewer and none waits long at the end.
const PIECES: usize = 8;

/// Where sheets are laid out, one after another.
#[derive(Default)]
struct Table {
    desk: Desk,
    cells: Vec<Cell>,
    before: Vec<Cell>,
}

impl Table {
    fn lay(
        &mut self,
        sheet: &Sheet,
        ruler: &Ruler,
        since: Option<&Ruler>,
        selection: &Selection,
        keep: &impl Fn(&Cell) -> bool,
        visit: &mut impl FnMut(Surveyed),
    ) {
        if !selection.wants_class(sheet.class) {
            return;
        }
        let Self {
            desk,
            cells,
            before,
        } = self;
        let take = |cell: Cell, cells: &mut Vec<Cell>, owes: &mut bool| {
            if selection.wants_task(cell.task) {
                *owes = true;
                // Asked first, so that what is not kept is hardly made.
                if keep(&cell) {
                    cells.push(cell);
                }
            }
        };
        let (mut owes, mut owed) = (false, false);
        cells.clear();
        ruler.cells(sheet, desk, |cell| take(cell, cells, &mut owes));
        if let Some(since) = since {
            before.clear();
            since.cells_before(sheet, desk, |cell| take(cell, before, &mut owed));
        }
        // A unit that owes nothing any more is looked at all the same: it may have left a list.
        if owes || owed {
            visit(Surveyed {
                sheet,
                cells: &self.cells,
                before: &self.before,
            });
        }
    }
}

impl Workspace {
    /// Calls `visit` for every selected unit that owes something selected, in the order of unit numbers. `since` adds the
    /// cells of another day, and the units that owed something then.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn survey(
        &self,
        ruler: &Ruler,
        since: Option<&Ruler>,
        selection: &Selection,
        mut visit: impl FnMut(Surveyed),
    ) -> Result<(), Error> {
        let mut table = Table::default();
        self.each_sheet(selection.units.as_deref(), &mut |sheet| {
            table.lay(sheet, ruler, since, selection, &|_| true, &mut visit);
        })
    }

    /// As [`Workspace::survey`], but where there are many units several threads take parts of them in turn, all at the same moment
    /// of the store. `start` is what a part begins with, `visit` adds a unit to it. The parts come back in the order of unit
    /// numbers: put together in that order they tell what one thread would.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn survey_in_parts<P: Send>(
        &self,
        ruler: &Ruler,
        since: Option<&Ruler>,
        selection: &Selection,
        start: impl Fn() -> P + Sync,
        visit: impl Fn(&mut P, Surveyed) + Sync,
    ) -> Result<Vec<P>, Error> {
        let start = || Nameless(start());
        let visit = |part: &mut Nameless<P>, unit: Surveyed| visit(&mut part.0, unit);
        let parts = self.survey_named(ruler, since, selection, |_| true, start, visit)?;
        Ok(parts.into_iter().map(|Nameless(part)| part).collect())
    }

    /// As [`Workspace::survey_in_parts`], but of each unit only the cells to `keep` are laid out, and each part is also told what lists
    /// say of the units that it found.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn survey_named<P: WantsLabels>(
        &self,
        ruler: &Ruler,
        since: Option<&Ruler>,
        selection: &Selection,
        keep: impl Fn(&Cell) -> bool + Sync,
        start: impl Fn() -> P + Sync,
        visit: impl Fn(&mut P, Surveyed) + Sync,
    ) -> Result<Vec<P>, Error> {
        let start = || Laid {
            table: Table::default(),
            part: start(),
        };
        let lay = |Laid { table, part }: &mut Laid<P>, sheet: &Sheet| {
            table.lay(sheet, ruler, since, selection, &keep, &mut |unit| {
                visit(part, unit);
            });
        };
        let units = selection.units.as_deref();
        let parts = self.sheets_in_parts(units, start, lay)?;
        Ok(parts.into_iter().map(|laid| laid.part).collect())
    }

    /// Reads the sheets of these units, or of all, where there are many by several threads, and tells each part what lists say of
    /// its units. `start` is what a part begins with, `visit` adds a sheet to it. The parts come back in the order of unit numbers.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn sheets_in_parts<P: WantsLabels>(
        &self,
        units: Option<&[UnitNo]>,
        start: impl Fn() -> P + Sync,
        visit: impl Fn(&mut P, &Sheet) + Sync,
    ) -> Result<Vec<P>, Error> {
        let reader = self.reader();
        let (Some(path), None) = (reader.path(), units) else {
            let mut part = start();
            self.each_sheet(units, &mut |sheet| visit(&mut part, sheet))?;
            told(&mut part, |numbers, visit| self.each_brief(numbers, visit))?;
            return Ok(vec![part]);
        };
        let read = |reader: &Reader, (first, last), mut part: P| {
            let which = Which::Between(first, last);
            reader.each_sheet(which, &mut |sheet| visit(&mut part, sheet))?;
            told(&mut part, |numbers, visit| {
                reader.each_brief(numbers, visit)
            })?;
            Ok::<P, StoreError>(part)
        };
        let mut threads = 1;
        let ranges = reader.ranges(MANY, || {
            threads = parallel::threads();
            threads * PIECES
        })?;
        let mut parts = Vec::with_capacity(ranges.len());
        parallel::in_order_with(
            threads,
            ranges,
            |range| read(reader, range, start()),
            |turns| {
                let mut store = Store::beside(&path)?;
                let reader = store.read()?;
                turns.each(|range| read(&reader, range, start()))
            },
            |part| {
                parts.push(part);
                Ok(())
            },
        )?;
        Ok(parts)
    }

    /// What the selected units did of the optional tasks, by the tasks' places in the plan.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn optional(
        &self,
        ruler: &Ruler,
        selection: &Selection,
    ) -> Result<BTreeMap<usize, Optional>, Error> {
        let plan = &self.plan;
        let mut sum = BTreeMap::new();
        let mut wanted = plan.tasks.iter().enumerate();
        if !wanted.any(|(place, task)| task.optional && selection.wants_task(place)) {
            return Ok(sum);
        }
        let start = || Nameless(Counted::default());
        let visit = |Nameless((desk, found)): &mut Nameless<Counted>, sheet: &Sheet| {
            if !selection.wants_class(sheet.class) {
                return;
            }
            ruler.optional(plan, sheet, desk, |task, records, amount| {
                if selection.wants_task(task) {
                    found.entry(task).or_default().add(1, records, amount);
                }
            });
        };
        for Nameless((_, found)) in
            self.sheets_in_parts(selection.units.as_deref(), start, visit)?
        {
            for (task, more) in found {
                sum.entry(task).or_insert_with(Optional::default).add(
                    more.units,
                    more.records,
                    more.sum,
                );
            }
        }
        Ok(sum)
    }

    /// The plan made ready for a view.
    pub(crate) fn ruler(&self, view: View) -> Ruler {
        Ruler::new(&self.plan, &self.numbers, &self.classes, &self.orders, view)
    }
}
