//! Counting cells: the figures of a status row, each computed here and nowhere else (rule 6).

use std::iter::Sum;
use std::ops::AddAssign;

use serde::{Serialize, Serializer};

use super::board::Cell;
use super::day::Day;
use super::standing::Standing;

/// How many obligations stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By standing, in the order of [`Standing`]'s declaration.
    by: [u64; 8],
    /// Completed, with proof for all of it (附佐证).
    pub proven: u64,
    /// Completed, and all of it accepted (审核通过).
    pub accepted: u64,
    /// Completed before the due day has come (提前完成).
    pub early: u64,
}

impl Tally {
    /// Counts one more cell, as it stands on that day.
    pub fn count(&mut self, cell: &Cell, as_of: Day) {
        let is_early = cell.standing.is_completed() && cell.due.is_some_and(|due| due > as_of);
        self.early += u64::from(is_early);
        self.by[cell.standing as usize] += 1;
        self.proven += u64::from(cell.proven);
        self.accepted += u64::from(cell.accepted);
    }

    /// The obligations of that standing.
    pub const fn of(&self, standing: Standing) -> u64 {
        self.by[standing as usize]
    }

    /// Every cell (适用).
    pub fn applicable(&self) -> u64 {
        self.by.iter().sum()
    }

    /// What is owed: applicable − excused − waiting.
    pub fn owed(&self) -> u64 {
        self.applicable() - self.of(Standing::Excused) - self.of(Standing::Waiting)
    }

    /// What has fallen due or was reported early (应完成): done + late + returned + overdue.
    pub fn expected(&self) -> u64 {
        Standing::ALL
            .iter()
            .filter(|standing| standing.is_expected())
            .map(|standing| self.of(*standing))
            .sum()
    }

    /// Completed: done + late.
    pub fn completed(&self) -> u64 {
        self.of(Standing::Done) + self.of(Standing::Late)
    }

    /// Completed of expected (完成率).
    pub fn completion_rate(&self) -> Rate {
        Rate::new(self.completed(), self.expected())
    }

    /// Done on time of expected (按期率).
    pub fn on_time_rate(&self) -> Rate {
        Rate::new(self.of(Standing::Done), self.expected())
    }

    /// Completed of owed (进度).
    pub fn progress(&self) -> Rate {
        Rate::new(self.completed(), self.owed())
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        for (sum, more) in self.by.iter_mut().zip(other.by) {
            *sum += more;
        }
        self.proven += other.proven;
        self.accepted += other.accepted;
        self.early += other.early;
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |mut sum, more| {
            sum += more;
            sum
        })
    }
}

/// A part of a whole, kept as the two counts, so that it is rounded once, to the digits that an output shows: 79 of 93 is 84.9 %, and
/// would be 85.0 % if it were rounded to 0.8495 before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    part: u64,
    whole: u64,
}

impl Rate {
    /// So much of so much.
    pub const fn new(part: u64, whole: u64) -> Self {
        Self { part, whole }
    }

    /// In whole percent, rounded down: what is not all is never 100; `None` where the whole is nothing.
    pub fn whole_percent(self) -> Option<u64> {
        let [part, whole] = [self.part, self.whole].map(u128::from);
        let percent = (100 * part).checked_div(whole)?;
        Some(u64::try_from(percent).unwrap_or(u64::MAX))
    }

    /// In so many parts of the whole, half up; `None` where the whole is nothing.
    pub fn rounded(self, parts: u64) -> Option<u64> {
        let [part, whole, parts] = [self.part, self.whole, parts].map(u128::from);
        let twice = (2 * part * parts + whole).checked_div(2 * whole)?;
        Some(u64::try_from(twice).unwrap_or(u64::MAX))
    }
}

/// A number with four digits behind the point, or null.
impl Serialize for Rate {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rate = self.rounded(10_000).map(|parts| parts as f64 / 10_000.0);
        rate.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_once_and_half_up() {
        let tenths = |part, whole| Rate::new(part, whole).rounded(1000);
        assert_eq!(tenths(79, 93), Some(849), "84.946 %");
        assert_eq!(tenths(1, 16), Some(63), "6.25 %");
        assert_eq!(tenths(1, 3), Some(333));
        assert_eq!(tenths(2, 3), Some(667));
        assert_eq!(tenths(7, 7), Some(1000));
        assert_eq!(tenths(0, 7), Some(0));
        assert_eq!(tenths(0, 0), None);
        let json = |part, whole| serde_json::to_string(&Rate::new(part, whole)).unwrap();
        assert_eq!(json(79, 93), "0.8495");
        assert_eq!(json(1, 1), "1.0");
        assert_eq!(json(0, 0), "null");
    }

    #[test]
    fn no_fraction_is_rounded_away_from_what_it_is() {
        for whole in 1..300 {
            for part in 0..=whole {
                let shown = Rate::new(part, whole).rounded(1000).unwrap();
                // |shown/1000 - part/whole| is at most half a thousandth, and half itself goes up.
                let (shown, exact) = (2 * shown * whole, 2000 * part);
                assert!(
                    shown <= exact + whole && exact < shown + whole,
                    "{part}/{whole}"
                );
            }
        }
    }
}
