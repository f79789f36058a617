//! What the sheets say for a notice, unit by unit.

use compact_str::CompactString;

use crate::model::board::{Cell, Desk, Ruler, View};
use crate::model::entry::{Seq, TaskNo};
use crate::model::notice::{Counts, Issued, Named, Outcome, Terms, Told, Totals, Units};
use crate::model::plan::Trigger;
use crate::model::score::{Assessor, Ledger, Line, Naming};
use crate::model::sheet::{NO_TASK, Sheet};
use crate::model::standing::Standing;
use crate::model::tally::Tally;
use crate::model::unit::UnitNo;
use crate::ops::survey::Part;
use crate::store::Brief;

/// By what sheets are sifted for a notice.
pub(super) struct Sieve<'a> {
    pub(super) terms: Terms,
    pub(super) last: Option<Issued>,
    pub(super) supervisor: Option<UnitNo>,
    pub(super) left_out: &'a [UnitNo],
    /// The store's numbers of the plan's tasks, by place.
    pub(super) tasks: &'a [TaskNo],
    pub(super) assessor: Assessor<'a>,
    /// At the day of issue.
    pub(super) now: Ruler,
    /// At the cut-off.
    pub(super) until: Ruler,
}

/// What was found of units in a row.
#[derive(Default)]
pub(super) struct Sifted {
    pub(super) tally: Tally,
    pub(super) lagging: u64,
    /// What the supervisor itself has overdue.
    pub(super) own: Vec<Cell>,
    seen: Vec<Named>,
    /// The areas above them, by number; one that follows itself is there once.
    pub(super) areas: Vec<UnitNo>,
    pub(super) totals: Totals,
    /// The tasks that the notice before named units for, by the store's number.
    pub(super) tasks: Vec<TaskNo>,
    /// The returns and commendations behind namings, whose reasons are to be looked up.
    pub(super) reasoned: Vec<Seq>,
    cells: Vec<Cell>,
    desk: Desk,
}

impl Part for Sifted {
    fn numbers(&self) -> Vec<UnitNo> {
        self.seen.iter().map(|seen| seen.no).collect()
    }

    fn name(&mut self, at: usize, brief: Brief<'_>) {
        let named = &mut self.seen[at];
        (named.place, named.code, named.name) =
            (brief.place, brief.code.into(), brief.short.into());
    }
}

impl Sifted {
    /// All that was found of units in a row, part by part, and the units themselves.
    pub(super) fn all(mut parts: Vec<Self>) -> (Self, Units) {
        let seen = parts.iter_mut().map(|part| std::mem::take(&mut part.seen));
        let units = Units::of(seen.collect());
        (parts.into_iter().fold(Self::default(), Self::and), units)
    }

    /// With what was found of the units that follow, but for the units themselves.
    fn and(mut self, more: Self) -> Self {
        self.tally += more.tally;
        self.totals += more.totals;
        self.tasks.extend(more.tasks);
        self.lagging += more.lagging;
        self.own.extend(more.own);
        self.reasoned.extend(more.reasoned);
        self.areas.extend(more.areas);
        self
    }
}

