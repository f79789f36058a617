//! Reading: the sheets that the fold reads, from their pages.

use super::database::{Row, values};
use super::ends::Ends;
use super::error::StoreError;
use super::page;
use super::page_row;
use super::read::Reader;
use super::seal::SEALS;
use super::varint::PageError;
use crate::model::sheet::{Fact, Item, Sheet};
use crate::model::unit::UnitNo;

/// Whose sheets to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// Those of all units that the roster has.
    All,
    /// Those of these units.
    Units(&'a [UnitNo]),
    /// Those of the units from one number to another, ends included, that the roster has.
    Between(UnitNo, UnitNo),
}

impl From<PageError> for StoreError {
    fn from(error: PageError) -> Self {
        Self::corrupt(error.to_string())
    }
}

impl Reader {
    /// The facts that stand on no unit's sheet, in the order in which they were recorded.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn orders(&self) -> Result<Vec<Item>, StoreError> {
        let mut sheet = Sheet::default();
        let data = self.page(page::ORDERS)?;
        page::read(page::section(&mut page::open(&data)?)?, 0, &mut sheet)?;
        Ok(sheet.items)
    }

    /// The bytes of the page of that number; none of what a store of no plan has no page of.
    pub(super) fn page(&self, number: i64) -> Result<Vec<u8>, StoreError> {
        let mut statement = self.connection.prepare(page_row::ONE)?;
        let mut rows = statement.query(values![number])?;
        match rows.next()? {
            Some(row) => Ok(self.data(row)?.to_vec()),
            // Before seals a journal without orders had no page of them, and before a plan none has.
            None if number == page::ORDERS && !self.has_pages()? => Ok(Vec::new()),
            None => Err(StoreError::damaged("page", number)),
        }
    }

    /// The page in a row of its columns, which goes no further than the journal.
    fn data<'r>(&self, row: Row<'r>) -> Result<&'r [u8], StoreError> {
        let data = page_row::data(row)?;
        let beyond = |ends: Ends| page_row::seq(row).map(|seq| seq > ends.entries.cast_unsigned());
        match self.ends.map(beyond).transpose()? {
            Some(true) => Err(StoreError::damaged("page", row.get::<i64>(0)?)),
            _ => Ok(data),
        }
    }

    /// Whether there has to be a page of orders.
    fn has_pages(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM in_force)";
        let applied = self.connection.value(sql, &[])?;
        Ok(self.version >= SEALS && applied)
    }

    /// Calls `visit` with each sheet, in the order of unit numbers. All sheets share one room: copy what should stay.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn each_sheet(
        &self,
        which: Which<'_>,
        visit: &mut dyn FnMut(&Sheet),
    ) -> Result<(), StoreError> {
        match which {
            Which::All => self.sheets_between(0, UnitNo::MAX, visit),
            Which::Between(first, last) => self.sheets_between(first, last, visit),
            Which::Units(units) => self.sheets_of(units, visit),
        }
    }

    /// Cuts all numbers of units into ranges of one size, ends included, in order: at most so many, of at least so many
    /// numbers. How many are wanted is asked only where there can be several.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn ranges(
        &self,
        least: u32,
        most: impl FnOnce() -> usize,
    ) -> Result<Vec<(UnitNo, UnitNo)>, StoreError> {
        let last = self.last_page()?.unwrap_or(0);
        let numbers = u64::from(page::first_of(last)) + u64::from(page::UNITS);
        let least = least.max(page::UNITS);
        let parts = match numbers / u64::from(least) {
            0 | 1 => 1,
            room => room.min(most() as u64).max(1),
        };
        // Whole pages, so that none is read twice.
        let start = |part: u64| {
            let number = numbers * part / parts;
            number - number % u64::from(page::UNITS)
        };
        let range = |part| {
            let last = if part + 1 == parts {
                UnitNo::MAX.into()
            } else {
                start(part + 1) - 1
            };
            let narrow = |number| UnitNo::try_from(number).unwrap_or(UnitNo::MAX);
            (narrow(start(part)), narrow(last))
        };
        Ok((0..parts).map(range).collect())
    }

    /// The number of the last page; `None` where there is no unit.
    fn last_page(&self) -> Result<Option<i64>, StoreError> {
        match self.ends {
            Some(ends) => Ok(ends.last_page()),
            // Orders stand on a page before the first.
            None => self
                .connection
                .value("SELECT max(no) FROM page WHERE no >= 0", &[]),
        }
    }

    fn sheets_between(
        &self,
        first: UnitNo,
        last: UnitNo,
        visit: &mut dyn FnMut(&Sheet),
    ) -> Result<(), StoreError> {
        let sql = "SELECT no, data, seq, seal FROM page WHERE no BETWEEN ?1 AND ?2 ORDER BY no";
        let mut statement = self.connection.prepare(sql)?;
        let ((first_page, _), (last_page, _)) = (page::place_of(first), page::place_of(last));
        let mut rows = statement.scan(values![first_page, last_page])?;
        let mut sheet = Sheet::default();
        let mut next = first_page;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            if number != next {
                return Err(StoreError::damaged("page", next));
            }
            next += 1;
            let start = page::first_of(number);
            let damaged = |error: PageError| StoreError::from(error).at("page", number);
            let mut rest = page::open(self.data(row)?).map_err(damaged)?;
            for unit in start..start.saturating_add(page::UNITS) {
                let section = page::section(&mut rest).map_err(damaged)?;
                if section.is_empty() || unit < first || unit > last {
                    continue;
                }
                page::read(section, unit, &mut sheet).map_err(damaged)?;
                if sheet.class != page::GONE {
                    visit(&sheet);
                }
            }
        }
        // Where the head tells of more pages, they were taken away.
        let end = self.ends.and_then(|ends| ends.last_page());
        match end.is_some_and(|end| next <= end.min(last_page)) {
            true => Err(StoreError::damaged("page", next)),
            false => Ok(()),
        }
    }

    fn sheets_of(&self, units: &[UnitNo], visit: &mut dyn FnMut(&Sheet)) -> Result<(), StoreError> {
        #[cfg(test)]
        LOOKED_UP.with(|sheets| sheets.set(sheets.get() + units.len()));
        let mut sorted = units.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mut statement = self.connection.prepare(page_row::ONE)?;
        let mut sheet = Sheet::default();
        for group in sorted.chunk_by(|one, other| one / page::UNITS == other / page::UNITS) {
            let (number, _) = page::place_of(group[0]);
            let mut rows = statement.query(values![number])?;
            let Some(row) = rows.next()? else {
                match self.last_page()?.is_some_and(|last| number <= last) {
                    true => return Err(StoreError::damaged("page", number)),
                    false => continue,
                }
            };
            let damaged = |error: PageError| StoreError::from(error).at("page", number);
            let mut rest = page::open(self.data(row)?).map_err(damaged)?;
            let mut wanted = group.iter().copied().peekable();
            let mut unit = page::first_of(number);
            while let Some(next) = wanted.peek() {
                let section = page::section(&mut rest).map_err(damaged)?;
                if *next == unit {
                    wanted.next();
                    if !section.is_empty() {
                        page::read(section, unit, &mut sheet).map_err(damaged)?;
                        visit(&sheet);
                    }
                }
                unit = unit.wrapping_add(1);
            }
        }
        Ok(())
    }

    /// The sheet of one unit.
    ///
    /// # Errors
    /// `Unknown` where the store has no such unit, and what reading runs into.
    pub fn sheet(&self, unit: UnitNo) -> Result<Sheet, StoreError> {
        let mut found = None;
        self.sheets_of(&[unit], &mut |sheet| found = Some(sheet.clone()))?;
        found.ok_or_else(|| StoreError::Unknown {
            what: "unit",
            code: unit.to_string(),
        })
    }

    /// Whether anybody recorded anything for the unit; what applying a plan noted on its own does not count.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn has_entries(&self, unit: UnitNo) -> Result<bool, StoreError> {
        let (number, place) = page::place_of(unit);
        let data = self.page(number)?;
        let mut rest = page::open(&data)?;
        for _ in 0..place {
            page::section(&mut rest)?;
        }
        let said = |item: &Item| !matches!(item.fact, Fact::Gain { .. } | Fact::Contact { .. });
        Ok(page::has(page::section(&mut rest)?, said)?)
    }
}

#[cfg(test)]
thread_local! {
    static LOOKED_UP: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many sheets this thread has looked up by their units: a test holds commands to a straight line.
#[cfg(test)]
pub(crate) fn looked_up() -> usize {
    LOOKED_UP.with(std::cell::Cell::get)
}
