//! The series (进展曲线): how much was expected and how much was done by the end of each day, from the first to the one asked about.
//!
//! It is one pass over the cells of that last day: each says since when it was expected and when it was fulfilled. So the last day agrees
//! with the [`Tally`](super::tally::Tally) of the same cells, and an earlier day is seen as today's verdicts and terms have it: what was
//! returned since was never done.

use super::board::Cell;
use super::day::Day;

/// Counts by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Series {
    first: Day,
    grace: i32,
    days: Vec<Change>,
}

/// What came on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Change {
    expected: u32,
    done: u32,
    due: u32,
}

/// How it stood at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    /// The day.
    pub day: Day,
    /// Expected by then.
    pub expected: u64,
    /// Done by then.
    pub done: u64,
    /// What fell due on that day alone, done or not.
    pub due: u64,
}

impl Series {
    /// Nothing yet, for the days from `first` to `last`. `grace` is the days after a due day before anything counts as overdue.
    pub(crate) fn new(first: Day, last: Day, grace: i32) -> Self {
        let days = usize::try_from(last - first + 1).unwrap_or(0).max(1);
        Self {
            first: first.min(last),
            grace,
            days: vec![Change::default(); days],
        }
    }

    /// Counts a cell of the last day.
    pub(crate) fn count(&mut self, cell: &Cell) {
        if !cell.standing.is_expected() {
            return;
        }
        let last = self.first + i32::try_from(self.days.len() - 1).unwrap_or(i32::MAX);
        let done = cell
            .fulfilled
            .filter(|_| cell.standing.is_completed())
            .map(|day| day.min(last));
        // What was returned is expected although its day may not have come.
        let come = cell.due.map_or(last, |due| due + (self.grace + 1));
        let expected = done.unwrap_or(last).min(come);
        self.at(expected).expected += 1;
        if let Some(day) = done {
            self.at(day).done += 1;
        }
        if let Some(due) = cell.due.filter(|due| *due <= last) {
            self.at(due).due += 1;
        }
    }

    /// The changes of a day; what was before the first is told on it.
    fn at(&mut self, day: Day) -> &mut Change {
        let at = usize::try_from(day - self.first).unwrap_or(0);
        let last = self.days.len() - 1;
        &mut self.days[at.min(last)]
    }

    /// Adds what was counted of other units for the same days.
    pub(crate) fn join(&mut self, more: &Self) {
        for (sum, more) in self.days.iter_mut().zip(&more.days) {
            sum.expected += more.expected;
            sum.done += more.done;
            sum.due += more.due;
        }
    }

    /// Every day in order.
    pub(crate) fn points(&self) -> impl Iterator<Item = Point> {
        let (mut expected, mut done) = (0, 0);
        self.days.iter().zip(0..).map(move |(change, after)| {
            expected += u64::from(change.expected);
            done += u64::from(change.done);
            Point {
                day: self.first + after,
                expected,
                done,
                due: change.due.into(),
            }
        })
    }
}
