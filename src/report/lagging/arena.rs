//! What a survey found of units that may lag, in memory that they share.

use super::LaggingDue;
use crate::model::arena::Extent;
use crate::model::sheet::Sheet;
use crate::model::unit::UnitNo;

/// Units that may lag, in the order of their numbers, with their obligations.
#[derive(Debug, Default)]
pub(super) struct Arena<'p> {
    units: Vec<LaggingUnit>,
    /// The obligations of all, those of one unit in a row.
    dues: Vec<LaggingDue<'p>>,
    /// The codes, names and contacts of all, those of one unit in a row.
    text: String,
    /// The areas above the units, by number; one that follows itself is there once.
    areas: Vec<UnitNo>,
    /// Whether the unit that follows lagged on the day compared with.
    pub(super) lagged: bool,
}

/// A unit with an obligation to list, or one that had any on the day compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct LaggingUnit {
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
    /// Kept, because sorting asks for it again and again: at 650,000 units `lagging` takes 588 ms of processor time, 627 where it is made
    /// anew each time.
    figures: Figures,
    /// Its obligations that are overdue, returned, and due soon.
    dues: [Extent; 3],
    /// Its code, short name and contact.
    text: [Extent; 3],
}

/// What the overdue obligations of a unit come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    /// How many there are.
    pub(super) overdue: u32,
    /// The longest, in days.
    pub(super) days: i32,
}

impl Figures {
    pub(super) fn of(dues: &[LaggingDue]) -> Self {
        Self {
            overdue: u32::try_from(dues.len()).unwrap_or(u32::MAX),
            days: dues.iter().map(|due| due.days).max().unwrap_or(0),
        }
    }
}

/// Which obligations of a unit are meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum List {
    Overdue,
    Returned,
    Soon,
}

impl LaggingUnit {
    /// The unit of a sheet, whose obligations follow.
    pub(super) fn new(sheet: &Sheet, lagged: bool, closed: bool) -> Self {
        Self {
            no: sheet.unit,
            parent: sheet.parent,
            class: sheet.class,
            lagged,
            closed,
            place: 0,
            figures: Figures::default(),
            dues: [Extent::default(); 3],
            text: [Extent::default(); 3],
        }
    }

    pub(super) const fn place(&self) -> u32 {
        self.place
    }

    pub(super) const fn figures(&self) -> Figures {
        self.figures
    }
}

impl<'p> Arena<'p> {
    /// The units.
    pub(super) fn units(&self) -> &[LaggingUnit] {
        &self.units
    }

    /// The areas above the units, by number; some may be there more than once.
    pub(super) fn areas(&self) -> &[UnitNo] {
        &self.areas
    }

    /// Adds a unit with its obligations that are overdue, returned, and due soon; not one that has none and never lagged.
    pub(super) fn add<O, R, S>(
        &mut self,
        mut unit: LaggingUnit,
        (overdue, returned, soon): (O, R, S),
    ) where
        O: Iterator<Item = LaggingDue<'p>>,
        R: Iterator<Item = LaggingDue<'p>>,
        S: Iterator<Item = LaggingDue<'p>>,
    {
        let start = self.dues.len();
        let overdue = Extent::append(&mut self.dues, overdue);
        let returned = Extent::append(&mut self.dues, returned);
        let soon = Extent::append(&mut self.dues, soon);
        if unit.lagged || self.dues.len() > start {
            unit.dues = [overdue, returned, soon];
            unit.figures = Figures::of(&self.dues[overdue.range()]);
            self.units.push(unit);
            self.areas
                .extend(unit.parent.filter(|area| self.areas.last() != Some(area)));
        }
    }

    /// Says of the unit at a place in what was found its place in the roster, its code, short name and contact.
    pub(super) fn name(&mut self, at: usize, place: u32, names: [&str; 3]) {
        let unit = &mut self.units[at];
        unit.place = place;
        unit.text = names.map(|name| Extent::append_text(&mut self.text, name));
    }

    pub(super) fn dues(&self, unit: &LaggingUnit, list: List) -> &[LaggingDue<'p>] {
        &self.dues[unit.dues[list as usize].range()]
    }

    pub(super) fn code(&self, unit: &LaggingUnit) -> &str {
        &self.text[unit.text[0].range()]
    }

    pub(super) fn short(&self, unit: &LaggingUnit) -> &str {
        &self.text[unit.text[1].range()]
    }

    pub(super) fn contact(&self, unit: &LaggingUnit) -> Option<&str> {
        Some(&self.text[unit.text[2].range()]).filter(|contact| !contact.is_empty())
    }
}
