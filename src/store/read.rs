//! Reading: the store at one moment, and what is in force.

use std::ops::Deref;
use std::path::PathBuf;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::columns::{expect_next, parsed};
use super::database::{Connection, Row, values};
use super::ends::Ends;
use super::error::StoreError;
use super::seal;
use crate::model::day::Day;
use crate::model::entry::{Seq, TaskNo};
use crate::model::plan::Plan;
use crate::model::unit::Class;
use crate::model::zone::Zone;

/// In the place of minutes: the plan in force names its time zone.
pub(super) const NAMED_ZONE: i32 = i32::MAX;

/// A transaction on a connection. Unless it was committed, dropping it takes back whatever was written.
#[derive(Debug)]
pub(super) struct Moment {
    connection: Rc<Connection>,
    /// How many rows the connection had changed when the transaction began.
    changes: u64,
}

impl Moment {
    pub(super) fn new(connection: Rc<Connection>) -> Self {
        let changes = connection.changes();
        Self {
            connection,
            changes,
        }
    }
}

impl Deref for Moment {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl Moment {
    fn end(&self) {
        self.roll_back();
    }
}

impl Drop for Moment {
    fn drop(&mut self) {
        self.end();
    }
}

/// The store at one moment; its clones are of the same moment, which lasts as long as any of them. While it lasts no writer can
/// commit, so it should end before anything slow.
#[derive(Clone, Debug)]
pub struct Reader {
    pub(super) connection: Rc<Moment>,
    /// The version of the file: an older one may be only looked at.
    pub(super) version: i64,
    /// How far the tables go, for who reads to their ends. `None` in a transaction that writes, which moves them and has compared them all
    /// as it began; and where the store has no head.
    pub(super) ends: Option<Ends>,
}

/// The plan in force, with the numbers by which sheets know its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The plan.
    pub plan: Plan,
    /// The digest of plan and roster.
    pub digest: String,
    /// The numbers of the plan's tasks, by their places in the plan.
    pub tasks: Vec<TaskNo>,
    /// The classes of units, by number.
    pub classes: Vec<Class>,
    /// The files that it was read from, as they were.
    pub files: Vec<Stamp>,
    /// The day on which it was applied.
    pub applied: Day,
    /// The batch that applied it.
    pub batch: Uuid,
}

/// By what to tell that a file has not changed since it was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Where it was, as the plan names it.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was modified, in nanoseconds since 1970 UTC.
    pub modified_ns: i64,
    /// The BLAKE3 hash of its content, in hexadecimal.
    pub blake3: String,
}

/// Where a store is that is being read, for a connection of another thread.
#[derive(Clone, Debug)]
pub struct StorePath {
    pub(super) path: PathBuf,
    pub(super) version: i64,
    pub(super) ends: Option<Ends>,
}

impl Reader {
    pub(super) fn new(connection: Rc<Connection>, version: i64) -> Self {
        Self {
            connection: Rc::new(Moment::new(connection)),
            version,
            ends: None,
        }
    }

    /// Whether the moment still lasts.
    pub fn lasts(&self) -> bool {
        self.connection.in_transaction()
    }

    /// Ends the moment for all clones of this reader, before the last of them is dropped.
    pub fn end(&self) {
        self.connection.end();
    }

    /// The way for other threads to the same moment: while this reader lives nobody can commit, so that whoever opens the file sees
    /// what it sees. `None` where there is no such way: the store is in memory or on a
    /// server, or this transaction has changed it already.
    pub fn path(&self) -> Option<StorePath> {
        let (path, changes) = self.connection.file()?;
        let unchanged = changes == self.connection.changes;
        unchanged.then(|| StorePath {
            path: path.to_path_buf(),
            version: self.version,
            ends: self.ends,
        })
    }

