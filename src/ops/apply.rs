//! `apply`: another plan or roster put in force, with what that changes said first.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use uuid::Uuid;

use super::recording::{Recording, Written};
use crate::model::amend::{
    Amended, Change, Gain, Party, all_of, amended, changes, keep_keys, renamed,
};
use crate::model::board::{Desk, Ruler, View};
use crate::model::code::{TaskCode, UnitCode};
use crate::model::day::Day;
use crate::model::entry::{Act, Entry, TaskNo};
use crate::model::plan::{Amount, Need, Plan, Task};
use crate::model::standing::Standing;
use crate::model::unit::{Unit, UnitNo};
use crate::query::{Error, Files};
use crate::source::problem::say;
use crate::store::{Applying, Reader, StoreError, UnitRow, Which};

/// A unit whose contact is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewContact {
    /// The unit's short name.
    pub unit: String,
    /// The contact before; empty = none.
    pub from: String,
    /// The contact now; empty = none.
    pub to: String,
}

/// What an amendment changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Amendment {
    /// Its batch; `None` for a dry run, and where nothing changed.
    pub batch: Option<Uuid>,
    /// Whether the files mean what is in force.
    pub same: bool,
    /// Whether nothing was in force before.
    pub first: bool,
    /// What changes of the tasks.
    pub changes: Vec<Change>,
    /// Short names of units that are new.
    pub units_added: Vec<String>,
    /// Short names of units that are gone or no longer owe anything new.
    pub units_closed: Vec<String>,
    /// Short names of units of which the roster says something else, beside their names and contacts.
    pub units_changed: Vec<String>,
    /// Obligations that units gain.
    pub gained: u64,
    /// Obligations that units lose.
    pub lost: u64,
    /// Units that join the lagging list.
    pub joined: Vec<String>,
    /// Units that leave it.
    pub left: Vec<String>,
    /// Units whose contact changes.
    pub contacts: Vec<NewContact>,
    /// Work that is completed now and was not: unit and task.
    pub done: Vec<String>,
    /// Work that is open now and was completed.
    pub undone: Vec<String>,
    /// Whether the units that stay stand in another order.
    pub units_moved: bool,
    /// Whether the tasks that stay do.
    pub tasks_moved: bool,
}

impl Amendment {
    /// Whether it changes anything that it lists.
    pub(crate) fn says_nothing(&self) -> bool {
        let Self {
            batch: _,
            same: _,
            first: _,
            changes,
            units_added,
            units_closed,
            units_changed,
            gained,
            lost,
            joined,
            left,
            contacts,
            done,
            undone,
            units_moved,
            tasks_moved,
        } = self;
        let names = [
            units_added,
            units_closed,
            units_changed,
            joined,
            left,
            done,
            undone,
        ];
        changes.is_empty()
            && contacts.is_empty()
            && names.iter().all(|names| names.is_empty())
            && *gained + *lost == 0
            && !(*units_moved || *tasks_moved)
    }
}

impl Recording {
    /// Puts the files in force, or says what that would change. Contacts that the roster names count from `on`, which may be before
    /// today: they had been named before somebody typed it. All else holds from today, so that nothing becomes due before it was laid
    /// on a unit.
    ///
    /// # Errors
    /// Where the roster lost units that have entries, problems of the files, and whatever the store says.
    pub(crate) fn apply(
        mut self,
        reason: &str,
        on: Day,
        dry_run: bool,
    ) -> Result<Written<Amendment>, Error> {
        let keep = |recording: Self, amendment| match dry_run {
            true => Ok(recording.nothing(amendment)),
            false => recording.commit(amendment),
        };
        if self.applied.is_some() {
            if on < self.today {
                self.date_contacts(on)?;
            }
            let first = Amendment {
                first: true,
                ..Amendment::default()
            };
            return keep(self, first);
        }
        if !self.changed {
            let same = Amendment {
                same: true,
                ..Amendment::default()
            };
            return keep(self, same);
        }
        let files = Files::read(&self.place.plan)?;
        let amendment = self.amend(&files, reason, on)?;
        let batch = amendment.batch.filter(|_| !dry_run);
        keep(self, Amendment { batch, ..amendment })
    }

    /// Says of all contacts of a roster that was just put in force that they were named before.
    fn date_contacts(&mut self, on: Day) -> Result<(), Error> {
        let rows = rows(&self.transaction)?.into_iter();
        let named = rows.filter(|row| !row.unit.contact.is_empty());
        let entries: Vec<Entry> = named.map(|row| contact(&row, on)).collect();
        if !entries.is_empty() {
            self.append(entries)?;
        }
        Ok(())
    }

