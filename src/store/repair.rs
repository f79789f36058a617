//! Repairing: what derives from the journal and from what was put in force is made anew. The journal itself is never touched.

use std::collections::BTreeSet;

use super::columns::{json, parsed};
use super::database::{Connection, values};
use super::error::StoreError;
use super::head;
use super::read::Reader;
use super::rebuild;
use super::seal::Sealing;
use super::walk::Finding;
use super::write::Transaction;
use crate::model::entry::TaskNo;
use crate::model::plan::Plan;

/// What a repair did.
#[derive(Clone, Debug, Default)]
pub struct Repaired {
    /// What was not what the journal gives, and now is.
    pub changed: Vec<Finding>,
    /// What cannot be made anew: where there is any, nothing was changed.
    pub left: Vec<Finding>,
}

impl Transaction {
    /// Makes anew what derives, where it is not what the journal gives. To be committed only where nothing is left.
    ///
    /// # Errors
    /// What reading and writing run into.
    pub fn repair(&mut self) -> Result<Repaired, StoreError> {
        let found = self.verify(&mut |_| {})?.findings;
        if found.is_empty() {
            return Ok(Repaired::default());
        }
        // Whether it is enough, the second look tells: a damaged number of a task makes whole batches look changed.
        let left = match self.make_anew() {
            Err(StoreError::Damaged { .. } | StoreError::Corrupt { .. }) => found.clone(),
            Err(error) => return Err(error),
            Ok(()) => self.verify(&mut |_| {})?.findings,
        };
        let changed = if left.is_empty() { found } else { Vec::new() };
        Ok(Repaired { changed, left })
    }

    fn make_anew(&self) -> Result<(), StoreError> {
        let reader: &Reader = self;
        let connection: &Connection = &self.connection;
        connection.make_indexes_anew()?;
        let plans = plans(connection)?;
        let Some((plan, _)) = plans.last() else {
            return Err(StoreError::NoPlan);
        };
        put_meta(connection, plan)?;
        put_tasks(connection, &plans)?;
        put_classes(connection, reader, plan)?;
        connection.execute_batch(rebuild::EMPTY)?;
        rebuild::all(reader, connection, plan)?;
        head::put(connection)
    }
}

/// The plans that were put in force, oldest first, with the numbers of their tasks.
fn plans(connection: &Connection) -> Result<Vec<(Plan, Vec<TaskNo>)>, StoreError> {
    let mut statement = connection.prepare("SELECT plan, tasks FROM in_force ORDER BY id")?;
    let mut rows = statement.query(&[])?;
    let mut plans = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |at| row.text(at);
        plans.push((parsed(text(0)?)?, parsed(text(1)?)?));
    }
    Ok(plans)
}

fn put_meta(connection: &Connection, plan: &Plan) -> Result<(), StoreError> {
    let id = plan.id.as_str();
    connection.execute("DELETE FROM meta", &[])?;
    Sealing::adding(connection, "meta")?.put(values!["plan", id])
}

/// The plans say which task has which number.
fn put_tasks(connection: &Connection, plans: &[(Plan, Vec<TaskNo>)]) -> Result<(), StoreError> {
    connection.execute("DELETE FROM task", &[])?;
    let mut tasks = Sealing::adding(connection, "task")?;
    let mut done = BTreeSet::new();
    for (plan, numbers) in plans {
        for (task, no) in plan.tasks.iter().zip(numbers) {
            if done.insert(*no) {
                tasks.put(values![*no, task.code.as_str()])?;
            }
        }
    }
    Ok(())
}

/// The units of the roster say what their classes are; a class of none of them stays as it is.
fn put_classes(connection: &Connection, reader: &Reader, plan: &Plan) -> Result<(), StoreError> {
    let mut classes = Sealing::replacing(connection, "class")?;
    for (no, class) in reader.classes_of_units(plan)? {
        classes.put(values![no, &json(&class)?])?;
    }
    Ok(())
}