impl Sieve<'_> {
    /// Sifts the sheet of one more unit.
    pub(super) fn sift(&self, sifted: &mut Sifted, sheet: &Sheet) {
        let Sifted {
            cells, desk, tally, ..
        } = sifted;
        let ledger = Ledger::of(sheet, View::on(self.terms.on));
        cells.clear();
        self.until.cells(sheet, desk, |cell| {
            tally.count(&cell);
            if self.may_be_told(&cell, &ledger) {
                cells.push(cell);
            }
        });
        let overdue = |cell: &&Cell| cell.standing == Standing::Overdue;
        sifted.lagging += u64::from(cells.iter().any(|cell| overdue(&cell)));
        if self.supervisor == Some(sheet.unit) {
            sifted.own.extend(cells.iter().filter(overdue));
            return;
        }
        if self.left_out.contains(&sheet.unit) {
            return;
        }
        let namings = self.assessor.namings(&self.until, sheet, cells, &ledger);
        let last = self.last.map(|last| last.number);
        let named_before = last.is_some_and(|last| ledger.of_notice(last).next().is_some());
        if namings.is_empty() && !named_before {
            return;
        }
        sifted
            .reasoned
            .extend(namings.iter().filter_map(|naming| naming.of));
        let (told, mut told_of) = self.caught_up(namings, sheet, cells, desk);
        let before = last.map_or_else(Box::default, |last| {
            self.outcomes(cells, &ledger, last, &mut told_of)
        });
        if told.is_empty() && before.is_empty() {
            return;
        }
        let mut named = Named {
            no: sheet.unit,
            place: 0,
            code: CompactString::default(),
            name: CompactString::default(),
            parent: sheet.parent,
            class: sheet.class,
            cells: told_of.into(),
            namings: told,
            before,
            counts: Counts::default(),
        };
        named.counts = named.count();
        sifted.totals.count(&named);
        for Outcome { number, .. } in &*named.before {
            if !sifted.tasks.contains(number) {
                sifted.tasks.push(*number);
            }
        }
        let area = named.parent;
        sifted
            .areas
            .extend(area.filter(|area| sifted.areas.last() != Some(area)));
        sifted.seen.push(named);
    }

    /// Whether a unit may be named for that obligation, or may have been by a notice before.
    #[inline]
    fn may_be_told(&self, cell: &Cell, ledger: &Ledger) -> bool {
        let number = self.tasks[cell.task];
        matches!(cell.standing, Standing::Overdue | Standing::Late)
            || cell.returned.is_some()
            || ledger.lines.iter().any(|line| line.task == number)
    }

    /// What became of what a notice named one unit for, and to the obligations told of those that are not among them.
    fn outcomes(
        &self,
        cells: &[Cell],
        ledger: &Ledger,
        notice: u32,
        told_of: &mut Vec<Cell>,
    ) -> Box<[Outcome]> {
        let is_told = |line: &&Line| {
            matches!(line.booked.on, Trigger::Overdue | Trigger::Returned) && line.task != NO_TASK
        };
        let about = |line: &Line| (line.booked.on, line.task, line.booked.period);
        let lines = || ledger.of_notice(notice).filter(is_told);
        let mut outcomes = Vec::with_capacity(lines().count());
        for (at, line) in lines().enumerate() {
            let (on, number, period) = about(line);
            // Two rules may have booked for one.
            if lines().take(at).any(|before| about(before) == about(line)) {
                continue;
            }
            let task = self.tasks.iter().position(|known| *known == number);
            let same = |cell: &&Cell| Some(cell.task) == task && self.until.period(cell) == period;
            let cell = cells
                .iter()
                .find(same)
                .map(|cell| place_among(told_of, cell));
            outcomes.push(Outcome {
                on,
                number,
                task,
                cell: cell.and_then(|place| u32::try_from(place).ok()),
            });
        }
        outcomes.into()
    }

    /// Puts its obligation to each naming, and whether that was completed between the cut-off and the issue; no reasons yet.
    /// Also the obligations told of.
    fn caught_up(
        &self,
        namings: Vec<Naming>,
        sheet: &Sheet,
        cells: &[Cell],
        desk: &mut Desk,
    ) -> (Box<[Told]>, Vec<Cell>) {
        let (now, until) = (&self.now, &self.until);
        let mut later = Vec::new();
        if now.view() != until.view() {
            now.cells(sheet, desk, |cell| later.push(cell));
        }
        let is_told = |naming: &Naming| matches!(naming.on, Trigger::Overdue | Trigger::Returned);
        let mut told_of: Vec<Cell> =
            Vec::with_capacity(namings.iter().filter(|it| is_told(it)).count());
        let mut told: Vec<Told> = Vec::with_capacity(namings.len());
        for naming in namings {
            let same = |ruler: &Ruler, cell: &Cell| {
                naming.task == Some(cell.task) && ruler.period(cell) == naming.period
            };
            let cell = cells
                .iter()
                .find(|cell| same(until, cell))
                .filter(|_| is_told(&naming));
            let open = cell.is_some_and(|cell| !cell.standing.is_completed());
            let caught = later
                .iter()
                .find(|cell| same(now, cell) && cell.standing.is_completed());
            let place = cell.map(|cell| place_among(&mut told_of, cell));
            let place = place.and_then(|place| u32::try_from(place).ok());
            let again = |before: &Told| before.naming.on == naming.on && before.cell == place;
            told.push(Told {
                naming,
                cell: place.filter(|_| !told.iter().any(again)),
                caught_up: caught.filter(|_| open).and_then(|cell| cell.fulfilled),
            });
        }
        (told.into(), told_of)
    }
}

/// The place of a unit's obligation among those told of; last, where it is a new one.
fn place_among(told_of: &mut Vec<Cell>, cell: &Cell) -> usize {
    let same = |known: &Cell| (known.task, known.due_at) == (cell.task, cell.due_at);
    told_of.iter().position(same).unwrap_or_else(|| {
        told_of.push(*cell);
        told_of.len() - 1
    })
}