    /// Writes the amendment into the transaction, and compares before with after.
    fn amend(&mut self, files: &Files, reason: &str, on: Day) -> Result<Amendment, Error> {
        let Self {
            workspace,
            transaction,
            clerk,
            applied: _,
        } = self;
        let mut plan = files.plan().clone();
        keep_keys(&workspace.plan, &mut plan);
        let plan = &plan;
        let digest = &files.digest();
        let today = clerk.clock.today(plan.timezone);
        let batch = clerk.batch(digest, plan.timezone);
        let id = batch.id;
        let before = rows(transaction)?;
        keep_entries(transaction, &before, &files.roster)?;
        let touched = Touched::by(&workspace.plan, files, plan, &before);
        let stood = Stood::of(transaction, &workspace.plan, &touched, View::on(today))?;
        let applying = Applying {
            plan,
            digest,
            files: &files.stamps,
            roster: &files.roster,
            applied: today,
            batch: id,
        };
        let holds = transaction.put_in_force(&applying)?;
        let after = rows(transaction)?;
        let numbers = transaction
            .in_force()?
            .map(|force| force.tasks)
            .unwrap_or_default();
        let mut amendment = Amendment {
            batch: Some(id),
            changes: changes(&workspace.plan, plan),
            units_moved: is_moved(&before, &after, |row| row.no),
            tasks_moved: is_moved(&workspace.plan.tasks, &plan.tasks, |task| task.code.clone()),
            ..Amendment::default()
        };
        let known: HashMap<UnitNo, &UnitRow> = before.iter().map(|row| (row.no, row)).collect();
        for row in &after {
            let then = known.get(&row.no).copied().filter(|then| !then.gone);
            let change = then.and_then(|then| renamed(&then.unit, &row.unit));
            amendment.changes.extend(change);
            if then.is_some_and(|then| says_more(&then.unit, &row.unit)) {
                amendment.units_changed.push(row.unit.short.clone());
            }
        }
        let mut pen = transaction.pen(batch)?;
        let act = Act::Apply {
            digest: digest.to_string(),
            reason: reason.to_string(),
            changes: amendment.changes.clone(),
            holds: holds.to_hex().to_string(),
        };
        pen.push(&Entry {
            unit: None,
            task: None,
            day: today,
            act,
        })?;
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
            let before = then.map_or("", |then| then.unit.contact.as_str());
            if before != row.unit.contact {
                amendment.contacts.push(NewContact {
                    unit: row.unit.short.clone(),
                    from: before.to_string(),
                    to: row.unit.contact.clone(),
                });
                pen.push(&contact(row, on))?;
            }
            if then.is_none() {
                amendment.units_added.push(row.unit.short.clone());
            }
        }
        pen.finish()?;
        list_closed(&workspace.plan, &before, &after, &mut amendment);
        let stands = Stood::of(transaction, plan, &touched, View::on(today))?;
        let short = |no: UnitNo| transaction.unit(no).map(|row| row.unit.short);
        let names = |units: Vec<UnitNo>| units.into_iter().map(short).collect::<Result<_, _>>();
        amendment.joined = names(new_in(&stands.lagging, &stood.lagging))?;
        amendment.left = names(new_in(&stood.lagging, &stands.lagging))?;
        let told = |(unit, task, _): &Obligation| {
            let place = numbers.iter().position(|number| number == task);
            let task = place.map_or("", |place| plan.tasks[place].short.as_str());
            Ok(format!("{} {task}", short(*unit)?))
        };
        let both = |before: &[Obligation], after: &[Obligation]| {
            let both = before.iter().filter(|one| after.binary_search(one).is_ok());
            both.map(told).collect::<Result<Vec<String>, StoreError>>()
        };
        amendment.done = both(&stood.open, &stands.completed)?;
        amendment.undone = both(&stood.completed, &stands.open)?;
        Ok(amendment)
    }
}

/// Whether what both lists have stands in another order in the second.
fn is_moved<T, K: Eq + Hash>(before: &[T], after: &[T], key: impl Fn(&T) -> K) -> bool {
    let places: HashMap<K, usize> = before.iter().map(&key).zip(0..).collect();
    let places = after.iter().filter_map(|one| places.get(&key(one)));
    !places.is_sorted()
}

fn contact(row: &UnitRow, on: Day) -> Entry {
    let name = row.unit.contact.clone();
    Entry {
        unit: Some(row.no),
        task: None,
        day: on,
        act: Act::Contact { name },
    }
}

