//! The ledger: what notices have booked for a unit, and what became of its objections.

use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::{RuleNo, Seq, TaskNo};
use crate::model::plan::{Assessment, Trigger};
use crate::model::sheet::{Booked, Fact, Item, NO_TASK, Sheet};

/// How an objection was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// The points stay (维持).
    Upheld,
    /// The points are given back (撤销).
    Reversed,
}

/// An objection to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Objected {
    /// The objection.
    pub seq: Seq,
    /// The day from which it acts.
    pub day: Day,
    /// How it was heard, by which entry and on which day; `None` = not yet.
    pub verdict: Option<(Verdict, Seq, Day)>,
}

/// One booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BookedLine {
    /// The entry.
    pub seq: Seq,
    /// The task; `sheet::NO_TASK` where the unit as such was named.
    pub task: TaskNo,
    /// The notice's day.
    pub day: Day,
    /// What was booked.
    pub booked: Booked,
    /// The objection to it, where there is one.
    pub objection: Option<Objected>,
}

impl BookedLine {
    /// Whether its points were given back.
    pub(crate) fn is_reversed(&self) -> bool {
        self.objection
            .and_then(|objection| objection.verdict)
            .is_some_and(|(verdict, _, _)| verdict == Verdict::Reversed)
    }

    /// The points that count: none where they were given back.
    pub(crate) fn points(&self) -> Decimal {
        if self.is_reversed() {
            Decimal::ZERO
        } else {
            self.booked.points
        }
    }

    /// Whether it is about that obligation.
    pub(crate) fn is_about(&self, task: TaskNo, period: Option<Day>) -> bool {
        self.task == task && self.booked.period == period
    }
}

/// All that notices have booked for one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ledger {
    /// The bookings, in the order in which they were recorded.
    pub lines: Vec<BookedLine>,
}

/// What a unit's points come to (评分).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    /// What was deducted, negative or zero, whether it was given back or not.
    pub deducted: Decimal,
    /// What was added.
    pub added: Decimal,
    /// What was given back of the deducted by reversals.
    pub given_back: Decimal,
    /// Base and the three of them.
    pub sum: Decimal,
    /// The sum, never below the floor.
    pub score: Decimal,
}

impl Ledger {
    /// The ledger of a sheet's unit in a view.
    pub(crate) fn of(sheet: &Sheet, view: View) -> Self {
        let mut ledger = Self::default();
        ledger.turn_to(sheet, view);
        ledger
    }

    /// Becomes the ledger of another sheet's unit, in the same room.
    pub(crate) fn turn_to(&mut self, sheet: &Sheet, view: View) {
        self.lines.clear();
        let (mut bookings, mut plain) = (0, true);
        for item in &sheet.items {
            match item.fact {
                Fact::Book(_) => bookings += 1,
                Fact::Undo { .. } | Fact::Object { .. } => plain = false,
                _ => {}
            }
        }
        if bookings == 0 {
            return;
        }
        self.lines.reserve_exact(bookings);
        // Of nearly every unit nothing was undone, and nobody objected.
        if plain {
            let live = sheet.items.iter().filter(|item| view.sees(item));
            self.lines
                .extend(live.filter_map(|item| line(item, |_| None)));
        } else {
            let live: Vec<&Item> = sheet.live(view).collect();
            let lines = live
                .iter()
                .filter_map(|item| line(item, |booked| objection(&live, item.task, booked)));
            self.lines.extend(lines);
        }
    }

    /// The lines of a notice.
    pub(crate) fn of_notice(&self, notice: u32) -> impl Iterator<Item = &BookedLine> {
        self.lines
            .iter()
            .filter(move |line| line.booked.notice == notice)
    }

    /// The points that count by one rule.
    pub(crate) fn by_rule(&self, rule: RuleNo) -> Decimal {
        let of_rule = |line: &&BookedLine| line.booked.rule == Some(rule);
        self.lines
            .iter()
            .filter(of_rule)
            .map(BookedLine::points)
            .sum()
    }

    /// Whether the obligation was ever named for that.
    pub(crate) fn has(&self, on: Trigger, task: TaskNo, period: Option<Day>) -> bool {
        let named = |line: &BookedLine| line.booked.on == on && line.is_about(task, period);
        self.lines.iter().any(named)
    }

    /// The first booking that tells of that return or commendation.
    pub(crate) fn told_at(&self, entry: Seq) -> Option<Seq> {
        let mut lines = self.lines.iter();
        let told = lines.find(|line| line.booked.of == Some(entry));
        told.map(|line| line.seq)
    }

    /// What the points come to.
    pub(crate) fn sum(&self, assessment: &Assessment) -> Sum {
        let zero = Decimal::ZERO;
        let points = || self.lines.iter().map(|line| line.booked.points);
        let deducted: Decimal = points().filter(|points| *points < zero).sum();
        let added: Decimal = points().filter(|points| *points > zero).sum();
        let reversed = self.lines.iter().filter(|line| line.is_reversed());
        let given_back: Decimal = reversed.map(|line| -line.booked.points).sum();
        let sum = assessment.base + deducted + added + given_back;
        Sum {
            deducted,
            added,
            given_back,
            sum,
            score: sum.max(assessment.floor),
        }
    }
}

/// What an item books, with the objection to it.
#[inline]
fn line(item: &Item, objection: impl Fn(&Booked) -> Option<Objected>) -> Option<BookedLine> {
    let Fact::Book(booked) = item.fact else {
        return None;
    };
    Some(BookedLine {
        seq: item.seq,
        task: item.task,
        day: item.day,
        booked,
        objection: objection(&booked),
    })
}

/// The objection to what a notice took for a task: the first that was typed, for each line can be objected to once. An objection
/// without a task is to all that the notice took and that was not objected to before, or to the points for the unit as such alone; one
/// without a due is to all of its task's. Praise was not taken, and stays whatever is said of the rest (rule 11).
fn objection(live: &[&Item], task: TaskNo, booked: &Booked) -> Option<Objected> {
    if booked.on == Trigger::Commended || booked.points > Decimal::ZERO {
        return None;
    }
    let to = |item: &&&Item| match item.fact {
        Fact::Object {
            notice,
            period,
            unit_points,
        } => {
            notice == booked.notice
                && (item.task == task || item.task == NO_TASK && !unit_points)
                && (period.is_none() || period == booked.period)
        }
        _ => false,
    };
    let objection = live.iter().find(to)?;
    let verdicts = live.iter().filter_map(|item| match item.fact {
        Fact::Uphold { of } if of == objection.seq => Some((Verdict::Upheld, item.seq, item.day)),
        Fact::Reverse { of } if of == objection.seq => {
            Some((Verdict::Reversed, item.seq, item.day))
        }
        _ => None,
    });
    Some(Objected {
        seq: objection.seq,
        day: objection.day,
        // Where a merge brought two verdicts, points that were given back stay given back.
        verdict: verdicts.max_by_key(|(verdict, _, _)| *verdict),
    })
}