    /// The plan in force; `None` before the first was applied.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn in_force(&self) -> Result<Option<InForce>, StoreError> {
        let sql = format!("{PLANS} {NEWEST}");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(&[])?;
        let Some(row) = rows.next()? else {
            self.expect_end("in_force", 0, |ends| ends.plans)?;
            return Ok(None);
        };
        seal::expect(row, "in_force", PLAN_WIDTH)?;
        self.expect_end("in_force", row.get(0)?, |ends| ends.plans)?;
        let force = self.in_force_in(row);
        force
            .map(Some)
            .map_err(|error| error.at("in_force", row.get(0).unwrap_or(0_i64)))
    }

    fn in_force_in(&self, row: Row<'_>) -> Result<InForce, StoreError> {
        let text = |at| row.text(at);
        let plan: Plan = parsed(text(2)?)?;
        let tasks: Vec<TaskNo> = parsed(text(5)?)?;
        self.expect_tasks(&plan, &tasks)?;
        Ok(InForce {
            plan,
            tasks,
            digest: text(3)?.to_string(),
            classes: self.classes()?,
            files: parsed(text(6)?)?,
            applied: Day::from_number(row.get(7)?),
            batch: Uuid::from_bytes(row.get(1)?),
        })
    }

    /// Makes sure that each task of a plan has a number, and no number is beyond those that were given: who folds makes room by it.
    fn expect_tasks(&self, plan: &Plan, tasks: &[TaskNo]) -> Result<(), StoreError> {
        let sql = "SELECT coalesce(max(no) + 1, 0) FROM task";
        let given = match self.ends {
            Some(ends) => ends.tasks,
            None => self.connection.value(sql, &[])?,
        };
        if tasks.len() == plan.tasks.len() && tasks.iter().all(|no| i64::from(*no) < given) {
            return Ok(());
        }
        Err(StoreError::corrupt("numbers of tasks"))
    }

    /// Makes sure that a table goes as far as the head says, where one says so.
    pub(super) fn expect_end<T: PartialEq + ToString>(
        &self,
        table: &'static str,
        found: T,
        told: impl FnOnce(Ends) -> T,
    ) -> Result<(), StoreError> {
        match self.ends.map(told) {
            Some(told) if told != found => Err(StoreError::damaged(table, told)),
            _ => Ok(()),
        }
    }

    /// The plan under which the entry of that seq was written, and the numbers of its tasks by their places; `None` where that plan
    /// was never in force here.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn in_force_for(&self, seq: Seq) -> Result<Option<(Plan, Vec<TaskNo>)>, StoreError> {
        let sql = format!(
            "{PLANS} WHERE digest = (SELECT plan FROM batch WHERE n = (SELECT batch FROM entry WHERE seq = ?1))
            ORDER BY id DESC LIMIT 1"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(values![seq.cast_signed()])?;
        let Some(row) = rows.next()? else {
            self.expect_plans()?;
            return Ok(None);
        };
        seal::expect(row, "in_force", PLAN_WIDTH)?;
        let text = |at| row.text(at);
        let (plan, tasks) = (parsed(text(2)?)?, parsed::<Vec<TaskNo>>(text(5)?)?);
        self.expect_tasks(&plan, &tasks)?;
        Ok(Some((plan, tasks)))
    }

    /// Makes sure that every plan that was ever in force here is there, as it was.
    pub(super) fn expect_plans(&self) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare(&format!("{PLANS} ORDER BY id"))?;
        let mut rows = statement.query(&[])?;
        let mut last = 0;
        while let Some(row) = rows.next()? {
            seal::expect(row, "in_force", PLAN_WIDTH)?;
            last += 1;
            expect_next("in_force", row.get(0)?, last)?;
        }
        let last = i64::try_from(last).unwrap_or(i64::MAX);
        self.expect_end("in_force", last, |ends| ends.plans)
    }

    /// The digest of the plan and roster in force; `None` before the first was applied.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn digest(&self) -> Result<Option<String>, StoreError> {
        Ok(self.in_force()?.map(|force| force.digest))
    }

    pub(super) fn classes(&self) -> Result<Vec<Class>, StoreError> {
        let sql = "SELECT no, json, seal FROM class ORDER BY no";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(&[])?;
        let mut classes = Vec::new();
        while let Some(row) = rows.next()? {
            seal::expect(row, "class", 2)?;
            let no: i64 = row.get(0)?;
            let class = parsed(row.text(1)?);
            classes.push(class.map_err(|error| error.at("class", no))?);
            expect_next("class", no + 1, classes.len())?;
        }
        self.expect_end("class", classes.len(), |ends| ends.classes)?;
        Ok(classes)
    }

    /// The time zone of the plan in force.
    pub(super) fn zone(&self) -> Result<Option<Zone>, StoreError> {
        zone_in_force(&self.connection)
    }

    /// The seq of the journal's last entry; 0 in an empty one.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn last_seq(&self) -> Result<Seq, StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM entry";
        let last: i64 = self.connection.value(sql, &[])?;
        Ok(last.cast_unsigned())
    }
}

/// The time zone of the plan in force.
pub(super) fn zone_in_force(connection: &Connection) -> Result<Option<Zone>, StoreError> {
    let mut statement = connection.prepare(&format!("{PLANS} {NEWEST}"))?;
    let mut rows = statement.query(&[])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    seal::expect(row, "in_force", PLAN_WIDTH)?;
    let minutes: i32 = row.get(4)?;
    if minutes != NAMED_ZONE {
        return Ok(Some(Zone::Offset(minutes)));
    }
    /// All that is asked of the plan here.
    #[derive(Deserialize)]
    struct Zoned {
        timezone: Zone,
    }
    let zoned: Zoned = parsed(row.text(2)?)?;
    Ok(Some(zoned.timezone))
}

/// Rows of plans in force; what follows the seal may follow here.
pub(super) const PLANS: &str = "SELECT id, batch, plan, digest, timezone, tasks, files, applied, in_order, units, roster, seal FROM in_force";

/// How many columns stand before the seal.
pub(super) const PLAN_WIDTH: usize = 11;

const NEWEST: &str = "ORDER BY id DESC LIMIT 1";
