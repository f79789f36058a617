//! Counting cells: the figures of a status row, each computed here and nowhere else (DESIGN rule 6).

use std::ops::AddAssign;

use super::board::Cell;
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
}

impl Tally {
    /// Counts one more cell.
    pub fn count(&mut self, cell: &Cell) {
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

    /// Completed of expected (完成率), 0–1; `None` where nothing is expected.
    pub fn completion_rate(&self) -> Option<f64> {
        rate(self.completed(), self.expected())
    }

    /// Done on time of expected (按期率), 0–1.
    pub fn on_time_rate(&self) -> Option<f64> {
        rate(self.of(Standing::Done), self.expected())
    }

    /// Completed of owed (进度), 0–1.
    pub fn progress(&self) -> Option<f64> {
        rate(self.completed(), self.owed())
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        for (sum, more) in self.by.iter_mut().zip(other.by) {
            *sum += more;
        }
        self.proven += other.proven;
        self.accepted += other.accepted;
    }
}

/// Part of whole, rounded to a ten-thousandth so that every output shows the same digits.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of obligations stay far below 2^53"
)]
fn rate(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0)
}
