//! `apply`: another plan or roster put in force, with what that changes said first (DESIGN section 5).

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::recording::{Recording, Written};
use crate::model::amend::{Amended, Gain, Party, all_of, amended};
use crate::model::board::{Desk, Ruler, View};
use crate::model::day::Day;
use crate::model::entry::{Act, Entry};
use crate::model::plan::Plan;
use crate::model::standing::Standing;
use crate::model::unit::{Unit, UnitNo};
use crate::query::{Candidate, Fault, Files};
use crate::store::{Applying, Reader, StoreError, UnitRow, Which};

/// A due day that an amendment moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The task's short name.
    pub task: String,
    /// The days before.
    pub from: Vec<Day>,
    /// The days now.
    pub to: Vec<Day>,
}

/// What an amendment changes.
#[derive(Clone, Debug, Default)]
pub struct Amendment {
    /// Its batch; `None` for a dry run, and where nothing changed.
    pub batch: Option<Uuid>,
    /// Whether the files mean what is in force.
    pub same: bool,
    /// Short names of tasks that are new.
    pub tasks_added: Vec<String>,
    /// Short names of tasks that are no longer there.
    pub tasks_closed: Vec<String>,
    /// Tasks whose due days change.
    pub moved: Vec<Moved>,
    /// Short names of units that are new.
    pub units_added: Vec<String>,
    /// Short names of units that are gone or no longer owe anything new.
    pub units_closed: Vec<String>,
    /// Obligations that units gain.
    pub gained: u64,
    /// Obligations that units lose.
    pub lost: u64,
    /// Units that join the lagging list.
    pub joined: Vec<String>,
    /// Units that leave it.
    pub left: Vec<String>,
    /// Units that name a contact for the first time.
    pub named: usize,
    /// Units whose contact is another.
    pub renamed: usize,
    /// Units that name no contact any more.
    pub unnamed: usize,
}

impl Amendment {
    /// Whether it changes anything that it lists.
    pub fn says_nothing(&self) -> bool {
        let Self {
            batch: _,
            same: _,
            tasks_added,
            tasks_closed,
            moved,
            units_added,
            units_closed,
            gained,
            lost,
            joined,
            left,
            named,
            renamed,
            unnamed,
        } = self;
        tasks_added.is_empty()
            && tasks_closed.is_empty()
            && moved.is_empty()
            && units_added.is_empty()
            && units_closed.is_empty()
            && joined.is_empty()
            && left.is_empty()
            && *gained + *lost == 0
            && *named + *renamed + *unnamed == 0
    }
}

impl Recording {
    /// Puts the files in force, or says what that would change.
    ///
    /// # Errors
    /// [`Fault::UnitsWithEntries`] where the roster lost units that have entries, problems of the files, and whatever the
    /// store says.
    pub fn apply(mut self, reason: &str, dry_run: bool) -> Result<Written<Amendment>, Fault> {
        let keep = |recording: Self, amendment| match dry_run {
            true => Ok(recording.nothing(amendment)),
            false => recording.commit(amendment),
        };
        if self.applied.is_some() {
            return keep(self, Amendment::default());
        }
        if !self.changed {
            let same = Amendment {
                same: true,
                ..Amendment::default()
            };
            return keep(self, same);
        }
        let files = Files::read(&self.place.plan)?;
        let amendment = self.amend(&files, reason)?;
        let batch = amendment.batch.filter(|_| !dry_run);
        keep(self, Amendment { batch, ..amendment })
    }

    /// Writes the amendment into the transaction, and compares before with after.
    fn amend(&mut self, files: &Files, reason: &str) -> Result<Amendment, Fault> {
        let Self {
            workspace,
            transaction,
            clerk,
            applied: _,
        } = self;
        let plan = files.plan();
        let digest = &files.digest();
        let today = clerk.clock.today(plan.timezone);
        let batch = clerk.batch(digest, plan.timezone);
        let id = batch.id;
        let before = rows(transaction)?;
        keep_entries(transaction, &before, &files.roster)?;
        let lagged = lagging(transaction, &workspace.plan, &View::on(today))?;
        let applying = Applying {
            plan,
            digest,
            files: &files.stamps,
            roster: &files.roster,
            applied: today,
            batch: id,
        };
        transaction.put_in_force(&applying)?;
        let after = rows(transaction)?;
        let numbers = transaction
            .in_force()?
            .map(|force| force.tasks)
            .unwrap_or_default();
        let mut amendment = Amendment {
            batch: Some(id),
            ..Amendment::default()
        };
        let mut pen = transaction.pen(batch)?;
        let act = Act::Apply {
            digest: digest.to_string(),
            reason: reason.to_string(),
        };
        pen.push(&Entry {
            unit: None,
            task: None,
            day: today,
            act,
        })?;
        let known: HashMap<UnitNo, &UnitRow> = before.iter().map(|row| (row.no, row)).collect();
        for row in &after {
            let then = known.get(&row.no).copied().filter(|then| !then.gone);
            let then_unit = then.map(|row| &row.unit);
            let changed = compare((&workspace.plan, then_unit), (plan, &row.unit), today);
            amendment.gained += changed.added;
            amendment.lost += changed.lost;
            for Gain { task, period, day } in changed.gains {
                let number = plan.task(task.as_str()).map(|place| numbers[place]);
                pen.push(&Entry {
                    unit: Some(row.no),
                    task: number,
                    day,
                    act: Act::Gain { period },
                })?;
            }
            let contact = then.map_or("", |then| then.unit.contact.as_str());
            if contact != row.unit.contact {
                match (contact.is_empty(), row.unit.contact.is_empty()) {
                    (true, _) => amendment.named += 1,
                    (false, true) => amendment.unnamed += 1,
                    (false, false) => amendment.renamed += 1,
                }
                let act = Act::Contact {
                    name: row.unit.contact.clone(),
                };
                pen.push(&Entry {
                    unit: Some(row.no),
                    task: None,
                    day: today,
                    act,
                })?;
            }
            if then.is_none() {
                amendment.units_added.push(row.unit.short.clone());
            }
        }
        pen.finish()?;
        list_closed(&workspace.plan, &before, &after, &mut amendment);
        list_tasks(&workspace.plan, plan, &mut amendment);
        let lags = lagging(transaction, plan, &View::on(today))?;
        let short = |no: &UnitNo| transaction.unit(*no).map(|row| row.unit.short);
        let mut joined: Vec<&UnitNo> = lags.difference(&lagged).collect();
        let mut left: Vec<&UnitNo> = lagged.difference(&lags).collect();
        joined.sort_unstable();
        left.sort_unstable();
        amendment.joined = joined.into_iter().map(short).collect::<Result<_, _>>()?;
        amendment.left = left.into_iter().map(short).collect::<Result<_, _>>()?;
        Ok(amendment)
    }
}

