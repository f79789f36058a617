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
}

/// What is found of units in a row, by one thread.
pub(crate) trait SurveyPart: Send {
    /// Takes one obligation of the unit that follows, as it stood on the day compared with. It is called for each rather than given
    /// all of them, so that nothing is made of a cell but what is counted of it.
    fn earlier(&mut self, _: &Cell) {}

    /// The units to look up for what lists say of them, ascending.
    fn numbers(&self) -> Vec<UnitNo> {
        Vec::new()
    }

    /// Takes what lists say of one of them, by its place among the numbers.
    fn name(&mut self, _: usize, _: UnitLabel<'_>) {}
}

/// Where nothing is kept between units.
impl SurveyPart for () {}

impl SurveyPart for Counted {}

/// Tells a part what lists say of the units that it found, looked up by `each`.
fn told<P: SurveyPart, E>(
    part: &mut P,
    each: impl FnOnce(&[UnitNo], &mut dyn FnMut(UnitLabel<'_>)) -> Result<(), E>,
) -> Result<(), E> {
    let (numbers, mut at) = (part.numbers(), 0);
    each(&numbers, &mut |brief| {
        part.name(at, brief);
        at += 1;
    })
}

/// A part with where its sheets are laid out.
struct Laid<P> {
    table: Table,
    part: P,
}

impl<P: SurveyPart> SurveyPart for Laid<P> {
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
}

/// How sheets are laid out: for which day, beside which other one, and what is kept.
struct Layout<'a, K> {
    ruler: &'a Ruler,
    since: Option<&'a Ruler>,
    selection: &'a Selection,
    keep: K,
}

impl<K: Fn(&Cell) -> bool> Layout<'_, K> {
    fn lay<P: SurveyPart>(
        &self,
        Table { desk, cells }: &mut Table,
        part: &mut P,
        sheet: &Sheet,
        visit: &mut impl FnMut(&mut P, Surveyed),
    ) {
        let Self {
            ruler,
            since,
            selection,
            keep,
        } = self;
        if !selection.wants_class(sheet.class) {
            return;
        }
        // Asked first, so that what is not kept is hardly made.
        let wanted = |cell: &Cell, owes: &mut bool| {
            let wants = selection.wants_task(cell.task);
            *owes |= wants;
            wants && keep(cell)
        };
        let (mut owes, mut owed) = (false, false);
        cells.clear();
        let now = |cell: Cell| {
            if wanted(&cell, &mut owes) {
                cells.push(cell);
            }
        };
        match since {
            None => ruler.cells(sheet, desk, now),
            Some(since) => ruler.cells_of_two(since, sheet, desk, now, |cell| {
                if wanted(&cell, &mut owed) {
                    part.earlier(&cell);
                }
            }),
        }
        // A unit that owes nothing any more is looked at all the same: it may have left a list.
        if owes || owed {
            visit(part, Surveyed { sheet, cells });
        }
    }
}

impl Workspace {
    /// Calls `visit` for every selected unit that owes something selected, in the order of unit numbers.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn survey(
        &self,
        ruler: &Ruler,
        selection: &Selection,
        mut visit: impl FnMut(Surveyed),
    ) -> Result<(), Error> {
        let mut table = Table::default();
        let layout = Layout {
            ruler,
            since: None,
            selection,
            keep: |_: &Cell| true,
        };
        self.each_sheet(selection.units.as_deref(), &mut |sheet| {
            layout.lay(&mut table, &mut (), sheet, &mut |(), unit| visit(unit));
        })
    }

    /// As [`Workspace::survey`], but where there are many units several threads take parts of them in turn, all at the same moment of
    /// the store. `start` is what a part begins with, `visit` adds a unit to it; `since` is another day, of which each part hears
    /// before it, and whoever owed something then is visited too. Of each unit only the cells to `keep` are laid out. The parts come
    /// back in the order of unit numbers: put together in that order they tell what one thread would.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn survey_in_parts<P: SurveyPart>(
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
        let layout = Layout {
            ruler,
            since,
            selection,
            keep,
        };
        let lay = |Laid { table, part }: &mut Laid<P>, sheet: &Sheet| {
            layout.lay(table, part, sheet, &mut |part, unit| visit(part, unit));
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
    pub(crate) fn sheets_in_parts<P: SurveyPart>(
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
                let reader = Store::beside(&path)?;
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
        let visit = |(desk, found): &mut Counted, sheet: &Sheet| {
            if !selection.wants_class(sheet.class) {
                return;
            }
            ruler.optional(plan, sheet, desk, |task, records, amount| {
                if selection.wants_task(task) {
                    found.entry(task).or_default().add(1, records, amount);
                }
            });
        };
        let units = selection.units.as_deref();
        for (_, found) in self.sheets_in_parts(units, Counted::default, visit)? {
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
