//! The codes behind a store's numbers, for hashes and export.

use std::collections::HashMap;

use super::columns::expect_next;
use super::database::{Connection, values};
use super::error::StoreError;
use super::seal;
use super::unit_row::{PLAIN, WIDTH};
use crate::journal::Coded;
use crate::model::entry::{Entry, TaskNo};
use crate::model::unit::UnitNo;

/// Looks codes up: one by one at first, all at once when that pays.
#[derive(Debug)]
pub(super) struct Codes<'s> {
    connection: &'s Connection,
    /// Whether rows are taken as they are, whatever their seals say.
    lenient: bool,
    tasks: HashMap<TaskNo, String>,
    some: HashMap<UnitNo, String>,
    all: Option<Every>,
}

/// The codes of all units in one text.
#[derive(Debug, Default)]
struct Every {
    text: String,
    spans: Vec<(u32, u32)>,
}

/// So many units looked up one by one before all are.
const PATIENCE: usize = 20_000;

impl<'s> Codes<'s> {
    /// Reads the tasks' codes.
    pub(super) fn new(connection: &'s Connection) -> Result<Self, StoreError> {
        Self::of_rows(connection, false)
    }

    /// The same for what is proved by its hash anyway: codes come from rows whatever their seals say.
    pub(super) fn lenient(connection: &'s Connection) -> Result<Self, StoreError> {
        Self::of_rows(connection, true)
    }

    fn of_rows(connection: &'s Connection, lenient: bool) -> Result<Self, StoreError> {
        let mut statement = connection.prepare("SELECT no, code, seal FROM task")?;
        let mut rows = statement.query(&[])?;
        let mut tasks = HashMap::new();
        while let Some(row) = rows.next()? {
            if !lenient {
                seal::expect(row, "task", 2)?;
            }
            tasks.insert(row.get(0)?, row.get(1)?);
        }
        Ok(Self {
            connection,
            lenient,
            tasks,
            some: HashMap::new(),
            all: None,
        })
    }

    /// The codes of an entry's unit and task; empty where it has none.
    pub(super) fn of(
        &mut self,
        unit: Option<UnitNo>,
        task: Option<TaskNo>,
    ) -> Result<(&str, &str), StoreError> {
        if let Some(unit) = unit {
            self.learn(unit)?;
        }
        let task = match task {
            None => "",
            Some(no) => self.tasks.get(&no).ok_or_else(|| unknown("task", no))?,
        };
        let unit = match unit {
            None => "",
            Some(no) => self.known(no).ok_or_else(|| unknown("unit", no))?,
        };
        Ok((unit, task))
    }

    /// An entry in the form that every store understands.
    pub(super) fn coded(&mut self, entry: Entry) -> Result<Coded, StoreError> {
        // What is written has its numbers from rows.
        let gone = |error| match error {
            StoreError::Unknown { what, code } => StoreError::damaged(what, code),
            error => error,
        };
        let (unit, task) = self.of(entry.unit, entry.task).map_err(gone)?;
        let broken = |code: &str| StoreError::corrupt(format!("code `{code}`"));
        let unit = (!unit.is_empty()).then(|| unit.parse().map_err(|_| broken(unit)));
        let task = (!task.is_empty()).then(|| task.parse().map_err(|_| broken(task)));
        Ok(Coded {
            unit: unit.transpose()?,
            task: task.transpose()?,
            day: entry.day,
            act: entry.act,
        })
    }

    fn known(&self, no: UnitNo) -> Option<&str> {
        match &self.all {
            None => self.some.get(&no).map(String::as_str),
            Some(every) => {
                let (from, to) = *every.spans.get(no as usize)?;
                every
                    .text
                    .get(from as usize..to as usize)
                    .filter(|code| !code.is_empty())
            }
        }
    }

    fn learn(&mut self, no: UnitNo) -> Result<(), StoreError> {
        if self.all.is_some() || self.some.contains_key(&no) {
            return Ok(());
        }
        if self.some.len() >= PATIENCE {
            self.all = Some(self.every()?);
            self.some = HashMap::new();
            return Ok(());
        }
        let mut statement = self.connection.prepare(&format!("{PLAIN} WHERE no = ?1"))?;
        let mut rows = statement.query(values![no])?;
        if let Some(row) = rows.next()? {
            if !self.lenient {
                seal::expect(row, "unit", WIDTH)?;
            }
            self.some.insert(no, row.get(2)?);
        }
        Ok(())
    }

    fn every(&self) -> Result<Every, StoreError> {
        let mut statement = self.connection.prepare(&format!("{PLAIN} ORDER BY no"))?;
        let mut rows = statement.scan(&[])?;
        let mut every = Every::default();
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        while let Some(row) = rows.next()? {
            if !self.lenient {
                seal::expect(row, "unit", WIDTH)?;
            }
            expect_next("unit", row.get(0)?, every.spans.len())?;
            let from = length(&every.text);
            every.text.push_str(row.text(2)?);
            every.spans.push((from, length(&every.text)));
        }
        Ok(every)
    }
}

pub(super) fn unknown(what: &'static str, code: impl ToString) -> StoreError {
    StoreError::Unknown {
        what,
        code: code.to_string(),
    }
}