/// Refuses to lose units that have entries.
fn keep_entries(reader: &Reader, before: &[UnitRow], roster: &[Unit]) -> Result<(), Fault> {
    let codes: HashSet<&str> = roster.iter().map(|unit| unit.code.as_str()).collect();
    let mut lost = Vec::new();
    for row in before
        .iter()
        .filter(|row| !row.gone && !codes.contains(row.unit.code.as_str()))
    {
        if reader.has_entries(row.no)? {
            lost.push(Candidate {
                code: row.unit.code.to_string(),
                name: row.unit.short.clone(),
                area: None,
            });
        }
    }
    if lost.is_empty() {
        Ok(())
    } else {
        Err(Fault::UnitsWithEntries { units: lost })
    }
}

fn list_closed(plan: &Plan, before: &[UnitRow], after: &[UnitRow], amendment: &mut Amendment) {
    let now: HashMap<UnitNo, &UnitRow> = after.iter().map(|row| (row.no, row)).collect();
    for row in before.iter().filter(|row| !row.gone) {
        match now.get(&row.no) {
            Some(new) if row.unit.until.is_none() && new.unit.until.is_some() => {
                amendment.units_closed.push(row.unit.short.clone());
            }
            Some(_) => {}
            None => {
                amendment.units_closed.push(row.unit.short.clone());
                let class = row.unit.class(plan);
                let then = Party {
                    plan,
                    class: &class,
                    since: row.unit.since,
                    until: row.unit.until,
                };
                amendment.lost += all_of(&then);
            }
        }
    }
}

/// Every unit in force.
fn rows(reader: &Reader) -> Result<Vec<UnitRow>, StoreError> {
    let mut rows = Vec::new();
    reader.each_unit(&mut |row| rows.push(row))?;
    Ok(rows)
}

fn compare((old, then): (&Plan, Option<&Unit>), (new, now): (&Plan, &Unit), on: Day) -> Amended {
    let class = now.class(new);
    let now = Party {
        plan: new,
        class: &class,
        since: now.since,
        until: now.until,
    };
    match then {
        None => amended(None, &now, on),
        Some(unit) => {
            let class = unit.class(old);
            let then = Party {
                plan: old,
                class: &class,
                since: unit.since,
                until: unit.until,
            };
            amended(Some(&then), &now, on)
        }
    }
}

fn list_tasks(old: &Plan, new: &Plan, amendment: &mut Amendment) {
    for task in &new.tasks {
        match old.tasks.iter().find(|known| known.code == task.code) {
            None => amendment.tasks_added.push(task.short.clone()),
            Some(known) => {
                let days = |plan: &Plan, task: &crate::model::plan::Task| -> Vec<Day> {
                    task.schedule
                        .dues(plan.issued)
                        .iter()
                        .map(|due| due.due)
                        .collect()
                };
                let (from, to) = (days(old, known), days(new, task));
                if from != to {
                    amendment.moved.push(Moved {
                        task: task.short.clone(),
                        from,
                        to,
                    });
                }
            }
        }
    }
    let closed = old
        .tasks
        .iter()
        .filter(|task| new.tasks.iter().all(|known| known.code != task.code));
    amendment
        .tasks_closed
        .extend(closed.map(|task| task.short.clone()));
}

/// The units that lag on a day, under the plan that is in force in the store just then.
fn lagging(reader: &Reader, plan: &Plan, view: &View) -> Result<HashSet<UnitNo>, StoreError> {
    let Some(force) = reader.in_force()? else {
        return Ok(HashSet::new());
    };
    let orders = reader.orders()?;
    let ruler = Ruler::new(plan, &force.tasks, &force.classes, &orders, *view);
    let mut desk = Desk::default();
    let mut units = HashSet::new();
    reader.each_sheet(Which::All, &mut |sheet| {
        ruler.cells(sheet, &mut desk, |cell| {
            if cell.standing == Standing::Overdue && !sheet.is_closed(view.as_of) {
                units.insert(sheet.unit);
            }
        });
    })?;
    Ok(units)
}
