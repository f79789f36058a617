//! A notice (通报) as it is drafted: whom it names and for what, before it is worded.

mod arena;

use std::collections::{BTreeMap, HashMap};
use std::ops::AddAssign;

pub(crate) use arena::{Arena, Named, Units};
use serde::Serialize;

use super::board::Cell;
use super::day::Day;
use super::decimal::Decimal;
use super::entry::{Seq, TaskNo};
use super::plan::{Dropped, Trigger};
use super::score::Naming;
use super::standing::Standing;
use super::tally::Tally;
use super::unit::{Unit, UnitNo};

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Its number, from 1 (第1期).
    pub number: u32,
    /// The cut-off: the day for which it says what stands where.
    pub until: Day,
    /// The day of issue.
    pub on: Day,
    /// The day by which what it names must be put right.
    pub rectify: Day,
}

/// An issued notice, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Issued {
    /// Its number.
    pub number: u32,
    /// The day of issue.
    pub on: Day,
    /// The cut-off.
    pub until: Day,
}

/// All that a notice says.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Its number and days.
    pub terms: Terms,
    /// The notice before it.
    pub last: Option<Issued>,
    /// What stands where at the cut-off, over all.
    pub tally: Tally,
    /// Units with an overdue obligation at the cut-off, the supervisor among them.
    pub lagging: u64,
    /// Whom it names, or named last time, in the order of the roster.
    pub units: Units,
    /// What that comes to.
    pub totals: Totals,
    /// The kinds of units, by class.
    pub kinds: Vec<String>,
    /// The short names of the areas above the units, by number.
    pub areas: HashMap<UnitNo, String>,
    /// The tasks that the notice before named units for and that the plan has no longer, by the store's number.
    pub dropped: BTreeMap<TaskNo, Dropped>,
    /// Why work was returned, and units commended, by the entries that say so.
    pub reasons: HashMap<Seq, String>,
    /// The supervisor's own overdue obligations.
    pub supervisor: Option<(Unit, Vec<Cell>)>,
    /// Who was kept off it, and why.
    pub left_out: Vec<(Unit, String)>,
}

/// What the namings of one unit come to, counted once.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// How many overdue obligations are told.
    pub overdue: u32,
    /// How many returned ones.
    pub returned: u32,
    /// How many that were completed after their due days.
    pub late: u32,
    /// Whether the unit is commended.
    pub praised: bool,
    /// Whether anything overdue was completed after the cut-off.
    pub caught_up: bool,
    /// The points that bookings take, and those that they give; `None` = nothing is booked.
    pub sums: Option<(Decimal, Decimal)>,
}

/// What a notice says of all its units together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    /// How many units the notice before named for something overdue or returned.
    pub before: usize,
    /// For how many obligations.
    pub outcomes: usize,
    /// How many of these had been named wrongly.
    pub reversed: usize,
    /// How many were completed.
    pub completed: usize,
    /// How many need not be done any more, or not yet.
    pub spared: usize,
    /// How many units are named for something overdue.
    pub lagging: usize,
    /// For how many obligations.
    pub overdue: u64,
    /// Whether any of these was completed after the cut-off.
    pub caught_up: bool,
    /// How many units are named for something returned.
    pub returned: usize,
    /// For how many units it is told what they completed after its due day.
    pub late: usize,
    /// How many obligations that are.
    pub late_dues: u64,
    /// Whether any unit is commended.
    pub praised: bool,
    /// For how many units points are booked, be it none any more.
    pub booked: usize,
    /// How many units lose points.
    pub deducted: usize,
    /// How many units gain points.
    pub awarded: usize,
    /// The points that are taken.
    pub off: Decimal,
    /// The points that are given.
    pub added: Decimal,
}

impl Totals {
    /// With one more unit.
    pub(crate) fn count(&mut self, named: Named<'_>) {
        self.before += usize::from(!named.before().is_empty());
        self.outcomes += named.before().len();
        for outcome in named.before() {
            match outcome.became(named.stood(outcome)) {
                Became::Reversed => self.reversed += 1,
                Became::Done => self.completed += 1,
                Became::Gone | Became::Excused | Became::Open | Became::Waiting => self.spared += 1,
                Became::Righting | Became::ReturnedAgain | Became::Returned | Became::Overdue => {}
            }
        }
        let counts = named.counts();
        self.lagging += usize::from(counts.overdue > 0);
        self.overdue += u64::from(counts.overdue);
        self.caught_up |= counts.caught_up;
        self.returned += usize::from(counts.returned > 0);
        self.late += usize::from(counts.late > 0);
        self.late_dues += u64::from(counts.late);
        self.praised |= counts.praised;
        if let Some((off, added)) = counts.sums {
            self.booked += 1;
            self.deducted += usize::from(off < Decimal::ZERO);
            self.awarded += usize::from(added > Decimal::ZERO);
            self.off += off;
            self.added += added;
        }
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, more: Self) {
        self.before += more.before;
        self.outcomes += more.outcomes;
        self.reversed += more.reversed;
        self.completed += more.completed;
        self.spared += more.spared;
        self.lagging += more.lagging;
        self.overdue += more.overdue;
        self.caught_up |= more.caught_up;
        self.returned += more.returned;
        self.late += more.late;
        self.late_dues += more.late_dues;
        self.praised |= more.praised;
        self.booked += more.booked;
        self.deducted += more.deducted;
        self.awarded += more.awarded;
        self.off += more.off;
        self.added += more.added;
    }
}

