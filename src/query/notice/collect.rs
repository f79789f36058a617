//! What the sheets say for a notice, unit by unit.

use crate::model::board::{Cell, Desk, Ruler, View};
use crate::model::entry::{Seq, TaskNo};
use crate::model::notice::{
    Arena, Issued, Named, Outcome, Stood, Terms, ToldNaming, Totals, Units,
};
use crate::model::plan::Trigger;
use crate::model::score::{Assessor, BookedLine, Ledger, Naming};
use crate::model::sheet::{NO_TASK, Sheet};
use crate::model::standing::Standing;
use crate::model::tally::Tally;
use crate::model::unit::UnitNo;
use crate::query::survey::SurveyPart;
use crate::store::UnitLabel;

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
    arena: Arena,
    /// The areas above the units in the arena, by number; one that follows itself is there once.
    pub(super) areas: Vec<UnitNo>,
    pub(super) totals: Totals,
    /// The tasks that the notice before named units for, by the store's number.
    pub(super) tasks: Vec<TaskNo>,
    /// The returns and commendations behind namings, whose reasons are to be looked up.
    pub(super) reasoned: Vec<Seq>,
    /// The units kept off that would have been named.
    pub(super) kept_off: Vec<UnitNo>,
    hand: Hand,
}

/// What is found of the unit in hand, in room that is used again from sheet to sheet.
#[derive(Default)]
struct Hand {
    desk: Desk,
    ledger: Ledger,
    /// Its obligations at the cut-off, as far as they may be told.
    cells: Vec<Cell>,
    /// Those at the day of issue, where that is another day.
    later: Vec<Cell>,
    namings: Vec<Naming>,
    told: Vec<ToldNaming>,
    outcomes: Vec<Outcome>,
    /// The obligations that these two tell of, each once.
    stands: Vec<Stood>,
}

impl SurveyPart for Sifted {
    fn numbers(&self) -> Vec<UnitNo> {
        self.arena.iter().map(Named::no).collect()
    }

    fn name(&mut self, at: usize, brief: UnitLabel<'_>) {
        self.arena.name(at, brief.place, [brief.code, brief.short]);
    }
}

impl Sifted {
    /// All that was found of units in a row, part by part, and the units themselves.
    pub(crate) fn all(mut parts: Vec<Self>) -> (Self, Units) {
        let arenas = parts.iter_mut().map(|part| std::mem::take(&mut part.arena));
        let units = Units::of(arenas.collect());
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
        self.kept_off.extend(more.kept_off);
        self
    }
}

