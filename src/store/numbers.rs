//! The numbers behind codes, for entries of other stores.

use std::collections::HashMap;

use super::codes::unknown;
use super::database::{Connection, values};
use super::error::StoreError;
use crate::journal::Coded;
use crate::model::entry::{Entry, TaskNo};
use crate::model::unit::UnitNo;

/// Looks numbers up: one by one at first, all at once when that pays.
#[derive(Debug)]
pub(super) struct Numbers<'s> {
    connection: &'s Connection,
    tasks: HashMap<Box<str>, TaskNo>,
    units: HashMap<Box<str>, UnitNo>,
    complete: bool,
}

/// So many units looked up one by one before all are.
const PATIENCE: usize = 20_000;

impl<'s> Numbers<'s> {
    /// Reads the tasks' numbers.
    pub(super) fn new(connection: &'s Connection) -> Result<Self, StoreError> {
        Ok(Self {
            connection,
            tasks: all(connection, "SELECT code, no FROM task")?,
            units: HashMap::new(),
            complete: false,
        })
    }

    /// An entry in the numbers of this store.
    pub(super) fn entry(&mut self, coded: Coded) -> Result<Entry, StoreError> {
        let Coded {
            unit,
            task,
            day,
            act,
        } = coded;
        let task = task.map(|code| {
            let number = self.tasks.get(code.as_str()).copied();
            number.ok_or_else(|| unknown("task", code))
        });
        Ok(Entry {
            unit: unit.map(|code| self.unit(code.as_str())).transpose()?,
            task: task.transpose()?,
            day,
            act,
        })
    }

    fn unit(&mut self, code: &str) -> Result<UnitNo, StoreError> {
        if let Some(number) = self.units.get(code) {
            return Ok(*number);
        }
        if self.complete {
            return Err(unknown("unit", code));
        }
        if self.units.len() >= PATIENCE {
            self.units = all(self.connection, "SELECT code, no FROM unit")?;
            self.complete = true;
            return self.unit(code);
        }
        let sql = "SELECT no FROM unit WHERE code = ?1";
        let number = self
            .connection
            .first(sql, values![code], |row| row.get(0))?;
        let number = number.ok_or_else(|| unknown("unit", code))?;
        self.units.insert(code.into(), number);
        Ok(number)
    }
}

fn all(connection: &Connection, sql: &str) -> Result<HashMap<Box<str>, u32>, StoreError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.scan(&[])?;
    let mut numbers = HashMap::new();
    while let Some(row) = rows.next()? {
        numbers.insert(row.text(0)?.into(), row.get(1)?);
    }
    Ok(numbers)
}