/// Refuses to lose units that have entries.
fn keep_entries(reader: &Reader, before: &[UnitRow], roster: &[Unit]) -> Result<(), Error> {
    let codes: HashSet<&str> = roster.iter().map(|unit| unit.code.as_str()).collect();
    let mut lost = Vec::new();
    let is_missing = |row: &&UnitRow| !row.gone && !codes.contains(row.unit.code.as_str());
    for row in before.iter().filter(is_missing) {
        if reader.has_entries(row.no)? {
            lost.push(format!("{} {}", row.unit.code, row.unit.short));
        }
    }
    if lost.is_empty() {
        return Ok(());
    }
    let names = lost[..lost.len().min(8)].join(", ");
    let saying = say!("error-units-with-entries", n = lost.len(), names = names);
    Err(saying.hint(say!("error-units-with-entries-hint")).into())
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

/// Whether a roster says something else of a unit, beside what is told by itself: its names, its contact, that it ends.
fn says_more(old: &Unit, new: &Unit) -> bool {
    let Unit {
        code: _,
        name: _,
        short: _,
        kind,
        labels,
        parent,
        head,
        contact,
        phone,
        since,
        until,
        was,
        attributes,
    } = old;
    // A telephone number goes with its contact.
    let is_reached = phone == &new.phone || contact != &new.contact;
    let same = (kind, labels, parent, head) == (&new.kind, &new.labels, &new.parent, &new.head)
        && (since, was, attributes) == (&new.since, &new.was, &new.attributes)
        && (until.is_none() || *until == new.until);
    !(same && is_reached)
}

/// What may be completed or open by an amendment alone.
struct Touched {
    /// Tasks that mean something else under the new plan, and those that a roster fulfils.
    tasks: HashSet<TaskCode>,
    /// Tasks of which a unit needs as much as the roster says of it.
    measured: HashSet<TaskCode>,
    /// Units of which the roster says something else that a need may go by.
    units: HashSet<UnitNo>,
}

impl Touched {
    fn by(old: &Plan, files: &Files, new: &Plan, before: &[UnitRow]) -> Self {
        let same = |task: &Task| old.tasks.iter().any(|known| known == task);
        let all_anew = (old.issued, old.grace) != (new.issued, new.grace);
        let codes = |keep: &dyn Fn(&Task) -> bool| {
            let tasks = new.tasks.iter().filter(|task| keep(task));
            tasks.map(|task| task.code.clone()).collect()
        };
        let goes_by_the_unit =
            |need: &Need| !need.who.is_empty() || matches!(need.amount, Amount::Share { .. });
        let roster = files.roster.iter().map(|unit| (&unit.code, unit));
        let roster: HashMap<&UnitCode, &Unit> = roster.collect();
        let is_other = |row: &&UnitRow| {
            let unit = &row.unit;
            roster.get(&unit.code).is_some_and(|new| {
                (&unit.kind, &unit.labels, &unit.attributes)
                    != (&new.kind, &new.labels, &new.attributes)
            })
        };
        Self {
            tasks: codes(&|task| all_anew || task.by_roster || !same(task)),
            measured: codes(&|task| {
                let target = task.target.as_ref();
                target.is_some_and(|target| target.needs.iter().any(goes_by_the_unit))
            }),
            units: before.iter().filter(is_other).map(|row| row.no).collect(),
        }
    }
}

/// An obligation that stays what it is through an amendment: the unit, the task, and the due's key where the task has several.
type Obligation = (UnitNo, TaskNo, Option<Day>);

/// What stands where under the plan that is in force in the store just then.
#[derive(Default)]
struct Stood {
    /// The units that lag, ascending.
    lagging: Vec<UnitNo>,
    /// What is completed of the tasks that an amendment touches, in order.
    completed: Vec<Obligation>,
    /// What is open of them.
    open: Vec<Obligation>,
}

impl Stood {
    fn of(reader: &Reader, plan: &Plan, touched: &Touched, view: View) -> Result<Self, StoreError> {
        let mut stood = Self::default();
        let Some(force) = reader.in_force()? else {
            return Ok(stood);
        };
        let orders = reader.orders()?;
        let ruler = Ruler::new(plan, &force.tasks, &force.classes, &orders, view);
        let is_in = |codes: &HashSet<TaskCode>| -> Vec<bool> {
            let own = plan.tasks.iter().map(|task| codes.contains(&task.code));
            own.collect()
        };
        let (tasks, measured) = (is_in(&touched.tasks), is_in(&touched.measured));
        let mut desk = Desk::default();
        reader.each_sheet(Which::All, &mut |sheet| {
            let mut lags = false;
            let is_other = touched.units.contains(&sheet.unit);
            ruler.cells(sheet, &mut desk, |cell| {
                lags |= cell.standing == Standing::Overdue && !sheet.is_closed(view.as_of);
                if tasks[cell.task] || is_other && measured[cell.task] {
                    let list = match cell.standing.is_completed() {
                        true => &mut stood.completed,
                        false => &mut stood.open,
                    };
                    list.push((sheet.unit, force.tasks[cell.task], ruler.period(&cell)));
                }
            });
            stood.lagging.extend(lags.then_some(sheet.unit));
        })?;
        stood.lagging.sort_unstable();
        stood.completed.sort_unstable();
        stood.open.sort_unstable();
        Ok(stood)
    }
}

/// Those of the first list that the second does not have; both ascend.
fn new_in(list: &[UnitNo], other: &[UnitNo]) -> Vec<UnitNo> {
    let new = list.iter().filter(|one| other.binary_search(one).is_err());
    new.copied().collect()
}
