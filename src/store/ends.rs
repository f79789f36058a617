//! How far tables go, as the head says: what a reader compares with the ends that it meets.

use super::page;
use crate::model::unit::UnitNo;

/// How far the tables go whose ends are looked at where they are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    /// The seq of the last entry.
    pub(super) entries: i64,
    /// How many units have a number.
    pub(super) units: i64,
    /// How many tasks have a number.
    pub(super) tasks: i64,
    /// How many classes there are.
    pub(super) classes: usize,
    /// How many rules have a number.
    pub(super) rules: usize,
    /// The number of the plan in force.
    pub(super) plans: i64,
    /// The number of the last document.
    pub(super) documents: i64,
}

impl Ends {
    /// The number of the last page; `None` where there is no unit.
    pub(super) fn last_page(&self) -> Option<i64> {
        let last = UnitNo::try_from(self.units - 1).ok();
        last.map(|last| page::place_of(last).0)
    }
}
