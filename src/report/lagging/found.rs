//! What a survey found of units that may lag: three long pieces of memory for all of them instead of several for each.

use std::ops::Range;

use super::LaggingDue;
use crate::model::sheet::Sheet;
use crate::model::unit::UnitNo;

/// What was found, in the order of unit numbers.
#[derive(Debug, Default)]
pub struct Found<'p> {
    units: Vec<FoundUnit>,
    /// The obligations of all, those of one unit in a row.
    dues: Vec<LaggingDue<'p>>,
    /// The codes, names and contacts of all, those of one unit in a row.
    text: String,
    /// The areas above the units, by number; one that follows itself is there once.
    areas: Vec<UnitNo>,
}

/// A unit with an obligation to list, or one that had any on the day compared with.
#[derive(Clone, Copy, Debug)]
pub struct FoundUnit {
    /// Its number.
    pub no: UnitNo,
    /// The area above it, by number.
    pub parent: Option<UnitNo>,
    /// Its class, by number.
    pub class: u32,
    /// Whether it lagged on the day compared with.
    pub lagged: bool,
    /// Whether it is closed, so that what it left open is no lag.
    pub closed: bool,
    place: u32,
    figures: Figures,
    /// Its obligations that are overdue, returned, and due soon.
    dues: Three,
    /// Its code, short name and contact.
    text: Three,
}

/// What the overdue obligations of a unit come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    /// How many there are.
    pub(super) overdue: u32,
    /// The longest, in days.
    pub(super) days: i32,
    /// Whether the unit was reminded of any.
    pub(super) reminded: bool,
}

impl Figures {
    pub(super) fn of(dues: &[LaggingDue]) -> Self {
        let overdue = dues.iter().filter(|due| due.days > 0 || due.due.is_some());
        Self {
            overdue: u32::try_from(overdue.count()).unwrap_or(u32::MAX),
            days: dues.iter().map(|due| due.days).max().unwrap_or(0),
            reminded: dues.iter().any(|due| due.reminders > 0),
        }
    }
}

/// Three pieces in a row: where the first starts, and where each ends from there.
#[derive(Clone, Copy, Debug, Default)]
struct Three {
    start: usize,
    ends: [u32; 3],
}

impl Three {
    fn new(start: usize, ends: [usize; 3]) -> Self {
        let ends = ends.map(|end| u32::try_from(end - start).unwrap_or(u32::MAX));
        Self { start, ends }
    }

    fn range(self, piece: usize) -> Range<usize> {
        let end = |piece: usize| self.start + self.ends[piece] as usize;
        let start = piece.checked_sub(1).map_or(self.start, end);
        start..end(piece)
    }
}

/// Which obligations of a unit are meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum List {
    Overdue,
    Returned,
    Soon,
}

impl FoundUnit {
    /// The unit of a sheet, whose obligations follow.
    pub fn new(sheet: &Sheet, lagged: bool, closed: bool) -> Self {
        Self {
            no: sheet.unit,
            parent: sheet.parent,
            class: sheet.class,
            lagged,
            closed,
            place: 0,
            figures: Figures::default(),
            dues: Three::default(),
            text: Three::default(),
        }
    }

    pub(super) const fn place(&self) -> u32 {
        self.place
    }

    pub(super) const fn figures(&self) -> Figures {
        self.figures
    }
}

impl<'p> Found<'p> {
    /// The units.
    pub fn units(&self) -> &[FoundUnit] {
        &self.units
    }

    /// The areas above the units, by number; some may be there more than once.
    pub fn areas(&self) -> &[UnitNo] {
        &self.areas
    }

    /// Adds a unit with its obligations that are overdue, returned, and due soon; not one that has none and never lagged.
    pub fn add<O, R, S>(&mut self, mut unit: FoundUnit, (overdue, returned, soon): (O, R, S))
    where
        O: Iterator<Item = LaggingDue<'p>>,
        R: Iterator<Item = LaggingDue<'p>>,
        S: Iterator<Item = LaggingDue<'p>>,
    {
        let start = self.dues.len();
        self.dues.extend(overdue);
        let first = self.dues.len();
        self.dues.extend(returned);
        let second = self.dues.len();
        self.dues.extend(soon);
        let last = self.dues.len();
        if unit.lagged || last > start {
            unit.dues = Three::new(start, [first, second, last]);
            unit.figures = Figures::of(&self.dues[start..first]);
            self.units.push(unit);
            self.areas
                .extend(unit.parent.filter(|area| self.areas.last() != Some(area)));
        }
    }

    /// Says of the unit at a place in what was found its place in the roster, its code, short name and contact.
    pub fn name(&mut self, at: usize, place: u32, names: [&str; 3]) {
        let start = self.text.len();
        let ends = names.map(|name| {
            self.text.push_str(name);
            self.text.len()
        });
        let unit = &mut self.units[at];
        unit.place = place;
        unit.text = Three::new(start, ends);
    }

    pub(super) fn dues(&self, unit: &FoundUnit, list: List) -> &[LaggingDue<'p>] {
        &self.dues[unit.dues.range(list as usize)]
    }

    pub(super) fn code(&self, unit: &FoundUnit) -> &str {
        &self.text[unit.text.range(0)]
    }

    pub(super) fn short(&self, unit: &FoundUnit) -> &str {
        &self.text[unit.text.range(1)]
    }

    pub(super) fn contact(&self, unit: &FoundUnit) -> Option<&str> {
        Some(&self.text[unit.text.range(2)]).filter(|contact| !contact.is_empty())
    }
}
