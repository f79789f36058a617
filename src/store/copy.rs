//! A copy of the store while others write, of one moment: always a file, whatever the store is.

use std::path::Path;

use super::database::{Aim, Connection, Value};
use super::error::StoreError;
use super::open::Store;
use super::schema;
use super::seal::TABLES;

impl Store {
    /// Copies the store as it is at one moment to a file, which is there and empty. Who writes to a file waits until it is done, and not for
    /// what is done with the copy.
    ///
    /// # Errors
    /// `Busy` where somebody else kept writing, and what reading and writing run into.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        if self.connection().copy_file(path)? {
            return Ok(());
        }
        let copy = Connection::open_file(path, true)?;
        schema::climb(&copy, self.plan_id()?.as_str())?;
        copy.begin(Aim::Found)?;
        self.connection().begin(Aim::Look)?;
        let copied = copy_rows(self.connection(), &copy);
        self.connection().roll_back();
        copied?;
        copy.commit()
    }
}

/// Copies all rows as they are, with their seals: the tables are the same on every engine.
fn copy_rows(from: &Connection, to: &Connection) -> Result<(), StoreError> {
    for (table, columns) in TABLES {
        to.execute(&format!("DELETE FROM {table}"), &[])?;
        let mut insert = to.inserter(table, columns, false)?;
        let mut statement = from.prepare(&format!("SELECT {columns}, seal FROM {table}"))?;
        let mut rows = statement.scan(&[])?;
        let width = columns.split(',').count();
        while let Some(row) = rows.next()? {
            let values: Result<Vec<Value<'_>>, _> = (0..width).map(|at| row.lent(at)).collect();
            let values = values?;
            insert.put(&values, row.lent(width)?)?;
        }
    }
    let mut statement = from.prepare("SELECT batch, place, seq FROM dangling")?;
    let mut rows = statement.scan(&[])?;
    while let Some(row) = rows.next()? {
        let values = [row.lent(0)?, row.lent(1)?, row.lent(2)?];
        to.execute("INSERT INTO dangling VALUES (?1, ?2, ?3)", &values)?;
    }
    Ok(())
}