impl Sieve<'_> {
    /// Sifts the sheet of one more unit.
    pub(crate) fn sift(&self, sifted: &mut Sifted, sheet: &Sheet) {
        let Sifted { hand, tally, .. } = sifted;
        hand.ledger.turn_to(sheet, View::on(self.terms.on));
        let (ledger, cells) = (&hand.ledger, &mut hand.cells);
        cells.clear();
        self.until.cells(sheet, &mut hand.desk, |cell| {
            tally.count(&cell, self.until.view().as_of);
            if self.may_be_told(&cell, ledger) {
                cells.push(cell);
            }
        });
        // A unit that is closed is neither lagging nor named: nobody is there to put anything right.
        if sheet.is_closed(self.terms.until) {
            return;
        }
        let overdue = |cell: &&Cell| cell.standing == Standing::Overdue;
        sifted.lagging += u64::from(cells.iter().any(|cell| overdue(&cell)));
        if self.supervisor == Some(sheet.unit) {
            sifted.own.extend(cells.iter().filter(overdue));
            return;
        }
        hand.namings.clear();
        self.assessor
            .namings(&self.until, sheet, cells, ledger, &mut hand.namings);
        if self.left_out.contains(&sheet.unit) {
            let would_be = !hand.namings.is_empty();
            sifted.kept_off.extend(would_be.then_some(sheet.unit));
            return;
        }
        let reasons = hand.namings.iter().filter_map(|naming| naming.of);
        sifted.reasoned.extend(reasons);
        hand.stands.clear();
        self.tell_namings(hand, sheet);
        self.tell_outcomes(hand);
        if hand.told.is_empty() && hand.outcomes.is_empty() {
            return;
        }
        let unit = (sheet.unit, sheet.parent, sheet.class);
        let said = (&*hand.stands, &*hand.told, &*hand.outcomes);
        let named = sifted.arena.add(unit, said);
        sifted.totals.count(named);
        for Outcome { number, .. } in named.before() {
            if !sifted.tasks.contains(number) {
                sifted.tasks.push(*number);
            }
        }
        let area = sheet.parent;
        sifted
            .areas
            .extend(area.filter(|area| sifted.areas.last() != Some(area)));
    }

    /// Whether a unit may be named for that obligation, or may have been by a notice before.
    #[inline]
    fn may_be_told(&self, cell: &Cell, ledger: &Ledger) -> bool {
        let number = self.tasks[cell.task];
        matches!(cell.standing, Standing::Overdue | Standing::Late)
            || cell.returned.is_some()
            || ledger.lines.iter().any(|line| line.task == number)
    }

    /// Puts its obligation to each naming, and whether that was completed between the cut-off and the issue; no reasons yet.
    fn tell_namings(&self, hand: &mut Hand, sheet: &Sheet) {
        let Hand {
            desk,
            cells,
            later,
            namings,
            told,
            stands,
            ..
        } = hand;
        let (now, until) = (&self.now, &self.until);
        told.clear();
        later.clear();
        if !namings.is_empty() && now.view() != until.view() {
            now.cells(sheet, desk, |cell| later.push(cell));
        }
        let is_told = |naming: &Naming| naming.on != Trigger::Commended;
        for naming in &*namings {
            let same = |ruler: &Ruler, cell: &Cell| {
                naming.task == Some(cell.task) && ruler.period(cell) == naming.period
            };
            let cell = cells
                .iter()
                .find(|cell| same(until, cell))
                .filter(|_| is_told(naming));
            let open = cell.is_some_and(|cell| !cell.standing.is_completed());
            let caught = later
                .iter()
                .find(|cell| same(now, cell) && cell.standing.is_completed());
            let place = cell.map(|cell| place_among(stands, cell));
            let again =
                |before: &ToldNaming| before.naming.on == naming.on && before.stood == place;
            let known = told.iter().any(again);
            told.push(ToldNaming {
                naming: *naming,
                stood: place.filter(|_| !known),
                caught_up: caught.filter(|_| open).and_then(|cell| cell.fulfilled),
            });
        }
    }

    /// What became of what the notice before named the unit for.
    fn tell_outcomes(&self, hand: &mut Hand) {
        let Hand {
            ledger,
            cells,
            outcomes,
            stands,
            ..
        } = hand;
        outcomes.clear();
        let Some(last) = self.last else { return };
        let is_told = |line: &&BookedLine| {
            matches!(line.booked.on, Trigger::Overdue | Trigger::Returned) && line.task != NO_TASK
        };
        let about = |line: &BookedLine| (line.task, line.booked.period);
        let lines = || ledger.of_notice(last.number).filter(is_told);
        for (at, line) in lines().enumerate() {
            let (number, period) = about(line);
            // Two rules may have booked for one, and one may have been overdue and returned.
            if lines().take(at).any(|before| about(before) == about(line)) {
                continue;
            }
            let task = self.tasks.iter().position(|known| *known == number);
            let same = |cell: &&Cell| Some(cell.task) == task && self.until.period(cell) == period;
            let cell = cells.iter().find(same);
            let is_latest = |line: &BookedLine| {
                about(line) == (number, period)
                    && line.booked.of.is_some()
                    && cell.is_some_and(|cell| cell.returned == line.booked.of)
            };
            let is_reversed =
                |line: &BookedLine| about(line) == (number, period) && line.is_reversed();
            outcomes.push(Outcome {
                on: line.booked.on,
                number,
                task,
                reversed: lines().any(is_reversed),
                same_return: lines().any(is_latest),
                stood: cell.map(|cell| place_among(stands, cell)),
            });
        }
    }
}

/// The place of a unit's obligation among those told of; last, where it is a new one.
fn place_among(stands: &mut Vec<Stood>, cell: &Cell) -> u32 {
    let known = stands.iter().position(|stood| stood.is_of(cell));
    let place = known.unwrap_or_else(|| {
        stands.push(Stood::of(cell));
        stands.len() - 1
    });
    u32::try_from(place).unwrap_or(u32::MAX)
}