/// Where an obligation stood at the cut-off, as far as a notice tells of it. There may be many: half of a [`Cell`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stood {
    task: u32,
    due_at: u32,
    /// The day in force.
    pub due: Option<Day>,
    /// The day on which it was fulfilled.
    pub fulfilled: Option<Day>,
    /// The rectification day of the latest return that still stands.
    pub rectify: Option<Day>,
    /// Days late.
    pub days: i32,
    /// How often the unit was reminded of it.
    pub reminders: u32,
    /// Where it stood.
    pub standing: Standing,
    /// What had been counted.
    pub count: Decimal,
    /// What is needed; `None` = one record is enough.
    pub need: Option<Decimal>,
}

impl Stood {
    /// Where the obligation of a cell stood.
    pub(crate) fn of(cell: &Cell) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            task: place(cell.task),
            due_at: place(cell.due_at),
            due: cell.due,
            fulfilled: cell.fulfilled,
            rectify: cell.rectify,
            days: cell.days,
            reminders: cell.reminders,
            standing: cell.standing,
            count: cell.count,
            need: cell.need,
        }
    }

    /// The task, by its place in the plan.
    pub(crate) const fn task(&self) -> usize {
        self.task as usize
    }

    /// Whether that is the cell of the same obligation.
    pub(crate) const fn is_of(&self, cell: &Cell) -> bool {
        self.task as usize == cell.task && self.due_at as usize == cell.due_at
    }
}

/// One naming with what is told of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToldNaming {
    /// The naming.
    pub naming: Naming,
    /// The obligation at the cut-off, by its place among [`Named::stands`]; `None` where the notice does not tell of it: for a
    /// commendation, for the unit as such, and where two rules book for one obligation, which is told once.
    pub stood: Option<u32>,
    /// The day on which it was completed after the cut-off, before the issue.
    pub caught_up: Option<Day>,
}

/// What became of something that the notice before named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    /// What it was named for.
    pub on: Trigger,
    /// The store's number of the task, which an amendment may have dropped since.
    pub number: TaskNo,
    /// The task, by its place in the plan; `None` where the plan has it no longer.
    pub task: Option<usize>,
    /// Whether an objection to it was granted: it had been named wrongly.
    pub reversed: bool,
    /// Whether the return behind it is the latest that still stands.
    pub same_return: bool,
    /// The obligation at this cut-off, by its place among [`Named::stands`]; `None` where it is no longer owed.
    pub stood: Option<u32>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Became {
    /// It had been named wrongly: an objection was granted. Whatever stands now, that was no correction by the unit.
    Reversed,
    /// It is no longer owed.
    Gone,
    /// It was completed.
    Done,
    /// It was excused.
    Excused,
    /// It was returned then, and the day by which to put it right is still to come.
    Righting,
    /// It was returned then, and has been again.
    ReturnedAgain,
    /// It was overdue then, and has been returned since.
    Returned,
    /// It is still, or again, overdue.
    Overdue,
    /// It is not due yet: it was given until another day, or reported again in part.
    Open,
    /// Its order was taken back.
    Waiting,
}

impl Outcome {
    /// What became of it; `stood` is where the obligation stands.
    pub(crate) fn became(&self, stood: Option<&Stood>) -> Became {
        if self.reversed {
            return Became::Reversed;
        }
        let Some(stood) = stood else {
            return Became::Gone;
        };
        match stood.standing {
            Standing::Done | Standing::Late => Became::Done,
            Standing::Excused => Became::Excused,
            Standing::Returned if self.on != Trigger::Returned => Became::Returned,
            Standing::Returned if self.same_return => Became::Righting,
            Standing::Returned => Became::ReturnedAgain,
            Standing::Overdue => Became::Overdue,
            Standing::DueSoon | Standing::Pending => Became::Open,
            Standing::Waiting => Became::Waiting,
        }
    }
}

impl Draft {
    /// The kind of a unit.
    pub(crate) fn kind(&self, named: Named<'_>) -> &str {
        self.kinds
            .get(named.class() as usize)
            .map_or("", String::as_str)
    }

    /// The area above a unit.
    pub(crate) fn area(&self, named: Named<'_>) -> Option<&str> {
        self.areas.get(&named.parent()?).map(String::as_str)
    }

    /// Why the work was returned, or the unit commended, where it is named for that.
    pub(crate) fn reason(&self, naming: &Naming) -> Option<&str> {
        self.reasons.get(&naming.of?).map(String::as_str)
    }

    /// The task that an outcome is about, where the plan has it no longer.
    pub(crate) fn dropped(&self, outcome: &Outcome) -> Option<&Dropped> {
        self.dropped.get(&outcome.number)
    }
}
